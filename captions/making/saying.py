"""What is said where a token of a script stands: numbers, units, abbreviations, addresses as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from captions.making.numbers import say_number

IsWord = Callable[[str], bool]
"""Does the dictionary have this word, in lower case?"""


def _table(text: str) -> dict[str, str]:
    """What is written, a bar, what is said; a comma before the next."""
    pairs = (pair.strip().rpartition("|") for pair in text.replace("\n", " ").split(","))
    return {written.strip(): said.strip() for written, _, said in pairs}


ABBREVIATIONS: Final = _table("""
dr.|doctor, dr|doctor, mr.|mister, mr|mister, mrs.|missus, mrs|missus, ms.|miz, prof.|professor,
st.|saint, vs.|versus, vs|versus, etc.|et cetera, etc|et cetera, e.g.|for example, eg.|for example,
i.e.|that is, ie.|that is, approx.|approximately, fig.|figure, w/|with, w/o|without, &|and, +|plus,
=|equals, @|at, ×|times, °|degrees, ±|plus or minus, %|percent, <|less than, >|more than, ≤|at most,
≥|at least, ~|about, ½|one half, ¼|one quarter, ¾|three quarters, €|euros, £|pounds, $|dollars
""")
UNITS: Final = _table("""
mg|milligram, g|gram, kg|kilogram, mcg|microgram, µg|microgram, μg|microgram, ug|microgram, ng|nanogram,
ml|milliliter, cl|centiliter, l|liter, µl|microliter, μl|microliter, cc|c c, mm|millimeter,
cm|centimeter, m|meter, km|kilometer, in|inch, s|second, sec|second, secs|second, min|minute,
mins|minute, h|hour, hr|hour, hrs|hour, ms|millisecond, hz|hertz, khz|kilohertz, mhz|megahertz,
°c|degree celsius, °f|degree fahrenheit, °|degree, %|percent, mmhg|millimeter of mercury, kpa|kilopascal,
mmol|millimole, mol|mole, iu|i u, mg/ml|milligram per milliliter, mg/kg|milligram per kilogram, x|times,
w|watt, wk|week, wks|week, yr|year, yrs|year, lb|pound, lbs|pound, oz|ounce
""")
NEVER_MANY: Final = frozenset({"percent", "hertz", "kilohertz", "megahertz", "times", "c", "i"})
PLAIN_UNITS: Final = frozenset({"in", "s", "m", "h", "l", "x", "w", "g", "ms"})
"""Units that are words or letters of their own too: they count as units only when the number touches them."""
ONE: Final = frozenset({"1", "1/2", "½", "¼"})

GAUGE: Final = re.compile(r"(1[4-9]|2\d|3[0-4])g", re.IGNORECASE)
NUMBER_AND_UNIT: Final = re.compile(r"([\d.,:/–-]*\d)([a-zµμ°%][a-z°/]*)", re.IGNORECASE)
LETTERS_AND_NUMBER: Final = re.compile(r"([a-z]+(?:'[a-z]+)*)(\d+)", re.IGNORECASE)
PIECES: Final = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*\d*|\d+(?:[.,]\d+)*|[^\sA-Za-z\d]")
ADDRESS: Final = re.compile(
    r"(?:https?://\S+|(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|io|int|health|eu|uk|de|ca|au|nz|ie)(?:/\S*)?"
    r"|[\w.-]+@[\w.-]+)",
    re.IGNORECASE,
)
ADDRESS_PIECES: Final = re.compile(r"[a-z]+|\d+|[./@_-]")
ADDRESS_SIGNS: Final = {".": "dot", "/": "slash", "@": "at", "-": "dash", "_": "underscore"}
EDGES: Final = "\"'“”‘’«»()[]{}<>*_`,;:!?…"
MOST_LETTERS: Final = 5
"""Capitals up to this many that are no word are letters: PSIS, MRI."""


def say(token: str, is_word: IsWord, *, before: str = "") -> tuple[str, ...]:
    """The words that are said for a token of a script, in lower case, of letters and inner apostrophes.

    `before` is the token that stands before it, by which "mg" is a unit and "1 mg" is one milligram. A token
    without anything to say (a dash) gives nothing, and so does one in another alphabet.
    """
    plain = _plain(token)
    if plain.lower() in ABBREVIATIONS:
        return tuple(ABBREVIATIONS[plain.lower()].split())
    bare = plain.strip(EDGES)
    if bare.lower() not in ABBREVIATIONS:
        bare = bare.strip(EDGES + ".-–—~")
    return tuple(_words(bare, is_word, _plain(before).strip(EDGES + "~<>≤≥")))


def _plain(token: str) -> str:
    """Without accents, with straight apostrophes, whatever the keyboard made of them."""
    flat = token.replace("’", "'").replace("‘", "'").replace("\u00ad", "")
    kept = "".join(sign for sign in unicodedata.normalize("NFD", flat) if not unicodedata.combining(sign))
    return kept.replace("æ", "ae").replace("œ", "oe").replace("ß", "ss")


def _words(bare: str, is_word: IsWord, before: str) -> Iterator[str]:
    small = bare.lower()
    if small in ABBREVIATIONS:
        yield from ABBREVIATIONS[small].split()
    elif small in UNITS and small not in PLAIN_UNITS and (before in ONE or say_number(before)):
        yield from _unit(small, before)
    elif number := say_number(bare, is_year=True):
        yield from number
    elif ADDRESS.fullmatch(bare) and not is_word(small):
        yield from _address(small)
    else:
        yield from _mixed(bare, is_word)


def _mixed(bare: str, is_word: IsWord) -> Iterator[str]:
    """A number with its unit, or words, letters and numbers with signs between them."""
    if (found := GAUGE.fullmatch(bare)) is not None:
        yield from (*(say_number(found[1]) or ()), "gauge")
    elif (found := NUMBER_AND_UNIT.fullmatch(bare)) is not None and found[2].lower() in UNITS:
        yield from (*(say_number(found[1]) or ()), *_unit(found[2].lower(), found[1]))
    else:
        for piece in PIECES.findall(bare):
            yield from _piece(piece, is_word)


def _piece(piece: str, is_word: IsWord) -> Iterator[str]:
    if (found := LETTERS_AND_NUMBER.fullmatch(piece)) is not None:
        yield from (*_letters(found[1], is_word), *(say_number(found[2]) or ()))
    elif piece[0].isdigit():
        yield from say_number(piece) or ()
    elif piece[0].isascii() and piece[0].isalpha():
        yield from _letters(piece, is_word)
    elif (piece in ABBREVIATIONS and not piece.isascii()) or piece in "&%+":
        yield from ABBREVIATIONS[piece].split()


def _letters(text: str, is_word: IsWord) -> Iterator[str]:
    """One word, or the letters of an abbreviation in capitals."""
    small = text.lower()
    if 1 < len(text) <= MOST_LETTERS and text.isalpha() and text.isupper() and not is_word(small):
        yield from small
    else:
        yield small


def _unit(unit: str, number: str) -> list[str]:
    first, *rest = UNITS[unit].split()
    if number in ONE or first in NEVER_MANY:
        return [first, *rest]
    return ["inches" if first == "inch" else first if first.endswith("z") else f"{first}s", *rest]


def _address(text: str) -> Iterator[str]:
    for piece in ADDRESS_PIECES.findall(re.sub(r"^https?://", "", text)):
        if piece == "www":
            yield from piece
        elif piece.isdigit():
            yield from say_number(piece) or ()
        else:
            yield ADDRESS_SIGNS.get(piece, piece)
