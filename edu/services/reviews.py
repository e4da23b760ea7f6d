"""Reviews: who signed a page and until when, what a page is called after that day, and who may still begin.

Only a review that is recorded has a day on which it ends: a page that nobody signed is never overdue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from edu.courseware.course import PageState as WrittenState
from edu.errors import Forbidden
from edu.models import (
    Audience,
    Checklist,
    Lesson,
    LessonVisit,
    Module,
    PageState,
    Quiz,
    Step,
)
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
    """What readers are told of a page: `state` as it is called today, and the review that it has.

    `former` is a signature under words that were changed since: it stays recorded and counts no more.
    `author` is empty where none is named; `updated_at` None for what keeps no time of its own.
    """

    state: PageState
    review: Review | None
    is_overdue: bool
    author: str = ""
    updated_at: datetime | None = None
    former: Review | None = None


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
    """How a page stands today: one that was reviewed needs review once the recorded day is past.

    One that needs review before that day was changed since it was signed.
    """
    review = recorded(details)
    is_overdue = review is not None and review.is_over(today)
    if is_overdue and state is PageState.REVIEWED:
        state = PageState.NEEDS_REVIEW
    is_former = review is not None and not is_overdue and state is not PageState.REVIEWED
    author = str(details.get("author", ""))
    if is_former:
        return Standing(state, None, is_overdue, author, updated_at, former=review)
    return Standing(state, review, is_overdue, author, updated_at)


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
    _require_any(session, viewer, session.scalars(asked).unique().all(), today)


def require_quiz_open(session: Session, viewer: Viewer, slug: str, today: date) -> None:
    """The same for a quiz of that address name: closed with its module, or that of its lesson or film.

    No statement for viewers to whom such modules are open anyway, or never.
    """
    if viewer.is_instructor or not viewer.passes_gate:
        return
    of_quiz = exists().where(
        Quiz.slug == slug, or_(Quiz.lesson_id == Lesson.id, Quiz.video_id == Lesson.video_id)
    )
    asked = select(Module).outerjoin(Lesson, Lesson.module_id == Module.id)
    asked = asked.where(or_(Module.details["quiz"].as_string() == slug, of_quiz))
    _require_any(session, viewer, session.scalars(asked).unique().all(), today)


def require_list_open(session: Session, viewer: Viewer, row: Checklist, today: date) -> None:
    """The same for a checklist for professionals: closed with the modules whose films show its steps."""
    if viewer.is_instructor or not viewer.passes_gate:
        return
    steps = [str(item.get("step", "")) for item in row.document.get("items", ())]
    films = select(Step.video_id).where(Step.identifier.in_(steps))
    own = [] if row.video_id is None else [Lesson.video_id == row.video_id]
    shown = or_(Lesson.video_id.in_(films), *own)
    asked = select(Module).join(Lesson, Lesson.module_id == Module.id).where(shown)
    asked = asked.where(Module.audience == Audience.PRO)
    _require_any(session, viewer, session.scalars(asked).unique().all(), today)


def _require_any(session: Session, viewer: Viewer, modules: Sequence[Module], today: date) -> None:
    """Forbidden where there are modules and each is closed to this viewer."""
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
