"""Stretches of a film, script concordance, labels, weights of choices and second-best numbers."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("response", "overlap", "ends"),
    [
        ([36_000, 46_000], 1, 1),
        ([36_000, 41_000], 0.5, 0.5),
        ([26_000, 46_000], 0.5, 0.5),
        ([37_000, 47_000], 9 / 11, 1),
        ([0, 10_000], 0, 0),
    ],
)
def test_an_interval_earns_its_overlap_or_its_ends(response, overlap, ends):
    assert grade(sample(Kind.INTERVAL), response).fraction == pytest.approx(overlap)
    by_ends = sample(Kind.INTERVAL, scoring="ends", tolerance_ms=1000)
    assert grade(by_ends, response).fraction == ends


@pytest.mark.parametrize("response", [[5, 5], [9, 5], [1], 36_000, ["a", "b"], [0, float("inf")], [True, 5]])
def test_what_is_no_stretch_is_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.INTERVAL), response)


@pytest.mark.parametrize(("answer", "fraction"), [(-2, 0), (-1, 2 / 6), (0, 0.5), (1, 1), (2, 1 / 6)])
def test_concordance_earns_the_share_of_the_panels_most_frequent_answer(answer, fraction):
    assert grade(sample(Kind.CONCORDANCE), answer).fraction == pytest.approx(fraction)


@pytest.mark.parametrize("response", [3, "1", 1.0, True, None.__class__])
def test_the_scale_has_five_places(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.CONCORDANCE), response)


def test_a_panel_of_nine_is_too_small_to_mark_by():
    with pytest.raises(QuizError) as caught:
        sample(Kind.CONCORDANCE, key={"0": 9})

    assert caught.value.code is Reason.PANEL_SIZE


def test_labels_earn_the_share_of_places_that_bear_the_right_one():
    labelled = sample(Kind.DRAGLABELS)

    assert grade(labelled, {"P1": "B", "P2": "A"}).fraction == 0.5
    assert grade(labelled, {}).fraction == 0
    with pytest.raises(QuizError):
        grade(labelled, {"P9": "A"})


@pytest.mark.parametrize(
    ("scoring", "response", "fraction"),
    [
        ("net", ["A", "C"], 0),
        ("net", ["A"], 0.5),
        ("each", ["A"], 0.75),
        ("each", [], 0.5),
        ("all", ["A", "B"], 1),
        ("all", ["A"], 0),
    ],
)
def test_all_that_apply_is_marked_as_the_scoring_says(scoring, response, fraction):
    assert grade(sample(Kind.MULTIPLE, scoring=scoring), response).fraction == fraction


def test_weights_add_up_as_in_moodle_and_stay_between_0_and_1():
    weights = {"A": 0.33333, "B": 0.33333, "C": 0.33334, "D": -1}
    item = sample(Kind.MULTIPLE, key=["A", "B", "C"], scoring="weights", weights=weights)

    fractions = [grade(item, answer).fraction for answer in (["A", "B", "C"], ["A"], ["A", "D"])]

    assert fractions == [1, 0.33333, 0]


def test_an_acceptable_answer_earns_its_weight():
    assert grade(sample(Kind.SINGLE, weights={"A": 0.5}), "A").fraction == 0.5
    with pytest.raises(QuizError):
        sample(Kind.SINGLE, weights={"C": 0.5})


def test_another_number_may_earn_a_part():
    item = sample(Kind.NUMERIC, also=[{"value": 4, "tolerance": 0.5, "fraction": 0.25}])

    assert [grade(item, text).fraction for text in ("40", "4,4 mg", "5")] == [1, 0.25, 0]


def test_what_is_said_depends_on_what_the_answer_earned():
    item = sample(Kind.SINGLE, if_right="Yes.", if_wrong="No.")

    assert [remark.text for remark in grade(item, "C").feedback] == ["Yes.", "Because."]
    assert [remark.text for remark in grade(item, "A").feedback] == ["No.", "Because."]
    assert [remark.text for remark in grade(item, None).feedback] == ["Because."]


def test_an_open_question_is_never_a_key():
    with pytest.raises(QuizError) as caught:
        sample(Kind.SINGLE, grade="?")

    assert caught.value.code is Reason.UNSETTLED


@pytest.mark.parametrize("huge", [10**401, 2**53 + 1, 1e308, float("inf"), float("nan")])
def test_numbers_that_no_database_holds_are_refused(huge):
    for kind, response in (
        (Kind.MOMENT, huge),
        (Kind.INTERVAL, [0, huge]),
        (Kind.HOTSPOT, [[huge, 0.5]]),
    ):
        with pytest.raises(QuizError):
            grade(sample(kind), response)
