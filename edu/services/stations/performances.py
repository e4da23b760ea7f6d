"""Performances: somebody does the technique once; who rates it, who may see it, and whose it is."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Checklist, ChecklistPerformance, ChecklistRun, RaterRole, RunState
from edu.policy import Viewer
from edu.services import reviews, typed
from edu.services.stations import lists
from quizzes import checklist as stations

CLAIMABLE = timedelta(days=30)
MOST_LABEL = 80
ROUNDS = 2  # before watching the video, and after
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def run_id_of(text: str) -> str:
    """The id that a page made for its run, with or without hyphens; Invalid for what is no UUID."""
    plain = text.replace("-", "").lower()
    if not _ID.fullmatch(plain):
        raise Invalid("this form is not as it was sent to you; reload the page", code="bad_run")
    return plain


def begin(
    session: Session,
    viewer: Viewer,
    row: Checklist,
    run_id: str,
    *,
    is_self: bool,
    label: str = "",
    now: datetime,
) -> ChecklistRun:
    """Begin to rate oneself, or (instructors) somebody whom `label` names; a run of this id is begun once.

    NotFound when the id is somebody else's, Forbidden for rating others without an invitation and where the
    module of the list is closed to new learners.
    """
    if not is_self and not viewer.is_instructor:
        raise Forbidden("who rates somebody else needs that person's link, or is an instructor")
    if known := own_run(session, viewer, run_id):
        return known
    reviews.require_list_open(session, viewer, row, now.date())
    checklist = lists.checklist_of(row)
    performance = ChecklistPerformance(
        id=secrets.token_hex(16),
        checklist_id=row.id,
        label="" if is_self else typed.line(label, "label", most=MOST_LABEL, optional=True),
        document=stations.plain(checklist),
        print=lists.print_of(checklist),
        created_at=now,
    )
    if is_self:
        _give(performance, viewer, now)
    role = RaterRole.SELF if is_self else RaterRole.TEACHER
    try:
        with session.begin_nested():
            session.add(performance)
            session.flush()
            return add_run(session, viewer, performance, run_id, role, now=now)
    except IntegrityError:
        # the same form was sent twice at once: the other one's run is the run
        return _met(session, viewer, run_id)


def again(session: Session, viewer: Viewer, run: ChecklistRun, run_id: str, *, now: datetime) -> ChecklistRun:
    """Begin the performer's second rating, after watching; the one there is when it was begun already.

    Invalid unless `run` is the viewer's own finished first rating of the own performance.
    """
    is_first = run.role is RaterRole.SELF and run.round == 1 and run.state is RunState.FINISHED
    if not is_first:
        raise Invalid("rate yourself once and finish; then watch, and rate again", code="bad_run")
    asked = select(ChecklistRun).where(
        ChecklistRun.performance_id == run.performance_id,
        ChecklistRun.role == RaterRole.SELF,
        ChecklistRun.round == ROUNDS,
    )
    if known := session.scalar(asked):
        return known
    performance = session.get_one(ChecklistPerformance, run.performance_id)
    try:
        with session.begin_nested():
            return add_run(session, viewer, performance, run_id, RaterRole.SELF, number=ROUNDS, now=now)
    except IntegrityError as error:
        if known := session.scalar(asked):
            return known
        raise NotFound("there is no such rating") from error


def add_run(
    session: Session,
    viewer: Viewer,
    performance: ChecklistPerformance,
    run_id: str,
    role: RaterRole,
    *,
    number: int = 1,
    now: datetime,
) -> ChecklistRun:
    """A run of this rater; IntegrityError when the id or the rater's place is taken."""
    run = ChecklistRun(
        id=run_id,
        performance_id=performance.id,
        role=role,
        round=number,
        rater_id=viewer.user_id,
        rater_hash=viewer.visitor_hash if viewer.user_id is None else None,
        state=RunState.OPEN,
        started_at=now,
    )
    session.add(run)
    session.flush()
    return run


def own_run(session: Session, viewer: Viewer, run_id: str) -> ChecklistRun | None:
    """The viewer's run of this id, None when there is none; NotFound when it is somebody else's."""
    run = session.get(ChecklistRun, run_id)
    if run is not None and not rates(viewer, run):
        raise NotFound("there is no such rating")
    return run


def run_of(session: Session, viewer: Viewer, performance_id: str) -> ChecklistRun | None:
    """The viewer's newest run of a performance."""
    asked = select(ChecklistRun).where(ChecklistRun.performance_id == performance_id)
    runs = session.scalars(asked.order_by(ChecklistRun.round.desc())).all()
    return next((run for run in runs if rates(viewer, run)), None)


def rates(viewer: Viewer, run: ChecklistRun) -> bool:
    """Whether the run is the viewer's."""
    if run.rater_id is not None:
        return viewer.user_id == run.rater_id
    return viewer.visitor_hash is not None and viewer.visitor_hash == run.rater_hash


def performs(viewer: Viewer, performance: ChecklistPerformance) -> bool:
    """Whether it is the viewer who performed."""
    if performance.subject_id is not None:
        return viewer.user_id == performance.subject_id
    return viewer.visitor_hash is not None and viewer.visitor_hash == performance.subject_hash


