"""Words of the glossary as their makers work on them: added, changed, deleted, each revision kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions.terms import Term as Heard
from edu.courseware.glossary import Entry, Name, address
from edu.errors import Conflict, Invalid, InvalidFields, NotFound
from edu.models import Course, ReviewSubject, Term
from edu.policy import Viewer
from edu.services import audit, course_editing, glossary_forms, glossary_words, reviews, slugs, terms
from edu.services.audit import Deed
from edu.services.authoring import reviewing, versions
from edu.services.authoring.forgetting import forget
from edu.services.authoring.reviewing import Waiting
from edu.services.authoring.versions import Kept
from edu.services.glossary_forms import Typed, WordForm
from edu.services.pages import lacks
from edu.services.reviews import Review

DECIDED = ("review", "state")
"""What the details hold of a signature, which no form says."""


@dataclass(frozen=True, slots=True)
class Line:
    """A word in the list."""

    id: int
    text: str
    meaning: str
    name_count: int
    url: str  # empty: it has no page, and is for the checks of captions only


@dataclass(frozen=True, slots=True)
class Glossary:
    """The words of a course, in its language, by their letters."""

    course_id: int
    course: str
    language: str
    is_editable: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WordWork:
    """A word in the studio with its form as it stands."""

    id: int
    text: str
    url: str
    course_id: int
    course: str
    language: str
    revision: int
    form: WordForm
    review: Review | None
    request: Waiting | None  # the last one for a review of it


def listing(session: Session, viewer: Viewer) -> tuple[Glossary, ...]:
    """The glossaries of all courses; those that the viewer may change lead somewhere."""
    courses = session.scalars(select(Course).order_by(Course.position, Course.id)).all()
    return tuple(
        Glossary(
            course.id,
            course.title,
            course.language,
            course_editing.is_editable(viewer, course),
            tuple(sorted(map(_line, _rows(session, course)), key=lambda line: address(line.text))),
        )
        for course in courses
    )


def course_of(session: Session, viewer: Viewer, course_id: int) -> Course:
    """A course whose words the viewer may change; NotFound, or Forbidden for somebody else's."""
    return course_editing.mine(session, viewer, course_id)


def page(session: Session, viewer: Viewer, term_id: int) -> WordWork:
    """A word in the studio; NotFound, or Forbidden where it is of somebody else's course."""
    row, course = mine(session, viewer, term_id)
    asked = reviewing.last_request(session, row)
    return WordWork(
        id=row.id,
        text=row.text,
        url=f"/glossary/{row.slug}" if row.slug else "",
        course_id=course.id,
        course=course.title,
        language=row.language,
        revision=row.revision,
        form=glossary_forms.of_row(row, _texts(session, course)),
        review=reviews.recorded(row.details),
        request=reviewing.page(session, viewer, asked.id) if asked else None,
    )


def mine(session: Session, viewer: Viewer, term_id: int, *, locked: bool = False) -> tuple[Term, Course]:
    """A word that the viewer may change, with its course."""
    row = session.get(Term, term_id, with_for_update=locked or None, populate_existing=locked)
    if row is None:
        raise NotFound("there is no such word")
    return row, course_editing.mine(session, viewer, row.course_id)


def create(session: Session, viewer: Viewer, course_id: int, form: WordForm, now: datetime) -> Term:
    """A new word; the address of its page is made from it, once. InvalidFields names what is wrong."""
    course = course_editing.mine(session, viewer, course_id, locked=True)
    row = Term(course_id=course.id, language=course.language, slug="", misheard=[], details={}, revision=0)
    _write(session, viewer, row, course, form, now)
    _note(session, Deed.WORD_CREATED, viewer, row, now)
    return row


def save(session: Session, viewer: Viewer, term_id: int, form: WordForm, now: datetime) -> Term:
    """Change a word; its address stays. Conflict when somebody saved it since the form was opened."""
    row, course = mine(session, viewer, term_id, locked=True)
    if form.revision != str(row.revision):
        raise Conflict(
            "Somebody else saved this word while you wrote. Your words are below, unsaved, with the word "
            "as it is now beside them: bring the two together, then save again.", code="word_changed",
        )  # fmt: skip
    before = row.revision
    versions.keep_before(session, row, now)
    _write(session, viewer, row, course, form, now)
    if row.revision != before:
        _note(session, Deed.WORD_CHANGED, viewer, row, now)
    return row


