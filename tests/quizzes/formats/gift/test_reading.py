"""Reading GIFT: each rule of the grammar by a small file of our own."""

import time

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.form import plain
from quizzes.formats.gift import read
from quizzes.item import Item
from quizzes.vocabulary import Kind


def one(text: str) -> tuple[Item, list[str]]:
    """The only question of a text, and what was told."""
    lost: list[QuizError] = []
    (item,) = read(text.encode(), lost.append)
    return item, [str(error) for error in lost]


def fields(text: str) -> dict[str, object]:
    """The document form of the only question of a text that loses nothing."""
    item, lost = one(text)
    assert lost == []
    return plain(item)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who?{~a =b}", {"kind": "single", "options": {"A": "a", "B": "b"}, "key": "B"}),
        ("Who?{~%50%a =b}", {"kind": "single", "key": "B", "weights": {"A": 0.5}}),
        ("Who?{~%50%a ~%50%b ~%-50%c}", {"kind": "multiple", "key": ["A", "B"]}),
        ("Who?{~%50%a ~%50%b ~%-100%c}", {"scoring": "weights", "weights": {"A": 0.5, "B": 0.5, "C": -1}}),
        ("A is {=b ~c} here.", {"kind": "single", "stem": "A is _____ here."}),
        ("True?{T}", {"kind": "truefalse", "key": True}),
        ("True?{FALSE#no#yes}", {"key": False, "feedback": {"true": "no", "false": "yes"}}),
        ("Who?{=a =%50%b#nearly}", {"kind": "short", "key": [{"text": "a"}, {"text": "b", "fraction": 0.5}]}),
        ("Who?{One}", {"kind": "short", "key": [{"text": "One"}]}),
        ("Match{=a -> x =b->y = -> z}", {"kind": "matching", "right": {"R1": "x", "R2": "y", "R3": "z"}}),
        ("Not{~a -> b =c -> d}", {"kind": "single", "options": {"A": "a -> b", "B": "c -> d"}}),
        ("How many?{#3}", {"kind": "numeric", "key": 3}),
        ("How many?{#3:2}", {"key": 3, "tolerance": 2}),
        ("How many?{#-3.142..-3.141}", {"key": -3.1415, "tolerance": 0.0005}),
        (
            "How many?{#=3:0#yes =%50%3:2#nearly ~#no}",
            {
                "key": 3,
                "also": [{"value": 3, "tolerance": 2, "fraction": 0.5}],
                "if_right": "yes",
                "if_partly": "nearly",
                "if_wrong": "no",
            },
        ),
        (
            "Who?{=a#well done ~b#no####All of it}",
            {"why": "All of it", "feedback": {"A": "well done", "B": "no"}},
        ),
        (
            r"::a\:b::1\=1?{~\~\#\{\} =\\ ~x\:y}",
            {"id": "a-b", "stem": "1=1?", "options": {"A": "~#{}", "B": "\\", "C": "x:y"}},
        ),
        (r"[plain]one\ntwo <b>{T}", {"stem": "one\ntwo <b>"}),
        ("one\ntwo{T}", {"stem": "one two"}),
        ("[html]<p>one</p><p>two</p>{T}", {"stem": "one\n\ntwo"}),
        ("[markdown]one  \ntwo{T}", {"stem": "one  \ntwo"}),
        ("// [id:7] [tag:spine]\n// [tag:pain]\nTrue?{T}", {"id": "7", "tags": ["spine", "pain"]}),
        ("// a comment\n\n// [tag:spine]\n\nTrue?{T}", {"tags": ["spine"]}),
        ("$CATEGORY: $course$/top/Spine\n\nTrue?{T}", {"tags": ["Spine"]}),
        ("// edu:evidence=V1-c05\n// edu:critical=true\nTrue?{T}", {"evidence": "V1-c05", "critical": True}),
    ],
)
def test_every_form_of_a_question_is_read(text, expected):
    found = fields(text)

    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("\n\n// essay\nWrite.{}", "line 4", Reason.UNSUPPORTED_KIND),
        ("Just a note.", "line 1", Reason.UNSUPPORTED_KIND),
        ("Who?{=a", "line 1", Reason.UNREADABLE),
        ("Who?}{", "line 1", Reason.UNREADABLE),
        ("Who?{~%50%a =%60%b}", "line 1.key", Reason.MISSING),
        ("Who?{=a}\n\nMatch{=a -> b =c}", "line 3", Reason.UNREADABLE),
        ("How many?{#three}", "line 1", Reason.WRONG_TYPE),
        ("Who?{~a}", "line 1.options", Reason.TOO_FEW),
    ],
)
def test_a_question_that_cannot_be_used_is_told_with_its_line(text, place, code):
    lost: list[QuizError] = []

    read(text.encode(), lost.append)

    assert [(error.place, error.code) for error in lost] == [(place, code)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('Who?{=a ~b}";', '"; behind the answers'),
        ("[markdown]Who is **it**?{=a ~b}", "Markdown (its signs stay in the text)"),
        ("::触診::Who?{=a ~b}", "title: 触診"),
        ("Who?{=a ~%-50%b}", "a mark below 0"),
        ("How many?{#=3:0 =%0%5:0#no}", "the wrong answer 5 no"),
        ("Who?{=a ~b}\n\n$CATEGORY: Empty", "category: Empty"),
    ],
)
def test_parts_that_cannot_be_kept_are_told_and_the_question_stays(text, told):
    item, lost = one(text)

    assert item.kind in {Kind.SINGLE, Kind.NUMERIC}
    assert len(lost) == 1
    assert told in lost[0]


def test_titles_that_stand_twice_become_different_ids():
    items = read(b"::Pain::True?{T}\n\n::Pain::False?{F}", _fail)

    assert [item.id for item in items] == ["Pain", "Pain-2"]


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(QuizError):
        read(data, _fail)


@pytest.mark.parametrize(
    "text",
    [
        "q {=%100%" + "\\" * 25_000 + " ~}",
        "q {\n" + "~a\n" * 20_000,
        "q {\n" + "~a\n" * 20_000 + "}",
        "q {" + "=a->b" * 20_000 + "}",
        "::" * 50_000,
        "#" * 100_000 + "{}" * 20_000,
        "q {[html]" + "<" * 100_000 + "}",
        "$CATEGORY: a\n\n" * 4_000,
    ],
    ids=range(8),
)
def test_hostile_texts_are_refused_within_a_second(text):
    lost: list[QuizError] = []
    start = time.process_time()

    items = read(text.encode(), lost.append)

    assert time.process_time() - start < 1
    assert (items, bool(lost)) == ((), True)


def _fail(error: QuizError) -> None:
    raise error
