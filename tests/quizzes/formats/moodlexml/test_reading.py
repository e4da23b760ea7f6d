"""Reading Moodle XML: every question type by a small file of our own."""

import base64
import time

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.form import plain
from quizzes.formats.moodlexml import read
from quizzes.formats.moodlexml.pictures import blank_picture

STEM = '<questiontext format="html"><text><![CDATA[<p>Which?</p>]]></text></questiontext>'


def quiz(kind: str, body: str) -> bytes:
    """A file with one question of this type; `body` may bring its own question text."""
    stem = "" if "<questiontext" in body else STEM
    return (
        f'<quiz><question type="{kind}"><name><text>Pain</text></name>{stem}{body}</question></quiz>'.encode()
    )


def one(kind: str, body: str) -> tuple[dict[str, object], list[str]]:
    """The document form of the only question, and what was told of it."""
    lost: list[QuizError] = []
    (item,) = read(quiz(kind, body), lost.append)
    return plain(item), [str(error.parameters.get("what", error)) for error in lost]


def answer(fraction: object, text: str, feedback: str = "", extra: str = "") -> str:
    """An answer element."""
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{extra}{said}</answer>'


def words(name: str, *texts: str) -> str:
    """The list of words of a gapselect or ddwtos question; a text may name its group behind a colon."""
    parts = (text.partition(":") for text in texts)
    return "".join(f"<{name}><text>{t}</text><group>{g or 1}</group></{name}>" for t, _, g in parts)


def text(source: str) -> str:
    """A question text in HTML."""
    return f'<questiontext format="html"><text><![CDATA[{source}]]></text></questiontext>'


BEST = answer(100, "x") + answer(0, "y")


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (
            "multichoice",
            answer(0, "x", "no") + answer(100, "y"),
            {"kind": "single", "key": "B", "feedback": {"A": "no"}},
        ),
        (
            "multichoice",
            "<single>false</single>" + answer(50, "x") + answer(50, "y") + answer(-50, "z"),
            {"kind": "multiple", "key": ["A", "B"], "scoring": None},
        ),
        (
            "multichoice",
            "<single>0</single>"
            + answer("33.33333", "x")
            + answer("33.33333", "y")
            + answer("33.33333", "z"),
            {"key": ["A", "B", "C"], "scoring": None},
        ),
        (
            "multichoice",
            "<single>false</single>" + answer(50, "x") + answer(50, "y") + answer(0, "z"),
            {"scoring": "weights", "weights": {"A": 0.5, "B": 0.5}},
        ),
        ("multichoice", f"<shuffleanswers>false</shuffleanswers>{BEST}", {"last": ["A", "B"]}),
        (
            "truefalse",
            answer(100, "true", "yes") + answer(0, "false", "no"),
            {"key": True, "feedback": {"true": "yes", "false": "no"}},
        ),
        (
            "shortanswer",
            answer(100, "bone") + answer(50, "*crest"),
            {"kind": "short", "key": [{"text": "bone"}, {"text": "*crest", "fraction": 0.5}]},
        ),
        (
            "numerical",
            answer(100, "40", "yes", "<tolerance>2</tolerance>")
            + answer(50, "40", "", "<tolerance>5</tolerance>")
            + answer(0, "*", "no")
            + "<units><unit><multiplier>1</multiplier><unit_name>mg</unit_name></unit>"
            "<unit><multiplier>0.001</multiplier><unit_name>g</unit_name></unit></units>",
            {
                "key": 40,
                "tolerance": 2,
                "unit": "mg",
                "also": [{"value": 40, "tolerance": 5, "fraction": 0.5}],
                "if_right": "yes",
                "if_wrong": "no",
            },
        ),
        (
            "matching",
            "<subquestion><text>dog</text><answer><text>mammal</text></answer></subquestion>"
            "<subquestion><text></text><answer><text>bird</text></answer></subquestion>",
            {"left": {"L1": "dog"}, "right": {"R1": "mammal", "R2": "bird"}, "key": {"L1": "R1"}},
        ),
        (
            "ordering",
            "<gradingtype>RELATIVE_ALL_PREVIOUS_AND_NEXT</gradingtype>"
            + answer(2, "then")
            + answer(1, "first"),
            {"options": {"A": "first", "B": "then"}, "key": ["A", "B"], "scoring": None},
        ),
        (
            "cloze",
            text(
                r"<p>Press {1:MC:hard~=lightly} on {2:SA:=bone~%50%the \} sign}, {:NUMERICAL:=2:0.5} cm.</p>"
            ),
            {
                "stem": "Press [[g1]] on [[g2]], [[g3]] cm.",
                "key": [
                    {"gap": "g1", "options": {"B": 1}},
                    {
                        "gap": "g2",
                        "weight": 2,
                        "answers": [{"text": "bone"}, {"text": "the } sign", "fraction": 0.5}],
                    },
                    {"gap": "g3", "value": 2, "tolerance": 0.5},
                ],
            },
        ),
        (
            "gapselect",
            text("A [[2]] and a [[3]].") + words("selectoption", "cat", "dog", "up:2", "down:2"),
            {
                "stem": "A [[g1]] and a [[g2]].",
                "gaps": [
                    {"id": "g1", "kind": "choice", "options": {"A": "cat", "B": "dog"}},
                    {"id": "g2", "kind": "choice", "options": {"A": "up", "B": "down"}},
                ],
                "key": [{"gap": "g1", "options": {"B": 1}}, {"gap": "g2", "options": {"A": 1}}],
            },
        ),
        ("ddwtos", text("A [[1]].") + words("dragbox", "cat", "dog"), {"stem": "A [[g1]]."}),
        (
            "gapfill",
            text("The [cat|dog] in [colou?r].") + "<answerdisplay>gapfill</answerdisplay>",
            {
                "key": [
                    {"gap": "g1", "answers": [{"text": "cat"}, {"text": "dog"}]},
                    {"gap": "g2", "answers": [{"text": "color"}, {"text": "colour"}]},
                ]
            },
        ),
        (
            "gapfill",
            text("The {cat}.")
            + "<delimitchars>{}</delimitchars><answerdisplay>dropdown</answerdisplay>"
            + answer(100, "cat")
            + answer(0, "dog"),
            {"gaps": [{"id": "g1", "kind": "choice", "options": {"A": "cat", "B": "dog"}}]},
        ),
        (
            "multichoice",
            f"<idnumber>Q7</idnumber><tags><tag><text>spine</text></tag></tags>{BEST}",
            {"id": "Q7", "tags": ["spine"]},
        ),
        (
            "multichoice",
            "<generalfeedback><text>Why</text></generalfeedback><correctfeedback><text>Yes</text></correctfeedback>"
            f"<partiallycorrectfeedback><text>Nearly</text></partiallycorrectfeedback>{BEST}"
            "<incorrectfeedback><text>No</text></incorrectfeedback><hint><text>Look</text></hint>",
            {"why": "Why", "if_right": "Yes", "if_partly": "Nearly", "if_wrong": "No", "hints": ["Look"]},
        ),
        (
            "multichoice",
            f"<tags><tag><text>edu:evidence=V1-c05</text></tag></tags>{BEST}",
            {"evidence": "V1-c05"},
        ),
    ],
)
def test_every_type_is_read(kind, body, expected):
    found, lost = one(kind, body)

    assert {name: found.get(name) for name in expected} == expected
    assert lost in ([], ["title: Pain"])


