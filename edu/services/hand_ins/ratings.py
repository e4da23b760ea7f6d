"""Ratings: the checklists of a film, and what a learner thinks of the own recording by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Checklist, ChecklistPerformance, ChecklistRun, HandIn, RaterRole, RunState, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.hand_ins import access
from edu.services.stations import entries, forms, lists
from quizzes import checklist as stations

MOST_RATINGS = 20


@dataclass(frozen=True, slots=True)
class RatedBy:
    """A checklist by which the technique of a film is rated."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class OwnRating:
    """A finished rating of oneself."""

    performance_id: str
    title: str
    at: datetime
    points: int
    maximum: int


def checklists_of(session: Session, viewer: Viewer, video: Video) -> tuple[RatedBy, ...]:
    """The lists made from the film's steps, and the stations that rate some of them."""
    return tuple(
        RatedBy(row.title, f"/checklists/{row.slug}")
        for row in _lists(session, video)
        if _may(viewer, row, video)
    )


def of_learner(session: Session, user_id: int, video: Video) -> tuple[OwnRating, ...]:
    """How an account has rated itself by the checklists of a film, the newest first."""
    known = [row.id for row in _lists(session, video)]
    asked = _asked().where(
        ChecklistRun.rater_id == user_id,
        ChecklistPerformance.subject_id == user_id,
        Checklist.id.in_(known),
    )
    return _ratings(session, asked)


def attached(session: Session, row: HandIn) -> OwnRating | None:
    """The rating that the learner gave to a recording; of two rounds the later one."""
    if row.performance_id is None:
        return None
    asked = _asked().where(
        ChecklistPerformance.id == row.performance_id, ChecklistRun.rater_id == row.user_id
    )
    return next(iter(_ratings(session, asked)), None)


def attach(session: Session, viewer: Viewer, hand_in_id: str, performance_id: str) -> None:
    """Say which rating of oneself is that of the recording; "" for none. Invalid for a rating of another."""
    row = access.own(session, viewer, hand_in_id)
    own = of_learner(session, row.user_id, session.get_one(Video, row.video_id))
    if performance_id and performance_id not in {rating.performance_id for rating in own}:
        raise Invalid("Choose one of your own ratings.", code="not_one_of", field="rating")
    row.performance_id = performance_id or None


def _lists(session: Session, video: Video) -> list[Checklist]:
    steps = set(session.scalars(select(Step.identifier).where(Step.video_id == video.id)))
    asked = select(Checklist).where((Checklist.video_id == video.id) | Checklist.video_id.is_(None))
    found = session.scalars(asked.order_by(Checklist.title, Checklist.id))
    return [row for row in found if row.video_id == video.id or _rates(row, steps)]


def _rates(row: Checklist, steps: set[str]) -> bool:
    return any(item.step in steps for item in lists.checklist_of(row).items if item.step)


def _may(viewer: Viewer, row: Checklist, video: Video) -> bool:
    return can(viewer, Action.READ, lists.facts(row, video if row.video_id == video.id else None))


def _asked() -> Select[ChecklistRun, ChecklistPerformance, str]:
    return (
        select(ChecklistRun, ChecklistPerformance, Checklist.title)
        .join(ChecklistPerformance, ChecklistPerformance.id == ChecklistRun.performance_id)
        .join(Checklist, Checklist.id == ChecklistPerformance.checklist_id)
        .where(ChecklistRun.role == RaterRole.SELF, ChecklistRun.state == RunState.FINISHED)
        .order_by(ChecklistRun.finished_at.desc(), ChecklistRun.id)
        .limit(MOST_RATINGS)
    )


def _ratings(
    session: Session, asked: Select[ChecklistRun, ChecklistPerformance, str]
) -> tuple[OwnRating, ...]:
    """One for each performance: the last of its rounds."""
    rows = session.execute(asked).all()
    kept = entries.kept(session, [run.id for run, _, _ in rows])
    found: dict[str, OwnRating] = {}
    for run, performance, title in rows:
        checklist = forms.frozen(performance)
        marks = entries.marks_of(checklist, kept[run.id])
        score = stations.score(checklist, marks, entries.ratings_of(checklist, kept[run.id]))
        rating = OwnRating(
            performance.id, title, run.finished_at or run.started_at, score.points, score.maximum
        )
        found.setdefault(performance.id, rating)
    return tuple(found.values())