def delete(session: Session, viewer: Viewer, term_id: int, now: datetime) -> None:
    """Delete a word with its page. Words that led to it lead there no more."""
    row, course = mine(session, viewer, term_id, locked=True)
    for other in _rows(session, course):
        see = [slug for slug in other.details.get("see", ()) if slug != row.slug]
        if row.slug and see != list(other.details.get("see", ())):
            versions.keep_before(session, other, now)
            other.details = _said({**other.details, "see": see})
            _kept(session, viewer, other, f"“{row.text}” was deleted", now)
    _note(session, Deed.WORD_DELETED, viewer, row, now)
    _remove(session, row)


def bring_back(
    session: Session, viewer: Viewer, term_id: int, version: int, *, base: int, now: datetime
) -> None:
    """Let a word be again what it was. InvalidFields where its form would be refused so today: a name of it
    leads to another word by now, or something that it names is gone.
    """

    def require(row: Kept) -> None:
        if isinstance(row, Term):
            course = session.get_one(Course, row.course_id)
            _read(session, row, course, glossary_forms.of_row(row, _texts(session, course)))

    versions.bring_back(
        session, viewer, ReviewSubject.TERM, term_id, version, base=base, now=now, require=require
    )


def keep_lines(
    session: Session, viewer: Viewer, course_id: int, found: tuple[Heard, ...], now: datetime
) -> None:
    """Let these be the words of a course as its page of lines has them; rows, pages and versions stay.

    Invalid for a line that is missing or has no meaning although its word has a page.
    """
    course = course_editing.mine(session, viewer, course_id, locked=True)
    before = {row.text.casefold(): row for row in _rows(session, course)}
    kept = [(before.pop(heard.text.casefold(), None), heard) for heard in found]
    for row in before.values():
        if row.slug:
            raise Invalid(
                "“%(term)s” has a page in the glossary: its line stays as long as that is there.",
                code="has_page", field="terms", term=row.text,
            )  # fmt: skip
    for row in before.values():
        _note(session, Deed.WORD_DELETED, viewer, row, now)
        _remove(session, row)
    for known, heard in kept:
        row = known or Term(
            course_id=course.id, language=course.language, slug="", details={}, revision=0, misheard=[]
        )
        if row.slug and not heard.meaning.strip():
            raise Invalid(
                "“%(term)s” has a page in the glossary, so it needs a meaning.",
                code="no_meaning", field="terms", term=heard.text,
            )  # fmt: skip
        if known is not None and (row.text, tuple(row.misheard), row.meaning) == _heard(heard):
            continue
        versions.keep_before(session, row, now)
        row.text, row.misheard, row.meaning = heard.text, list(heard.misheard), heard.meaning
        session.add(row)
        _kept(session, viewer, row, "", now)
        _note(session, Deed.WORD_CHANGED if known else Deed.WORD_CREATED, viewer, row, now)


def _remove(session: Session, row: Term) -> None:
    """Delete a word with what was asked of reviewers."""
    forget(session, ReviewSubject.TERM, [row.id])
    glossary_words.forget(session, row)
    session.delete(row)
    session.flush()


def _heard(heard: Heard) -> tuple[str, tuple[str, ...], str]:
    return heard.text, tuple(heard.misheard), heard.meaning


def _write(
    session: Session, viewer: Viewer, row: Term, course: Course, form: WordForm, now: datetime
) -> None:
    said, has_page = _read(session, row, course, form)
    before = (row.text, row.misheard, row.meaning, row.slug, row.details)
    if has_page and not row.slug:
        row.slug = slugs.free(slugs.stem(said.text, "word"), _taken(session))
    decided = {name: row.details[name] for name in DECIDED if name in row.details}
    if str(row.details.get("body", "")).strip() == said.body.strip():
        said = replace(said, body=str(row.details.get("body", "")))  # a line end at its end is no change
    row.text, row.misheard, row.meaning = said.text, list(said.misheard), said.meaning
    row.details = _said({**_details(said, has_page), **decided})
    if row.id and (row.text, row.misheard, row.meaning, row.slug, row.details) == before:
        return
    session.add(row)
    _kept(session, viewer, row, said.note, now)


