"""Files: under which keys the store keeps handed-in recordings, and how those of one are removed."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu import queue
from edu.models import HandIn, HandInRemark, Job
from edu.storage import check_key

PREFIX = "hand-ins"
CHECK = "check_hand_in"
REMOVE = "remove_hand_in"
FIRST = 10  # priority: somebody waits for it, as for a film's first look
_KEY = re.compile(rf"{PREFIX}/([0-9a-f]{{32}})/[A-Za-z0-9_.-]+", re.ASCII)


def key(hand_in_id: str, name: str = "") -> str:
    """Where a file of a recording is kept; without a name, the prefix of them all."""
    return check_key(f"{PREFIX}/{hand_in_id}" + (f"/{name}" if name else ""))


def id_in(key: str) -> str:
    """The recording that an object belongs to; empty for other objects."""
    found = _KEY.fullmatch(key)
    return found[1] if found else ""


def check_job(hand_in_id: str) -> str:
    """The key of the job that makes a recording ready."""
    return f"{CHECK}:{hand_in_id}"


def promise_check(session: Session, row: HandIn, now: datetime) -> Job:
    """Promise to look at what arrived and to make it ready for browsers."""
    payload = {"hand_in_id": row.id, "original": row.original_key}
    return queue.promise(session, CHECK, key=check_job(row.id), payload=payload, now=now, priority=FIRST)


def let_go(session: Session, ids: list[str], now: datetime) -> None:
    """Forget recordings with all that was said to them, take back the work, and promise to remove the files.

    Jobs are locked before the rows that they change, as workers do.
    """
    for hand_in_id in sorted(ids):
        job_id = session.scalar(select(Job.id).where(Job.key == check_job(hand_in_id)))
        if job_id is not None:
            queue.cancel(session, job_id, now)
        queue.promise(
            session,
            REMOVE,
            key=f"{REMOVE}:{hand_in_id}",
            payload={"hand_in_id": hand_in_id},
            now=now,
            priority=FIRST,
        )
    session.execute(delete(HandInRemark).where(HandInRemark.hand_in_id.in_(ids)))
    session.execute(delete(HandIn).where(HandIn.id.in_(ids)))


def let_go_of_person(session: Session, user_id: int, now: datetime) -> None:
    """Forget all recordings of an account that is erased, and what it wrote to those of others."""
    mine = session.scalars(select(HandIn.id).where(HandIn.user_id == user_id))
    let_go(session, list(mine), now)
    session.execute(delete(HandInRemark).where(HandInRemark.author_id == user_id))


def let_go_of_film(session: Session, video_id: int, now: datetime) -> None:
    """Forget all recordings beside a film that is deleted: nobody is left who may look at them."""
    let_go(session, list(session.scalars(select(HandIn.id).where(HandIn.video_id == video_id))), now)
