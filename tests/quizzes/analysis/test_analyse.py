"""The statistics of a quiz: Moodle's figures, zero variance, holes, speed."""

import csv
import json
import statistics
import time
from collections import defaultdict
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.analysis import Flag, Offered, analyse
from quizzes.errors import QuizError
from tests.quizzes.analysis.marks import INVENTED, few, simulated

marks_of_three = st.lists(
    st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 0.8, 1.0, None]), min_size=3, max_size=3),
    min_size=4,
    max_size=12,
)


def figures(found, wanted):
    """The figures of `found` that are wanted, by name."""
    return {name: getattr(found, name) for name in wanted}


def test_invented_marks_have_the_figures_that_exact_fractions_give():
    found = analyse(INVENTED["marks"], INVENTED["maxima"])

    assert figures(found.quiz, INVENTED["quiz"]) == pytest.approx(INVENTED["quiz"], rel=1e-9)
    for item, wanted in zip(found.items, INVENTED["items"], strict=True):
        assert figures(item, wanted) == pytest.approx(wanted, rel=1e-9)


def test_all_71_figures_of_moodles_reference_quiz_are_equal_to_a_millionth(corpus):
    folder = corpus / "itemanalysis"
    expected = json.loads((folder / "moodle00.expected.json").read_text(encoding="utf-8"))
    rows, maxima = defaultdict(dict), {}
    with (folder / "moodle00.matrix.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["attempt"]][row["slot"]] = float(row["mark"])
            maxima[row["slot"]] = float(row["maxmark"])

    found = analyse([[row[slot] for slot in maxima] for row in rows.values()], list(maxima.values()))

    items = dict(zip(maxima, found.items, strict=True))
    pairs = [(getattr(found.quiz, name), value) for name, value in expected["quiz"].items()]
    pairs += [
        (getattr(items[slot], name), value)
        for slot, values in expected["items"].items()
        for name, value in values.items()
    ]
    assert len(pairs) == 71
    assert [found for found, _ in pairs] == pytest.approx([value for _, value in pairs], rel=1e-6)


def test_alpha_of_canvas_example_is_that_of_r():
    found = analyse([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0]], [1, 1, 1])

    assert found.quiz.cic == pytest.approx(54.5, abs=0.05)
    assert found.quiz.is_kr20


def test_kr20_is_told_from_alpha_by_part_marks():
    assert not analyse(INVENTED["marks"], INVENTED["maxima"]).quiz.is_kr20


@few
@given(marks_of_three)
def test_figures_agree_with_the_statistics_module(marks):
    found = analyse(marks, [1, 1, 1])

    plain = [[mark or 0.0 for mark in row] for row in marks]
    totals = [sum(row) for row in plain]
    assert found.quiz.mean == pytest.approx(statistics.mean(totals))
    assert found.quiz.median == pytest.approx(statistics.median(totals))
    assert found.quiz.standarddeviation == pytest.approx(statistics.stdev(totals), abs=1e-9)
    for item, column in zip(found.items, zip(*plain, strict=True), strict=True):
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        assert item.facility == pytest.approx(statistics.mean(column))
        assert item.sd == pytest.approx(statistics.stdev(column), abs=1e-9)
        assert item.covariance == pytest.approx(statistics.covariance(column, rest), abs=1e-9)
        highest = statistics.covariance(sorted(column), sorted(rest))
        assert item.covariancemax == pytest.approx(highest, abs=1e-9)
        if item.discriminationindex is not None:
            wanted = 100 * statistics.correlation(column, rest)
            assert item.discriminationindex == pytest.approx(wanted, abs=1e-6)


@few
@given(marks_of_three, st.randoms(use_true_random=False))
def test_the_order_of_the_learners_changes_no_digit(marks, rng):
    shuffled = list(marks)
    rng.shuffle(shuffled)

    assert analyse(shuffled, [1, 1, 1]) == analyse(marks, [1, 1, 1])


@few
@given(marks_of_three)
def test_twice_the_marks_change_no_figure_that_is_a_share(marks):
    assume(analyse(marks, [1, 1, 1]).quiz.cic is not None)

    one = analyse(marks, [1, 1, 1])
    two = analyse([[None if m is None else 2 * m for m in row] for row in marks], [2, 2, 2])

    assert two.quiz.cic == pytest.approx(one.quiz.cic)
    assert [item.facility for item in two.items] == pytest.approx([item.facility for item in one.items])


@few
@given(marks_of_three)
def test_efficiency_and_discrimination_stay_within_a_hundred(marks):
    for item in analyse(marks, [1, 1, 1]).items:
        for figure in (item.discriminationindex, item.discriminativeefficiency):
            assert figure is None or figure <= 100 + 1e-6
        assert item.discriminationindex is None or item.discriminationindex >= -100 - 1e-6


def test_what_was_not_answered_earns_nothing_and_is_counted():
    found = analyse([[None, 1], [1, 0], [None, 1], [0, 1]], [1, 1])

    assert (found.items[0].answered, found.items[0].learners, found.items[0].facility) == (2, 4, 0.25)


def test_an_item_that_all_got_right_has_no_discrimination():
    item = analyse([[1, 0], [1, 1], [1, 0], [1, 1]], [1, 1]).items[0]

    assert (item.facility, item.sd, item.covariance) == (1, 0, 0)
    assert (item.discriminationindex, item.discriminativeefficiency) == (None, None)


