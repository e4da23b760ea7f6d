"""The glossary in other languages: a row for each word, made of that in the course's own language."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.course_words import GlossaryWords, NameWords, WordText
from edu.courseware.glossary import Entry
from edu.models import Course, Term

OF, STALE, PLACE, NAME_WORDS = "of", "is_stale", "place", "name_words"
"""What the details of a translated word hold besides those of every word."""


def keep(session: Session, course: Course, words: GlossaryWords, originals: dict[str, Entry]) -> None:
    """Let these be the words in that language, made of the `originals`, by slug; flushes."""
    before = {row.slug: row for row in _rows(session, course.id, words.language)}
    own = {row.slug: row for row in _rows(session, course.id, course.language)}
    for slug, row in before.items():
        if slug not in {entry.slug for entry in words.entries}:
            session.delete(row)
    session.flush()
    for place, entry in enumerate(words.entries):
        original = originals.get(entry.slug)
        if original is None or entry.slug not in own:
            continue
        made = before.get(entry.slug) or Term(
            course_id=course.id, language=words.language, slug=entry.slug, misheard=[]
        )
        made.text, made.meaning = entry.text, entry.meaning
        made.details = _details(entry, place, print_of(original.term.meaning, original.body))
        session.add(made)
        _follow(made, own[entry.slug])
    session.flush()


def of_course(session: Session, course: Course) -> tuple[GlossaryWords, ...]:
    """The glossary of a course in other languages, as its files say it."""
    found: dict[str, list[Term]] = defaultdict(list)
    asked = select(Term).where(Term.course_id == course.id, Term.language != course.language, Term.slug != "")
    for row in session.scalars(asked):
        found[row.language].append(row)
    return tuple(
        GlossaryWords(tag, tuple(map(text_of, sorted(rows, key=lambda row: int(row.details[PLACE])))))
        for tag, rows in sorted(found.items())
    )


def text_of(row: Term) -> WordText:
    """A translated word as its file says it."""
    return WordText(
        slug=row.slug,
        text=row.text,
        meaning=row.meaning,
        forms=tuple(row.details.get("forms", ())),
        body=row.details.get("body", ""),
        names=tuple(NameWords(**name) for name in row.details.get(NAME_WORDS, ())),
    )


def follow(session: Session, original: Term) -> None:
    """After a change of a word: its translations have its names, and say whether they still fit it."""
    for row in _others(session, original):
        _follow(row, original)


def forget(session: Session, original: Term) -> None:
    """Delete the translations of a word that is deleted."""
    for row in _others(session, original):
        session.delete(row)


def print_of(meaning: str, body: str) -> str:
    """By what a translation knows again what it was made of."""
    return hashlib.sha256(f"{meaning.strip()}\n{body.strip()}".encode()).hexdigest()[:12]


def _follow(row: Term, original: Term) -> None:
    said = {name.text: name for name in text_of(row).names}
    names = [{**name, **_said_of(said.get(name["text"]))} for name in original.details.get("names", ())]
    is_stale = row.details[OF] != print_of(original.meaning, original.details.get("body", ""))
    details = {**row.details, "names": names, STALE: is_stale}
    row.details = {key: value for key, value in details.items() if value or key == PLACE}


def _said_of(name: NameWords | None) -> dict[str, str]:
    words = {"who": name.who, "note": name.note} if name else {}
    return {key: text for key, text in words.items() if text}


def _details(entry: WordText, place: int, of: str) -> dict[str, Any]:
    names = [{"text": name.text, "who": name.who, "note": name.note} for name in entry.names]
    return {PLACE: place, OF: of, "forms": list(entry.forms), "body": entry.body, NAME_WORDS: names}


def _rows(session: Session, course_id: int, language: str) -> list[Term]:
    asked = select(Term).where(Term.course_id == course_id, Term.language == language, Term.slug != "")
    return list(session.scalars(asked.order_by(Term.id)))


def _others(session: Session, original: Term) -> list[Term]:
    if not original.slug:
        return []
    asked = select(Term).where(
        Term.course_id == original.course_id, Term.slug == original.slug, Term.id != original.id
    )
    return [row for row in session.scalars(asked) if OF in row.details]
