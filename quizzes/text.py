"""Checks of identifiers and prose, shared by items and quizzes."""

import re
from collections.abc import Iterable

from quizzes.errors import Reason, refusal

LONGEST_PROSE = 10_000
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# categories Cc and Cs of Unicode but for the end of a line and the tabulator; a pattern, for texts are many
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STEP = re.compile(r"[A-Za-z0-9]+-c[0-9]{1,4}")


def check_id(value: str, place: str, pattern: re.Pattern[str] = IDENTIFIER) -> None:
    """Refuse an identifier that does not match the pattern as a whole."""
    if not pattern.fullmatch(value) or len(value) > 64:
        raise refusal(Reason.BAD_ID, place, value=value[:80])


def check_prose(value: str, place: str, *, optional: bool = False) -> None:
    """Refuse blank or endless text and characters that neither a page nor PostgreSQL can hold."""
    if not optional and not value.strip():
        raise refusal(Reason.BLANK, place)
    if len(value) > LONGEST_PROSE:
        raise refusal(Reason.TOO_LONG, place, limit=LONGEST_PROSE)
    if found := _CONTROL.search(value):
        raise refusal(Reason.CONTROL_CHARACTER, place, code_point=f"{ord(found[0]):04X}")


def refuse_duplicates(values: Iterable[str], place: str) -> None:
    """Refuse a value that stands there twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise refusal(Reason.DUPLICATE, place, value=value)
        seen.add(value)