@pytest.mark.parametrize(
    ("kind", "body", "place", "code"),
    [
        ("essay", "", "questions[0]", Reason.UNSUPPORTED_KIND),
        ("calculated", "", "questions[0]", Reason.UNSUPPORTED_KIND),
        (
            "multichoice",
            answer(33, "x") + answer(100, "y"),
            "questions[0].answer[0].fraction",
            Reason.NOT_ALLOWED,
        ),
        (
            "multichoice",
            answer(100, "x") + answer("NaN", "y"),
            "questions[0].answer[1].fraction",
            Reason.NOT_ALLOWED,
        ),
        ("multichoice", answer(50, "x") + answer(0, "y"), "questions[0].key", Reason.MISSING),
        ("truefalse", answer(100, "maybe"), "questions[0].answer[0]", Reason.WRONG_TYPE),
        ("numerical", answer(100, "forty"), "questions[0]", Reason.WRONG_TYPE),
        ("cloze", text("{1:MULTIRESPONSE:=a~b}"), "questions[0]", Reason.UNSUPPORTED_KIND),
        ("cloze", text("No gap."), "questions[0].stem", Reason.MISSING),
        ("gapfill", text("[!!]"), "questions[0].stem", Reason.NOT_ALLOWED),
        (
            "gapfill",
            text("[(a|b)+]") + "<answerdisplay>gapfill</answerdisplay>",
            "questions[0].stem",
            Reason.NOT_ALLOWED,
        ),
        ("gapselect", text("[[3]]") + words("selectoption", "a"), "questions[0].stem", Reason.UNKNOWN_OPTION),
        ("ddmarker", "", "questions[0].picture", Reason.MISSING),
    ],
)
def test_a_question_that_cannot_be_used_is_told_with_its_place(kind, body, place, code):
    lost: list[QuizError] = []

    assert read(quiz(kind, body), lost.append) == ()
    assert [(error.place, error.code) for error in lost] == [(place, code)]


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        (
            "multichoice",
            f"<penalty>0.3333333</penalty>{BEST}",
            "the penalty for further tries (questions: 1)",
        ),
        ("multichoice", f"<defaultgrade>2.0000000</defaultgrade>{BEST}", "marks other than 1 (questions: 1)"),
        ("multichoice", f"<flavour>sweet</flavour>{BEST}", "flavour"),
        (
            "multichoice",
            f'<generalfeedback><text>W</text><file name="a.mp3">QQ==</file></generalfeedback>{BEST}',
            "the file a.mp3",
        ),
        ("shortanswer", f"<usecase>1</usecase>{BEST}", "that capital letters count"),
        ("cloze", text("{1:SAC:=a}"), "that capital letters count in gap g1"),
        ("cloze", text("{1:NM:=2#yes~%50%3}"), "feedback in gap g1: yes"),
        (
            "gapfill",
            text("[a]") + "<noduplicates>1</noduplicates>" + answer(0, "b"),
            "that each answer counts once",
        ),
        (
            "numerical",
            answer(100, 4)
            + "<units><unit><multiplier>7</multiplier><unit_name>mg</unit_name></unit></units>",
            "the unit mg",
        ),
        (
            "ordering",
            "<selecttype>RANDOM</selecttype>" + answer(1, "a") + answer(2, "b"),
            "that only some of the answers are shown",
        ),
    ],
)
def test_parts_that_cannot_be_kept_are_told_and_the_question_stays(kind, body, told):
    _, lost = one(kind, body)

    assert told in lost


