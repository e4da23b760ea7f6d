"""Aiken, strict and lenient."""

import time

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.aiken import read, write
from quizzes.vocabulary import Kind
from tests.quizzes.samples import sample

GOOD = "Where is it?\nA) Here\nB. There\nANSWER: B\n"


def outcome(text: str, *, strict: bool = False) -> tuple[list[tuple[str, object]], list[tuple[str, Reason]]]:
    """The (stem, key) of each question, and place and code of each loss."""
    lost: list[QuizError] = []
    items = read(text.encode(), lost.append, strict=strict)
    keys = [getattr(item.key, "option", None) or item.key.options for item in items]
    stems = [item.stem for item in items]
    return list(zip(stems, keys, strict=True)), [(error.place, error.code) for error in lost]


def test_a_question_is_read_strictly_and_leniently():
    assert outcome(GOOD, strict=True) == ([("Where is it?", "B")], [])
    assert outcome(GOOD) == ([("Where is it?", "B")], [])


@pytest.mark.parametrize(
    ("text", "question", "strict_loss"),
    [
        ("Where?\nA)Here\nB)There\nANSWER: B", ("Where?", "B"), ("line 1", Reason.NOT_ALLOWED)),
        ("Where?\na) Here\nb) There\nanswer: b", ("Where?", "B"), ("line 1", Reason.NOT_ALLOWED)),
        (
            "Where\nis it?\nA) Here\nB) There\nANSWER: B",
            ("Where\nis it?", "B"),
            ("line 1", Reason.NOT_ALLOWED),
        ),
        (
            "\nWhere?\nA) Here\nB) There\nANSWER: A, B",
            ("Where?", ("A", "B")),
            ("line 2.key", Reason.NOT_ALLOWED),
        ),
    ],
)
def test_leniently_other_spellings_are_understood(text, question, strict_loss):
    assert outcome(text) == ([question], [])
    assert outcome(text, strict=True) == ([], [strict_loss])


@pytest.mark.parametrize(
    ("text", "loss"),
    [
        ("Where?\nA) Here\nANSWER: A", ("line 1.options", Reason.TOO_FEW)),
        ("\nA) Here\nB) There\nANSWER: A", ("line 2.stem", Reason.MISSING)),
        ("Where?\nA) Here\nB) There", ("line 1.key", Reason.MISSING)),
        ("Where?\nA) Here\nB) There\nANSWER: here", ("line 1.key", Reason.NOT_ALLOWED)),
        ("Where?\nA) Here\nB) There\nANSWER: C", ("line 1.key", Reason.UNKNOWN_OPTION)),
        ("Where?\nA) Here\nA) There\nANSWER: A", ("line 1.options", Reason.DUPLICATE)),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_rest_is_read(text, loss):
    assert outcome(f"{text}\n\n{GOOD}") == ([("Where is it?", "B")], [loss])


def test_a_choice_goes_on_in_the_next_line_leniently():
    items = read(b"Where?\nA) Here\nand now\nB) There\n\nANSWER: A", _fail)

    assert items[0].options[0].text == "Here and now"


def test_what_is_written_is_read_again_and_what_aiken_lacks_is_told():
    told: list[QuizError] = []
    plain_one = sample(Kind.SINGLE, id="Q1", why="")
    rich = sample(Kind.SINGLE, id="Q7", stem="Which\none?", evidence="V1-c05", weights={"A": 0.5})

    written = write((plain_one, rich, sample(Kind.MULTIPLE)), told.append)

    assert written.decode().startswith(
        "Which?\nA) alpha\nB) beta\nC) gamma\nD) delta\nANSWER: C\n\nWhich one?\n"
    )
    assert read(written, _fail, strict=True)[0] == plain_one
    assert [(error.place, error.code) for error in told] == [
        ("Q7", Reason.NOT_KEPT),
        ("Q001", Reason.UNSUPPORTED_KIND),
    ]
    assert told[0].parameters["what"] == "id, evidence, stem, weights, why"


def test_a_question_that_looks_like_a_choice_cannot_be_written():
    told: list[QuizError] = []

    write((sample(Kind.SINGLE, stem="A) or B)?"),), told.append)

    assert [error.code for error in told] == [Reason.NOT_ALLOWED]


def test_an_empty_file_is_refused_and_a_long_one_read_in_linear_time():
    with pytest.raises(QuizError):
        read(b" \n", _fail)
    start = time.process_time()
    read(b"Q\nA) a\n" + b"\n" * 190_000, lambda error: None)
    assert time.process_time() - start < 1


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "strict", "found", "losses"),
    [
        ("aiken_errors.txt", False, 2, ["line 1.options", "line 5.stem", "line 14.key"]),
        ("aiken_errors.txt", True, 1, ["line 1.options", "line 5.stem", "line 14.key", "line 18"]),
        ("own-two-keys.txt", False, 1, []),
        ("own-two-keys.txt", True, 0, ["line 1.key"]),
    ],
)
def test_files_of_other_people_read_as_they_should(corpus, name, strict, found, losses):
    lost: list[QuizError] = []

    items = read((corpus / "quizzes" / "aiken" / name).read_bytes(), lost.append, strict=strict)

    assert (len(items), [error.place for error in lost]) == (found, losses)
    singles = tuple(item for item in items if item.kind is Kind.SINGLE)
    assert not singles or read(write(singles, _fail), _fail) == singles


def _fail(error: QuizError) -> None:
    raise error
