"""Card: what is known about how well one question is remembered; and the four ratings that change it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Rating(StrEnum):
    """How an answer went, in FSRS's words. HARD, GOOD and EASY all mean that it was recalled."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


@dataclass(frozen=True, slots=True)
class Card:
    """The memory of one question after at least one answer.

    `stability` is the number of days after which it is recalled with a probability of 0.9, `difficulty` lies
    between 1 and 10, `due` and `reviewed` (the last answer) are aware moments in UTC. FSRS's states and steps
    are left out: without learning steps every card that was answered is in the same state.
    """

    stability: float
    difficulty: float
    due: datetime
    reviewed: datetime

    def __post_init__(self) -> None:
        if self.stability <= 0:
            raise ValueError(f"a stability is above 0 days: {self.stability}")
        if not 1 <= self.difficulty <= 10:
            raise ValueError(f"a difficulty lies between 1 and 10: {self.difficulty}")
        for moment in (self.due, self.reviewed):
            if moment.utcoffset() is None:
                raise ValueError(f"a moment needs a time zone: {moment!r}")
