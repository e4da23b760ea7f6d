"""From a mark to a rating: what a graded answer tells about memory."""

from dataclasses import dataclass

from quizzes.review.card import Rating

NEARLY = 1e-9  # so that three thirds of a mark are a whole one
FAST_MS = 15_000  # own rule: reading a short question and answering it without hesitation
GUESSED, CERTAIN = 1, 3


@dataclass(frozen=True, slots=True)
class Graded:
    """The facts of an answer that was marked.

    `fraction` of its mark from 0 to 1; `certainty` 1, 2 or 3 where it was asked; `used_hint`; `took_ms` from
    seeing the question to the answer, or an upper bound of it, None where nobody knows.
    """

    fraction: float
    certainty: int | None = None
    used_hint: bool = False
    took_ms: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.fraction <= 1 + NEARLY:
            raise ValueError(f"a fraction lies between 0 and 1: {self.fraction}")

    @property
    def is_misled(self) -> bool:
        """Wrong and certain of it: the mistake that harms, so its moment of the film is to be seen first."""
        return self.certainty == CERTAIN and not is_right(self.fraction)


def is_right(fraction: float) -> bool:
    """Whether the answer was wholly right: part of a technique is not the technique."""
    return fraction >= 1 - NEARLY


def rating_of(graded: Graded) -> Rating:
    """The rating that an answer earns.

    Not wholly right: AGAIN, since FSRS reads HARD as "recalled, with effort" and would send a half-known step
    further away. Right by a guess (certainty 1) or after a hint: HARD. Right: GOOD. Right, certain and within
    FAST_MS: EASY, rarely, for it moves a card furthest. Source: FSRS's meaning of its four buttons
    (open-spaced-repetition, "ABC of FSRS"); which facts earn which is a rule of this house.
    """
    if not is_right(graded.fraction):
        return Rating.AGAIN
    if graded.used_hint or graded.certainty == GUESSED:
        return Rating.HARD
    is_fast = graded.took_ms is not None and graded.took_ms <= FAST_MS
    return Rating.EASY if is_fast and graded.certainty == CERTAIN else Rating.GOOD