def _read(session: Session, row: Term, course: Course, form: WordForm) -> tuple[Typed, bool]:
    """What the form says of the word, and whether it has a page; InvalidFields for what cannot be kept so."""
    others = [other for other in _rows(session, course) if other.id != row.id]
    said = glossary_forms.read(form, {other.slug: other.text for other in others if other.slug})
    has_page = bool(row.slug) or said.has_page
    faults = [*_clashes(said, others, has_page), *_lacks(session, course, said, has_page)]
    if faults:
        raise InvalidFields(faults)
    return said, has_page


def _kept(session: Session, viewer: Viewer, row: Term, note: str, now: datetime) -> None:
    """The next revision, kept, with what an edit makes of a signature."""
    row.revision = (row.revision or 0) + 1
    session.flush()
    glossary_words.follow(session, row)
    reviewing.edited(session, row, viewer, now)
    versions.keep(session, row, note=note, maker_id=viewer.user_id, now=now)


def _details(said: Typed, has_page: bool) -> dict[str, Any]:
    if not has_page:
        return {}
    return {
        "forms": list(said.forms),
        "names": [glossary_forms.plain(name) for name in said.names],
        "see": list(said.see),
        "body": said.body,
    }


def _said(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if value}


def _clashes(said: Typed, others: Iterable[Term], has_page: bool) -> list[Invalid]:
    """Names that lead elsewhere already: each leads to one page."""
    taken: dict[str, str] = {}
    for other in others:
        if other.text.casefold() == said.text.casefold():
            return [Invalid("This word is there already.", code="taken", field="text")]
        taken |= dict.fromkeys(terms.entry_of(other).addresses, other.text)
    if not has_page:
        return []
    own = [("text", said.text), *(("forms", form) for form in said.forms)]
    found = [_clash(text, taken, field) for field, text in own if address(text) in taken]
    found += [
        _clash(name.text, taken, f"name-{place}")
        for place, name in zip(said.places, said.names, strict=True)
        if set(_addresses(said, name)) & taken.keys()
    ]
    return found


def _addresses(said: Typed, name: Name) -> tuple[str, ...]:
    """The addresses that this name brings, besides those of the word itself."""
    bare = Entry(Heard(said.text), slug="-")
    return tuple(way for way in replace(bare, names=(name,)).addresses if way not in bare.addresses)


def _clash(text: str, taken: dict[str, str], field: str) -> Invalid:
    other = taken.get(address(text), "")
    return Invalid(
        "“%(name)s” leads to another word already: %(word)s. A name leads to one page.",
        code="taken", field=field, name=text, word=other,
    )  # fmt: skip


def _lacks(session: Session, course: Course, said: Typed, has_page: bool) -> list[Invalid]:
    """What the page of a word cannot hold; the glossary is open to everybody."""
    if not has_page:
        return []
    found = list(lacks.of_text(session, course.id, said.body))
    if not said.meaning:
        found.append(Invalid("Please fill this in.", code="blank", field="meaning"))
    keys = {key for name in said.names for key in name.references}
    strange = keys - lacks.known_keys(session, course.id, keys)
    found += [
        Invalid("The library has no such key.", code="unknown_key", field=f"name-{place}")
        for place, name in zip(said.places, said.names, strict=True)
        if strange & set(name.references)
    ]
    return found


def _texts(session: Session, course: Course) -> Callable[[str], str]:
    """What a slug is called; itself where it leads nowhere."""
    known = {row.slug: row.text for row in _rows(session, course) if row.slug}
    return lambda slug: known.get(slug, slug)


def _rows(session: Session, course: Course) -> list[Term]:
    asked = select(Term).where(Term.course_id == course.id, Term.language == course.language)
    return list(session.scalars(asked.order_by(Term.id)))


def _taken(session: Session) -> set[str]:
    """The addresses of all words of all courses: they share /glossary/."""
    return set(session.scalars(select(Term.slug).where(Term.slug != "")))


def _line(row: Term) -> Line:
    url = f"/glossary/{row.slug}" if row.slug else ""
    return Line(row.id, row.text, row.meaning, len(row.details.get("names", ())), url)


def _note(session: Session, deed: Deed, viewer: Viewer, row: Term, now: datetime) -> None:
    audit.record(
        session, deed, now=now, actor_id=viewer.user_id, subject=f"term:{row.id}", revision=row.revision
    )
