"""Practical checklists (OSCE stations): documents, scoring, agreement of raters, cut and item statistics.

Runs, raters, clocks and pages belong to `edu`; here are only values and formulas.
"""

from quizzes.checklist.agreement import FAR_APART, Agreement, compare, kappa
from quizzes.checklist.cut import BORDERLINE, LEAST_CANDIDATES, Cut, borderline_cut
from quizzes.checklist.form import from_plain, plain, read, write
from quizzes.checklist.score import Score, global_rating, score, time_per_item
from quizzes.checklist.station import FULL, PRACTICE, Branch, Checklist, Item, PassRule, Scale
from quizzes.checklist.statistics import ItemStatistics, Performance, correlation, item_statistics
from quizzes.checklist.vocabulary import Shortfall, Use, Weighting

__all__ = [
    "BORDERLINE",
    "FAR_APART",
    "FULL",
    "LEAST_CANDIDATES",
    "PRACTICE",
    "Agreement",
    "Branch",
    "Checklist",
    "Cut",
    "Item",
    "ItemStatistics",
    "PassRule",
    "Performance",
    "Scale",
    "Score",
    "Shortfall",
    "Use",
    "Weighting",
    "borderline_cut",
    "compare",
    "correlation",
    "from_plain",
    "global_rating",
    "item_statistics",
    "kappa",
    "plain",
    "read",
    "score",
    "time_per_item",
    "write",
]
