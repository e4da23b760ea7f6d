"""Reading a response: JSON values come in, checked ids and numbers come out."""

from collections.abc import Sequence
from typing import Any

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import LARGEST_INTEGER
from quizzes.text import refuse_duplicates


def malformed(expected: str, place: str = "response") -> QuizError:
    """The error for a response of the wrong shape."""
    return refusal(Reason.MALFORMED_RESPONSE, place, expected=expected)


def one_of(value: Any, allowed: Sequence[str], place: str = "response") -> str:
    """An id that is one of the allowed."""
    if not isinstance(value, str):
        raise malformed("the id of an option", place)
    if value not in allowed:
        raise refusal(Reason.UNKNOWN_OPTION, place, value=value[:80])
    return value


def some_of(response: Any, allowed: Sequence[str]) -> tuple[str, ...]:
    """A list of different ids, all of them allowed."""
    if not isinstance(response, list | tuple):
        raise malformed("a list of option ids")
    chosen = tuple(one_of(value, allowed, f"response[{index}]") for index, value in enumerate(response))
    refuse_duplicates(chosen, "response")
    return chosen


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number of at most 53 bits (true and false are not, nor is infinity).

    A larger one would be infinite in one place or another: JSON and Python's integers know no end.
    """
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER
