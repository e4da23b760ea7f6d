"""Anchors: equal words of a script and of what was heard."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions.making.anchors import anchors, longest_run

SCRIPT = [
    "place",
    "the",
    "patient",
    "prone",
    "and",
    "press",
    "the",
    "firm",
    "nodule",
    "gently",
    "with",
    "both",
    "of",
    "your",
    "thumbs",
]


def test_all_words_of_a_true_script_are_anchors() -> None:
    assert anchors(SCRIPT, SCRIPT) == [(place, place) for place in range(len(SCRIPT))]


def test_words_that_were_not_said_and_words_that_are_not_written_are_passed_over() -> None:
    heard = [*SCRIPT[:4], "well", *SCRIPT[4:6], *SCRIPT[9:]]

    assert [mine for mine, _ in anchors(SCRIPT, heard)] == [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14]


def test_a_short_word_alone_is_no_anchor_and_a_long_one_is() -> None:
    script = ["one", "two", "three", "four", "of", "six", "seven", "nodules", "nine"]
    heard = ["one", "two", "three", "four", "xx", "of", "yy", "nodules", "zz"]

    assert [script[mine] for mine, _ in anchors(script, heard)] == ["one", "two", "three", "four", "nodules"]


def test_a_short_run_far_from_its_place_is_not_believed() -> None:
    script = [f"w{number}" for number in range(60)]
    heard = [*script[:10], *script[40:43], *script[10:20]]

    assert [mine for mine, _ in anchors(script, heard)] == list(range(20))
    assert anchors(script, [*script[:10], *["x"] * 30, *script[40:43]])[-1] == (42, 42)


@given(
    st.lists(st.sampled_from(["a", "bb", "nodule", "patient"]), max_size=30),
    st.lists(st.sampled_from(["a", "bb", "nodule", "patient"]), max_size=30),
)
def test_anchors_are_equal_words_and_both_numbers_rise(script: list[str], heard: list[str]) -> None:
    pairs = anchors(script, heard)

    assert all(script[mine] == heard[theirs] for mine, theirs in pairs)
    assert pairs == sorted(set(pairs))
    assert [theirs for _, theirs in pairs] == sorted({theirs for _, theirs in pairs})


@pytest.mark.timeout(10)
def test_the_work_does_not_grow_with_the_square_of_a_script() -> None:
    rng = random.Random(1)
    script = [f"w{rng.randrange(1500)}" for _ in range(30_000)]
    heard = [word for word in script if rng.random() > 0.1]

    assert len(anchors(script, heard)) > 0.95 * len(heard)
    assert anchors(["the"] * 30_000, ["the"] * 30_000) == []


def test_the_longest_run_tells_a_true_script_from_a_foreign_one() -> None:
    assert longest_run([(0, 0), (1, 1), (2, 3), (3, 4), (4, 5)]) == 3
    assert longest_run([]) == 0
