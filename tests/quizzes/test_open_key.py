"""The author's leave to open a key: kept with the secret, refused where it could do harm."""

from __future__ import annotations

from typing import Any

import pytest

import quizzes
from quizzes import QuizError, Reason
from quizzes.fields import Fields
from quizzes.form import plain, read_item

FORM: dict[str, Any] = {
    "id": "Q1",
    "kind": "single",
    "lesson": "",
    "audience": "open",
    "stem": "Where?",
    "options": {"A": "here", "B": "there"},
    "key": "A",
}


def item(**more: Any) -> quizzes.Item:
    return read_item(Fields({**FORM, **more}))


def test_it_is_off_unless_somebody_says_so_and_then_leaves_no_trace() -> None:
    assert not item().open_key
    assert "open_key" not in plain(item(open_key=False))
    assert quizzes.secret(item()) == quizzes.secret(item(open_key=False))


def test_it_is_kept_with_what_stays_on_the_server() -> None:
    opened = item(open_key=True)

    assert quizzes.secret(opened)["open_key"] is True
    assert "open_key" not in quizzes.body(opened)
    assert quizzes.from_parts(quizzes.body(opened), quizzes.secret(opened)) == opened


@pytest.mark.parametrize("more", [{"critical": True}, {"audience": "pro"}])
def test_it_is_refused_for_what_must_be_right_and_for_professionals(more: dict[str, Any]) -> None:
    with pytest.raises(QuizError) as refused:
        item(open_key=True, **more)

    assert (refused.value.code, refused.value.place) == (Reason.NOT_ALLOWED, "open_key")


@pytest.mark.parametrize("form", ["gift", "moodlexml", "qti21", "qti30", "qti12canvas", "csv", "toml"])
def test_formats_carry_it_there_and_back(form: str) -> None:
    opened = item(open_key=True)

    imported = quizzes.read(quizzes.write([opened], form), form)

    assert [one.open_key for one in imported.items] == [True]


def test_corrections_of_the_key_leave_it() -> None:
    opened = item(open_key=True)
    corrected = read_item(Fields({**plain(opened), "key": "B"}))

    assert corrected.open_key
