"""QuizStatistics: the figures of a quiz, of its items and of their options, under Moodle's names."""

from dataclasses import dataclass

from quizzes.analysis.flags import Flagged
from quizzes.analysis.intervals import Interval


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """Who chose one option. A share is of those who answered; None is "cannot be said".

    `mean` is the mean total mark of those who chose it, `pointbiserial` its correlation with having chosen
    it. A `count` of None is withheld: it would name fewer than five learners.
    """

    id: str
    is_key: bool
    count: int | None
    share: float | None = None
    share_interval: Interval | None = None
    mean: float | None = None
    pointbiserial: float | None = None


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item over the learners who were asked it; None is "cannot be said".

    `facility` is a share of the largest mark; `sd` and the variances are of the mark; `effectiveweight`,
    `discriminationindex` and `discriminativeefficiency` are per cent. `covariance` and `covariancemax` are
    with the mark of the rest of the quiz, whose variance is `othermarkvariance`. `upper_lower` is how much
    larger a share of the mark the best 27 % of the learners got than the weakest 27 %, from -1 to 1.
    """

    learners: int
    answered: int | None
    facility: float | None = None
    sd: float | None = None
    effectiveweight: float | None = None
    covariance: float | None = None
    markvariance: float | None = None
    othermarkvariance: float | None = None
    discriminationindex: float | None = None
    covariancemax: float | None = None
    discriminativeefficiency: float | None = None
    upper_lower: float | None = None
    facility_interval: Interval | None = None
    discrimination_interval: Interval | None = None
    options: tuple[OptionFigures, ...] = ()
    flags: tuple[Flagged, ...] = ()


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """The total marks; None is "cannot be said".

    `mean`, `median`, `standarddeviation` and `standarderror` (of measurement) are marks. `cic`, the
    coefficient of internal consistency, is Cronbach's alpha in per cent and may be negative; where every mark
    is all or nothing it is KR-20 (`is_kr20`). `errorratio` is per cent. `is_complete` says that all were
    asked the same.
    """

    learners: int
    median: float | None = None
    mean: float | None = None
    standarddeviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    cic: float | None = None
    errorratio: float | None = None
    standarderror: float | None = None
    cic_interval: Interval | None = None
    is_kr20: bool = False
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """The figures of a quiz and of its items, in the order of the columns."""

    quiz: QuizFigures
    items: tuple[ItemFigures, ...]
