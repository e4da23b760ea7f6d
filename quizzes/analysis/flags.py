"""Flag: what an instructor should look at, under stable codes, and from how many learners on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

TOO_HARD_BELOW = 0.3
TOO_EASY_ABOVE = 0.9
LOW_DISCRIMINATION_BELOW = 20.0  # per cent
DEAD_BELOW = 0.05
NOTHING = 1e-9  # a correlation nearer to 0 is rounding


class Extent(StrEnum):
    """How much a number of learners lets one say.

    With fewer than ten, a good quiz shows an alpha anywhere from -0.4 to 0.9; from thirty on, one good item
    in two hundred looks as if it misled; from a hundred on practically none.
    """

    COUNTS = "counts"  # fewer than 10: only how many
    FEW = "few"  # 10 to 29: facility and options, marked as few
    ENOUGH = "enough"  # 30 to 99: discrimination and alpha as well
    FULL = "full"  # 100 and more: flags can be relied on

    @property
    def allows_discrimination(self) -> bool:
        """Whether discrimination and alpha may be shown."""
        return self in (Extent.ENOUGH, Extent.FULL)


def extent(learners: int) -> Extent:
    """How much this many learners let one say."""
    if learners < 10:
        return Extent.COUNTS
    if learners < 30:
        return Extent.FEW
    return Extent.ENOUGH if learners < 100 else Extent.FULL


class Flag(StrEnum):
    """Something to look at. Only KEY_DOUBTFUL asks for a correction of the key and a regrade."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    LOW_DISCRIMINATION = "low_discrimination"
    DEAD_DISTRACTOR = "dead_distractor"
    ATTRACTIVE_DISTRACTOR = "attractive_distractor"
    KEY_DOUBTFUL = "key_doubtful"


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag, and the option that it is about. It `is_firm` from a hundred learners on, a hint before."""

    flag: Flag
    option: str = ""
    is_firm: bool = False


class ChosenOption(Protocol):
    """What is known of an option."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def is_key(self) -> bool:
        """Whether it belongs to the key."""

    @property
    def share(self) -> float | None:
        """How many of those who answered chose it."""

    @property
    def pointbiserial(self) -> float | None:
        """The correlation of choosing it with the total mark."""


def flags(
    learners: int,
    facility: float | None,
    discrimination: float | None,
    options: Sequence[ChosenOption],
) -> tuple[Flagged, ...]:
    """What to look at in an item, the gravest first; nothing from fewer than ten learners.

    What rests on discrimination or on a correlation needs thirty. `facility` and shares are from 0 to 1,
    `discrimination` is per cent.
    """
    known = extent(learners)
    if known is Extent.COUNTS:
        return ()
    found = list(_of_the_item(facility))
    found += [(Flag.DEAD_DISTRACTOR, option.id) for option in options if _is_dead(option)]
    if known.allows_discrimination:
        found += _of_discrimination(discrimination, options)
    firm = known is Extent.FULL
    order = (
        Flag.KEY_DOUBTFUL,
        Flag.ATTRACTIVE_DISTRACTOR,
        Flag.LOW_DISCRIMINATION,
        Flag.TOO_HARD,
        Flag.TOO_EASY,
        Flag.DEAD_DISTRACTOR,
    )
    found.sort(key=lambda pair: order.index(pair[0]))
    return tuple(Flagged(flag, option, firm) for flag, option in found)


def _of_the_item(facility: float | None) -> Iterator[tuple[Flag, str]]:
    if facility is not None and facility < TOO_HARD_BELOW:
        yield Flag.TOO_HARD, ""
    if facility is not None and facility > TOO_EASY_ABOVE:
        yield Flag.TOO_EASY, ""


def _is_dead(option: ChosenOption) -> bool:
    return not option.is_key and option.share is not None and option.share < DEAD_BELOW


def _of_discrimination(
    discrimination: float | None, options: Sequence[ChosenOption]
) -> Iterator[tuple[Flag, str]]:
    if discrimination is not None and discrimination < LOW_DISCRIMINATION_BELOW:
        yield Flag.LOW_DISCRIMINATION, ""
    for option in options:
        correlation = option.pointbiserial
        if correlation is None:
            continue
        if option.is_key and correlation < -NOTHING:
            yield Flag.KEY_DOUBTFUL, option.id
        elif not option.is_key and correlation > NOTHING:
            yield Flag.ATTRACTIVE_DISTRACTOR, option.id
