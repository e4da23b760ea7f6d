"""Resampling learners: intervals of alpha and of discrimination."""

from random import Random

import pytest

from quizzes.analysis import analyse
from quizzes.analysis.resample import MOST_RESAMPLES, resample
from quizzes.analysis.table import MarkTable
from tests.quizzes.analysis.marks import simulated


def width(interval):
    """From the low to the high end."""
    return interval.high - interval.low


class CountingRandom(Random):
    """Chance that counts how often learners were drawn."""

    draws = 0

    def choices(self, *arguments, **more):
        self.draws += 1
        return super().choices(*arguments, **more)


def test_the_interval_is_about_as_wide_as_alpha_differs_from_sample_to_sample():
    alphas = sorted(analyse(simulated(100, 10, seed), [1] * 10).quiz.cic for seed in range(40))
    found = analyse(simulated(100, 10, 99), [1] * 10, rng=Random(1), resamples=200)

    differs = alphas[38] - alphas[1]  # each seed has items of its own too, so it differs somewhat more
    assert 0.4 * differs < width(found.quiz.cic_interval) < 1.6 * differs


def test_many_learners_drawn_in_clusters_have_the_interval_of_learners_drawn_one_by_one():
    marks = simulated(400, 8)
    table = MarkTable.of(marks, [1] * 8)

    clustered = resample(table, Random(1), 400)

    rng, alone = Random(2), []
    for _ in range(60):
        again = analyse([marks[rng.randrange(400)] for _ in range(400)], [1] * 8)
        alone.append(again.quiz.cic)
    alone.sort()
    assert width(clustered.cic) == pytest.approx(alone[58] - alone[1], rel=0.5)


def test_more_learners_make_a_narrower_interval():
    few, many = (
        analyse(simulated(number, 8), [1] * 8, rng=Random(1), resamples=100).items[0] for number in (40, 600)
    )

    assert width(many.discrimination_interval) < 0.5 * width(few.discrimination_interval)


def test_the_number_of_resamples_is_bounded():
    rng = CountingRandom(1)

    resample(MarkTable.of([[1, 0], [0, 1], [1, 1]], [1, 1]), rng, 10 * MOST_RESAMPLES)

    assert rng.draws == MOST_RESAMPLES


def test_what_has_no_figure_has_no_interval():
    found = analyse([[1, 0], [1, 1], [1, 0], [1, 1]], [1, 1], rng=Random(1), resamples=50)

    assert found.items[0].discrimination_interval is None


@pytest.mark.parametrize(("learners", "resamples"), [(0, 50), (2, 50), (30, 0)])
def test_nothing_to_draw_from_or_no_draw_gives_no_interval(learners, resamples):
    found = analyse(simulated(learners, 3), [1] * 3, rng=Random(1), resamples=resamples)

    assert found.quiz.cic_interval is None
    assert {item.discrimination_interval for item in found.items} == {None}


def test_an_item_that_some_were_asked_has_an_interval_and_alpha_has_none():
    marks = simulated(80, 5)
    asked = [[True, True, True, True, index % 2 == 0] for index in range(80)]

    found = analyse(marks, [1] * 5, asked=asked, rng=Random(1), resamples=100)

    assert found.quiz.cic_interval is None
    last = found.items[4]
    assert last.discrimination_interval.low < last.discriminationindex < last.discrimination_interval.high
