"""What ratings say about a person: for the export of an account, and what stays of it after erasure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from edu.models import Checklist, ChecklistMark, ChecklistPerformance, ChecklistRun
from edu.services.stations import entries


def export(session: Session, user_id: int) -> list[dict[str, Any]]:
    """Every rating the account made, and every finished one of what it performed, as plain values.

    Who else took part is not said: that is their data.
    """
    asked = (
        select(ChecklistRun, ChecklistPerformance, Checklist.slug)
        .join(ChecklistPerformance, ChecklistPerformance.id == ChecklistRun.performance_id)
        .join(Checklist, Checklist.id == ChecklistPerformance.checklist_id)
        .where(
            or_(
                ChecklistRun.rater_id == user_id,
                (ChecklistPerformance.subject_id == user_id) & ChecklistRun.finished_at.is_not(None),
            )
        )
        .order_by(ChecklistRun.started_at, ChecklistRun.id)
    )
    rows = session.execute(asked).all()
    kept = entries.kept(session, [run.id for run, _, _ in rows])
    return [
        {
            "checklist": slug,
            "performance": performance.id,
            "role": run.role.value,
            "rated_by_me": run.rater_id == user_id,
            "performed_by_me": performance.subject_id == user_id,
            "label": performance.label if run.rater_id == user_id else "",
            "state": run.state.value,
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "elapsed_ms": run.elapsed_ms,
            "marks": [
                {"name": e.name, "value": e.value, "at_ms": e.at_ms, "recording_ms": e.recording_ms,
                 "note": e.note}
                for _, e in sorted(kept[run.id].items())
            ],
        }
        for run, performance, slug in rows
    ]  # fmt: skip


def let_go(session: Session, user_id: int, nobody: str) -> None:
    """Keep the marks for the statistics of steps and take the person out of them.

    `nobody` is the hash of a value that was thrown away. What the person wrote in words goes, and so does
    what others wrote about the person, and how the person named others.
    """
    performed = select(ChecklistPerformance.id).where(ChecklistPerformance.subject_id == user_id)
    rated = select(ChecklistRun.performance_id).where(ChecklistRun.rater_id == user_id)
    runs = select(ChecklistRun.id).where(
        or_(ChecklistRun.rater_id == user_id, ChecklistRun.performance_id.in_(performed))
    )
    session.execute(update(ChecklistMark).where(ChecklistMark.run_id.in_(runs)).values(note=""))
    session.execute(
        update(ChecklistPerformance)
        .where(or_(ChecklistPerformance.id.in_(rated), ChecklistPerformance.subject_id == user_id))
        .values(label="")
    )
    session.execute(
        update(ChecklistPerformance)
        .where(ChecklistPerformance.subject_id == user_id)
        .values(subject_id=None, subject_hash=nobody, claimable_until=None)
    )
    session.execute(
        update(ChecklistRun).where(ChecklistRun.rater_id == user_id).values(rater_id=None, rater_hash=nobody)
    )
