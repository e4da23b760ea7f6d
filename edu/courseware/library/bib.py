"""BibTeX in and out, by pybtex: entries become Reference records in Unicode.

The `note` field of an entry says how far it was verified: `verified: where`, `unverified: why; seen: what`.
pybtex is imported when a bibliography is read, since most processes never read one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from edu.courseware.finding import broken
from edu.courseware.reference import Author, Reference, Verification

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

CONTAINERS = ("journal", "booktitle", "howpublished", "school", "publisher")
CONTAINER_OF = {
    "article": "journal",
    "inproceedings": "booktitle",
    "mastersthesis": "school",
    "book": "publisher",
}
KNOWN = {
    *CONTAINERS,
    *("author", "title", "origtitle", "year", "volume", "number", "pages", "doi", "pmid", "pmcid"),
    *("language", "url", "address", "keywords", "note"),
}
HEADER = (
    "% References of the course: facts only, no abstracts.\n"
    "% note = {verified: where}   every field given was seen at that place\n"
    '% note = {unverified ...}    at least one field was not; what was seen is said after "seen:"\n'
    "% keywords = collections of the library.\n\n"
)


def read_bibtex(text: str, path: str = "references.bib") -> tuple[Reference, ...]:
    """All entries in file order. Raises CourseError with the line where there is one."""
    from pybtex.database.input.bibtex import Parser
    from pybtex.exceptions import PybtexError

    try:
        entries: Mapping[str, Entry] = Parser().parse_string(text).entries
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 0
        reason = str(error).split(": ", 1)[-1]
        raise broken(path, line, f"this is not BibTeX ({reason})", "Correct the entry") from error
    return tuple(
        kept(key, entry, raw_fields(entry), path, line_of(text, key)) for key, entry in entries.items()
    )


def raw_fields(entry: Entry) -> dict[str, str]:
    """The fields of an entry by their names in small letters; its people are not among them."""
    return {name.lower(): value for name, value in entry.fields.items()}


def kept(key: str, entry: Entry, raw: Mapping[str, str], path: str, line: int) -> Reference:
    """The record of an entry with these fields. Raises CourseError with the entry's line."""
    if problem := _problem(raw):
        raise broken(path, line, f"{key} {problem[0]}", problem[1])
    try:
        return replace(_reference(key, entry, raw), line=line)
    except ValueError as error:
        message = f"{key} holds LaTeX that cannot be read"
        raise broken(path, line, message, "Write the letters as they are, in UTF-8") from error


def _reference(key: str, entry: Entry, raw: Mapping[str, str]) -> Reference:
    authors = [_author(person) for person in entry.persons.get("author", [])]
    note = plain(raw.get("note", ""))
    return Reference(
        key=key,
        kind=entry.type,
        title=plain(raw["title"]),
        authors=tuple(author for author in authors if author != OTHERS),
        more_authors=OTHERS in authors,
        year=int(raw.get("year", "0")),
        container=next((plain(raw[name]) for name in CONTAINERS if raw.get(name)), ""),
        volume=plain(raw.get("volume", "")),
        number=plain(raw.get("number", "")),
        pages=plain(raw.get("pages", "")),
        doi=plain(raw.get("doi", "")),
        pmid=raw.get("pmid", ""),
        pmcid=raw.get("pmcid", ""),
        language=raw.get("language", "en"),
        address=plain(raw.get("address", "")),
        url=raw.get("url", ""),
        collections=tuple(word.strip() for word in raw.get("keywords", "").split(",") if word.strip()),
        note=note,
        verification=verification(note),
        original_title=plain(raw.get("origtitle", "")),
    )


def _problem(raw: Mapping[str, str]) -> tuple[str, str] | None:
    """What an entry holds that could not be kept, and what to do about it."""
    unknown = sorted(set(raw) - KNOWN)
    if unknown:
        return f"has a field {unknown[0]} that is not kept", f"Remove it. Kept are {', '.join(sorted(KNOWN))}"
    containers = [name for name in CONTAINERS if raw.get(name)]
    if len(containers) > 1:
        return f"appeared in two places ({' and '.join(containers)})", "Keep the one that readers look for"
    if not raw.get("title"):
        return "has no title", "Add one, in brackets when it is not confirmed"
    if not raw.get("year", "0").isdecimal():
        return f"has the year {raw['year']!r}", "Write a number or leave it out"
    return None


