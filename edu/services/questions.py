"""Questions: each wording an immutable version, what may be seen apart from what decides the mark."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

import quizzes
from edu.errors import Invalid
from edu.models import Audience, KeyRevision, Question, QuestionVersion, VersionStatus
from quizzes import Item

# The kinds that pages can ask. Others are kept as documents and join their quizzes when their pages exist.
ASKED = frozenset({"single", "multiple", "truefalse"})


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


def keyed(session: Session, version_ids: set[int]) -> dict[int, Keyed]:
    """The items of these versions with their keys, as corrected since; for marking and for review only."""
    asked = (
        select(QuestionVersion)
        .where(QuestionVersion.id.in_(version_ids))
        .options(undefer(QuestionVersion.secret))
    )
    corrected = _corrections(session, version_ids)
    found = {}
    for version in session.scalars(asked):
        revision = corrected.get(version.id)
        secret = revision.secret if revision else version.secret
        item = quizzes.from_parts(version.body, secret)
        found[version.id] = Keyed(item, revision.number if revision else 0)
    return found


def correct_key(
    session: Session,
    version: QuestionVersion,
    item: Item,
    *,
    reason: str,
    now: datetime,
    author_id: int | None,
) -> KeyRevision:
    """Note another key for the same words; attempts made before are marked anew by `attempts.regrade`."""
    if quizzes.body(item) != version.body:
        raise Invalid("only the key can be corrected: other words need a new version", code="words_changed")
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


def _corrections(session: Session, version_ids: set[int]) -> dict[int, KeyRevision]:
    asked = (
        select(KeyRevision)
        .where(KeyRevision.question_version_id.in_(version_ids))
        .order_by(KeyRevision.number)
        .options(undefer(KeyRevision.secret))
    )
    return {revision.question_version_id: revision for revision in session.scalars(asked)}
