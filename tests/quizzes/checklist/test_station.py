"""Checklists: what is refused when one is made, and the numbers that follow from its items."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quizzes import QuizError
from quizzes.checklist import Branch, Checklist, Item, PassRule, Scale, Use

SMALL = Checklist(
    "S",
    "A small station",
    (Item("S1", "Washes hands", 2, True, "V1-c01", ("practice",)), Item("S2", "Explains", branch="E")),
    slug="small",
    time_ms=60_000,
    warning_ms=30_000,
    branches=(Branch("E", "I feel odd"),),
    scales=(Scale("global", "Global rating", Use.GLOBAL, ((1, "unsafe"), (5, "could teach it"))),),
    passing=PassRule(70, 3),
)


def test_the_maximum_counts_branches_and_the_items_outside_are_told_apart() -> None:
    assert SMALL.maximum == 6
    assert [item.id for item in SMALL.main_items] == ["S1"]
    assert [item.id for item in SMALL.items_of("E")] == ["S2"]
    assert [scale.id for scale in SMALL.judged_by] == ["global"]


@pytest.mark.parametrize(
    ("share", "maximum", "needed"),
    [(70, 68, 48), (80, 114, 92), (70, 10, 7), (100, 3, 3), (0, 9, 0), (1, 9, 1)],
)
def test_the_points_needed_are_the_share_rounded_up(share: int, maximum: int, needed: int) -> None:
    assert PassRule(share).needed(maximum) == needed


def test_a_cut_of_its_own_takes_the_place_of_the_share() -> None:
    assert PassRule(70, 3, points=50).needed(68) == 50


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"items": ()}, "items"),
        ({"items": (Item("S1", "x"), Item("S1", "y"))}, "items"),
        ({"items": (Item("S1", "x", branch="F"),)}, "items[0].branch"),
        ({"warning_ms": 60_000}, "warning_ms"),
        ({"time_ms": -1, "warning_ms": 0}, "time_ms"),
        ({"slug": "Not A Slug"}, "slug"),
        ({"id": "no id"}, "id"),
        ({"title": " "}, "title"),
        ({"task": "\x00"}, "task"),
        ({"errors": ("",)}, "errors[0]"),
        ({"passing": PassRule(70, points=7)}, "pass.points"),
        ({"scales": ()}, "scales"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_with_the_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(QuizError) as refused:
        replace(SMALL, **change)

    assert refused.value.place == place


@pytest.mark.parametrize(
    "make",
    [
        lambda: Item("S1", "x", weight=0),
        lambda: Item("S1", "x", step="chapter one"),
        lambda: Item("S1", "x", references=("no key",)),
        lambda: Scale("g", "G", Use.GLOBAL, ((6, "too good"),)),
        lambda: Scale("g", "G", Use.GLOBAL, ((1, "a"), (1, "b"))),
        lambda: PassRule(101),
        lambda: PassRule(50, 6),
        lambda: PassRule(50, points=-1),
        lambda: Branch("E", ""),
    ],
)
def test_a_part_that_makes_no_sense_is_refused(make: Any) -> None:
    with pytest.raises(QuizError):
        make()


def test_anchors_stand_in_the_order_of_their_values() -> None:
    assert Scale("g", "G", Use.DOMAIN, ((5, "best"), (1, "worst"))).anchors == ((1, "worst"), (5, "best"))
