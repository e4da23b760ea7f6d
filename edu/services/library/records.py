"""Rows of references as the records of courseware, and what is kept beside them to find and to order them."""

from __future__ import annotations

from typing import Any

from edu.courseware.library.bib import entry_text
from edu.courseware.library.judgements import from_plain, judgement_text, plain
from edu.courseware.reference import Author, Judgement
from edu.courseware.reference import Reference as Record
from edu.courseware.source import source_hash
from edu.models import Reference
from edu.services import course_files
from edu.services.searching.words import words

MOST_NAMED = 3  # authors, before they become "and others"
ENTRY, JUDGEMENT = "entry", "judgement"


def record(row: Reference) -> Record:
    """The entry as its file says it."""
    return course_files.reference(row)


def judgement(row: Reference) -> Judgement:
    """What is judged of it."""
    return from_plain(row.key, row.details)


def hashes(entry: Record, judged: Judgement) -> dict[str, str]:
    """What is noted of an entry when it is installed, to know an edited one again."""
    return {ENTRY: source_hash(entry_text(entry)), JUDGEMENT: source_hash(judgement_text(judged))}


def write(row: Reference, entry: Record, judged: Judgement, installed: dict[str, str] | None) -> bool:
    """Put both into a row and tell whether it changed; `installed` is None for what the studio brought."""
    values = {
        "kind": entry.kind,
        "title": entry.title,
        "authors": named(entry.authors, more=entry.more_authors),
        "year": str(entry.year or ""),
        "is_verified": entry.is_verified,
        "fields": course_files.reference_fields(entry),
        "details": {**plain(judged), **_finding_aids(entry, judged), "installed": installed},
    }
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def named(authors: tuple[Author, ...], *, more: bool) -> str:
    """Who wrote it, for a list: one, two or three names, else the first and others."""
    families = [author.family for author in authors]
    if len(families) > MOST_NAMED:
        families, more = families[:1], True
    joined = " and ".join(families) if len(families) == 2 else ", ".join(families)
    return f"{joined} and others" if more and joined else joined


def _finding_aids(entry: Record, judged: Judgement) -> dict[str, Any]:
    """Words without accents and capitals, with a space around each, and what lists are ordered by."""
    people = [f"{author.family} {author.given}" for author in entry.authors]
    texts = [entry.key, *people, entry.title, entry.original_title, entry.container, str(entry.year or "")]
    texts += [judged.summary, *judged.names, entry.doi, entry.pmid, entry.pmcid]
    return {
        "words": f" {' '.join(words(' '.join(texts)))} ",
        "by_author": " ".join(words(" ".join([*people, entry.title]))),
        "by_title": " ".join(words(entry.title)),
    }
