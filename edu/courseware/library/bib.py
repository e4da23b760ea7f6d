"""BibTeX in and out, by pybtex: entries become Reference records in Unicode.

The `note` field of an entry says how far it was verified: `verified: where`, `unverified: why; seen: what`.
pybtex is imported when a bibliography is read, since most processes never read one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    *("author", "title", "year", "volume", "number", "pages", "doi", "pmid", "pmcid", "language", "url"),
    *("address", "keywords", "note"),
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
    return tuple(_kept(key, entry, text, path) for key, entry in entries.items())


def _kept(key: str, entry: Entry, text: str, path: str) -> Reference:
    """The record of an entry, or the error with the entry's line."""
    raw: dict[str, str] = {name.lower(): value for name, value in entry.fields.items()}
    if problem := _problem(raw):
        raise broken(path, line_of(text, key), f"{key} {problem[0]}", problem[1])
    try:
        return _reference(key, entry, raw)
    except ValueError as error:
        message = f"{key} holds LaTeX that cannot be read"
        raise broken(path, line_of(text, key), message, "Write the letters as they are, in UTF-8") from error


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
        latex = latex.replace("\\" + written, aside)
    text = str(Text.from_latex(latex.replace("``", "“").replace("''", "”"))).replace("\u00a0", " ")
    for written, aside in _ASIDE.items():
        text = text.replace(aside, written)
    return text


_ASIDE = {"{": "\ue000", "}": "\ue001", "$": "\ue002"}


def write_bibtex(references: Iterable[Reference]) -> str:
    """A canonical file in UTF-8, one entry to a line; reading it gives equal records."""
    return HEADER + "".join(entry_text(reference) + "\n" for reference in references)


def entry_text(reference: Reference) -> str:
    """One entry in BibTeX."""
    fields = {
        "author": " and ".join([_name(a) for a in reference.authors] + ["others"] * reference.more_authors),
        "title": _escaped(reference.title),
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
    return _escaped(f"{author.family}, {author.given}" if author.given else author.family)


def _escaped(text: str) -> str:
    text = re.sub(r"\\|[#$%&_{}]", lambda f: "\\textbackslash{}" if f[0] == "\\" else "\\" + f[0], text)
    return text.replace("–", "--").replace("—", "---").replace("“", "``").replace("”", "''")


def line_of(text: str, key: str) -> int:
    """The line on which an entry begins, 0 when there is none."""
    found = re.search(rf"^@\w+\{{\s*{re.escape(key)}\s*,", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
