"""Flags: what is told, from how many learners on."""

import pytest

from quizzes.analysis import Extent, Flag, OptionFigures, extent
from quizzes.analysis.flags import flags

KEY = OptionFigures("A", True, 60, 0.6, pointbiserial=0.4)
DISTRACTOR = OptionFigures("B", False, 40, 0.4, pointbiserial=-0.4)


def told(learners=100, facility=0.6, discrimination=40.0, options=(KEY, DISTRACTOR)):
    """The codes and options that are flagged."""
    return [(each.flag, each.option) for each in flags(learners, facility, discrimination, options)]


@pytest.mark.parametrize(
    ("learners", "known"),
    [
        (0, Extent.COUNTS),
        (9, Extent.COUNTS),
        (10, Extent.FEW),
        (29, Extent.FEW),
        (30, Extent.ENOUGH),
        (99, Extent.ENOUGH),
        (100, Extent.FULL),
    ],
)
def test_learners_bear_so_much(learners, known):
    assert extent(learners) is known


def test_a_good_item_has_no_flag():
    assert told() == []


@pytest.mark.parametrize(
    ("more", "flag", "option"),
    [
        ({"facility": 0.29}, Flag.TOO_HARD, ""),
        ({"facility": 0.91}, Flag.TOO_EASY, ""),
        ({"discrimination": 19.9}, Flag.LOW_DISCRIMINATION, ""),
        ({"discrimination": -30.0}, Flag.LOW_DISCRIMINATION, ""),
        ({"options": [OptionFigures("C", False, 4, 0.04)]}, Flag.DEAD_DISTRACTOR, "C"),
        (
            {"options": [OptionFigures("C", False, 20, 0.2, pointbiserial=0.1)]},
            Flag.ATTRACTIVE_DISTRACTOR,
            "C",
        ),
        ({"options": [OptionFigures("A", True, 20, 0.2, pointbiserial=-0.1)]}, Flag.KEY_DOUBTFUL, "A"),
    ],
)
def test_each_rule_flags_what_it_is_about(more, flag, option):
    assert told(**more) == [(flag, option)]


@pytest.mark.parametrize(
    "more",
    [
        {"facility": 0.3},
        {"facility": 0.9},
        {"discrimination": 20.0},
        {"discrimination": None, "facility": None},
        {"options": [OptionFigures("C", False, 5, 0.05, pointbiserial=0.0)]},
        {"options": [OptionFigures("A", True, 1, 0.01, pointbiserial=1e-17)]},
        {"options": [OptionFigures("C", False, 0)]},
    ],
)
def test_at_the_limit_nothing_is_flagged(more):
    assert told(**more) == []


def test_fewer_than_ten_learners_flag_nothing():
    assert told(9, facility=0.0) == []


def test_fewer_than_thirty_flag_nothing_that_rests_on_a_correlation():
    bad = [OptionFigures("A", True, 9, 0.5, pointbiserial=-0.5), OptionFigures("B", False, 0, 0.0)]

    assert told(29, 0.1, -50.0, bad) == [(Flag.TOO_HARD, ""), (Flag.DEAD_DISTRACTOR, "B")]


@pytest.mark.parametrize(("learners", "firm"), [(10, False), (99, False), (100, True)])
def test_a_flag_is_a_hint_before_a_hundred(learners, firm):
    assert [each.is_firm for each in flags(learners, 0.1, None, ())] == [firm]


def test_the_gravest_comes_first():
    options = [
        OptionFigures("C", False, 1, 0.01, pointbiserial=0.2),
        OptionFigures("A", True, 9, 0.1, pointbiserial=-0.2),
    ]

    assert [flag for flag, _ in told(100, 0.1, 0.0, options)] == [
        Flag.KEY_DOUBTFUL,
        Flag.ATTRACTIVE_DISTRACTOR,
        Flag.LOW_DISCRIMINATION,
        Flag.TOO_HARD,
        Flag.DEAD_DISTRACTOR,
    ]
