"""Entry: a word of the subject with its page in the glossary, and Name: what else it is or was called."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from captions.terms import Term

_WORD = re.compile(r"[^\W_]+")
# Letters that have no decomposition and that people type without their stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
# German keyboards' way to write what they lack: Muskelhaerte.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Meant(StrEnum):
    """What a name stands for, seen from the entry that lists it."""

    SAME = "same"  # another name of the thing itself
    PLACE = "place"  # pain at the place, whatever its cause
    NEIGHBOUR = "neighbour"  # a word of another school; whether it means the same is open


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is or was called: in which language, by whom, when, and where that is written.

    `year` 0: not known; `grade` is a letter of the evidence, or empty; `references` are keys of the library.
    """

    text: str
    language: str = "en"
    who: str = ""
    year: int = 0
    references: tuple[str, ...] = ()
    grade: str = ""
    means: Meant = Meant.SAME
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as captions know it and, where it has a `slug`, what its page in the glossary says.

    `forms` are other forms of the word in the course's language (plurals that add no s, adjectives); `body`
    is Markdown with the marks of a lesson; `see` are the slugs of other entries. Lines count from 1.
    """

    term: Term
    slug: str = ""
    forms: tuple[str, ...] = ()
    body: str = ""
    names: tuple[Name, ...] = ()
    see: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)
    body_line: int = field(default=0, compare=False)

    @property
    def has_page(self) -> bool:
        """Whether the entry is in the glossary, and not only for the ears of the caption checks."""
        return bool(self.slug)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that lead to the entry, its own first; none without a page."""
        if not self.has_page:
            return ()
        found = [self.slug, address(self.term.text), *map(address, self.forms)]
        found += [way for name in self.names for way in name_addresses(name)]
        return tuple(dict.fromkeys(found))


def address(text: str) -> str:
    """A name as it stands in an address: small letters without accents, one hyphen between its words."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    plain = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    return "-".join(_WORD.findall(plain))


def name_addresses(name: Name) -> tuple[str, ...]:
    """The addresses of a name; a German one also as it is typed where there are no umlauts."""
    spelt = [name.text]
    if name.language.split("-")[0] == "de":
        spelt.append(name.text.lower().translate(_UMLAUTS))
    return tuple(dict.fromkeys(map(address, spelt)))
