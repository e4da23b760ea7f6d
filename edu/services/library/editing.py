"""What the library says of an entry, edited in the studio by those who may edit its course."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from edu.courseware.course import Grade
from edu.courseware.library.bibtex_in import COLLECTION, MOST_COLLECTIONS
from edu.courseware.library.cite import cite
from edu.courseware.library.csl_json import UNCONFIRMED
from edu.courseware.marks import grades_of
from edu.courseware.reference import Design, Direction, Judgement
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Course, Reference
from edu.policy import Viewer
from edu.services import audit, course_editing, lesson_marks, typed
from edu.services.library import records
from edu.services.library.deeds import LibraryDeed

MOST_SUMMARY, MOST_NAME, MOST_NAMES = 600, 120, 5


@dataclass(frozen=True, slots=True)
class CourseLibrary:
    """The library of a course that one may edit, with how much of it is verified and summed up."""

    course_id: int
    title: str
    works: int
    verified: int
    summed_up: int


@dataclass(frozen=True, slots=True)
class EntryWork:
    """An entry in its form; `base` says which wording the form was filled from."""

    id: int
    key: str
    cited: str
    course_id: int
    judged: Judgement
    collections: tuple[str, ...]
    base: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says."""

    design: str
    direction: str
    summary: str
    summary_by: str
    collections: str
    names: str
    base: str


def mine(session: Session, viewer: Viewer) -> tuple[CourseLibrary, ...]:
    """The libraries of the courses that the viewer may edit; one statement."""
    verified = func.sum(cast(Reference.is_verified, Integer))
    summed_up = func.count(Reference.details["summary"].as_string())
    asked = (
        select(Course, func.count(Reference.id), verified, summed_up)
        .outerjoin(Reference, Reference.course_id == Course.id)
        .group_by(Course.id)
        .order_by(Course.position, Course.title)
    )
    return tuple(
        CourseLibrary(course.id, course.title, works, int(seen or 0), told)
        for course, works, seen, told in session.execute(asked)
        if course_editing.is_editable(viewer, course)
    )


def page(session: Session, viewer: Viewer, reference_id: int) -> EntryWork:
    """The entry in its form. NotFound, or Forbidden for one of somebody else's course."""
    row = _mine(session, viewer, reference_id)
    entry = records.record(row)
    return EntryWork(
        id=row.id,
        key=row.key,
        cited=cite(entry, unconfirmed=UNCONFIRMED),
        course_id=row.course_id,
        judged=records.judgement(row),
        collections=entry.collections,
        base=_base(row),
    )


def save(session: Session, viewer: Viewer, reference_id: int, said: Typed, now: datetime) -> str:
    """Keep what was typed and give the entry's key.

    Invalid names the field; Conflict when somebody else changed the entry since the form was filled.
    """
    row = _mine(session, viewer, reference_id, locked=True)
    if said.base != _base(row):
        raise Conflict(
            "Somebody changed this entry meanwhile. Look at it anew, then write your change again.",
            code="changed_meanwhile",
        )
    judged = Judgement(
        key=row.key,
        design=typed.word(said.design, Design, "design"),
        direction=typed.word(said.direction, Direction, "direction"),
        summary=typed.line(said.summary, "summary", most=MOST_SUMMARY, optional=True),
        summary_by=typed.line(said.summary_by, "summary_by", most=MOST_NAME, optional=True),
        names=_names(said.names),
    )
    _require_sound(session, row.course_id, judged.summary)
    entry = replace(records.record(row), collections=_collections(said.collections))
    if records.write(row, entry, judged, row.details.get("installed")):
        subject = f"reference:{row.id}"
        audit.record(session, LibraryDeed.JUDGED, now=now, actor_id=viewer.user_id, subject=subject)
    return row.key


def _mine(session: Session, viewer: Viewer, reference_id: int, *, locked: bool = False) -> Reference:
    row = session.get(Reference, reference_id, with_for_update=locked or None)
    if row is None:
        raise NotFound("there is no such entry in the library")
    course_editing.mine(session, viewer, row.course_id)
    return row


def _base(row: Reference) -> str:
    return "-".join(
        part[:16] for part in records.hashes(records.record(row), records.judgement(row)).values()
    )


def _require_sound(session: Session, course_id: int, summary: str) -> None:
    """A summary cites what is there, and states nothing that is still an open question."""
    if Grade.OPEN_QUESTION.value in grades_of(summary):
        raise Invalid(
            "A summary holds no open question: leave out what is tagged [?].", code="open", field="summary"
        )
    if missing := lesson_marks.unknown(session, course_id, summary):
        raise Invalid(
            "The summary names what is not there: %(names)s.",
            code="unknown_names", field="summary", names=", ".join(missing[:10]),
        )  # fmt: skip


def _collections(text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    wrong = [word for word in words if not COLLECTION.fullmatch(word)]
    if wrong or len(words) > MOST_COLLECTIONS:
        raise Invalid(
            "Write collections in small letters with commas between them, at most %(most)s, such as: "
            "backmice, history.",
            code="collections", field="collections", most=MOST_COLLECTIONS,
        )  # fmt: skip
    return words


def _names(text: str) -> tuple[str, ...]:
    lines = [typed.line(line, "names", most=MOST_NAME, optional=True) for line in text.splitlines()]
    names = tuple(dict.fromkeys(line for line in lines if line))
    if len(names) > MOST_NAMES:
        raise Invalid("At most %(most)s names are kept.", code="too_many", field="names", most=MOST_NAMES)
    return names
