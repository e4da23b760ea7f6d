"""A Canvas file as a whole: places, losses, identifiers, texts between the questions, own metadata."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.canvas import read
from quizzes.vocabulary import Kind
from tests.quizzes.formats.canvas.asking import (
    WRITER,
    asked,
    chooser,
    document,
    equal,
    metadata,
    only,
    question,
    rule,
    text,
)

CHOICE = "multiple_choice_question"
RIGHT = rule(equal("a"), "100")
TWO = chooser(a="alpha", b="beta")


def zipped(**files: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def ignore(_: QuizError) -> None:
    """Nobody asks what was lost."""


@pytest.mark.parametrize(
    "kind",
    [
        "essay_question",
        "file_upload_question",
        "text_only_question",
        "calculated_question",
        "hot_spot_question",
    ],
)
def test_a_kind_we_lack_is_a_loss_and_the_rest_is_read(kind: str) -> None:
    items, lost = asked(question(kind, WRITER, ident="e1"), question(CHOICE, TWO, RIGHT))

    assert [item.id for item in items] == ["q1"]
    assert lost == [f"e1: Questions of the kind {kind} cannot be taken over."]


@pytest.mark.parametrize(
    ("presentation", "rules", "kind"),
    [
        (TWO, RIGHT, Kind.SINGLE),
        (chooser(a="True", b="False"), RIGHT, Kind.TRUEFALSE),
        (chooser("Multiple", a="1", b="2"), RIGHT, Kind.MULTIPLE),
        (chooser("Ordered", a="1", b="2"), rule(equal("a") + equal("b"), "1"), Kind.ORDERING),
        (WRITER, rule(equal("red"), "100"), Kind.SHORT),
        (
            WRITER.replace("<render_fib", '<render_fib fibtype="Decimal"'),
            rule(equal("1"), "100"),
            Kind.NUMERIC,
        ),
    ],
)
def test_a_question_without_metadata_is_told_by_its_shape(presentation: str, rules: str, kind: Kind) -> None:
    assert only(question("", presentation, rules)).kind is kind


@pytest.mark.parametrize(
    ("profile", "kind"),
    [("cc.multiple_choice.v0p1", Kind.SINGLE), ("cc.multiple_response.v0p1", Kind.MULTIPLE)],
)
def test_a_common_cartridge_profile_says_the_kind(profile: str, kind: Kind) -> None:
    written = question("", chooser("Multiple", a="1", b="2"), RIGHT)

    assert only(written.replace(metadata(question_type=""), metadata(cc_profile=profile))).kind is kind


def test_a_text_between_questions_stands_before_the_questions_that_belong_to_it() -> None:
    own = metadata(question_type=CHOICE, parent_stimulus_item_ident="s1")
    written = question(CHOICE, TWO, RIGHT).replace(metadata(question_type=CHOICE), own)

    item = only(question("text_only_question", "", stem="A patient comes.", ident="s1"), written)

    assert item.stem == "A patient comes.\n\nWhich?"


def test_a_second_question_of_the_same_identifier_gets_another() -> None:
    items, lost = asked(*[question(CHOICE, TWO, RIGHT)] * 2)

    assert ([item.id for item in items], lost) == (["q1", "q1-2"], [])


def test_what_the_metadata_say_and_we_do_not_know_is_told() -> None:
    entries = {"question_type": CHOICE, "points_possible": "5", "calculator_type": "basic"}
    written = question(CHOICE, TWO, RIGHT).replace(metadata(question_type=CHOICE), metadata(**entries))

    assert asked(written)[1] == [
        "q1: This cannot be kept: calculator_type = basic.",
        "q1: This cannot be kept: 5 points.",
    ]


@pytest.mark.parametrize(
    ("entry", "lost"),
    [
        ("{", "q1.edu:tags: The file cannot be read: it is not JSON."),
        ("[" * 100_000, "q1.edu:tags: The file cannot be read: it is not JSON."),
        ("7", "q1.tags: This should be a list."),
    ],
)
def test_own_metadata_are_checked_as_any_document_is(entry: str, lost: str) -> None:
    entries = {"question_type": CHOICE, "edu:tags": entry}
    written = question(CHOICE, TWO, RIGHT).replace(metadata(question_type=CHOICE), metadata(**entries))

    assert asked(written) == ((), [lost])


def test_the_xml_declaration_may_lack_a_blank() -> None:
    data = b'<?xml version="1.0"encoding="UTF-8"?>' + document(question(CHOICE, TWO, RIGHT))

    assert [item.id for item in read(data, ignore)] == ["q1"]


def test_a_package_is_read_file_by_file_and_its_other_files_are_told() -> None:
    lost: list[QuizError] = []
    data = zipped(
        **{
            "imsmanifest.xml": b"<manifest/>",
            "a/assessment_meta.xml": b"<quiz/>",
            "a/assessment_qti.xml": document(question("essay_question", WRITER)),
            "non_cc_assessments/a.xml.qti": document(question(CHOICE, TWO, RIGHT)),
            "b/b.xml": document(question("essay_question", WRITER, ident="e")),
            "c.xml": b"<questestinterop>",
            "course.xml": b"<course/>",
            "media/board.png": b"PNG",
        }
    )

    items = read(data, lost.append)

    assert [item.id for item in items] == ["q1"]
    assert [(error.place, error.code) for error in lost] == [
        ("b/b.xml.e", Reason.UNSUPPORTED_KIND),
        ("c.xml.line 1", Reason.UNREADABLE),
        ("course.xml", Reason.NOT_KEPT),
        ("media/board.png", Reason.NOT_KEPT),
    ]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"<quiz/>", Reason.UNREADABLE),
        (lambda: b"no XML", Reason.UNREADABLE),
        (lambda: zipped(**{"imsmanifest.xml": b"<manifest/>"}), Reason.UNREADABLE),
        (lambda: zipped(**{"a.xml": b"<!DOCTYPE questestinterop><questestinterop/>"}), Reason.HOSTILE),
        (lambda: zipped(**{"../a.xml": b"<questestinterop/>"}), Reason.HOSTILE),
        (lambda: document('<item ident="a"/>' * 5001), Reason.TOO_MANY),
    ],
)
def test_a_file_without_questions_and_a_hostile_one_are_refused(
    make: Callable[[], bytes], code: Reason
) -> None:
    with pytest.raises(QuizError) as refused:
        read(make(), ignore)

    assert refused.value.code is code


def test_words_as_elements_as_html_and_as_plain_text_are_read() -> None:
    stem = "<material><mattext><div>one <b>two</b></div></mattext></material>"
    written = question(CHOICE, TWO, RIGHT).replace(text("Which?"), stem + text("a < b", "text/plain"))

    items, lost = asked(written)

    assert items[0].stem == "one two\n\na < b"
    assert lost == ["q1: This cannot be kept: formatting."]
