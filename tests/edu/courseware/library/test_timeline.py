"""The timeline's picture: every work has a place of its own, and names do not run into one another."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.courseware.library.timeline import LETTER, MARK, Work, lane_of, picture, place

WORKS = st.lists(
    st.builds(
        Work,
        key=st.uuids().map(str),
        year=st.integers(1500, 2100),
        collections=st.sampled_from([("backmice",), ("safety",), ("cluneal", "backmice"), ()]),
        names=st.sampled_from([(), ("back mouse",), ("le lipome", "episacroiliac lipoma")]),
    ),
    max_size=20,
)


@settings(max_examples=25)
@given(WORKS)
def test_each_work_is_in_the_picture_once_and_no_mark_touches_another(works):
    drawn = picture(works, 2026)

    marks = [mark for lane in drawn.lanes for mark in lane.marks]
    assert sorted(mark.key for mark in marks) == sorted(work.key for work in works)
    for one, other in combinations(marks, 2):
        assert abs(one.x - other.x) >= MARK or abs(one.y - other.y) >= MARK
    assert all(0 < mark.x < drawn.width and 0 < mark.y < drawn.axis for mark in marks)
    tops = [lane.top for lane in drawn.lanes]
    assert tops == sorted(tops)


@settings(max_examples=25)
@given(WORKS)
def test_names_stand_in_lines_without_running_into_one_another(works):
    names = picture(works, 2026).names

    assert len(names) == sum(len(work.names) for work in works)
    for one, other in combinations(names, 2):
        left, right = sorted((one, other), key=lambda name: name.x)
        assert one.y != other.y or left.x + LETTER * len(left.words) <= right.x + 0.1


@pytest.mark.parametrize(
    ("collections", "lane"),
    [
        (("backmice", "history"), "backmice"),
        (("history", "triggerpoint"), "history"),
        (("fat",), "fascia"),
        (("anatomy", "cluneal"), "cluneal"),
        (("safety",), "other"),
        ((), "other"),
    ],
)
def test_an_entry_lies_in_the_lane_of_its_first_collection_that_has_one(collections, lane):
    assert lane_of(collections) == lane


def test_years_run_from_the_first_books_to_this_decade_and_are_wider_after_1900():
    drawn = picture([Work("a", 1937, ("backmice",))], 2026)

    assert [year for year, _ in drawn.ticks][:3] == [1777, 1850, 1900]
    assert drawn.ticks[-1][0] == 2030
    assert place(1801) - place(1800) < place(1901) - place(1900)
