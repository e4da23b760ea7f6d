"""Rules about numbers: options that are ranges and overlap, and numbers to be typed."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from quizzes.advice.rules import Advice, Rule, hint, warning
from quizzes.advice.tongues import Tongue
from quizzes.advice.view import View
from quizzes.item import Option
from quizzes.kinds.quantity import Quantity

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_UNIT = r"\s*[^\W\d]{0,12}[%°]?\s*"
_RANGE = re.compile(rf"(?P<low>{_NUMBER}){_UNIT}(?:-|\u2013|\u2212)\s*(?P<high>{_NUMBER}){_UNIT}")
_WORDED = re.compile(rf"(?P<low>{_NUMBER}){_UNIT}\s(?P<to>[^\W\d]+)\s(?P<high>{_NUMBER}){_UNIT}")
_OPEN = re.compile(rf"(?P<side>[<>\u2264\u2265]|[^\W\d]+)(?:\s[^\W\d]+)?\s*(?P<edge>{_NUMBER}){_UNIT}")


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`, both included."""

    low: float
    high: float

    def meets(self, other: "Span") -> bool:
        """Whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high


def overlapping(view: View) -> Iterator[Advice]:
    """Two options that hold one number, where at least one is a range and all options are numbers."""
    found: list[tuple[Option, Span]] = []
    for option in (*view.right, *view.wrong):
        span = span_of(option.text, view.tongue)
        if span is None:
            return
        found.append((option, span))
    for (first, one), (second, other) in combinations(found, 2):
        if one.meets(other) and (one.low < one.high or other.low < other.high):
            place = view.at(second)
            yield warning(Rule.OVERLAPPING_NUMBERS, place, first=first.id, second=second.id)


def span_of(text: str, tongue: Tongue) -> Span | None:
    """The numbers that a short option names; None for one that is not about numbers alone."""
    text = text.strip()
    closed = _RANGE.fullmatch(text) or _WORDED.fullmatch(text)
    if closed is not None:
        word = closed.groupdict().get("to")
        if word is not None and word.casefold() not in tongue.to:
            return None
        return Span(_value(closed["low"]), _value(closed["high"]))
    if plain := re.fullmatch(rf"(?P<value>{_NUMBER}){_UNIT}", text):
        return Span(_value(plain["value"]), _value(plain["value"]))
    return _half_open(text, tongue)


def _half_open(text: str, tongue: Tongue) -> Span | None:
    """A number with a word such as under or over before it; its edge does not belong to it."""
    match = _OPEN.fullmatch(text)
    if match is None:
        return None
    side, edge = match["side"].casefold(), _value(match["edge"])
    included = {"\u2264", "\u2265", "at", "up", "bis", "ab", "mindestens", "höchstens"}
    if side in tongue.under or side in {"<", "\u2264"}:
        return Span(-math.inf, edge if side in included else math.nextafter(edge, -math.inf))
    if side in tongue.over or side in {">", "\u2265"}:
        return Span(edge if side in included else math.nextafter(edge, math.inf), math.inf)
    return None


def typed(view: View) -> Iterator[Advice]:
    """A number without a unit, or to be hit exactly."""
    key = view.item.key
    if not isinstance(key, Quantity):
        return
    if not view.item.unit.strip():
        yield hint(Rule.NO_UNIT, "unit")
    if view.item.scoring.tolerance == 0:
        shown = f"{key.value:g} {view.item.unit}".strip()
        if float(key.value).is_integer():
            yield hint(Rule.EXACT_NUMBER, "tolerance", value=shown)
        else:
            yield warning(Rule.EXACT_FRACTION, "tolerance", value=shown)


def _value(text: str) -> float:
    return float(text.replace(",", "."))
