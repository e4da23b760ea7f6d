"""The unit behind a number to type."""

from collections.abc import Mapping

from quizzes.formats.qti.reading.declaration import Declaration
from quizzes.formats.qti.reading.draft import Blank
from quizzes.kinds.units import find_unit


def cut_unit(
    text: str, gap: str, declared: Mapping[str, Declaration], blank: Blank, line: str
) -> tuple[str, str]:
    """The stem of a single entry and the unit of its number.

    A gap at the end leaves no trace; one that has words behind it becomes a line. A known unit right behind
    the gap of a number, as the last word, is that of the question.
    """
    before, _, after = text.partition(gap)
    response = declared.get(blank.element.get("responseIdentifier", ""))
    tail = after.strip()
    if response is not None and response.is_number and tail and find_unit(tail) and "\n" not in after:
        return _stem(before), tail
    if not tail:
        return _stem(before), ""
    return text.replace(gap, line), ""


def _stem(before: str) -> str:
    """What stands before the gap, without the blanks that led to it."""
    return before.rstrip(" \n")
