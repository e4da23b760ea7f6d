"""RIS out: tagged lines that reference managers read (Research Information Systems, format of 2011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edu.courseware.library.csl_json import place
from edu.courseware.reference import Author, Reference

TYPES = {"article": "JOUR", "book": "BOOK", "inproceedings": "CONF", "mastersthesis": "THES"}
CRLF = "\r\n"


def write_ris(references: Iterable[Reference]) -> str:
    """Entries one after the other, lines ended by CRLF, in UTF-8."""
    return "".join(CRLF.join(_lines(reference)) + CRLF + CRLF for reference in references)


def _lines(reference: Reference) -> Iterator[str]:
    """TY first and ER last, as the format asks; between them what is known, a tag to a line."""
    yield f"TY  - {TYPES.get(reference.kind, 'GEN')}"
    for tag, value in _tags(reference):
        if value:
            # a line end inside a value would begin another tag
            yield f"{tag}  - {' '.join(value.split())}"
    yield "ER  - "


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "ID", reference.key
    yield from (("AU", _name(author)) for author in reference.authors)
    yield "AU", "others" if reference.more_authors else ""
    yield "TI", reference.title
    yield "OP", reference.original_title
    yield "PY", str(reference.year or "")
    yield ("PB" if reference.kind in ("book", "mastersthesis") else "T2"), place(reference)
    yield "CY", reference.address
    yield "VL", reference.volume
    yield "IS", reference.number
    first, _, last = reference.pages.replace("--", "–").partition("–")
    yield "SP", first
    yield "EP", last
    yield "DO", reference.doi
    yield "AN", reference.pmid
    yield "C2", reference.pmcid
    yield "UR", reference.url or next((address for _, address in reference.addresses), "")
    yield "LA", reference.language
    yield from (("KW", collection) for collection in reference.collections)
    yield "N1", reference.note


def _name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.given and not author.is_body else author.family