def test_thirds_that_add_up_to_the_same_total_are_no_spread():
    found = analyse([[1 / 3, 2 / 3], [2 / 3, 1 / 3], [0, 1], [1, 0], [0.1 + 0.2, 0.7]], [1, 1])

    assert found.quiz.standarddeviation == 0
    assert (found.quiz.cic, found.quiz.skewness, found.quiz.kurtosis) == (None, None, None)


def test_the_only_item_has_nothing_to_be_compared_with():
    found = analyse([[0.1], [0.7], [1], [0]], [1])

    assert found.items[0].discriminationindex is None
    assert found.items[0].effectiveweight == pytest.approx(100)
    assert found.quiz.cic is None


def test_negative_alpha_is_told_as_it_is():
    found = analyse([[1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1])

    assert found.quiz.cic < -50
    assert found.quiz.errorratio > 100


def test_an_item_that_runs_against_the_quiz_has_no_weight():
    marks = [[0, 1, 1, 1], [0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 1]]

    assert analyse(marks, [1, 1, 1, 1]).items[0].effectiveweight is None


@pytest.mark.parametrize("learners", [0, 1, 2])
def test_hardly_any_learners_have_hardly_any_figures(learners):
    found = analyse([[1, 0]] * learners, [1, 1])

    assert (found.quiz.learners, found.quiz.cic) == (learners, None)
    assert found.items[0].discriminationindex is None
    assert (found.items[0].facility is None) == (learners == 0)


def test_an_item_worth_nothing_has_no_facility():
    item = analyse([[0, 1], [0, 0], [0, 1]], [0, 1]).items[0]

    assert (item.facility, item.facility_interval, item.upper_lower) == (None, None, None)


def test_whoever_was_not_asked_an_item_is_not_counted_in_it():
    marks = simulated(40, 3)
    asked = [[True, True, index % 4 != 0] for index in range(40)]

    found = analyse(marks, [1, 1, 1], asked=asked)

    alone = analyse(
        [[row[2], row[0] + row[1]] for row, known in zip(marks, asked, strict=True) if known[2]], [1, 2]
    )
    item, same = found.items[2], alone.items[0]
    assert (item.learners, item.facility, item.covariance) == (30, same.facility, same.covariance)
    assert item.discriminationindex == pytest.approx(same.discriminationindex)
    assert (found.quiz.is_complete, found.quiz.cic) == (False, None)


def test_an_item_that_nobody_was_asked_has_no_figures():
    found = analyse([[1, None], [0, None], [1, None]], [1, 1], asked=[[True, False]] * 3)

    assert (found.items[1].learners, found.items[1].facility) == (0, None)
    assert found.items[0].facility == pytest.approx(2 / 3)


def test_options_are_counted_among_those_who_were_asked():
    chosen = [["A", "A"], ["B", "A"], ["A", "B"]]
    offered = [None, Offered(("A", "B"), frozenset("A"))]

    found = analyse(
        [[1, 1], [0, 1], [1, 0]],
        [1, 1],
        chosen=chosen,
        offered=offered,
        asked=[[True, n != 1] for n in range(3)],
    )

    assert found.items[0].options == ()
    assert [option.count for option in found.items[1].options] == [1, 1]


def test_a_key_that_the_better_learners_avoid_is_doubtful():
    marks = simulated(120, 8)
    chosen = [["A" if row[0] else "B", *[None] * 7] for row in marks]
    offered = [Offered(("A", "B"), frozenset("B")), *[None] * 7]
    wrong = [[1 - row[0], *row[1:]] for row in marks]

    found = analyse(wrong, [1] * 8, chosen=chosen, offered=offered)

    told = {(each.flag, each.option, each.is_firm) for each in found.items[0].flags}
    assert (Flag.KEY_DOUBTFUL, "B", True) in told
    assert (Flag.ATTRACTIVE_DISTRACTOR, "A", True) in told


@pytest.mark.parametrize(
    ("marks", "more", "place"),
    [
        ([[1, 0], [1]], {}, "marks[1]"),
        ([[1, 0], [1, 0, 1]], {}, "marks[1]"),
        ([[1, float("nan")]], {}, "marks[][1]"),
        ([[1, float("inf")]], {}, "marks[][1]"),
        ([[1, 1e300]], {}, "marks[][1]"),
        ([["1", 0]], {}, "marks[][0]"),
        ([[1, 0]], {"asked": []}, "asked"),
        ([[1, 0]], {"asked": [[True]]}, "asked[0]"),
        ([[1, 0]], {"chosen": [["A", "B"]], "offered": []}, "offered"),
        ([[1, 0]], {"chosen": [["A"]], "offered": [None, None]}, "chosen[0]"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(marks, more, place):
    with pytest.raises(QuizError) as refused:
        analyse(marks, [1, 1], **more)

    assert refused.value.place == place


def test_intervals_come_only_with_chance_and_are_the_same_for_the_same_seed():
    marks = simulated(60, 6)

    one, two = (analyse(marks, [1] * 6, rng=Random(3), resamples=100) for _ in range(2))

    assert analyse(marks, [1] * 6).quiz.cic_interval is None
    assert one == two
    assert one.quiz.cic_interval.low < one.quiz.cic < one.quiz.cic_interval.high


@pytest.mark.slow
def test_ten_thousand_learners_in_fifty_items_take_half_a_second():
    marks = [[each * 0.5 for each in row] for row in simulated(10_000, 50)]

    spent = []
    for _ in range(2):
        start = time.process_time()
        analyse(marks, [1] * 50)
        spent.append(time.process_time() - start)

    assert min(spent) <= 0.5
