"""The terms of a course: kept from its file with their pages, or from a form, one line for each."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions.terms import Term
from edu.courseware.course import PageState
from edu.courseware.glossary import Entry, Meant, Name
from edu.errors import Invalid
from edu.models import Course, ReviewSubject
from edu.models import Term as TermRow
from edu.services import glossary_words
from edu.services.authoring.forgetting import forget

MOST_TERMS, MOST_LINE, MOST_TEXT = 2000, 2000, 120
_LINE = re.compile(r"([^:|]+)(?::([^|]*))?(?:\|(.*))?")


def of_course(session: Session, course: Course) -> tuple[Term, ...]:
    """The terms in the course's language, in the order in which they were written."""
    return tuple(entry.term for entry in entries(session, course))


def entries(session: Session, course: Course) -> tuple[Entry, ...]:
    """The same with what their pages in the glossary say."""
    asked = select(TermRow).where(TermRow.course_id == course.id, TermRow.language == course.language)
    return tuple(entry_of(row) for row in session.scalars(asked.order_by(TermRow.id)))


def entry_of(row: TermRow) -> Entry:
    """A row as its file says it."""
    more = row.details
    return Entry(
        term=Term(row.text, tuple(row.misheard), row.meaning),
        slug=row.slug,
        forms=tuple(more.get("forms", ())),
        body=more.get("body", ""),
        names=tuple(_name(name) for name in more.get("names", ())),
        see=tuple(more.get("see", ())),
    )


def keep_entries(session: Session, course: Course, found: tuple[Entry, ...]) -> None:
    """Let these be the terms in that language, pages and all. Invalid names one that no line could hold.

    A word that is there keeps its row, and with it its versions; one that is changed needs review again.
    """
    plain = [replace(entry, term=_in_one_line(entry.term)) for entry in found]
    asked = select(TermRow).where(TermRow.course_id == course.id, TermRow.language == course.language)
    before = {row.text: row for row in session.scalars(asked)}
    kept = [(before.pop(entry.term.text, None), entry) for entry in plain]
    forget(session, ReviewSubject.TERM, [row.id for row in before.values()])
    for row in before.values():
        glossary_words.forget(session, row)
        session.delete(row)
    session.flush()
    for known, entry in kept:
        if known is None:
            known = TermRow(course_id=course.id, language=course.language, text=entry.term.text, revision=0)
            known.details = {}
            session.add(known)
        elif entry_of(known) == entry:
            continue
        _take(known, entry)
        glossary_words.follow(session, known)
    session.flush()


def _take(row: TermRow, entry: Entry) -> None:
    decided: dict[str, Any] = {name: row.details[name] for name in ("review", "state") if name in row.details}
    if decided.get("state") == PageState.REVIEWED:
        decided["state"] = PageState.NEEDS_REVIEW.value
    row.slug, row.misheard, row.meaning = entry.slug, list(entry.term.misheard), entry.term.meaning
    row.details, row.revision = {**_details(entry), **decided}, row.revision + 1


def _details(entry: Entry) -> dict[str, Any]:
    """What a row keeps beside its columns; nothing for a term without a page."""
    more: dict[str, Any] = {
        "forms": list(entry.forms),
        "names": [_plain(name) for name in entry.names],
        "see": list(entry.see),
        "body": entry.body,
    }
    return {name: value for name, value in more.items() if value}


def _plain(name: Name) -> dict[str, Any]:
    said = {**asdict(name), "references": list(name.references), "means": name.means.value}
    return {key: value for key, value in said.items() if value}


def _name(kept: dict[str, Any]) -> Name:
    references, means = tuple(kept.get("references", ())), Meant(kept.get("means", Meant.SAME))
    return Name(**{**kept, "references": references, "means": means})


def lines(terms: tuple[Term, ...]) -> str:
    """The terms as lines to edit: `lidocaine: lidocane, light a cane | A local anaesthetic.`"""
    return "\n".join(_line(term) for term in terms)


def typed(text: str) -> tuple[Term, ...]:
    """The terms in such lines; Invalid tells the line that is wrong."""
    found: dict[str, Term] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip()[: MOST_LINE + 1])
        word = " ".join(match[1].split()) if match else ""
        if match is None or not word or len(word) > MOST_TEXT or len(line) > MOST_LINE:
            raise Invalid(
                "Line %(line)s is no term: write it as “lidocaine: lidocane, light a cane | what it means”.",
                code="bad_term", field="terms", line=number,
            )  # fmt: skip
        if word.casefold() in found:
            raise Invalid(
                "Line %(line)s: “%(term)s” stands there already.",
                code="same_term", field="terms", line=number, term=word,
            )  # fmt: skip
        misheard = tuple(" ".join(part.split()) for part in (match[2] or "").split(",") if part.strip())
        found[word.casefold()] = Term(word, misheard, (match[3] or "").strip())
    if len(found) > MOST_TERMS:
        raise Invalid("At most %(most)s terms are kept.", code="too_many", field="terms", most=MOST_TERMS)
    return tuple(found.values())


def _in_one_line(term: Term) -> Term:
    """The term as its line reads back; files may have line ends in it, and signs that part a line."""
    plain = Term(
        " ".join(term.text.split()),
        tuple(" ".join(word.split()) for word in term.misheard if word.strip()),
        " ".join(term.meaning.split()),
    )
    try:
        is_kept = typed(_line(plain)) == (plain,)
    except Invalid:
        is_kept = False
    if not is_kept:
        raise Invalid(
            "The term “%(term)s” cannot be kept: it has at most %(most)s characters and neither : nor |, its "
            "mis-hearings have no comma and no |, and all of it has at most %(line)s characters.",
            code="bad_term", field="terms", term=term.text[:MOST_TEXT], most=MOST_TEXT, line=MOST_LINE,
        )  # fmt: skip
    return plain


def _line(term: Term) -> str:
    misheard = f": {', '.join(term.misheard)}" if term.misheard else ""
    meaning = f" | {term.meaning}" if term.meaning else ""
    return f"{term.text}{misheard}{meaning}"
