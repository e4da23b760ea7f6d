"""Cells of a table: safe from being taken for formulas, and the values of fields, times and keys in them."""

import json
import re
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import PREFIX, meant, spelt
from quizzes.formats.weighted import middle, read_number

# OWASP, "CSV Injection": what may be run as a formula, the full-width signs of Asian spreadsheets included
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_TIME = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,3}))?", re.ASCII)
_TOLERANCE = re.compile(
    r"(?P<value>[^±a-zA-Z%]+?)\s*(?:±|\+/?-)\s*(?P<tolerance>[0-9.]+)\s*(?P<unit>(?:[^\W\d_]|[%°]).*|)"
)
_QUANTITY = re.compile(r"(?P<value>[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(?P<unit>(?:[^\W\d_]|[%°]).*|)")
_RANGE = re.compile(
    r"(?P<low>[+-]?\d+(?:\.\d+)?)\s*\.\.\s*(?P<high>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>(?:[^\W\d_]|[%°]).*|)"
)

LONGEST_QUANTITY = 200  # signs

TEXTS = frozenset(["id", "evidence", "grade", "bloom", "lesson", "audience", "unit", "video", "why", "stem"])
TEXTS |= {"if_right", "if_partly", "if_wrong"}
LISTS = frozenset({"references", "tags", "last", "harmful", "hints"})
_YES = frozenset({"true", "yes", "y", "1", "x"})
_NO = frozenset({"false", "no", "n", "0"})


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The cell without the apostrophe that `guarded` put there."""
    return cell[1:] if _GUARDED.match(cell) else cell


def field_cell(name: str, value: Any) -> str:
    """The value of a document field as a cell."""
    if name in TEXTS and isinstance(value, str) and value == value.strip() and value[:1] not in {'"', ""}:
        return value if value != "null" else json.dumps(value)
    return spelt(value)


def field_value(name: str, cell: str) -> Any:
    """The value of a document field from a cell, also as people type it. ValueError when it is none."""
    if cell == "null":
        return None
    if name in TEXTS and cell[:1] != '"':
        return cell
    if name in LISTS and cell[:1] != "[":
        return (
            [cell] if name == "hints" else [part.strip() for part in re.split("[,;]", cell) if part.strip()]
        )
    if name == "critical" and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    return meant(cell)


def column_of(name: str, standard: frozenset[str]) -> str:
    """The name of the further column for a document field."""
    return f"{PREFIX}{name}" if name in standard else name


def read_time(cell: str) -> int:
    """Milliseconds from `36`, `36.5`, `0:36` or `1:02:03.250`. Raises QuizError."""
    match = _TIME.fullmatch(cell.strip())
    if match is None:
        raise refusal(Reason.WRONG_TYPE, expected="a time such as 1:05")
    hours, minutes, seconds, part = match.groups(default="0")
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))


def time_cell(ms: int) -> str:
    """A time in milliseconds as minutes and seconds."""
    seconds, part = divmod(ms, 1000)
    return f"{seconds // 60}:{seconds % 60:02}" + (f".{part:03}" if part else "")


def read_quantity(cell: str) -> tuple[float, float, str]:
    """Number, tolerance and unit from `40 ± 2 mg`, `38..42` or `40`. Raises QuizError."""
    text = cell.strip().replace("\u2212", "-")
    if len(text) > LONGEST_QUANTITY:
        raise refusal(Reason.TOO_LONG, limit=LONGEST_QUANTITY)
    if match := _RANGE.fullmatch(text):
        return *middle(match["low"], match["high"]), match["unit"]
    if match := _TOLERANCE.fullmatch(text):
        return read_number(match["value"]), read_number(match["tolerance"]), match["unit"]
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise refusal(Reason.WRONG_TYPE, expected="a number such as 40 ± 2 mg")
    return read_number(match["value"]), 0.0, match["unit"]


def quantity_cell(value: float, tolerance: float, unit: str) -> str:
    """A number with its tolerance and unit as a cell."""
    around = f" ± {tidy(tolerance)}" if tolerance else ""
    return f"{tidy(value)}{around}{' ' if unit else ''}{unit}"


def read_key(cell: str) -> dict[str, float | None]:
    """Letters with what each earns, from `A,C` (no number: all) or `B,C=0.5`. Raises QuizError."""
    key: dict[str, float | None] = {}
    for part in filter(None, re.split(r"[,;|\s]+", cell)):
        letter, equals, fraction = part.partition("=")
        if letter.upper() in key:
            raise refusal(Reason.DUPLICATE, "key", value=letter[:80])
        key[letter.upper()] = read_number(fraction) if equals else None
    if not key:
        raise refusal(Reason.MISSING, "key", field="key")
    return key


def key_cell(earned: dict[str, float | None]) -> str:
    """Letters with what each earns as a cell."""
    return ",".join(i if fraction is None else f"{i}={tidy(fraction)}" for i, fraction in earned.items())
