"""Scoring: points by weight, critical items that decide, the rating that decides with them, time per item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import QuizError
from quizzes.checklist import (
    Checklist,
    Item,
    PassRule,
    Scale,
    Shortfall,
    Use,
    global_rating,
    score,
    time_per_item,
)

ITEMS = (Item("A", "a", 3, critical=True), Item("B", "b", 2), Item("C", "c"))
ONE = (Scale("global", "G", Use.GLOBAL),)
STATION = Checklist("S", "S", ITEMS, scales=ONE, passing=PassRule(70, 3))  # 12 points, 9 needed
DOMAINS = Checklist(
    "D",
    "D",
    ITEMS,
    scales=(Scale("x", "X", Use.DOMAIN), Scale("y", "Y", Use.DOMAIN), Scale("e", "E", Use.ENTRUSTMENT)),
    passing=PassRule(70, 3),
)


@pytest.mark.parametrize(
    ("marks", "rating", "points", "short"),
    [
        ({"A": 2, "B": 2, "C": 2}, 3, 12, []),
        ({"A": 2, "B": 1, "C": 1}, 3, 9, []),
        ({"A": 2, "B": 1, "C": 0}, 3, 8, [Shortfall.POINTS]),
        ({"A": 1, "B": 2, "C": 2}, 5, 9, [Shortfall.CRITICAL]),
        ({"A": 2, "B": 2, "C": 2}, 2, 12, [Shortfall.RATING]),
        ({"A": 2, "B": 2, "C": 2}, None, 12, [Shortfall.UNRATED]),
        ({}, None, 0, [Shortfall.CRITICAL, Shortfall.POINTS, Shortfall.UNRATED]),
    ],
)
def test_all_clauses_of_the_rule_must_be_met(
    marks: dict[str, int], rating: int | None, points: int, short: list[Shortfall]
) -> None:
    found = score(STATION, marks, {} if rating is None else {"global": rating})

    assert (found.points, found.needed, found.maximum) == (points, 9, 12)
    assert list(found.shortfalls) == short
    assert found.passed is (not short)


def test_missed_critical_items_and_unmarked_ones_are_named() -> None:
    found = score(STATION, {"B": 2}, {})

    assert (found.missed, found.unmarked) == (("A",), ("A", "C"))


def test_without_a_rule_there_is_no_verdict() -> None:
    found = score(Checklist("S", "S", ITEMS), {"A": 2}, {})

    assert (found.passed, found.needed, found.shortfalls) == (None, 0, ())


@pytest.mark.parametrize(
    ("ratings", "mean"),
    [({"x": 3, "y": 3}, 3.0), ({"x": 2, "y": 5}, 3.5), ({"x": 5}, None), ({"e": 5}, None)],
)
def test_where_there_are_domains_their_mean_is_the_rating(
    ratings: dict[str, int], mean: float | None
) -> None:
    assert global_rating(DOMAINS, ratings) == mean


@pytest.mark.parametrize(
    ("marks", "ratings"),
    [({"Q": 2}, {}), ({"A": 3}, {}), ({"A": True}, {}), ({}, {"global": 0}), ({}, {"q": 3})],
)
def test_what_the_list_does_not_know_is_refused(marks: dict[str, int], ratings: dict[str, int]) -> None:
    with pytest.raises(QuizError):
        score(STATION, marks, ratings)


@given(st.dictionaries(st.sampled_from("ABC"), st.sampled_from([0, 1, 2])), st.sampled_from("ABC"))
def test_doing_an_item_better_never_costs_points(marks: dict[str, int], which: str) -> None:
    before = score(STATION, marks, {"global": 3})
    after = score(STATION, {**marks, which: min(2, marks.get(which, 0) + 1)}, {"global": 3})

    assert 0 <= before.points <= after.points <= after.maximum
    assert not (before.passed and not after.passed)


def test_the_time_of_an_item_is_that_since_the_mark_before_it_in_the_order_of_marking() -> None:
    assert time_per_item({"A": 5_000, "C": 30_000, "B": 12_000}) == {"A": 5_000, "B": 7_000, "C": 18_000}
    assert time_per_item({}) == {}
