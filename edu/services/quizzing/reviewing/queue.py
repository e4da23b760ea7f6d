"""The queue of one person: the cards they may see now, what they did today, and their plan around it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Audience, Question, ReviewCard, ReviewLog
from edu.services.quizzing import questions, reach
from edu.services.quizzing.reviewing import plans
from edu.services.quizzing.reviewing.cards import memory_of
from quizzes.review import Entry, Exam, Limits, SoFar, due_day, due_list, forecast, prepare


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands today: the cards that they may see, as rows and as the queue knows them."""

    today: date
    cards: tuple[ReviewCard, ...]
    entries: tuple[Entry, ...]
    so_far: SoFar
    limits: Limits
    exam: Exam | None

    def due(self) -> tuple[Entry, ...]:
        """What to ask now, in order."""
        return due_list(
            self.entries, today=self.today, so_far=self.so_far, limits=self.limits, exam=self.exam
        )

    def coming(self, days: int) -> tuple[tuple[date, int], ...]:
        """How many questions each day holds, from today on."""
        return forecast(
            self.entries,
            today=self.today,
            days=days,
            so_far=self.so_far,
            limits=self.limits,
            exam=self.exam,
        )

    def day_of(self, entry: Entry) -> date:
        """The day on which a card comes, an exam considered: today for one that is overdue."""
        return max(self.today, due_day(entry.card, self.exam, today=self.today))

    @property
    def needed_per_day(self) -> int | None:
        """How many a day would bring every card back before the exam, where the bound is too low for that."""
        if self.exam is None or not self.exam.is_near(self.today):
            return None
        waiting = sum(entry.card.reviewed.date() < self.exam.begins for entry in self.entries)
        needed = -(-waiting // (self.exam.day - self.today).days)
        return needed if needed > self.limits.per_day else None


def standing(session: Session, user_id: int, *, passes_gate: bool, now: datetime) -> Standing:
    """Where the account stands; five statements at most, however many cards there are.

    A day is a day in UTC, as everywhere on the site. A card is seen while its question is asked on pages and
    not archived, and, by who does not pass the professional gate, only while it is open to everybody.
    """
    today = now.astimezone(UTC).date()
    plan = plans.view(session, user_id)
    cards = _cards(session, user_id, passes_gate)
    entries = tuple(_entry(card) for card in cards)
    limits = Limits(per_day=plan.per_day, new_per_day=max(1, plan.per_day // 2))
    exam = None
    if plan.exam_on is not None and plan.exam_on > today:
        exam = prepare(plan.exam_on, cards=len(cards), per_day=plan.per_day)
    return Standing(today, cards, entries, _so_far(session, user_id, cards, today), limits, exam)


def _cards(session: Session, user_id: int, passes_gate: bool) -> tuple[ReviewCard, ...]:
    asked = (
        select(ReviewCard)
        .join(Question, Question.id == ReviewCard.question_id)
        .where(ReviewCard.user_id == user_id, Question.archived_at.is_(None))
        .where(Question.kind.in_(questions.ASKED))
        .order_by(ReviewCard.due_at, ReviewCard.question_id)
    )
    if passes_gate:
        return tuple(session.scalars(asked))
    found = session.scalars(asked.where(Question.audience == Audience.OPEN)).all()
    hidden = reach.behind_the_gate(session, {card.question_id for card in found})
    return tuple(card for card in found if card.question_id not in hidden)


def _entry(card: ReviewCard) -> Entry:
    return Entry(
        key=card.question_id,
        outcome=card.outcome,
        lesson=card.lesson or card.step,
        card=memory_of(card),
        is_misled=card.is_misled,
        is_critical=card.is_critical,
        is_new=card.asked == 0,
    )


def _so_far(session: Session, user_id: int, cards: Collection[ReviewCard], today: date) -> SoFar:
    midnight = datetime.combine(today, time(), UTC)
    asked = select(ReviewLog.round).where(
        ReviewLog.user_id == user_id, ReviewLog.answered_at >= midnight, ReviewLog.round > 0
    )
    rounds = list(session.scalars(asked))
    outcomes = frozenset(card.outcome for card in cards if card.reviewed_at >= midnight)
    return SoFar(asked=len(rounds), new=rounds.count(1), outcomes=outcomes)
