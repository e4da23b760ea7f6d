"""Rows that change places with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from edu.services.ordering import Place, Way, move


@dataclass
class Row:
    id: int
    position: int


@pytest.mark.parametrize(
    ("row", "way", "order", "number"),
    [
        (2, Way.UP, [2, 1, 3], 1),
        (2, Way.DOWN, [1, 3, 2], 3),
        (1, Way.UP, [1, 2, 3], 1),
        (3, Way.DOWN, [1, 2, 3], 3),
    ],
)
def test_a_row_changes_places_with_its_neighbour(row: int, way: Way, order: list[int], number: int) -> None:
    rows = [Row(1, 0), Row(2, 0), Row(3, 7)]  # two of one place, and a gap

    place = move(rows, row, way)

    assert [each.id for each in sorted(rows, key=lambda each: each.position)] == order
    assert sorted(each.position for each in rows) == [0, 1, 2]
    assert place == Place(number, 3)


def test_what_is_not_in_the_list_is_not_moved() -> None:
    with pytest.raises(LookupError):
        move([Row(1, 0)], 2, Way.UP)
