"""TimeMap: later stays later, nothing is lost, and the way back is the way back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.timemap import Stretch, TimeMap

FARTHEST = 3000
"""Past the end of every map below."""
MOMENTS = st.integers(0, FARTHEST)


@st.composite
def maps(draw: st.DrawFn) -> TimeMap:
    """Stretches with gaps of any length, also of none, in both films."""
    steps = st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 200))
    old = new = 0
    found = []
    for old_gap, new_gap, length in draw(st.lists(steps, max_size=8)):
        old, new = old + old_gap, new + new_gap
        found.append(Stretch(old, new, length))
        old, new = old + length, new + length
    return TimeMap(tuple(found))


def mapped(one: TimeMap) -> list[tuple[int, int]]:
    """Every moment of the old film that has a place in the new one, with it."""
    places = ((moment, one.forward(moment)) for moment in range(0, FARTHEST, 3))
    return [(moment, place) for moment, place in places if place is not None]


@given(maps())
def test_later_stays_later(one):
    assert all(
        before < after and place <= next_place
        for (before, place), (after, next_place) in pairwise(mapped(one))
    )


@given(maps())
def test_the_inverse_of_the_inverse_is_the_map_itself(one):
    assert one.inverse().inverse() == one


@given(maps(), MOMENTS)
def test_there_and_back_is_where_one_was(one, moment):
    there = one.forward(moment)

    if any(stretch.old <= moment < stretch.old_end for stretch in one.stretches):
        assert one.inverse().forward(there) == moment
    elif there is not None:  # the end of a stretch; in the new film another may begin at once
        assert any(stretch.old_end == moment and stretch.new_end == there for stretch in one.stretches)


@given(maps(), maps(), MOMENTS)
def test_two_maps_in_one_are_both_after_each_other(one, other, moment):
    if any(stretch.old <= moment < stretch.old_end for stretch in one.stretches):
        between = one.forward(moment)
        inside = any(stretch.old <= between < stretch.old_end for stretch in other.stretches)
        assert not inside or one.then(other).forward(moment) == other.forward(between)
    else:
        kept = one.then(other).stretches
        assert not any(stretch.old <= moment < stretch.old_end for stretch in kept)


@given(maps(), maps())
def test_what_is_kept_by_two_maps_is_kept_by_the_first(one, other):
    kept = sum(stretch.length for stretch in one.then(other).stretches)

    assert kept <= sum(stretch.length for stretch in one.stretches)


@given(maps())
def test_nothing_changes_when_nothing_moves(one):
    same = TimeMap.same(FARTHEST * 10)

    assert one.then(same) == same.then(one) == TimeMap.joined(one.stretches)


@given(maps(), MOMENTS, MOMENTS)
def test_a_span_never_goes_back_and_lies_where_its_moments_do(one, first, second):
    start, end = sorted((first, second))
    span = one.span(start, end)

    if span is not None:
        assert span[0] <= span[1]
        inside = (m for m in range(start, end) if any(s.old <= m < s.old_end for s in one.stretches))
        places = [one.forward(moment) for moment in inside]
        assert all(span[0] <= place <= span[1] for place in places)
    else:
        assert start == end or not any(s.old < end and start < s.old_end for s in one.stretches)


@given(maps(), MOMENTS, MOMENTS)
def test_what_is_kept_whole_has_a_span_of_its_own_length(one, first, second):
    start, end = sorted((first, second))

    whole = TimeMap.joined(one.stretches).stretches
    if start < end and any(each.old <= start and end <= each.old_end for each in whole):
        span = one.span(start, end)
        assert span is not None
        assert span[1] - span[0] == end - start


@given(maps())
def test_no_moment_is_lost(one):
    lengths = sum(stretch.length for stretch in one.stretches)
    gaps = [(0, one.stretches[0].old)] if one.stretches else [(0, FARTHEST)]
    gaps += [(before.old_end, after.old) for before, after in pairwise(one.stretches)]
    end = one.stretches[-1].old_end if one.stretches else FARTHEST

    for moment in range(0, end, 7):
        in_gap = any(start <= moment < stop for start, stop in gaps)
        in_map = any(stretch.old <= moment < stretch.old_end for stretch in one.stretches)
        assert in_gap != in_map
        assert in_gap or one.forward(moment) is not None
    assert lengths + sum(stop - start for start, stop in gaps) == end


@given(st.integers(-500, 500), st.integers(0, 900), st.integers(0, 900), st.integers(0, 1000))
def test_a_shift_moves_every_moment_that_is_in_both_films_by_as_much(by, old, new, moment):
    place = TimeMap.shifted(by, old, new).forward(moment)

    if moment < old and 0 <= moment + by < new:
        assert place == moment + by
    assert place is None or (place == moment + by and place <= new)


def test_what_was_put_in_between_belongs_to_a_span():
    one = TimeMap((Stretch(0, 0, 100), Stretch(100, 150, 100)))

    assert one.span(80, 120) == (80, 170)
    assert one.span(20, 100) == (20, 100)


def test_a_time_without_length_is_where_its_moment_is():
    one = TimeMap((Stretch(100, 0, 100),))

    assert one.span(150, 150) == (50, 50)
    assert one.span(300, 300) is None


@pytest.mark.parametrize(
    "stretches", [(Stretch(0, 0, 10), Stretch(9, 20, 5)), (Stretch(0, 20, 10), Stretch(10, 0, 5))]
)
def test_stretches_that_overlap_or_go_back_are_no_map(stretches):
    with pytest.raises(ValueError, match="overlap or go back"):
        TimeMap(stretches)


@pytest.mark.parametrize("wrong", [(-1, 0, 5), (0, -1, 5), (0, 0, 0)])
def test_a_stretch_has_times_and_a_length(wrong):
    with pytest.raises(ValueError, match="has times and a length"):
        Stretch(*wrong)
