"""Item and test analysis: how hard questions are, whether they tell learners apart, which options mislead.

Marks in, figures out: who learners are, attempts, and pages belong to `edu`, as do the words for flags.
Chance comes in as `rng: Random`.
"""

from quizzes.analysis.analyse import analyse
from quizzes.analysis.choices import Chosen, Offered
from quizzes.analysis.figures import ItemFigures, OptionFigures, QuizFigures, QuizStatistics
from quizzes.analysis.flags import Extent, Flag, Flagged, extent
from quizzes.analysis.groups import Groups, groups
from quizzes.analysis.intervals import Interval, wilson
from quizzes.analysis.reporting import Bar, histogram, reportable
from quizzes.analysis.tries import Tabulated, Try, first_tries, tabulate

__all__ = [
    "Bar",
    "Chosen",
    "Extent",
    "Flag",
    "Flagged",
    "Groups",
    "Interval",
    "ItemFigures",
    "Offered",
    "OptionFigures",
    "QuizFigures",
    "QuizStatistics",
    "Tabulated",
    "Try",
    "analyse",
    "extent",
    "first_tries",
    "groups",
    "histogram",
    "reportable",
    "tabulate",
    "wilson",
]
