"""terms.toml: the words of a course's subject, how they are misheard and what they mean."""

from __future__ import annotations

from pathlib import Path

from captions.terms import Term
from edu.courseware.fields import parse
from edu.courseware.finding import CourseError, Finding
from edu.courseware.source import read_text
from edu.courseware.toml_text import tables_text

TERMS = "terms.toml"


def read_terms(folder: Path, lost: list[Finding]) -> tuple[Term, ...]:
    """The terms of a course folder, none where there is no such file; what is wrong goes into `lost`."""
    if not (folder / TERMS).is_file():
        return ()
    try:
        text, _ = read_text(folder, TERMS)
        fields = parse(text, TERMS)
        found: list[Term] = []
        for table in fields.tables("terms"):
            term = Term(table.text("text"), table.texts("misheard"), table.text("meaning", ""))
            if any(other.text.casefold() == term.text.casefold() for other in found):
                raise table.wrong("text", f"{term.text} stands here twice", "Remove one of the two")
            table.close()
            found.append(term)
        fields.close()
    except CourseError as error:
        lost.extend(error.findings)
        return ()
    return tuple(found)


def terms_text(terms: tuple[Term, ...]) -> str:
    """terms.toml of the terms."""
    return tables_text(
        "terms",
        [{"text": term.text, "misheard": term.misheard, "meaning": term.meaning} for term in terms],
    ).lstrip("\n")
