"""Item statistics: told only where the numbers allow, and right where they are told."""

from __future__ import annotations

import pytest

from quizzes.checklist import Checklist, Item, Performance, correlation, item_statistics

STATION = Checklist("S", "S", (Item("A", "a", 2, critical=True), Item("B", "b")))


def performances(count: int) -> list[Performance]:
    """Half of them do A well, and are rated better for it; nobody does B."""
    return [Performance({"A": 2 if n % 2 else 1}, 4.0 if n % 2 else 2.0) for n in range(count)]


def test_difficulty_and_critical_failures_from_10_and_discrimination_from_30() -> None:
    few, enough, many = (item_statistics(STATION, performances(n))[0] for n in (9, 10, 30))

    assert (few.count, few.difficulty, few.critical_failures, few.discrimination) == (9, None, None, None)
    assert (enough.difficulty, enough.critical_failures, enough.discrimination) == (0.75, 0.5, None)
    assert many.discrimination == pytest.approx(1)


def test_an_item_that_is_not_critical_has_no_critical_failures_and_an_unmarked_one_counts_as_not_done() -> (
    None
):
    other = item_statistics(STATION, performances(30))[1]

    assert (other.difficulty, other.critical_failures, other.discrimination) == (0, None, None)


def test_kappa_of_an_item_needs_10_pairs_of_raters() -> None:
    pair = [({"A": 2}, {"A": 2}), ({"A": 0}, {"A": 0})]

    assert item_statistics(STATION, [], pair * 4)[0].weighted_kappa is None
    told = item_statistics(STATION, [], pair * 5)[0]
    assert (told.pairs, told.weighted_kappa) == (10, 1)


def test_performances_without_a_rating_count_for_difficulty_only() -> None:
    unrated = [Performance({"A": 2}) for _ in range(40)]

    found = item_statistics(STATION, unrated)[0]

    assert (found.difficulty, found.discrimination) == (1, None)


@pytest.mark.parametrize(
    ("points", "value"),
    [
        ([(1, 2), (2, 4), (3, 6)], 1),
        ([(1, 3), (2, 2), (3, 1)], -1),
        ([(1, 1), (2, 1)], None),
        ([(1, 1)], None),
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0),
    ],
)
def test_correlation(points: list[tuple[float, float]], value: float | None) -> None:
    assert correlation(points) == (None if value is None else pytest.approx(value))
