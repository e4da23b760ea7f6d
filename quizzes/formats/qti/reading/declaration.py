"""Declaration: what a response variable may hold, what is right, and what each value is worth."""

import math
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal, within
from quizzes.fields import MOST_ENTRIES
from quizzes.formats.xml_tree import child, children, text_of

LONGEST_COORDS = 4000  # characters


@dataclass(frozen=True, slots=True)
class Worth:
    """A mapping: what single values are worth, what every other one is, and the bounds of the sum."""

    values: tuple[tuple[str, float], ...]
    default: float = 0.0
    lower: float | None = None
    upper: float | None = None
    exact: bool = False  # small and capital letters differ

    @property
    def most(self) -> float:
        """What can be earned at most; 0 when nothing can."""
        best = math.fsum(value for _, value in self.values if value > 0)
        return best if self.upper is None or self.upper <= 0 else min(best, self.upper)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the picture and what a point in it is worth."""

    shape: str
    coords: tuple[float, ...]
    value: float = 1.0


@dataclass(frozen=True, slots=True)
class Declaration:
    """A response variable; an interaction without one has an empty declaration."""

    id: str
    cardinality: str = "single"
    base_type: str = ""
    correct: tuple[str, ...] = ()
    worth: Worth | None = None
    areas: tuple[Area, ...] = ()
    area_default: float = 0.0

    @property
    def is_number(self) -> bool:
        """Whether a number is typed."""
        return self.base_type in {"float", "integer"}


def declarations(item: Element) -> dict[str, Declaration]:
    """The response variables of an item by their identifiers. Raises QuizError for numbers that are none."""
    found = (_read(element) for element in children(item, "responseDeclaration"))
    return {declaration.id: declaration for declaration in found}


def coordinates(text: str, place: str) -> tuple[float, ...]:
    """The numbers of an area, in pixels. Raises QuizError: per cents, for one, are not read."""
    if len(text) > LONGEST_COORDS:
        raise refusal(Reason.TOO_LONG, place, limit=LONGEST_COORDS)
    return tuple(number(part, place) for part in text.replace(",", " ").split())


def number(text: str, place: str) -> float:
    """A finite number. Raises QuizError."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise refusal(Reason.WRONG_TYPE, place, expected="a finite number")
    return value


def _read(element: Element) -> Declaration:
    name = element.get("identifier", "")
    with within(name or "responseDeclaration"):
        correct = child(element, "correctResponse")
        areas = child(element, "areaMapping")
        entries = () if areas is None else tuple(_area(entry) for entry in children(areas, "areaMapEntry"))
        return Declaration(
            name,
            element.get("cardinality", "single"),
            element.get("baseType", ""),
            () if correct is None else tuple(text_of(value).strip() for value in children(correct, "value")),
            _worth(child(element, "mapping")),
            entries,
            0.0 if areas is None else number(areas.get("defaultValue", "0"), "areaMapping"),
        )


def _worth(element: Element | None) -> Worth | None:
    if element is None:
        return None
    entries = list(children(element, "mapEntry"))
    if len(entries) > MOST_ENTRIES:
        raise refusal(Reason.TOO_MANY, "mapping", most=MOST_ENTRIES)
    bounds = [element.get(name) for name in ("lowerBound", "upperBound")]
    lower, upper = (None if bound is None else number(bound, "mapping") for bound in bounds)
    return Worth(
        tuple(
            (entry.get("mapKey", ""), number(entry.get("mappedValue", ""), "mapping")) for entry in entries
        ),
        number(element.get("defaultValue", "0"), "mapping"),
        lower,
        upper,
        any(entry.get("caseSensitive", "false") in {"true", "1"} for entry in entries),
    )


def _area(entry: Element) -> Area:
    coords = coordinates(entry.get("coords", ""), "areaMapping")
    return Area(entry.get("shape", ""), coords, number(entry.get("mappedValue", "1"), "areaMapping"))
