"""CSL-JSON out: entries as citation managers and citation styles read them (CSL 1.0.2, csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from edu.courseware.reference import Author, Reference

TYPES = {
    "article": "article-journal",
    "book": "book",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
}
OTHERS = {"literal": "others"}
UNCONFIRMED = "[unconfirmed]"


def write_csl_json(references: Iterable[Reference]) -> str:
    """A JSON array in UTF-8, one object for each entry, in the order given."""
    return json.dumps([item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def item(reference: Reference) -> dict[str, Any]:
    """An entry as CSL has it; what is unknown is not there, and a place that nobody saw says so."""
    publisher = reference.kind in ("book", "mastersthesis")
    fields: dict[str, Any] = {
        "id": reference.key,
        "type": TYPES.get(reference.kind) or ("article-journal" if reference.volume else "document"),
        "title": reference.title,
        "original-title": reference.original_title,
        "author": [_author(author) for author in reference.authors] + [OTHERS] * reference.more_authors,
        "issued": {"date-parts": [[reference.year]]} if reference.year else {},
        ("publisher" if publisher else "container-title"): place(reference),
        "publisher-place": reference.address,
        "volume": reference.volume,
        "issue": reference.number,
        "page": reference.pages.rstrip("–-"),
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "PMCID": reference.pmcid,
        "URL": reference.url,
        "language": reference.language,
        "keyword": ", ".join(reference.collections),
        "note": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def place(reference: Reference) -> str:
    """The journal, book or school, with a mark where the entry's note does not say that it was seen."""
    if not reference.container or reference.is_place_confirmed:
        return reference.container
    return f"{reference.container} {UNCONFIRMED}"


def _author(author: Author) -> dict[str, str]:
    if author.is_body:
        return {"literal": author.family}
    return {"family": author.family} | ({"given": author.given} if author.given else {})
