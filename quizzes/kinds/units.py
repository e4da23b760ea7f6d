"""Units of the clinic: their names, their dimension, and how many base units one holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: two units of one `dimension` convert by their `size` in the dimension's base unit."""

    dimension: str
    size: float


# dimension, size, names in lower case
_NAMES: tuple[tuple[str, float, str], ...] = (
    ("volume", 1.0, "ml cc cm3 cm³ millilitre millilitres milliliter milliliters"),
    ("volume", 1000.0, "l litre litres liter liters"),
    ("volume", 0.001, "ul µl microlitre microlitres microliter microliters"),
    ("length", 1.0, "mm millimetre millimetres millimeter millimeters"),
    ("length", 10.0, "cm centimetre centimetres centimeter centimeters"),
    ("length", 1000.0, "m metre metres meter meters"),
    ("mass", 1.0, "mg milligram milligrams"),
    ("mass", 1000.0, "g gram grams"),
    ("mass", 1_000_000.0, "kg kilogram kilograms"),
    ("mass", 0.001, "ug µg mcg microgram micrograms"),
    ("time", 1.0, "s sec second seconds"),
    ("time", 60.0, "min minute minutes"),
    ("time", 3600.0, "h hour hours"),
    ("angle", 1.0, "deg ° degree degrees"),
    ("share", 1.0, "% percent"),
)
UNITS: dict[str, Unit] = {
    name: Unit(dimension, size) for dimension, size, names in _NAMES for name in names.split()
}


def find_unit(name: str) -> Unit | None:
    """The unit of this name in any case, or None; the two letters for micro (U+03BC, U+00B5) are one."""
    return UNITS.get("".join(name.lower().replace("\u03bc", "\u00b5").split()))


def converted(value: float, given: str, wanted: str) -> float | None:
    """`value` of the unit `given` in the unit `wanted`; None when one cannot become the other.

    No unit given means the wanted one. A unit that is not in the table converts to itself only.
    """
    if not given or given.casefold() == wanted.casefold():
        return value
    source, target = find_unit(given), find_unit(wanted)
    if source is None or target is None or source.dimension != target.dimension:
        return None
    return value * source.size / target.size
