"""The key of a numeric question: a number, its tolerance and its unit."""

import math
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.item import Item
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
class Quantity:
    """A number in the item's unit: 1 inside the tolerance, else 0.

    The response is a string such as "40 mg", "0,04 g" or "40"; without a unit it is in the item's own. A unit
    of another dimension, and a number that is not finite, score 0.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.NUMERIC})

    value: float

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.number("key"))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": tidy(self.value)}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        if not math.isfinite(self.value):
            raise refusal(Reason.WRONG_TYPE, "key", expected="a finite number")
        if not 0 <= item.scoring.tolerance < math.inf:
            raise refusal(Reason.OUT_OF_RANGE, "tolerance", low=0, high="infinity")
        if item.scoring.tolerance_kind is ToleranceKind.GEOMETRIC and self.value <= 0:
            raise refusal(Reason.OUT_OF_RANGE, "key", low="above 0", high="infinity")

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if not isinstance(response, str) or len(response) > LONGEST_RESPONSE:
            raise malformed("a number as text, with or without a unit")
        number, unit = _read(response, item.unit)
        given = converted(number, unit, item.unit)
        right = given is not None and math.isfinite(given) and self._is_near(given, item)
        return Mark(1.0 if right else 0.0)

    def _is_near(self, given: float, item: Item) -> bool:
        """Whether the number lies within the tolerance, edges included in spite of binary fractions."""
        key, tolerance = self.value, item.scoring.tolerance
        slack = 1e-12 * max(abs(key), abs(given), 1.0)
        match item.scoring.tolerance_kind:
            case ToleranceKind.ABSOLUTE:
                return abs(given - key) <= tolerance + slack
            case ToleranceKind.RELATIVE:
                return abs(given - key) <= abs(key) * tolerance + slack
            case ToleranceKind.GEOMETRIC:
                return key / (1 + tolerance) - slack <= given <= key * (1 + tolerance) + slack


def _read(response: str, own_unit: str) -> tuple[float, str]:
    """The number and the unit behind it; the item's own unit is known however it is spelt."""
    text = response.strip().replace("\u2212", "-")
    match = _NUMBER.fullmatch(text.removesuffix(own_unit).rstrip()) or _NUMBER.fullmatch(text)
    if match is None:
        raise refusal(Reason.NOT_A_NUMBER, "response")
    return float(match["number"].replace(",", ".")), (match["unit"] or "").strip()
