"""Stretches of a film's time: sums, cuts and moves, against a plain set of milliseconds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.edit import Edit, Segment
from media.spans import (
    Span,
    Spans,
    clipped,
    first_of,
    gaps,
    length,
    longest_of,
    share,
    through,
    union,
    without,
)

LONGEST = 120
ANY = st.lists(st.tuples(st.integers(0, LONGEST), st.integers(0, LONGEST)), max_size=12)
TIME = st.integers(0, LONGEST)


def moments(spans: list[Span] | Spans) -> set[int]:
    return {moment for start, end in spans for moment in range(start, end)}


def are_in_order_and_apart(spans: Spans) -> bool:
    flat = [edge for span in spans for edge in span]
    return flat == sorted(set(flat))


@given(ANY, st.permutations(range(12)))
def test_the_union_holds_each_moment_of_any_whatever_their_order(spans: list[Span], order: list[int]):
    found = union(spans)

    assert moments(found) == moments(spans)
    assert are_in_order_and_apart(found)
    assert union([spans[place] for place in order if place < len(spans)]) == found
    assert union(found) == found


@given(ANY, st.integers(1, 20))
def test_gaps_that_are_too_small_to_matter_are_closed_and_no_others(spans: list[Span], gap: int):
    found = union(spans, gap=gap)

    assert moments(spans) <= moments(found)
    between = [after[0] - before[1] for before, after in pairwise(found)]
    assert all(distance >= gap for distance in between)
    closed = without(found, union(spans))
    assert all(end - start < gap for start, end in closed)


@given(ANY, ANY, TIME, TIME)
def test_what_is_cut_counted_and_taken_away_is_that_of_sets(
    one: list[Span], other: list[Span], start: int, end: int
):
    a, b, window = union(one), union(other), set(range(start, end))

    assert length(a) == len(moments(one))
    assert moments(clipped(a, start, end)) == moments(one) & window
    assert moments(without(a, b)) == moments(one) - moments(other)
    assert are_in_order_and_apart(without(a, b))
    assert moments(gaps(a, start, end)) == window - moments(one)
    assert share(a, start, end) == (len(moments(one) & window) / len(window) if window else 1.0)


@given(ANY, st.integers(-5, 2 * LONGEST))
def test_the_first_of_them_and_the_rest_are_all_of_them(spans: list[Span], most: int):
    whole = union(spans)

    kept, rest = first_of(whole, most)

    assert length(kept) == min(max(0, most), length(whole))
    assert moments(kept) | moments(rest) == moments(whole)
    assert not moments(kept) & moments(rest)
    assert not kept or not rest or kept[-1][1] <= rest[0][0]


def test_of_too_many_the_longest_stay_in_order():
    assert longest_of(((0, 1), (2, 9), (10, 11), (12, 15)), 3) == ((0, 1), (2, 9), (12, 15))


CUT = Edit((Segment(0, 300), Segment(600, 1000)))  # what is left out lies between
JOINED = Edit((Segment(0, 300), Segment(0, 500, "another"), Segment(300, 600)))


@pytest.mark.parametrize(
    ("edit", "seen", "then"),
    [
        (CUT, ((0, 1000),), ((0, 700),)),
        (CUT, ((200, 700),), ((200, 400),)),
        (CUT, ((300, 600),), ()),
        (CUT, ((250, 310), (590, 650)), ((250, 350),)),
        # what was put in between was seen by nobody
        (JOINED, ((200, 400),), ((200, 300), (800, 900))),
    ],
)
def test_what_was_seen_is_found_again_in_another_cut(edit: Edit, seen: Spans, then: Spans):
    assert through(seen, edit.time_map(1000)) == then


@given(ANY, st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_there_and_back_nothing_is_seen_that_was_not(spans: list[Span], cuts: list[int]):
    a, b, c, d = cuts
    way = Edit((Segment(a, a + 200 + b), Segment(a + 200 + b + c, a + 500 + b + c + d))).time_map(1000)
    seen = union((start * 5, end * 5) for start, end in spans)

    back = through(through(seen, way), way.inverse())

    assert moments(back) <= moments(seen)
    assert moments(back) == moments(seen) & {m for s in way.stretches for m in range(s.old, s.old_end)}
