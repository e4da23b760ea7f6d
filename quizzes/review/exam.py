"""Exam: a date that brings every card back in the last days before it."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from quizzes.review.card import Card

FEWEST_FINAL_DAYS = 3


@dataclass(frozen=True, slots=True)
class Exam:
    """A date, and how many days right before it every card should be seen once more."""

    day: date
    final_days: int = FEWEST_FINAL_DAYS

    @property
    def begins(self) -> date:
        """The first of the last days."""
        return self.day - timedelta(days=self.final_days)

    def is_near(self, today: date) -> bool:
        """Whether today is one of the last days; the day of the exam itself is none."""
        return self.begins <= today < self.day


def prepare(day: date, *, cards: int, per_day: int) -> Exam:
    """An exam with as many last days as so many cards need at so many a day, and three at least."""
    return Exam(day, max(FEWEST_FINAL_DAYS, -(-cards // per_day)))


def due_day(card: Card, exam: Exam | None, *, today: date) -> date:
    """The day in UTC on which a card is due, with an eye on the exam.

    The rule, which is ours: FSRS aims at a probability of recall that holds at any time, an exam asks for it
    on one day. So until that day a card that was not answered within the last days is due on the first of
    them at the latest, however far away its own date is: an interval never reaches past the exam, and each
    card is seen again before it, and at least once in the last days. There are as many last days as the daily
    bound needs for all cards (`prepare`). A card that was answered within them keeps its own date, so that
    one that went wrong comes again. Nothing is written to the card: with another date, or none, its own date
    holds again, and FSRS's model of the memory never learns of the exam. That the best gap between
    repetitions shrinks with the time until the test is known (Cepeda et al. 2008,
    10.1111/j.1467-9280.2008.02209.x); where the last days begin is a matter of how many can be asked.
    """
    own = card.due.astimezone(UTC).date()
    if exam is None or today >= exam.day or _is_refreshed(card, exam):
        return own
    return min(own, exam.begins)


def waits_for_refresh(card: Card, exam: Exam | None, *, today: date) -> bool:
    """Whether these are the last days and the card was not answered in them yet."""
    return exam is not None and exam.is_near(today) and not _is_refreshed(card, exam)


def _is_refreshed(card: Card, exam: Exam) -> bool:
    return card.reviewed.astimezone(UTC).date() >= exam.begins