def test_a_category_is_a_tag_and_one_without_questions_a_loss():
    category = '<question type="category"><category><text>$course$/top/{}</text></category></question>'
    question = f'<question type="multichoice">{STEM}{BEST}</question>'
    lost: list[QuizError] = []

    (item,) = read(
        f"<quiz>{category.format('Spine')}{question}{category.format('Hip')}</quiz>".encode(), lost.append
    )

    assert item.tags == ("Spine",)
    assert [(error.place, error.parameters["what"]) for error in lost] == [("questions[2]", "category: Hip")]


def picture(width: int = 60, height: int = 40) -> str:
    """The file element of a white picture."""
    return f'<file name="back.png">{base64.b64encode(blank_picture(width, height)).decode()}</file>'


def drag(number: int, label: str, extra: str = "") -> str:
    """A label or marker."""
    return f"<drag><no>{number}</no><text>{label}</text>{extra}</drag>"


def drop(number: int, choice: int, where: str) -> str:
    """A place or zone."""
    return f"<drop><no>{number}</no><choice>{choice}</choice>{where}</drop>"


def test_labels_keep_places_and_the_size_of_the_picture():
    places = "<xleft>10</xleft><ytop>20</ytop>", "<text>low</text><xleft>30</xleft><ytop>35</ytop>"
    body = picture() + drag(1, "rib") + drag(2, "hip") + drop(1, 2, places[0]) + drop(2, 1, places[1])

    found, lost = one("ddimageortext", body)

    assert found["picture"] == {"name": "back.png", "width": 60, "height": 40}
    assert found["places"] == [
        {"id": "P1", "text": "place 1", "x": 10, "y": 20},
        {"id": "P2", "text": "low", "x": 30, "y": 35},
    ]
    assert (found["labels"], found["key"]) == ({"A": "rib", "B": "hip"}, {"P1": "B", "P2": "A"})
    assert lost == ["the picture back.png itself (its name and size are)"]


def test_one_marker_is_a_hotspot_and_several_are_labels():
    circle = "<shape>circle</shape><coords>20,20;5</coords>"
    rectangle = "<shape>rectangle</shape><coords>30,10;10,20</coords>"
    one_marker = (
        picture() + drag(1, "x", "<noofdrags>3</noofdrags>") + drop(1, 1, circle) + drop(2, 1, rectangle)
    )

    spot, told = one("ddmarker", one_marker)
    labels, _ = one(
        "ddmarker", picture() + drag(1, "a") + drag(2, "b") + drop(1, 1, circle) + drop(2, 2, rectangle)
    )

    assert (spot["kind"], spot["limit"]) == ("hotspot", 3)
    assert spot["key"] == [
        {"shape": "circle", "x": 20, "y": 20, "r": 5},
        {"shape": "rect", "x0": 30, "x1": 40, "y0": 10, "y1": 30},
    ]
    assert "the marker x" in told
    assert [(pin["x"], pin["y"]) for pin in labels["places"]] == [(20, 20), (35, 20)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Reason.UNREADABLE),
        (b"<html/>", Reason.UNREADABLE),
        (b'<!DOCTYPE quiz [<!ENTITY x "y">]><quiz>&x;</quiz>', Reason.HOSTILE),
        (b"<quiz>" + b"<question/>" * 5_001 + b"</quiz>", Reason.TOO_MANY),
    ],
)
def test_a_file_that_is_no_quiz_or_hostile_is_refused(data, code):
    with pytest.raises(QuizError) as caught:
        read(data, _fail)
    assert caught.value.code is code


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("cloze", text("{1:SA:=" + "\\" * 100_000)),
        ("cloze", text("{1:SA:=a}" * 10_000)),
        ("cloze", text("{" * 200_000)),
        ("gapfill", text("[" * 200_000)),
        ("gapfill", text("[" + "a?" * 90 + "]") + "<answerdisplay>gapfill</answerdisplay>"),
        ("multichoice", answer(0, "x") * 20_000),
        ("ddmarker", '<file name="x">' + "QQ==" * 100_000 + "</file>"),
        ("numerical", answer(100, "1" * 100_000 + "e")),
    ],
    ids=range(8),
)
def test_hostile_questions_are_refused_within_a_second(kind, body):
    lost: list[QuizError] = []
    start = time.process_time()

    items = read(quiz(kind, body), lost.append)

    assert time.process_time() - start < 1
    assert (items, bool(lost)) == ((), True)


def _fail(error: QuizError) -> None:
    raise error
