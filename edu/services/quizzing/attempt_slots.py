"""The slots of an attempt, each with all that is kept about it: wording, answer, newest mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from edu.models import AttemptSlot, Audience, Grading, KeyRevision, Question, QuestionVersion, Response
from edu.services.quizzing.views.question import certainty_in


@dataclass(frozen=True, slots=True)
class Asked:
    """Which question of the bank a slot asks, and whether it is for professionals alone."""

    ident: int
    is_gated: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One slot with all that is kept about it.

    `corrected_at` is when the key was put right by which its mark was given, None for the question's own key;
    `answered_at` is when the answer came that is kept, None for none.
    """

    slot: AttemptSlot
    question: Asked
    body: dict[str, Any]
    response: Any
    certainty: int | None
    rev: int
    grading: Grading | None
    answered_at: datetime | None = None
    corrected_at: datetime | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether the key was put right after this answer was given: who answered later met the new one."""
        if self.response in (None, []) or self.answered_at is None or self.corrected_at is None:
            return False
        return self.answered_at <= self.corrected_at

    @property
    def certainty_mark(self) -> int | None:
        """What a certainty that was given beside an answer came to; None where none was given."""
        given = self.certainty or certainty_in(self.response)
        return self.grading.certainty_mark if self.grading and self.response and given else None


def entries(session: Session, attempt_id: str) -> list[Entry]:
    """The slots in order, each with its wording, its answer and its newest mark; one statement."""
    newest = (
        select(func.max(Grading.key_number))
        .where(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
        .correlate(AttemptSlot)
        .scalar_subquery()
    )
    at_slot = and_(Grading.attempt_id == AttemptSlot.attempt_id, Grading.position == AttemptSlot.position)
    answer = and_(Response.attempt_id == AttemptSlot.attempt_id, Response.position == AttemptSlot.position)
    correction = and_(
        KeyRevision.question_version_id == AttemptSlot.question_version_id,
        KeyRevision.number == Grading.key_number,
    )
    asked = (
        select(
            AttemptSlot,
            Question.id,
            Question.audience,
            QuestionVersion.body,
            Response,
            Grading,
            KeyRevision.created_at,
        )
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .outerjoin(Response, answer)
        .outerjoin(Grading, and_(at_slot, Grading.key_number == newest))
        .outerjoin(KeyRevision, correction)
        .where(AttemptSlot.attempt_id == attempt_id)
        .order_by(AttemptSlot.position)
    )
    return [_kept(*row) for row in session.execute(asked)]


def _kept(
    slot: AttemptSlot,
    ident: int,
    audience: Audience,
    body: dict[str, Any],
    given: Response | None,
    grading: Grading | None,
    corrected_at: datetime | None,
) -> Entry:
    asked = Asked(ident, audience is Audience.PRO)
    if given is None:
        return Entry(slot, asked, body, None, None, 0, grading)
    return Entry(
        slot,
        asked,
        body,
        given.body,
        given.certainty,
        given.rev,
        grading,
        answered_at=given.saved_at,
        corrected_at=corrected_at,
    )
