"""Numbers as they are said in English: 40, 2.5, 1:2,000, 3rd, 1/2, 10-15, 2024."""

from __future__ import annotations

import re
from typing import Final

ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS: Final = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES: Final = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"))
ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
MOST_DIGITS: Final = 12
"""A longer row of digits is said digit by digit."""

INTEGER: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
DECIMAL: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d*)\.(\d+)")
RANGE: Final = re.compile(r"([\d.,]*\d)[-–—]([\d.,]*\d)")
RATIO: Final = re.compile(r"([\d.,]*\d):([\d.,]*\d)")
FRACTION: Final = re.compile(r"(\d{1,2})/(\d{1,2})")
ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th)")
DECADE: Final = re.compile(r"(\d{2,4})s")


def say_number(text: str, *, is_year: bool = False) -> list[str] | None:
    """The words of a number, None when it is none; with `is_year`, 1100 to 2099 is said in two halves."""
    if DECIMAL.fullmatch(text):
        whole, _, parts = text.rpartition(".")
        return [*(say_integer(whole) if whole else ["zero"]), "point", *(ONES[int(digit)] for digit in parts)]
    if INTEGER.fullmatch(text):
        return _year(int(text)) if is_year and re.fullmatch(r"1[1-9]\d\d|20\d\d", text) else say_integer(text)
    return _compound(text)


def say_integer(text: str) -> list[str]:
    """The words of a whole number, which may have commas between thousands."""
    digits = text.replace(",", "")
    if len(digits) > MOST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return [ONES[int(digit)] for digit in digits]
    return _cardinal(int(digits))


def say_ordinal(text: str) -> list[str]:
    """The words of a place in a row: 3 is third, 25 twenty fifth."""
    *words, last = say_integer(text)
    if last in ORDINALS:
        return [*words, ORDINALS[last]]
    return [*words, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"]


def _compound(text: str) -> list[str] | None:
    """Two numbers with a sign between them, or one with an ending."""
    for pattern, between in ((RANGE, "to"), (RATIO, "in")):
        if (found := pattern.fullmatch(text)) is not None:
            first, second = say_number(found[1]), say_number(found[2])
            return [*first, between, *second] if first and second else None
    if (found := FRACTION.fullmatch(text)) is not None:
        return _fraction(found[1], found[2])
    if (found := ORDINAL.fullmatch(text)) is not None:
        return say_ordinal(found[1])
    if (found := DECADE.fullmatch(text)) is not None:
        *words, last = _year(int(found[1]))
        return [*words, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"]
    return None


def _cardinal(number: int) -> list[str]:
    if number < 20:
        return [ONES[number]]
    if number < 100:
        return [TENS[number // 10], *([ONES[number % 10]] if number % 10 else [])]
    if number < 1000:
        rest = ["and", *_cardinal(number % 100)] if number % 100 else []
        return [ONES[number // 100], "hundred", *rest]
    size, name = next(scale for scale in SCALES if number >= scale[0])
    rest = _cardinal(number % size) if number % size else []
    return [*_cardinal(number // size), name, *(["and"] if 0 < number % size < 100 else []), *rest]


def _year(number: int) -> list[str]:
    """1998 is nineteen ninety eight, 2005 two thousand and five, 1900 nineteen hundred."""
    century, rest = divmod(number, 100)
    if number < 1100 or 2000 <= number < 2010 or number > 2099:
        return _cardinal(number)
    if rest == 0:
        return [*_cardinal(century), "hundred"]
    return [*_cardinal(century), *(["oh"] if rest < 10 else []), *_cardinal(rest)]


def _fraction(above: str, below: str) -> list[str]:
    if int(below) == 2:
        name = "half" if int(above) == 1 else "halves"
    elif int(below) == 4:
        name = "quarter" if int(above) == 1 else "quarters"
    elif 2 < int(below) < 11 and int(above) < int(below):
        name = say_ordinal(below)[-1] + ("" if int(above) == 1 else "s")
    else:
        return [*say_integer(above), "over", *say_integer(below)]
    return [*say_integer(above), name]
