"""Checking the library: identifiers that can be none, entries told twice, judgements of what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edu.courseware.course import Grade
from edu.courseware.finding import Finding
from edu.courseware.library.identifiers import faults
from edu.courseware.library.judgements import LIBRARY
from edu.courseware.marks import find_marks
from edu.courseware.reference import Judgement, Reference

REFERENCES = "references.bib"
TAKEN = ("timeline",)  # addresses of the library's own pages


def check_library(references: Sequence[Reference], judgements: Sequence[Judgement]) -> Iterator[Finding]:
    """What is wrong with a course's references.bib and library.toml; nobody is asked over the network."""
    for reference in references:
        yield from _check_entry(reference)
    yield from _check_twins(references)
    known = {reference.key for reference in references}
    for judgement in judgements:
        if judgement.key not in known:
            message = f'the entry "{judgement.key}" is not in {REFERENCES}'
            yield Finding(
                LIBRARY, judgement.line, "unknown-reference", message, "Add it there or correct the key"
            )
        yield from _check_summary(judgement, known)


def _check_entry(reference: Reference) -> Iterator[Finding]:
    for message, remedy in faults(reference.doi, reference.pmid, reference.pmcid):
        yield Finding(REFERENCES, reference.line, "identifier", f"{reference.key}: {message}", remedy)
    if reference.url and not reference.url.startswith(("https://", "http://")):
        message = f'{reference.key}: the address "{reference.url}" leads nowhere'
        yield Finding(REFERENCES, reference.line, "identifier", message, "Write it from https:// on")
    if reference.key in TAKEN:
        message = f'the key "{reference.key}" is the address of another page'
        yield Finding(REFERENCES, reference.line, "duplicate", message, "Choose another key")


def _check_twins(references: Sequence[Reference]) -> Iterator[Finding]:
    """No two entries are one work: an identifier stands in one of them."""
    first: dict[tuple[str, str], Reference] = {}
    for reference in references:
        given = {"DOI": reference.doi.casefold(), "PMID": reference.pmid, "PMCID": reference.pmcid}
        for name, value in given.items():
            other = first.setdefault((name, value), reference) if value else reference
            if other is not reference:
                message = f"{reference.key} has the {name} of {other.key}"
                remedy = "Leave one of the two entries, or correct it"
                yield Finding(REFERENCES, reference.line, "duplicate", message, remedy)


def _check_summary(judgement: Judgement, known: set[str]) -> Iterator[Finding]:
    """A summary cites what is there, and states nothing that is still an open question."""
    for mark in find_marks(judgement.summary):
        if mark.kind == "citation" and mark.value not in known:
            message = f'the reference "{mark.value}" is not in the library'
            yield Finding(LIBRARY, judgement.line, "unknown-reference", message, "Correct the key")
        if mark.kind == "grade" and mark.value == Grade.OPEN_QUESTION.value:
            message = f"the summary of {judgement.key} holds a statement tagged [?]"
            yield Finding(LIBRARY, judgement.line, "open-question", message, "Find a source, or leave it out")
