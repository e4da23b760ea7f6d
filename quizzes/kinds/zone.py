"""Zones of a picture: rectangle, circle, ellipse and polygon, in pixels of the picture."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy

Box = tuple[float, float, float, float]


class Zone(Protocol):
    """Part of a picture that a point can hit."""

    def holds(self, x: float, y: float) -> bool:
        """Whether the point, in pixels, lies in the zone."""

    def box(self) -> Box:
        """The bounding box: left, top, right, bottom."""

    def plain(self) -> dict[str, Any]:
        """The zone as a document table."""


@dataclass(frozen=True, slots=True)
class Rect:
    """x0 <= x <= x1 and y0 <= y <= y1."""

    x0: float
    x1: float
    y0: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point, in pixels, lies in the zone."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def box(self) -> Box:
        """The bounding box: left, top, right, bottom."""
        return (self.x0, self.y0, self.x1, self.y1)

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return _plain("rect", self)


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Centre (x, y) and the two half axes; a circle when they are equal."""

    x: float
    y: float
    rx: float
    ry: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point, in pixels, lies in the zone."""
        return ((x - self.x) / self.rx) ** 2 + ((y - self.y) / self.ry) ** 2 <= 1

    def box(self) -> Box:
        """The bounding box: left, top, right, bottom."""
        return (self.x - self.rx, self.y - self.ry, self.x + self.rx, self.y + self.ry)

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        if self.rx == self.ry:
            return {"shape": "circle", "x": tidy(self.x), "y": tidy(self.y), "r": tidy(self.rx)}
        return _plain("ellipse", self)


@dataclass(frozen=True, slots=True)
class Polygon:
    """Corners in order, closed by itself; inside is decided by even-odd crossing."""

    LEAST_CORNERS: ClassVar[int] = 3

    points: tuple[tuple[float, float], ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether the point, in pixels, lies in the zone."""
        inside = False
        previous_x, previous_y = self.points[-1]
        for corner_x, corner_y in self.points:
            if (corner_y > y) != (previous_y > y):
                crossing = corner_x + (y - corner_y) * (previous_x - corner_x) / (previous_y - corner_y)
                inside ^= x <= crossing
            previous_x, previous_y = corner_x, corner_y
        return inside

    def box(self) -> Box:
        """The bounding box: left, top, right, bottom."""
        across, down = zip(*self.points, strict=True)
        return (min(across), min(down), max(across), max(down))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"shape": "polygon", "points": [[tidy(x), tidy(y)] for x, y in self.points]}


def read_zone(fields: Fields) -> Zone:
    """A zone from a document table. Raises QuizError."""
    shape = fields.text("shape")
    if shape == "rect":
        return Rect(*(fields.number(name) for name in ("x0", "x1", "y0", "y1")))
    if shape == "circle":
        radius = fields.number("r")
        return Ellipse(fields.number("x"), fields.number("y"), radius, radius)
    if shape == "ellipse":
        return Ellipse(*(fields.number(name) for name in ("x", "y", "rx", "ry")))
    if shape == "polygon":
        return Polygon(fields.points("points"))
    raise refusal(Reason.NOT_ONE_OF, "shape", value=shape, allowed="rect, circle, ellipse, polygon")


def check_zone(zone: Zone, width: int, height: int, place: str) -> None:
    """Refuse a zone without extent, or one that leaves the picture. Raises QuizError."""
    left, top, right, bottom = zone.box()
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        raise refusal(Reason.OUTSIDE_PICTURE, place)
    if isinstance(zone, Polygon) and len(zone.points) < Polygon.LEAST_CORNERS:
        raise refusal(Reason.TOO_FEW, f"{place}.points", least=Polygon.LEAST_CORNERS)


def _plain(shape: str, zone: Rect | Ellipse) -> dict[str, Any]:
    return {"shape": shape, **{name: tidy(value) for name, value in asdict(zone).items()}}
