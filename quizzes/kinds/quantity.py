"""The key of a numeric question: a number, its tolerance and its unit."""

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.item import Item, Scoring
from quizzes.kinds.response import malformed
from quizzes.kinds.units import converted
from quizzes.mark import Mark
from quizzes.vocabulary import Kind, ToleranceKind

LONGEST_RESPONSE = 100
# one decimal sign, comma or point; no thousands signs, since 1,000 cannot be told from 1.000
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]{1,4})?|[+-]?inf(?:inity)?|nan)"
    r"\s*(?P<unit>(?:[^\W\d_]|[%°])\D*[0-9]?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Near:
    """Another number that earns something: what lies within `tolerance` of it earns `fraction`."""

    value: float
    tolerance: float
    fraction: float

    def plain(self) -> dict[str, Any]:
        """The document table of it."""
        return {name: tidy(getattr(self, name)) for name in ("value", "tolerance", "fraction")}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the item's unit: 1 inside the tolerance, else what the first of `also` that fits gives.

    The response is a string such as "40 mg", "0,04 g" or "40"; without a unit it is in the item's own. A unit
    of another dimension, and a number that is not finite, score 0.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.NUMERIC})

    value: float
    also: tuple[Near, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        also = fields.each("also", _read_near) if fields.has("also") else ()
        return cls(fields.number("key"), also)

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        form: dict[str, Any] = {"key": tidy(self.value)}
        return {**form, "also": [near.plain() for near in self.also]} if self.also else form

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_number(self.value, item.scoring)
        for index, near in enumerate(self.also):
            if not 0 < near.fraction <= 1:
                raise refusal(Reason.OUT_OF_RANGE, f"also[{index}].fraction", low="above 0", high=1)
            if not 0 <= near.tolerance < math.inf:
                raise refusal(Reason.OUT_OF_RANGE, f"also[{index}].tolerance", low=0, high="infinity")

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        given = read_number(response, item.unit)
        if is_near(given, self.value, item.scoring):
            return Mark(1.0)
        for near in self.also:
            if is_near(given, near.value, Scoring(tolerance=near.tolerance)):
                return Mark(near.fraction)
        return Mark(0.0)


def check_number(value: float, scoring: Scoring) -> None:
    """Refuse a key and a tolerance that nothing can be compared with. Raises QuizError."""
    if not math.isfinite(value):
        raise refusal(Reason.WRONG_TYPE, "key", expected="a finite number")
    if not 0 <= scoring.tolerance < math.inf:
        raise refusal(Reason.OUT_OF_RANGE, "tolerance", low=0, high="infinity")
    if scoring.tolerance_kind is ToleranceKind.GEOMETRIC and value <= 0:
        raise refusal(Reason.OUT_OF_RANGE, "key", low="above 0", high="infinity")


def read_number(response: Any, unit: str, place: str = "response") -> float | None:
    """The number of a typed answer in `unit`; None for another dimension, or a number that is not finite.

    Raises QuizError for what is no number.
    """
    if not isinstance(response, str) or len(response) > LONGEST_RESPONSE:
        raise malformed("a number as text, with or without a unit", place)
    number, own = _read(response, unit, place)
    given = converted(number, own, unit)
    return given if given is not None and math.isfinite(given) else None


def is_near(given: float | None, key: float, scoring: Scoring) -> bool:
    """Whether the number lies within the tolerance, edges included in spite of binary fractions."""
    if given is None:
        return False
    tolerance = scoring.tolerance
    slack = 1e-12 * max(abs(key), abs(given), 1.0)
    match scoring.tolerance_kind:
        case ToleranceKind.ABSOLUTE:
            return abs(given - key) <= tolerance + slack
        case ToleranceKind.RELATIVE:
            return abs(given - key) <= abs(key) * tolerance + slack
        case ToleranceKind.GEOMETRIC:
            return key / (1 + tolerance) - slack <= given <= key * (1 + tolerance) + slack


def _read_near(fields: Fields) -> Near:
    return Near(fields.number("value"), fields.number("tolerance", 0.0), fields.number("fraction"))


def _read(response: str, own_unit: str, place: str) -> tuple[float, str]:
    """The number and the unit behind it; the item's own unit is known however it is spelt."""
    text = response.strip().replace("\u2212", "-")
    match = _NUMBER.fullmatch(text.removesuffix(own_unit).rstrip()) or _NUMBER.fullmatch(text)
    if match is None:
        raise refusal(Reason.NOT_A_NUMBER, place)
    return float(match["number"].replace(",", ".")), (match["unit"] or "").strip()
