"""The page of reviews: what is due today and why, the days to come, what is mastered, and the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from edu.models import ReviewCard
from edu.policy import Viewer
from edu.services.quizzing.attempt_feedback import ClipView
from edu.services.quizzing.reviewing import mastery, plans, sessions
from edu.services.quizzing.reviewing.names import OutcomeName, names_of
from edu.services.quizzing.reviewing.plans import PlanView
from edu.services.quizzing.reviewing.queue import Standing, standing
from quizzes.review import Entry, due_day

COMING_DAYS = 14
LOOKED_AHEAD = 120  # days, for the next one when nothing is due


@dataclass(frozen=True, slots=True)
class DueRow:
    """A question that is due, without its words: what it is about, and why it comes now."""

    name: OutcomeName
    is_misled: bool
    is_critical: bool
    is_new: bool
    due_on: date
    is_for_exam: bool


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How one outcome stands; `state` is missed, unmet, mastered, day (all on one day) or learning.

    `right` of the last `counted` answers, `questions` known about it, and `next_on`, the next one's day.
    """

    name: OutcomeName
    state: str
    right: int
    counted: int
    questions: int
    next_on: date


@dataclass(frozen=True, slots=True)
class ExamView:
    """An exam that is ahead; `needed_per_day` is None while the daily bound is enough."""

    day: date
    days_left: int
    begins: date
    is_near: bool
    needed_per_day: int | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What a signed-in person sees; `watch_first` are the steps behind what was wrong with certainty."""

    card_count: int
    open_url: str
    open_left: int
    due: tuple[DueRow, ...]
    done_today: int
    watch_first: tuple[ClipView, ...]
    coming: tuple[tuple[date, int], ...]
    next_day: tuple[date, int] | None
    outcomes: tuple[OutcomeRow, ...]
    mastered_count: int
    plan: PlanView
    exam: ExamView | None


def page(session: Session, viewer: Viewer, *, now: datetime) -> ReviewPage:
    """The page of a signed-in person; some fifteen statements, however many cards there are."""
    if viewer.user_id is None:
        raise ValueError("a review needs an account")
    where = standing(session, viewer.user_id, passes_gate=viewer.passes_gate, now=now)
    names = names_of(session, viewer, where.cards)
    cards = {card.question_id: card for card in where.cards}
    due = where.due()
    coming = where.coming(LOOKED_AHEAD)
    outcomes = _outcomes(session, viewer, viewer.user_id, where, names)
    open_url, open_left = _open(session, viewer.user_id, now)
    return ReviewPage(
        card_count=len(where.cards),
        open_url=open_url,
        open_left=open_left,
        due=tuple(_due_row(entry, cards[entry.key], names, where) for entry in due),
        done_today=where.so_far.asked,
        watch_first=_watch_first(due, cards, names),
        coming=tuple((day, count) for day, count in coming[1 : COMING_DAYS + 1] if count),
        next_day=next(((day, count) for day, count in coming[1:] if count), None),
        outcomes=outcomes,
        mastered_count=sum(row.state == "mastered" for row in outcomes),
        plan=plans.view(session, viewer.user_id),
        exam=_exam(where),
    )


def _open(session: Session, user_id: int, now: datetime) -> tuple[str, int]:
    """Where today's open session goes on, and how many questions are left in it."""
    found = sessions.open_session(session, user_id, since=now.astimezone(UTC).date())
    return (f"/review/sessions/{found[0]}", found[1]) if found else ("", 0)


def _due_row(entry: Entry, card: ReviewCard, names: Mapping[str, OutcomeName], where: Standing) -> DueRow:
    own = card.due_at.astimezone(UTC).date()
    due_on = due_day(entry.card, where.exam, today=where.today)
    return DueRow(
        name=names[card.outcome],
        is_misled=entry.is_misled,
        is_critical=entry.is_critical,
        is_new=entry.is_new,
        due_on=due_on,
        is_for_exam=due_on < own,
    )


def _watch_first(
    due: tuple[Entry, ...], cards: Mapping[int, ReviewCard], names: Mapping[str, OutcomeName]
) -> tuple[ClipView, ...]:
    clips = (names[cards[entry.key].outcome].clip for entry in due if entry.is_misled)
    return tuple(dict.fromkeys(clip for clip in clips if clip is not None))


def _outcomes(
    session: Session, viewer: Viewer, user_id: int, where: Standing, names: Mapping[str, OutcomeName]
) -> tuple[OutcomeRow, ...]:
    found = mastery.by_outcome(session, user_id, where.cards, passes_gate=viewer.passes_gate)
    days = {entry.key: where.day_of(entry) for entry in where.entries}
    return tuple(
        OutcomeRow(
            name=names[outcome.name],
            state=_state(outcome),
            right=outcome.mastery.right,
            counted=outcome.mastery.counted,
            questions=len(outcome.cards),
            next_on=min(days[card.question_id] for card in outcome.cards),
        )
        for outcome in found
    )


def _state(outcome: mastery.Outcome) -> str:
    known = outcome.mastery
    if known.is_reached:
        return "mastered"
    if known.missed:
        return "missed"
    if not known.is_enough:
        return "learning"
    return "unmet" if known.unmet else "day"


def _exam(where: Standing) -> ExamView | None:
    exam = where.exam
    if exam is None:
        return None
    return ExamView(
        day=exam.day,
        days_left=(exam.day - where.today) // timedelta(days=1),
        begins=exam.begins,
        is_near=exam.is_near(where.today),
        needed_per_day=where.needed_per_day,
    )
