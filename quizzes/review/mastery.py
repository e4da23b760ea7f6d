"""Mastery: whether the answers about one outcome show that it is known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NEEDED, LAST, DAYS = 4, 5, 2


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about the outcome: to which question, when, and whether it was wholly right."""

    key: int
    at: datetime
    is_right: bool


@dataclass(frozen=True, slots=True)
class Mastery:
    """How an outcome stands: `right` of the last `counted` answers (five at most), on `days` different days.

    `missed` are the critical questions whose last answer was not right, `unmet` those not answered so far.
    """

    right: int
    counted: int
    days: int
    missed: tuple[int, ...] = ()
    unmet: tuple[int, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether enough answers were right, whatever their days and whatever is critical."""
        return self.right >= NEEDED

    @property
    def is_reached(self) -> bool:
        """Whether the outcome is mastered: never by one good day, and never past a critical mistake."""
        return self.is_enough and self.days >= DAYS and not self.missed and not self.unmet


def mastery(answers: Iterable[Answer], critical: Collection[int] = ()) -> Mastery:
    """Weigh the answers about one outcome, in any order, against its critical questions.

    Mastered with 4 of the last 5 answers right, these right ones on two different days (UTC), and the last
    answer to every critical question right. "m of n" is the rule of Kolibri's exercises; the two days are
    ours, for what is right twice within an hour says little about next month.
    """
    in_order = sorted(answers, key=lambda answer: (answer.at, answer.key))
    recent = in_order[-LAST:]
    right = [answer for answer in recent if answer.is_right]
    latest = {answer.key: answer.is_right for answer in in_order}
    return Mastery(
        right=len(right),
        counted=len(recent),
        days=len({answer.at.astimezone(UTC).date() for answer in right}),
        missed=tuple(sorted(key for key in critical if latest.get(key) is False)),
        unmet=tuple(sorted(key for key in critical if key not in latest)),
    )