def held(session: Session, viewer: Viewer, run_id: str) -> tuple[ChecklistRun, ChecklistPerformance]:
    """The viewer's own run, nobody else's to change until this transaction ends; NotFound for any other."""
    run, performance = _found(session, run_id, is_held=True)
    if not rates(viewer, run):
        raise NotFound("there is no such rating")
    _require_open_to(session, viewer, performance)
    return run, performance


def seen(session: Session, viewer: Viewer, run_id: str) -> tuple[ChecklistRun, ChecklistPerformance]:
    """A run that the viewer may see: an own one; or a finished one of the own performance, or of one that the
    viewer has rated. Who still has an open run of the same performance sees no other: raters judge alone.

    NotFound for all else; GateClosed for professionals' lists once the viewer does not, or no longer, pass.
    """
    run, performance = _found(session, run_id)
    if not rates(viewer, run):
        others = runs_of(session, performance.id)
        mine = [other for other in others if rates(viewer, other)]
        is_party = performs(viewer, performance) or bool(mine)
        is_blind = any(other.state is RunState.OPEN for other in mine)
        if not is_party or is_blind or run.state is not RunState.FINISHED:
            raise NotFound("there is no such rating")
    _require_open_to(session, viewer, performance)
    return run, performance


def runs_of(session: Session, performance_id: str) -> list[ChecklistRun]:
    """All runs of a performance: the performer's own first, then raters in the order they began."""
    asked = select(ChecklistRun).where(ChecklistRun.performance_id == performance_id)
    runs = session.scalars(asked.order_by(ChecklistRun.started_at, ChecklistRun.id)).all()
    return sorted(runs, key=lambda run: (run.role is not RaterRole.SELF, run.round))


def finish(session: Session, run: ChecklistRun, elapsed_ms: int | None, *, now: datetime) -> bool:
    """Finish a held run; True for the one call that did it."""
    if run.state is not RunState.OPEN:
        return False
    run.state, run.finished_at, run.elapsed_ms = RunState.FINISHED, now, elapsed_ms
    session.flush()
    return True


def claim(session: Session, visitor_hash: str | None, user_id: int, *, now: datetime) -> int:
    """Give a person the performances of this browser before they had an account; gives how many.

    One that the account has rated stays behind: nobody is a rater and the performer of the same thing.
    """
    if visitor_hash is None:
        return 0
    asked = select(ChecklistPerformance).where(
        ChecklistPerformance.subject_hash == visitor_hash,
        ChecklistPerformance.subject_id.is_(None),
        ChecklistPerformance.claimable_until > now,
    )
    account, claimed = Viewer(user_id=user_id), 0
    for performance in session.scalars(asked.with_for_update()).all():
        if run_of(session, account, performance.id):
            continue
        performance.subject_id, performance.subject_hash, performance.claimable_until = user_id, None, None
        session.execute(
            update(ChecklistRun)
            .where(ChecklistRun.performance_id == performance.id, ChecklistRun.rater_hash == visitor_hash)
            .values(rater_id=user_id, rater_hash=None)
        )
        claimed += 1
    session.flush()
    return claimed


def give(session: Session, performance: ChecklistPerformance, viewer: Viewer, *, now: datetime) -> None:
    """Make the viewer the one who performed. Conflict when somebody is, Invalid for one who rated it."""
    if performance.subject_id is not None or performance.subject_hash is not None:
        raise Conflict("somebody has already taken this result as theirs", code="claimed")
    if any(rates(viewer, run) for run in runs_of(session, performance.id)):
        raise Invalid("you rated this performance: it is somebody else's", code="own_link")
    _give(performance, viewer, now)
    session.flush()


def _give(performance: ChecklistPerformance, viewer: Viewer, now: datetime) -> None:
    is_visitor = viewer.user_id is None
    performance.subject_id = viewer.user_id
    performance.subject_hash = viewer.visitor_hash if is_visitor else None
    performance.claimable_until = now + CLAIMABLE if is_visitor else None


def _found(
    session: Session, run_id: str, *, is_held: bool = False
) -> tuple[ChecklistRun, ChecklistPerformance]:
    if not _ID.fullmatch(run_id):
        raise NotFound("there is no such rating")
    asked = (
        select(ChecklistRun, ChecklistPerformance)
        .join(ChecklistPerformance, ChecklistPerformance.id == ChecklistRun.performance_id)
        .where(ChecklistRun.id == run_id)
    )
    if is_held:
        asked = asked.with_for_update(of=ChecklistRun).execution_options(populate_existing=True)
    row = session.execute(asked).first()
    if row is None:
        raise NotFound("there is no such rating")
    return row[0], row[1]


def _require_open_to(session: Session, viewer: Viewer, performance: ChecklistPerformance) -> None:
    lists.require_inside(session, viewer, session.get_one(Checklist, performance.checklist_id))


def _met(session: Session, viewer: Viewer, run_id: str) -> ChecklistRun:
    run = own_run(session, viewer, run_id)
    if run is None:
        raise Conflict("this is being begun elsewhere; please try again", code="busy")
    return run
