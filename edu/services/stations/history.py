"""What somebody has rated, and how they were rated: the lists on the pages of checklists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from edu.models import Checklist, ChecklistPerformance, ChecklistRun, RunState
from edu.policy import Viewer
from edu.services.stations import entries, forms, performances
from quizzes import checklist as stations
from quizzes.checklist import Score

MOST_RUNS = 30


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run in a list; no `score` while it is open. `subject` is who performed, empty for the viewer."""

    url: str
    slug: str
    title: str
    role: str
    round: int
    is_mine: bool
    is_open: bool
    subject: str
    rater: str
    at: datetime
    score: Score | None


def of_viewer(session: Session, viewer: Viewer, checklist_id: int | None = None) -> tuple[PastRun, ...]:
    """The newest runs that the viewer made, and finished ones of what the viewer performed.

    Others' ratings of a performance wait until the viewer has finished the own one.
    """
    mine, performed = _is_rater(viewer), _is_subject(viewer)
    asked = (
        select(ChecklistRun, ChecklistPerformance, Checklist)
        .join(ChecklistPerformance, ChecklistPerformance.id == ChecklistRun.performance_id)
        .join(Checklist, Checklist.id == ChecklistPerformance.checklist_id)
        .where(or_(mine, performed & (ChecklistRun.state == RunState.FINISHED)))
        .order_by(ChecklistRun.started_at.desc(), ChecklistRun.id)
        .limit(MOST_RUNS)
    )
    if checklist_id is not None:
        asked = asked.where(Checklist.id == checklist_id)
    rows = session.execute(asked).all()
    busy = {
        run.performance_id
        for run, _, _ in rows
        if run.state is RunState.OPEN and performances.rates(viewer, run)
    }
    shown = [
        (run, performance, row)
        for run, performance, row in rows
        if performances.rates(viewer, run) or run.performance_id not in busy
    ]
    kept = entries.kept(session, [run.id for run, _, _ in shown if run.state is RunState.FINISHED])
    return tuple(
        PastRun(
            url=f"/checklists/runs/{run.id}",
            slug=row.slug,
            title=row.title,
            role=run.role.value,
            round=run.round,
            is_mine=performances.rates(viewer, run),
            is_open=run.state is RunState.OPEN,
            subject=""
            if performances.performs(viewer, performance)
            else forms.subject_name(session, performance),
            rater=forms.rater_name(session, viewer, run),
            at=run.finished_at or run.started_at,
            score=_score(performance, kept[run.id]) if run.id in kept else None,
        )
        for run, performance, row in shown
    )


def _score(performance: ChecklistPerformance, kept: dict[str, entries.Entry]) -> Score:
    checklist = forms.frozen(performance)
    marks, ratings = entries.marks_of(checklist, kept), entries.ratings_of(checklist, kept)
    return stations.score(checklist, marks, ratings)


def _is_rater(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.user_id is not None:
        return ChecklistRun.rater_id == viewer.user_id
    return ChecklistRun.rater_hash == viewer.visitor_hash if viewer.visitor_hash else false()


def _is_subject(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.user_id is not None:
        return ChecklistPerformance.subject_id == viewer.user_id
    return ChecklistPerformance.subject_hash == viewer.visitor_hash if viewer.visitor_hash else false()