OTHERS = Author("others")


def _author(person: Person) -> Author:
    given = " ".join([*person.first_names, *person.middle_names])
    family = " ".join([*person.prelast_names, *person.last_names, *person.lineage_names])
    is_body = family.startswith("{") and family.endswith("}") and not given
    return Author(plain(family), plain(given), is_body)


def verification(note: str) -> Verification:
    """What the librarian's note claims; without a note nothing was verified."""
    if re.match(r"verified\b", note):
        return Verification.FULL
    partial = re.match(r"unverified\b", note) and re.search(r"\bseen\b|\bknown only through\b", note)
    return Verification.PARTIAL if partial else Verification.NONE


def plain(latex: str) -> str:
    """LaTeX text as Unicode, without the braces that only protect. Raises ValueError."""
    if not re.search(r"[\\{}~`']|--", latex):
        return latex
    from pybtex.richtext import Text

    # what is escaped is kept aside: the reader drops every brace and keeps the backslash of a dollar
    for written, aside in _ASIDE.items():
        latex = latex.replace(written, aside)
    text = str(Text.from_latex(latex.replace("``", "“").replace("''", "”"))).replace("\u00a0", " ")
    return text.translate(_BACK)


# A brace that stands alone would unbalance the entry, so that it is written by name; \{ is read all the same.
_BY_NAME = {
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "`": "\\textasciigrave{}",
    "'": "\\textquotesingle{}",
    "\\": "\\textbackslash{}",
}
_PLACES = {sign: chr(0xE000 + number) for number, sign in enumerate([*_BY_NAME, "$", "-", "%"])}
_ASIDE = {
    **{name: _PLACES[sign] for sign, name in _BY_NAME.items()},
    **{"\\" + sign: _PLACES[sign] for sign in "{}$%"},
    "{-}": _PLACES["-"],
}
_BACK = str.maketrans({place: sign for sign, place in _PLACES.items()})


def write_bibtex(references: Iterable[Reference]) -> str:
    """A canonical file in UTF-8, one entry to a line; reading it gives equal records."""
    return HEADER + "".join(entry_text(reference) + "\n" for reference in references)


def entry_text(reference: Reference) -> str:
    """One entry in BibTeX."""
    fields = {
        "author": " and ".join([_name(a) for a in reference.authors] + ["others"] * reference.more_authors),
        "title": _escaped(reference.title),
        "origtitle": _escaped(reference.original_title),
        CONTAINER_OF.get(reference.kind, "howpublished"): _escaped(reference.container),
        "address": _escaped(reference.address),
        "year": str(reference.year or ""),
        "volume": _escaped(reference.volume),
        "number": _escaped(reference.number),
        "pages": _escaped(reference.pages),
        "doi": _escaped(reference.doi),
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "language": reference.language if reference.language != "en" else "",
        "url": reference.url,
        "keywords": ",".join(reference.collections),
        "note": _escaped(reference.note),
    }
    written = ", ".join(f"{name}={{{value}}}" for name, value in fields.items() if value)
    return f"@{reference.kind}{{{reference.key}, {written}}}"


def _name(author: Author) -> str:
    if author.is_body:
        return f"{{{_escaped(author.family)}}}"
    # without the comma the first of several words would be taken for a given name
    is_parted = bool(author.given) or " " in author.family
    return _escaped(f"{author.family}, {author.given}".rstrip() if is_parted else author.family)


_SPECIAL = re.compile(r"[\\{}~`#$%&_]|(?<=['”])'|'(?=['”])")  # two of the last would be a quotation mark


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(lambda found: _BY_NAME.get(found[0], "\\" + found[0]), text)
    text = re.sub(r"-(?=-)", "{-}", text)
    # a dash beside another would run together with it
    text = re.sub(r"(?<![-–—])[–—](?![-–—])", lambda found: {"–": "--", "—": "---"}[found[0]], text)
    return text.replace("“", "``").replace("”", "''")


def line_of(text: str, key: str) -> int:
    """The line on which an entry begins, 0 when there is none."""
    found = re.search(rf"^@\w+\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
