"""Writing GIFT."""

from hypothesis import given, settings

from quizzes.errors import QuizError, Reason
from quizzes.formats.gift import read, write
from quizzes.vocabulary import Kind
from tests.quizzes.samples import items, sample, steady

KINDS = (
    Kind.SINGLE,
    Kind.MULTIPLE,
    Kind.KEYFEATURE,
    Kind.TRUEFALSE,
    Kind.SHORT,
    Kind.NUMERIC,
    Kind.MATCHING,
    Kind.EMQ,
)


@settings(steady, max_examples=25)
@given(items(*KINDS))
def test_what_is_written_is_read_again_equal(item):
    told: list[QuizError] = []

    assert read(write((item,), told.append), told.append) == (item,)
    assert not any("wording" in error.reason for error in told)


def test_a_question_is_written_as_people_write_it():
    item = sample(
        Kind.SINGLE, stem="Which {sign}?\nNow: a = b", evidence="V1-c05", tags=["spine"], weights={"A": 0.5}
    )

    assert write((item,), _fail).decode() == (
        "// [tag:spine]\n// edu:evidence=V1-c05\n"
        "::Q001::[plain]Which \\{sign\\}?\\nNow\\: a \\= b{\n"
        "\t~%50%alpha\n\t~beta\n\t=gamma\n\t~delta\n\t####Because.\n}\n"
    )


def test_a_text_that_looks_like_a_weight_or_a_format_is_said_to_be_plain():
    item = sample(Kind.SINGLE, options={"A": "%50% of them", "B": "[html]", "C": "x"})

    text = write((item,), _fail).decode()

    assert "~[plain]%50% of them\n" in text
    assert "~[plain][html]\n" in text
    assert "edu:" not in text


def test_kinds_that_gift_lacks_and_marks_that_differ_are_told():
    told: list[QuizError] = []
    asked = (sample(Kind.HOTSPOT), sample(Kind.MULTIPLE, scoring="each"), sample(Kind.NUMERIC))

    written = write(asked, told.append)

    assert [(error.code, error.place) for error in told] == [
        (Reason.UNSUPPORTED_KIND, "Q001"),
        (Reason.NOT_KEPT, "Q001"),
        (Reason.NOT_KEPT, "Q001"),
    ]
    assert b"edu:scoring=each" in written
    assert b"edu:unit=mg" in written


def test_nothing_to_write_is_still_a_file():
    assert read(write((), _fail), _fail) == ()


def _fail(error: QuizError) -> None:
    raise error
