"""What a reviewer reads: the text as it stands, and what was changed in it since it was signed last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Lesson, Module, Page, ReviewSubject
from edu.policy import Action, Viewer, can
from edu.services import reviews
from edu.services.authoring import reviewing, subjects, versions
from edu.services.authoring.differing import Comparison
from edu.services.authoring.subjects import Subject
from edu.services.pages import related
from edu.services.pages.finding import ADDRESSES
from edu.services.reviews import Review


@dataclass(frozen=True, slots=True)
class ReviewText:
    """A text for whoever reviews it; `since` compares it with what was signed last, None for the first time.

    `lessons` are those of a module: code, title, address, state.
    """

    title: str
    summary: str
    body: str
    language: str
    course_id: int
    review: Review | None
    since: Comparison | None
    lessons: tuple[tuple[str, str, str, str], ...] = ()
    objectives: tuple[str, ...] = ()
    url: str = ""  # where readers find it
    is_editable: bool = False
    has_film: bool = False


def text(session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int) -> ReviewText | None:
    """The text of a request, for who may read it; None for nobody else's eyes, or when it is gone."""
    row = subjects.look_for(session, kind, row_id)
    if row is None or not can(viewer, Action.READ, subjects.facts(session, row)):
        return None
    signed = reviewing.signed_revision(session, kind, row_id)
    since = None
    if signed is not None and not isinstance(row, Module) and signed != row.revision:
        since = versions.between(session, row, signed, row.revision)
    return ReviewText(
        title=subjects.title(row),
        summary=subjects.summary(row),
        body=subjects.body(row),
        language=subjects.language(row),
        course_id=related.library_of(session, row.course_id),
        review=reviews.recorded(row.details),
        since=since,
        lessons=_lessons(session, row) if isinstance(row, Module) else (),
        objectives=_objectives(row),
        url=_url(row),
        is_editable=can(viewer, Action.EDIT, subjects.facts(session, row)),
        has_film=isinstance(row, Lesson) and row.video_id is not None,
    )


def _objectives(row: Subject) -> tuple[str, ...]:
    return tuple(f"{one['verb']} {one['text']}" for one in row.objectives) if isinstance(row, Lesson) else ()


def _url(row: Subject) -> str:
    if isinstance(row, Lesson):
        return f"/courses/{row.module.course.slug}/{row.slug}"
    if isinstance(row, Module):
        return f"/courses/{row.course.slug}#{row.code}"
    if isinstance(row, Page):
        return f"{ADDRESSES[row.kind]}{row.slug}"
    return f"/glossary/{row.slug}" if row.slug else ""


def _lessons(session: Session, row: Module) -> tuple[tuple[str, str, str, str], ...]:
    asked = select(Lesson).where(Lesson.module_id == row.id).order_by(Lesson.position, Lesson.id)
    return tuple(
        (lesson.code, lesson.title, f"/courses/{row.course.slug}/{lesson.slug}", lesson.state.value)
        for lesson in session.scalars(asked)
    )
