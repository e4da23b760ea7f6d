"""Two texts beside each other: words that came and went, lines that stayed, long texts in good time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.services.authoring.differing import Sort, compared, lines, pieces

OLD = "One.\n\nFeel for it with two fingers.\n\nThe end."
NEW = "One.\n\nFeel for it with the whole hand.\n\nRoll it.\n\nThe end."


def marked(found: tuple, side: str) -> list[str]:
    return [piece.text for line in found for piece in getattr(line, side) if piece.is_marked]


def test_a_changed_line_has_its_own_words_marked_and_a_new_one_is_new() -> None:
    found = tuple(lines(OLD, NEW))

    assert [line.sort for line in found if line.sort is not Sort.SAME] == [
        Sort.CHANGED,
        Sort.ADDED,
        Sort.ADDED,
    ]
    assert "".join(marked(found, "before")) == "twofingers"
    assert "".join(marked(found, "after")) == "thewhole handRoll it."


def test_a_line_that_says_something_else_altogether_went_and_came() -> None:
    sorts = [line.sort for line in lines("Feel for it.", "Quite another matter, of needles!")]

    assert sorts == [Sort.REMOVED, Sort.ADDED]


def test_short_fields_are_told_by_name_and_what_is_the_same_is_not_told() -> None:
    found = compared(({"title": "Feel", "minutes": "5"}, "a"), ({"title": "Feel it", "minutes": "5"}, "a"))

    assert [(field.name, field.after[-1].text) for field in found.fields] == [("title", " it")]
    assert not found.is_same
    assert (found.added, found.removed) == (0, 0)


def test_long_runs_of_the_same_are_one_line_that_counts_them() -> None:
    old = "\n".join(f"line {number}" for number in range(40))

    found = compared(({}, old), ({}, old.replace("line 20", "verse 20"))).lines

    assert [line.count for line in found if line.sort is Sort.SKIPPED] == [18, 17]
    assert [line.number_after for line in found if line.sort is Sort.CHANGED] == [21]
    assert len(found) == 7


@given(st.text(alphabet="ab \n.", max_size=40), st.text(alphabet="ab \n.", max_size=40))
def test_both_texts_can_be_read_off_what_is_shown(old: str, new: str) -> None:
    found = tuple(lines(old, new))

    for side, text in (("before", old), ("after", new)):
        shown = [line for line in found if getattr(line, f"number_{side}")]
        assert ["".join(piece.text for piece in getattr(line, side)) for line in shown] == text.splitlines()
        assert [getattr(line, f"number_{side}") for line in shown] == list(range(1, len(shown) + 1))


@pytest.mark.parametrize("text", ["x\n" * 5000, "word " * 20_000])
def test_what_cannot_be_compared_word_by_word_is_told_in_good_time(text: str) -> None:
    began = time.process_time()

    assert not compared(({}, text + "one"), ({}, "two " + text + "\nthree")).is_same
    assert pieces("same", "same")[0][0].is_marked is False
    assert time.process_time() - began < 3
