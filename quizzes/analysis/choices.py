"""What the options of an item attract: counts, shares and point-biserials, as Canvas reckons them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from quizzes.analysis.figures import OptionFigures
from quizzes.analysis.intervals import wilson
from quizzes.analysis.spread import Series

# What one learner chose of one item: an option, several, or nothing.
Chosen = str | Collection[str] | None


@dataclass(frozen=True, slots=True)
class Offered:
    """The options of an item, in the order to list them, and those that are right."""

    options: tuple[str, ...]
    key: frozenset[str]


def option_figures(
    offered: Offered, chosen: Sequence[Chosen], totals: Sequence[float]
) -> tuple[OptionFigures, ...]:
    """The figures of each option, over the learners who answered; ids that were not offered are passed over.

    `chosen` and `totals` (total marks) name the same learners. Variances are of the population, as Canvas has
    them: r = (M1 - M0) / sd * sqrt(p (1 - p)), None when nobody or everybody chose it or all totals are
    equal.
    """
    answers = [(each, total) for each, total in zip(chosen, totals, strict=True) if each is not None]
    if not answers:
        return tuple(OptionFigures(option, option in offered.key, 0) for option in offered.options)
    takers: dict[str, list[float]] = {option: [] for option in offered.options}
    for choice, total in answers:
        for option in (choice,) if isinstance(choice, str) else set(choice):
            if option in takers:
                takers[option].append(total)
    everyone = Series.of([total for _, total in answers])
    return tuple(_figures(option, option in offered.key, took, everyone) for option, took in takers.items())


def _figures(id_: str, is_key: bool, took: Sequence[float], everyone: Series) -> OptionFigures:
    share = len(took) / len(everyone)
    mean = fsum(took) / len(took) if took else None
    return OptionFigures(
        id_, is_key, len(took), share, wilson(share, len(everyone)), mean, _pointbiserial(took, everyone)
    )


def _pointbiserial(took: Sequence[float], everyone: Series) -> float | None:
    others = len(everyone) - len(took)
    variance = everyone.population_variance
    if not took or not others or not variance:
        return None
    above = fsum(took) - len(took) * everyone.mean  # by how much those who took it beat the mean, together
    difference = above / len(took) + above / others
    share = len(took) / len(everyone)
    return difference / sqrt(variance) * sqrt(share * (1 - share))
