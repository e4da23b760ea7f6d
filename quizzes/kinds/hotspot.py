"""The key of a hotspot question: zones of the picture."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.item import Item, Picture
from quizzes.kinds.response import is_number, malformed
from quizzes.kinds.zone import Zone, check_zone, read_zone
from quizzes.mark import Mark
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Zones:
    """Each zone takes one of the points: hits / max(zones, points), so that spare points cost.

    With one zone and one point that is 1 inside and 0 outside. The response is a list of at most `limit`
    points [x, y], each a fraction of the picture's width and height.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.HOTSPOT})

    zones: tuple[Zone, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(tuple(fields.each("key", read_zone)))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": [zone.plain() for zone in self.zones]}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        picture = _picture(item)
        if not self.zones:
            raise refusal(Reason.TOO_FEW, "key", least=1)
        for index, zone in enumerate(self.zones):
            check_zone(zone, picture.width, picture.height, f"key[{index}]")
        if item.limit is None:
            raise refusal(Reason.MISSING, "limit", field="limit")
        if item.limit < len(self.zones):
            raise refusal(Reason.LIMIT_TOO_LOW, "limit", least=len(self.zones))

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        picture = _picture(item)
        points = _points(response, most=item.limit or 1)
        pixels = [(x * picture.width, y * picture.height) for x, y in points]
        return Mark(_hits(self.zones, pixels) / max(len(self.zones), len(pixels)))


def _picture(item: Item) -> Picture:
    if item.picture is None:
        raise refusal(Reason.MISSING, "picture", field="picture")
    return item.picture


def _points(response: Any, most: int) -> list[tuple[float, float]]:
    if not isinstance(response, list | tuple):
        raise malformed("a list of points")
    if len(response) > most:
        raise refusal(Reason.TOO_MANY, "response", most=most)
    return [_point(point, f"response[{index}]") for index, point in enumerate(response)]


def _point(point: Any, place: str) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or len(point) != 2 or not all(is_number(value) for value in point):
        raise malformed("a point [x, y]", place)
    x, y = point
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise refusal(Reason.OUT_OF_RANGE, place, low=0, high=1)
    return float(x), float(y)


def _hits(zones: tuple[Zone, ...], points: list[tuple[float, float]]) -> int:
    """The largest number of zones that can each take a point of its own (augmenting paths)."""
    taken: dict[int, int] = {}  # point -> zone

    def settle(zone: int, tried: set[int]) -> bool:
        for point, (x, y) in enumerate(points):
            if point in tried or not zones[zone].holds(x, y):
                continue
            tried.add(point)
            if point not in taken or settle(taken[point], tried):
                taken[point] = zone
                return True
        return False

    return sum(settle(zone, set()) for zone in range(len(zones)))
