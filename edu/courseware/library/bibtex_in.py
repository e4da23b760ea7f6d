"""BibTeX of other people: each entry by itself, so that a wrong one does not lose the others.

`read_bibtex` is for the course's own file and refuses what it cannot keep. Here fields that the library does
not keep are left out and told, and an entry that cannot be kept is a finding with its line.
"""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from edu.courseware.finding import CourseError, Finding
from edu.courseware.lessons import LANGUAGE
from edu.courseware.library.bib import CONTAINER_OF, CONTAINERS, KNOWN, kept, raw_fields
from edu.courseware.library.check import TAKEN
from edu.courseware.library.identifiers import faults
from edu.courseware.reference import Reference

if TYPE_CHECKING:
    from pybtex.database import Entry
    from pybtex.database.input.bibtex import Parser

KEY = re.compile(r"[A-Za-z0-9_:.-]{1,80}")  # what a lesson can cite
COLLECTION = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_COLLECTIONS, MOST_LETTERS = 20, 4000
MOST_MACRO = 400  # letters of a word such as the name of a journal that entries share
_BEGINNING = re.compile(r"^[ \t]*@", re.MULTILINE)
_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a text of BibTeX holds: entries that can be kept, fields left out by key, and what is wrong."""

    references: tuple[Reference, ...]
    left_out: dict[str, tuple[str, ...]]
    findings: tuple[Finding, ...]


def bring(text: str, path: str = "BibTeX") -> Brought:
    """Read a text of BibTeX entry by entry; `path` is how findings name it."""
    from pybtex.database.input.bibtex import Parser

    parser = Parser()  # one for all, for macros are defined in one place and used in another
    parser.macros = _Macros(parser.macros)
    references: list[Reference] = []
    left_out: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for line, part in _parts(text):
        try:
            for key, entry in _entries(parser, part, path, line):
                raw, left = _tidied(raw_fields(entry), entry.type)
                reference = _checked(kept(key, entry, raw, path, line), path)
                references.append(reference)
                left_out |= {key: left} if left else {}
        except CourseError as error:
            findings.extend(error.findings)
    if not references and not findings:
        findings.append(
            Finding(path, 0, "empty", "there is no entry in it", "Paste entries that begin with @")
        )
    return Brought(tuple(references), left_out, tuple(findings))


class _TooLong(Exception):
    """A macro that no library needs."""


class _Macros(UserDict[str, str]):
    """The macros of a text, whatever the case of their names.

    Each may be made of others: without a bound, thirty lines that double one another fill the memory.
    """

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __setitem__(self, name: str, value: str) -> None:
        if len(value) > MOST_MACRO:
            raise _TooLong(f"the macro {name[:40]} has more than {MOST_MACRO} characters")
        super().__setitem__(name.lower(), value)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Each command with its line: from a line that begins with @ to the next such line."""
    starts = [found.start() for found in _BEGINNING.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        yield text.count("\n", 0, start) + 1, text[start:end]


def _entries(parser: Parser, part: str, path: str, line: int) -> Iterator[tuple[str, Entry]]:
    """What a part adds to the entries read so far. Raises CourseError with the line."""
    from pybtex.exceptions import PybtexError

    before = len(parser.data.entries)
    try:
        entries = parser.parse_string(part).entries
    except (PybtexError, _TooLong) as error:
        lineno = getattr(error, "lineno", None)
        reason = str(error).split(": ", 1)[-1] if lineno else str(error)
        at = line + (lineno or 1) - 1
        finding = Finding(path, at, "unreadable", f"this is not BibTeX ({reason})", "Correct the entry")
        raise CourseError([finding]) from error
    yield from list(entries.items())[before:]


def _tidied(raw: dict[str, str], kind: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields that the library keeps, written its way, and the names of those that are left out."""
    places = [name for name in CONTAINERS if raw.get(name)]
    own = CONTAINER_OF.get(kind, "howpublished")
    chosen = own if own in places else next(iter(places), own)
    fields = {
        name: value
        for name, value in raw.items()
        if name in KNOWN and (name not in CONTAINERS or name == chosen)
    }
    left = set(raw) - set(fields)
    if "doi" in fields:
        fields["doi"] = _DOI_ADDRESS.sub("", fields["doi"].strip())
    if not re.fullmatch(LANGUAGE, fields.get("language", "en")):
        left.add("language")
        del fields["language"]
    words = [word.strip() for word in fields.get("keywords", "").split(",") if word.strip()]
    collections = [word for word in words if COLLECTION.fullmatch(word)][:MOST_COLLECTIONS]
    left |= {"keywords"} if len(collections) < len(words) else set()
    return fields | {"keywords": ",".join(collections)}, tuple(sorted(left))


def _checked(reference: Reference, path: str) -> Reference:
    """The record, unless the library could not show or cite it."""
    key, line = reference.key, reference.line
    wrong: list[tuple[str, str]] = list(faults(reference.doi, reference.pmid, reference.pmcid))
    if not KEY.fullmatch(key) or key in TAKEN:
        wrong.append(("the key cannot be cited", "Use letters, digits and - _ . : and at most 80 of them"))
    if not re.fullmatch(r"[a-z]{1,40}", reference.kind):
        wrong.append((f"there is no kind @{reference.kind}", "Write @article, @book or @misc"))
    if reference.url and not reference.url.startswith(("https://", "http://")):
        wrong.append((f'the address "{reference.url}" leads nowhere', "Write it from https:// on"))
    if len(str(reference)) > MOST_LETTERS:
        wrong.append(("it is too long", "Leave out what is no reference, such as an abstract"))
    if reference.year > 9999:
        wrong.append((f"the year {reference.year} is none", "Write four digits"))
    if wrong:
        raise CourseError([Finding(path, line, "entry", f"{key}: {what}", remedy) for what, remedy in wrong])
    return reference
