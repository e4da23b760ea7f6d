"""Patterns that a typed answer is compared with: no regular expressions, only `*` for anything."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.kinds.response import malformed
from quizzes.text import check_prose

LONGEST_RESPONSE = 500
MOST_STARS = 10


@dataclass(frozen=True, slots=True)
class Pattern:
    """An accepted answer and what it earns, above 0 to 1, or 0 for an expected mistake; `*` is anything.

    Compared after Unicode compatibility folding (NFKC), without regard to case and to the amount of white
    space. A star behind a backslash is a star.
    """

    text: str
    fraction: float = 1.0

    def fits(self, response: str) -> bool:
        """Whether the response is one that this pattern describes."""
        return _match(_pieces(self.text), folded(response))


def folded(text: str) -> str:
    """The text as patterns compare it."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def first_fit(patterns: Sequence[Pattern], response: Any, place: str = "response") -> int | None:
    """The index of the first pattern that fits; None when none does. Raises QuizError for what is no text."""
    if not isinstance(response, str) or len(response) > LONGEST_RESPONSE:
        raise malformed("a short text", place)
    return next((index for index, pattern in enumerate(patterns) if pattern.fits(response)), None)


def read_pattern(fields: Fields) -> Pattern:
    """A pattern from a document table. Raises QuizError."""
    return Pattern(fields.text("text"), fields.number("fraction", 1.0))


def plain_pattern(pattern: Pattern) -> dict[str, Any]:
    """The document table of a pattern."""
    form: dict[str, Any] = {"text": pattern.text}
    return form if pattern.fraction == 1 else {**form, "fraction": tidy(pattern.fraction)}


def check_patterns(patterns: Sequence[Pattern], place: str) -> None:
    """Refuse patterns of which none can earn everything. Raises QuizError."""
    for index, pattern in enumerate(patterns):
        check_prose(pattern.text, f"{place}[{index}].text")
        if not 0 <= pattern.fraction <= 1:
            raise refusal(Reason.OUT_OF_RANGE, f"{place}[{index}].fraction", low=0, high=1)
        if len(_pieces(pattern.text)) > MOST_STARS + 1:
            raise refusal(Reason.TOO_MANY, f"{place}[{index}].text", most=MOST_STARS)
    if not any(pattern.fraction == 1 for pattern in patterns):
        raise refusal(Reason.TOO_FEW, place, least=1)


def _pieces(text: str) -> list[str]:
    """What stands between the stars, folded."""
    hidden = folded(text.replace("\\*", "\ufdd0"))  # a code point that no text may hold
    return [piece.replace("\ufdd0", "*") for piece in hidden.split("*")]


def _match(pieces: list[str], text: str) -> bool:
    """Whether the text is the pieces in order with anything between them; each is searched for once."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
