"""Reviews: who signed a page and until when, what a page is called after that day, and who may still begin.

Only a review that is recorded has a day on which it ends: a page that nobody signed is never overdue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from edu.courseware.course import PageState as WrittenState
from edu.errors import Forbidden
from edu.models import Audience, Lesson, LessonVisit, Module, PageState
from edu.policy import Viewer


@dataclass(frozen=True, slots=True)
class Review:
    """A signature under a page: by whom, on which day, until which day, with the interests they stated."""

    reviewer: str
    reviewed_on: date
    due_on: date
    conflicts: str

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return today > self.due_on


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers are told of a page: `state` as it is called today, and the review as it is recorded.

    `author` is empty where none is named; `updated_at` None for what keeps no time of its own.
    """

    state: PageState
    review: Review | None
    is_overdue: bool
    author: str = ""
    updated_at: datetime | None = None


def recorded(details: Mapping[str, Any]) -> Review | None:
    """The review that the details of a lesson, module or page hold."""
    found = details.get("review")
    if not found:
        return None
    return Review(
        reviewer=str(found["reviewer"]),
        reviewed_on=date.fromisoformat(found["reviewed_on"]),
        due_on=date.fromisoformat(found["due_on"]),
        conflicts=str(found.get("conflicts", "")),
    )


def standing(
    state: PageState, details: Mapping[str, Any], today: date, updated_at: datetime | None = None
) -> Standing:
    """How a page stands today: one that was reviewed needs review once the recorded day is past."""
    review = recorded(details)
    is_overdue = review is not None and review.is_over(today)
    if is_overdue and state is PageState.REVIEWED:
        state = PageState.NEEDS_REVIEW
    return Standing(state, review, is_overdue, str(details.get("author", "")), updated_at)


def of_lesson(row: Lesson, today: date) -> Standing:
    """How a lesson stands."""
    return standing(row.state, row.details, today, row.updated_at)


def of_module(row: Module, today: date) -> Standing:
    """How a module stands; its state is kept as its file writes it."""
    written = WrittenState(row.details.get("state", WrittenState.UNDER_CONSTRUCTION))
    return standing(PageState[written.name], row.details, today)


def closing(module: Module, today: date) -> Review | None:
    """The review that is over and so closes this module to new learners (curriculum, "Review")."""
    review = recorded(module.details) if module.audience is Audience.PRO else None
    return review if review and review.is_over(today) else None


def may_read(session: Session, viewer: Viewer, module: Module, today: date) -> bool:
    """Whether the module is open to this viewer: it is to makers, and to accounts that began it in time.

    One statement, and that for a module which is closed to others only.
    """
    review = closing(module, today)
    if review is None or viewer.is_instructor:
        return True
    end = datetime.combine(review.due_on + timedelta(days=1), time(), UTC)
    begun = session.scalar(_BEGUN, {"user": viewer.user_id, "module": module.id, "end": end})
    return begun is not None


# A visitor is NULL, which equals nothing: who has no account cannot be known to have begun.
_BEGUN = (
    select(LessonVisit.lesson_id)
    .join(Lesson, Lesson.id == LessonVisit.lesson_id)
    .where(
        LessonVisit.user_id == bindparam("user", type_=Integer),
        Lesson.module_id == bindparam("module"),
        LessonVisit.begun_at < bindparam("end"),
    )
    .limit(1)
)


def require_film_open(session: Session, viewer: Viewer, video_id: int, today: date) -> None:
    """The same for a film for professionals: closed with the modules whose lessons show it, if all are."""
    asked = select(Module).join(Lesson, Lesson.module_id == Module.id).where(Lesson.video_id == video_id)
    modules = session.scalars(asked).unique().all()
    if modules and not any(may_read(session, viewer, module, today) for module in modules):
        require_open(session, viewer, modules[0], today)


def require_open(session: Session, viewer: Viewer, module: Module, today: date) -> None:
    """Forbidden, with the day, for a module that is closed to this viewer until it was reviewed again."""
    review = closing(module, today)
    if review is not None and not may_read(session, viewer, module, today):
        raise Forbidden(
            "This part is closed to new learners until it has been reviewed again: that was due by %(day)s. "
            "If you began it before, sign in to go on.",
            code="review_over",
            day=review.due_on.isoformat(),
        )
