"""Correcting the key of a question: what the key is now, what another would change, and marking anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Conflict, Invalid, NotFound
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Grading,
    KeyRevision,
    Question,
    QuestionVersion,
    Response,
    User,
    VersionStatus,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services import audit, typed
from edu.services.audit import Deed
from edu.services.quizzing import attempts, key_forms, marking, questions
from edu.services.quizzing.key_forms import KeyForm
from edu.services.quizzing.questions import Keyed
from quizzes import Item

MOST_REASON = 500
NEARLY = 1e-9
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Revision:
    """A key as it was from a moment on; number 0 is the one that the version was written with."""

    number: int
    at: datetime
    author: str
    reason: str
    form: KeyForm


@dataclass(frozen=True, slots=True)
class KeyWork:
    """The key of one wording of a question, for its author.

    `revisions` begin with the key that counts now. `answers` is how many closed answers are marked by it;
    `newest` is the number of the wording that is asked now.
    """

    uid: str
    question_id: int
    kind: str
    version: int
    newest: int
    stem: str
    options: tuple[tuple[str, str], ...]
    unit: str
    revisions: tuple[Revision, ...]
    answers: int

    @property
    def current(self) -> Revision:
        """The key that counts."""
        return self.revisions[0]


@dataclass(frozen=True, slots=True)
class Effect:
    """What another key would do to the marks given so far: how many answers go up, down, or stay."""

    up: int
    down: int
    same: int


def page(session: Session, viewer: Viewer, uid: str, version: int | None = None) -> KeyWork:
    """The key of a wording, by default of the one asked now, with all that it was before."""
    question = mine(session, viewer, uid)
    row, newest = _version(session, question, version)
    revisions = _revisions(session, row)
    closed = session.scalars(_closed(row.id).with_only_columns(AttemptSlot.attempt_id)).all()
    item = key_forms.item_of(row.body, revisions[0][1])
    return KeyWork(
        uid=question.uid,
        question_id=question.id,
        kind=item.kind.value,
        version=row.number,
        newest=newest,
        stem=item.stem,
        options=tuple((option.id, option.text) for option in item.options),
        unit=item.unit,
        revisions=tuple(
            replace(made, form=key_forms.form_of(key_forms.item_of(row.body, secret)))
            for made, secret in revisions
        ),
        answers=len(closed),
    )


def mine(session: Session, viewer: Viewer, uid: str, *, locked: bool = False) -> Question:
    """A question, of any kind, that the viewer may edit; NotFound, or Forbidden for somebody else's."""
    asked = select(Question).where(Question.uid == uid)
    question = None if "\0" in uid else session.scalar(asked.with_for_update() if locked else asked)
    if question is None:
        raise NotFound("there is no such question")
    require(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id))
    return question


def weigh(session: Session, viewer: Viewer, uid: str, version: int, form: KeyForm) -> Effect:
    """What this key would change, nothing being changed. Invalid, with its field, for a wrong form."""
    question = mine(session, viewer, uid)
    row, _ = _version(session, question, version)
    item = key_forms.corrected(questions.keyed(session, {row.id})[row.id].item, form)
    up = down = same = 0
    for before, after in _marks(session, row.id, item):
        if after > before + NEARLY:
            up += 1
        elif after < before - NEARLY:
            down += 1
        else:
            same += 1
    return Effect(up, down, same)


def correct(
    session: Session,
    viewer: Viewer,
    uid: str,
    version: int,
    form: KeyForm,
    *,
    expected: int,
    reason: str,
    may_lower: bool,
    now: datetime,
) -> int:
    """Make this the key and mark closed answers anew; gives how many were marked.

    `expected` is the number of the key that the form was filled in against. Conflict when it was corrected
    meanwhile; Invalid, with its field, for a wrong form, for a key as it is and for no reason.
    """
    question = mine(session, viewer, uid, locked=True)
    row, _ = _version(session, question, version)
    keyed = questions.keyed(session, {row.id})[row.id]
    if keyed.key_number != expected:
        raise Conflict("somebody corrected this key meanwhile; look at it again", code="key_changed")
    item = key_forms.corrected(keyed.item, form)
    if quizzes.secret(item) == quizzes.secret(keyed.item):
        raise Invalid("This is the key as it is: change something, or leave the page.", code="same_key")
    why = typed.text(reason, "reason", most=MOST_REASON)
    revision = questions.correct_key(session, row, item, reason=why, now=now, author_id=viewer.user_id)
    marked = attempts.regrade(session, row.id, now=now, may_lower=may_lower)
    audit.record(
        session, Deed.KEY_CORRECTED, now=now, actor_id=viewer.user_id, subject=f"question:{question.id}",
        version=row.number, key=revision.number, marked=marked, may_lower=int(may_lower),
    )  # fmt: skip
    return marked


def _version(session: Session, question: Question, number: int | None) -> tuple[QuestionVersion, int]:
    """The version of that number, and the number of the one that is asked now."""
    asked = select(QuestionVersion).where(
        QuestionVersion.question_id == question.id, QuestionVersion.status != VersionStatus.DRAFT
    )
    versions = {version.number: version for version in session.scalars(asked)}
    newest = max(versions, default=0)
    found = versions.get(newest if number is None else number)
    if found is None:
        raise NotFound("there is no such version of this question")
    return found, newest


def _revisions(session: Session, row: QuestionVersion) -> list[tuple[Revision, dict[str, Any]]]:
    """Every key of the version with its secret part, the newest first; two statements."""
    own = select(QuestionVersion.secret, User.name).outerjoin(User, User.id == QuestionVersion.created_by)
    secret, author = session.execute(own.where(QuestionVersion.id == row.id)).one()
    found = [(_revision(0, row.created_at, author, ""), secret)]
    later = session.execute(
        select(KeyRevision.number, KeyRevision.created_at, User.name, KeyRevision.reason, KeyRevision.secret)
        .outerjoin(User, User.id == KeyRevision.author_id)
        .where(KeyRevision.question_version_id == row.id)
        .order_by(KeyRevision.number)
    )
    found += [(_revision(number, at, name, reason), secret) for number, at, name, reason, secret in later]
    return found[::-1]


def _revision(number: int, at: datetime, author: str | None, reason: str) -> Revision:
    return Revision(number, at, author or "", reason, key_forms.EMPTY)


def _closed(version_id: int) -> Select[AttemptSlot]:
    """The places where this version was answered and marked: what `attempts.regrade` marks anew."""
    return (
        select(AttemptSlot)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(AttemptSlot.question_version_id == version_id)
        .where((Attempt.state != AttemptState.OPEN) | AttemptSlot.checked_at.is_not(None))
    )


def _marks(session: Session, version_id: int, item: Item) -> Iterator[tuple[float, float]]:
    """The mark of each closed answer, and what it would be by the key of this item."""
    keyed = Keyed(item, 0)
    places = _closed(version_id).with_only_columns(AttemptSlot.attempt_id)
    graded = session.execute(
        select(Grading.attempt_id, Grading.position, Grading.fraction)
        .where(Grading.attempt_id.in_(places))
        .order_by(Grading.key_number)
    )
    marks = {(attempt_id, position): fraction for attempt_id, position, fraction in graded}
    slots = session.execute(
        _closed(version_id)
        .outerjoin(
            Response,
            (Response.attempt_id == AttemptSlot.attempt_id) & (Response.position == AttemptSlot.position),
        )
        .add_columns(Response.body)
        .execution_options(yield_per=_BATCH)
    )
    for slot, body in slots:
        before = marks.get((slot.attempt_id, slot.position), 0.0)
        yield before, marking.outcome_of(keyed, slot, body).fraction
