"""Files of items, in and out."""

import pytest

from quizzes import Kind, QuizError, Reason, read, write
from quizzes.toml import dump
from tests.quizzes.samples import sample, sample_form

ALL = [sample(kind, id=f"Q{number}") for number, kind in enumerate(Kind)]


def test_what_is_written_is_read_again_without_loss():
    imported = read(write(ALL, "toml"), "toml")

    assert (imported.items, imported.losses) == (tuple(ALL), ())


def test_a_kind_we_lack_is_a_loss_and_the_rest_is_still_read():
    forms = [sample_form(Kind.SINGLE), {"id": "Q9", "kind": "essay", "stem": "Why?"}]

    imported = read(dump({"questions": forms}), "toml")

    assert [item.id for item in imported.items] == ["Q001"]
    (loss,) = imported.losses
    assert (loss.place, loss.code, loss.parameters["value"]) == (
        "questions[1].kind",
        Reason.NOT_ONE_OF,
        "essay",
    )
    assert loss.reason.startswith("essay is not one of: single")


@pytest.mark.parametrize(
    "data", [b"\xff", b"", b"a = 1", dump({"questions": [{"id": "Q9", "kind": "essay"}]})]
)
def test_a_file_that_gives_nothing_is_refused(data):
    with pytest.raises(QuizError):
        read(data, "toml")


def test_a_quiz_of_nothing_but_bad_questions_names_the_first_of_them():
    document = {"id": "a", "title": "A", "questions": [sample_form(Kind.SINGLE, key="E")]}

    with pytest.raises(QuizError) as caught:
        read(dump(document), "toml")
    assert caught.value.place == "questions[0].key"


def test_a_format_that_nobody_knows_is_refused():
    with pytest.raises(QuizError) as caught:
        read(b"", "docx")
    assert caught.value.code is Reason.UNKNOWN_FORMAT
    with pytest.raises(QuizError):
        write(ALL, "docx")
