"""Scheduler: when a question should be asked again. The one file that knows fsrs."""

from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Protocol

import fsrs

from quizzes.review.card import Card, Rating

LONGEST_DAYS = 365
RETENTION = 0.9  # the probability of recall at which a card falls due
_RATINGS = MappingProxyType(
    {
        Rating.AGAIN: fsrs.Rating.Again,
        Rating.HARD: fsrs.Rating.Hard,
        Rating.GOOD: fsrs.Rating.Good,
        Rating.EASY: fsrs.Rating.Easy,
    }
)
# Days from, days to, share: what Anki and fsrs take, so that cards learned together part.
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
_SHORTEST_FUZZED = 2.5  # days


class Scheduler(Protocol):
    """Decides when a question comes back."""

    def review(self, card: Card | None, rating: Rating, *, now: datetime, rng: Random) -> Card:
        """The card after an answer at `now`; no card means that this was the first one."""
        ...

    def recall(self, card: Card, *, now: datetime) -> float:
        """The probability, 0 to 1, that the question would be answered rightly at `now`."""
        ...


class Fsrs:
    """FSRS-6 with its published parameters and whole days: no steps of minutes, at most a year.

    The spreading of intervals ("fuzz") is ours: fsrs draws it from Python's global generator, which nobody
    can repeat. Its own is switched off, and a day of the same range is drawn from `rng`, each as likely.
    """

    def __init__(self, *, retention: float = RETENTION) -> None:
        """`retention` is the probability of recall at which a card falls due."""
        self._fsrs = fsrs.Scheduler(
            desired_retention=retention,
            learning_steps=(),
            relearning_steps=(),
            maximum_interval=LONGEST_DAYS,
            enable_fuzzing=False,
        )

    def review(self, card: Card | None, rating: Rating, *, now: datetime, rng: Random) -> Card:
        """The card after an answer at `now`. Raises ValueError for a moment without a zone."""
        moment = _utc(now)
        after, _ = self._fsrs.review_card(_foreign(card, moment), _RATINGS[rating], moment)
        if after.stability is None or after.difficulty is None:
            raise ValueError("fsrs gave a card without a memory")  # its types allow what its code never does
        days = spread((after.due - moment).days, rng)
        return Card(
            stability=after.stability,
            difficulty=after.difficulty,
            due=moment + timedelta(days=days),
            reviewed=moment,
        )

    def recall(self, card: Card, *, now: datetime) -> float:
        """The probability, 0 to 1, of a right answer at `now`, by whole days since the last one."""
        moment = _utc(now)
        return float(self._fsrs.get_card_retrievability(_foreign(card, moment), moment))


def spread(days: int, rng: Random) -> int:
    """An interval of days moved a little, so that what was learned in one sitting does not stay together."""
    low, high = fuzz_range(days)
    return rng.randint(low, high)


def fuzz_range(days: int) -> tuple[int, int]:
    """The fewest and the most days that an interval may become; one of up to two days stays as it is."""
    if days < _SHORTEST_FUZZED:
        return days, days
    delta = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _FUZZ)
    high = min(round(days + delta), LONGEST_DAYS)
    return min(max(2, round(days - delta)), high), high


def _utc(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone: {now!r}")
    return now.astimezone(UTC)


def _foreign(card: Card | None, now: datetime) -> fsrs.Card:
    # an id and a due moment are given, or fsrs would sleep for a millisecond and ask the machine's clock
    if card is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=_utc(card.reviewed),
    )
