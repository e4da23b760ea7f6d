"""Questions: each wording an immutable version, what may be seen apart from what decides the mark."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Invalid
from edu.models import Audience, KeyRevision, Question, QuestionVersion, VersionStatus
from quizzes import Item, Kind
from quizzes.kinds.moment import Window

# The kinds that pages can ask. One that is added later is kept as a document and joins its quizzes once it
# is named here.
ASKED = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item with the number of the key revision it is marked by; 0 is the version's own key."""

    item: Item
    key_number: int


def keep(
    session: Session, item: Item, *, now: datetime, author_id: int | None = None
) -> tuple[Question, QuestionVersion]:
    """Make this the latest version of its question; saying the same as the last one adds nothing."""
    body, secret = quizzes.body(item), quizzes.secret(item)
    digest = content_hash(body, secret)
    question = session.scalar(select(Question).where(Question.uid == item.id))
    if question is None:
        question = Question(uid=item.id, kind=item.kind.value, owner_id=author_id, created_at=now)
        session.add(question)
        session.flush()
    question.audience, question.kind = Audience(item.audience.value), item.kind.value
    newest = latest(session, question.id)
    if newest is not None and newest.content_hash == digest:
        return question, newest
    version = QuestionVersion(
        question_id=question.id,
        number=(newest.number if newest else 0) + 1,
        kind=item.kind.value,
        body=body,
        secret=secret,
        status=VersionStatus.READY,
        content_hash=digest,
        created_by=author_id,
        created_at=now,
    )
    session.add(version)
    session.flush()
    return question, version


def keep_window(
    session: Session, item: Item, window: Window, *, now: datetime, author_id: int | None
) -> None:
    """Ask for another window of the film from now on: attempts that are open keep the one they began with."""
    keep(session, replace(item, key=window), now=now, author_id=author_id)


def content_hash(body: dict[str, Any], secret: dict[str, Any]) -> str:
    """The SHA-256 of a version's content, in a form that does not depend on the order of names."""
    text = json.dumps([body, secret], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def latest(session: Session, question_id: int) -> QuestionVersion | None:
    """The newest version that may be asked."""
    return session.scalar(
        select(QuestionVersion)
        .where(QuestionVersion.question_id == question_id, QuestionVersion.status == VersionStatus.READY)
        .order_by(QuestionVersion.number.desc())
        .limit(1)
    )


def keyed(session: Session, version_ids: Collection[int]) -> dict[int, Keyed]:
    """The items of these versions with their keys, as corrected since; for marking and for review only.

    Columns are read, not rows: no object that is handed on afterwards carries a key.
    """
    found = {}
    rows = session.execute(_keyed_asked(), {"versions": list(version_ids)})
    for version_id, body, own, number, corrected in rows:
        secret = own if number is None else corrected
        found[version_id] = Keyed(quizzes.from_parts(body, secret), number or 0)
    return found


@cache
def _keyed_asked() -> Select[*tuple[Any, ...]]:
    """Versions with their own key and the newest correction of it; put together once, see viewers."""
    newest = (
        select(func.max(KeyRevision.number))
        .where(KeyRevision.question_version_id == QuestionVersion.id)
        .correlate(QuestionVersion)
        .scalar_subquery()
    )
    return (
        select(
            QuestionVersion.id,
            QuestionVersion.body,
            QuestionVersion.secret,
            KeyRevision.number,
            KeyRevision.secret,
        )
        .outerjoin(
            KeyRevision,
            and_(KeyRevision.question_version_id == QuestionVersion.id, KeyRevision.number == newest),
        )
        .where(QuestionVersion.id.in_(bindparam("versions", expanding=True)))
    )


def hold_keys(session: Session, version_ids: Collection[int]) -> None:
    """Let no key of these versions be corrected until this transaction ends; others may hold them as well.

    Marks given meanwhile would be missed by the marking anew. SQLite has one writer and needs no lock.
    """
    asked = select(QuestionVersion.id).where(QuestionVersion.id.in_(version_ids))
    session.execute(asked.order_by(QuestionVersion.id).with_for_update(read=True)).all()


def correct_key(
    session: Session,
    version: QuestionVersion,
    item: Item,
    *,
    reason: str,
    now: datetime,
    author_id: int | None,
) -> KeyRevision:
    """Note another key for the same words; `attempts.regrade`, in this transaction, marks what was handed in.

    It waits until nobody is marking by the old key. Invalid when the words differ too.
    """
    if quizzes.body(item) != version.body:
        raise Invalid("only the key can be corrected: other words need a new version", code="words_changed")
    session.execute(
        select(QuestionVersion.id).where(QuestionVersion.id == version.id).with_for_update()
    ).all()
    highest = session.scalar(
        select(func.max(KeyRevision.number)).where(KeyRevision.question_version_id == version.id)
    )
    revision = KeyRevision(
        question_version_id=version.id,
        number=(highest or 0) + 1,
        secret=quizzes.secret(item),
        reason=reason,
        author_id=author_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    return revision
