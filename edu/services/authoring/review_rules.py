"""What a signature asks for: another person than who wrote, no open question, and how long it counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.courseware.course import Grade
from edu.courseware.marks import find_marks
from edu.errors import Conflict, Forbidden, Invalid
from edu.models import (
    Audience,
    Lesson,
    LessonVersion,
    Module,
    Page,
    PageState,
    PageVersion,
    ReviewDecision,
    ReviewRequest,
    Term,
    TermVersion,
)
from edu.policy import Viewer
from edu.services.authoring import subjects
from edu.services.authoring.subjects import Subject

MONTHS, MONTHS_FOR_PROFESSIONALS = 12, 6
"""After how many months a signature ends where a module does not say (curriculum, "Review")."""


def lacks(session: Session, viewer: Viewer, request: ReviewRequest, row: Subject) -> str:
    """Why this viewer may not sign this request, as a code of `refusal`; "" when they may."""
    if request.revision != subjects.revision(session, row):
        return "changed_since"
    if viewer.user_id is None or viewer.user_id in editors(session, row):
        return "own_edit"
    if viewer.user_id == request.asked_by:
        return "own_request"
    return ""


def refusal(code: str) -> Conflict | Forbidden:
    """The error of such a code."""
    if code == "changed_since":
        return Conflict(
            "It was changed since the review was asked for. Ask for one of what stands there now.", code=code
        )
    if code == "own_edit":
        return Forbidden("You wrote what stands there: somebody else has to review it.", code=code)
    return Forbidden("You asked for this review: somebody else has to sign it.", code=code)


def editors(session: Session, row: Subject) -> frozenset[int]:
    """The accounts that wrote what stands there since it was signed last; for a module who changed it last.

    All of them, not the last one only: after a colleague's comma nobody signs their own text. Empty where
    nobody known wrote, as of a course file.
    """
    if isinstance(row, Module):
        maker = row.details.get("edited_by")
        return frozenset() if maker is None else frozenset({maker})
    model: Any = {Lesson: LessonVersion, Page: PageVersion, Term: TermVersion}[type(row)]
    its_row = {Lesson: "lesson_id", Page: "page_id", Term: "term_id"}[type(row)]
    signed = select(func.coalesce(func.max(ReviewRequest.revision), 0)).where(
        ReviewRequest.subject == subjects.kind_of(row),
        ReviewRequest.subject_id == row.id,
        ReviewRequest.decision == ReviewDecision.SIGNED,
    )
    asked = select(model.maker_id).where(
        getattr(model, its_row) == row.id,
        model.revision > signed.scalar_subquery(),
        model.maker_id.is_not(None),
    )
    return frozenset(session.scalars(asked))


def months(row: Subject) -> int:
    """For how many months a signature under it counts."""
    module = row.module if isinstance(row, Lesson) else row if isinstance(row, Module) else None
    if module is None:
        return MONTHS
    is_gated = Audience.PRO in (module.audience, getattr(row, "audience", Audience.OPEN))
    said = int(module.details.get("review_months") or MONTHS)
    return min(said, MONTHS_FOR_PROFESSIONALS) if is_gated else said


def last_day(today: date, row: Subject) -> date:
    """The last day on which a signature of today counts."""
    return months_later(today, months(row))


def months_later(day: date, count: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    year, month = divmod(day.month - 1 + count, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def require_ready(session: Session, row: Subject) -> None:
    """Invalid for a draft, for an open question (editorial duty 1), for a module before its lessons."""
    if isinstance(row, (Lesson, Page)) and row.state is PageState.DRAFT:
        raise Invalid(
            "A draft is not reviewed: publish it first, it is marked as not yet reviewed.", code="draft"
        )
    if isinstance(row, Module):
        _require_lessons_signed(session, row)
        return
    marks = find_marks(subjects.body(row))
    lines = [str(m.line) for m in marks if m.kind == "grade" and m.value == Grade.OPEN_QUESTION]
    if lines:
        raise Invalid(
            "It holds statements tagged [?] (line %(lines)s): find a source or delete them, else it cannot "
            "count as reviewed.", code="open_question", lines=", ".join(dict.fromkeys(lines)),
        )  # fmt: skip


def _require_lessons_signed(session: Session, row: Module) -> None:
    lessons = session.scalars(
        select(Lesson)
        .where(Lesson.module_id == row.id, Lesson.state != PageState.DRAFT)
        .order_by(Lesson.position)
    ).all()
    unsigned = [lesson.code or lesson.title for lesson in lessons if lesson.state is not PageState.REVIEWED]
    if unsigned or not lessons:
        raise Invalid(
            "A module is reviewed after each of its lessons. These are not yet: %(lessons)s.",
            code="lessons_unsigned", lessons=", ".join(unsigned) or "–",
        )  # fmt: skip
