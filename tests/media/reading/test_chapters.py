"""Chapters of a file, made usable."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import Chapter
from media.reading.chapters import clean, tidy

TABLE = [
    ([(0, 2, "Find"), (2, 5, "Mark")], [(0, 2000, "Find"), (2000, 5000, "Mark")]),
    ([(2, 5, "Mark"), (0, 2, "Find")], [(0, 2000, "Find"), (2000, 5000, "Mark")]),
    ([(0, 4, "Find"), (2, 5, "Mark")], [(0, 2000, "Find"), (2000, 5000, "Mark")]),
    ([(0, 0, "Find"), (2, 1, "Mark")], [(0, 2000, "Find"), (2000, 10000, "Mark")]),
    ([(0, 2, "Find"), (2, 5, "  ")], [(0, 2000, "Find")]),
    ([(-3, -1, "Before"), (-1, 2, "Find")], [(0, 2000, "Find")]),
    ([(0, 2, "Find"), (12, 15, "After")], [(0, 2000, "Find")]),
    ([(0, 2, "Once"), (0, 3, "Again")], [(0, 3000, "Again")]),
    ([(0, 10, "All")], []),
    ([(4, 10, "From here")], [(4000, 10000, "From here")]),
    ([], []),
]


@pytest.mark.parametrize(("written", "expected"), TABLE)
def test_chapters_come_in_order_named_apart_and_inside_the_film(written, expected):
    assert tidy(written, 10_000) == tuple(Chapter(*one) for one in expected)


def test_a_title_is_one_line_of_words():
    assert clean(" Find\n the\x00 nodule\u202e ") == "Find the nodule"


TIMES = st.floats(-20, 20)


@given(st.lists(st.tuples(TIMES, TIMES, st.text(max_size=5)), max_size=8), st.integers(0, 10_000))
def test_whatever_a_file_says_chapters_never_overlap_nor_leave_the_film(written, duration):
    found = tidy(written, duration)

    assert all(0 <= one.start < one.end <= duration for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
