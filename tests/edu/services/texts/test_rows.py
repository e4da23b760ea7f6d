"""Edits of several people coming together in one working copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions import Cue
from edu.services.texts.rows import Edit, Row, UnknownRow, apply

CREST = Cue(1000, 4000, "Find the crest.")
PRESS = Cue(5000, 9000, "Press.")
ROWS = (Row("a", 1, CREST), Row("b", 1, PRESS))


def test_edits_of_different_cues_are_both_kept():
    first = apply(ROWS, {}, [Edit("a", 1, replace(CREST, text="Feel the crest."), CREST)], 2)
    second = apply(first.rows, first.gone, [Edit("b", 1, replace(PRESS, text="Press gently."), PRESS)], 3)

    assert [row.cue.text for row in second.rows] == ["Feel the crest.", "Press gently."]
    assert second.clashes == []


def test_a_new_time_and_a_new_text_of_one_cue_are_merged():
    first = apply(ROWS, {}, [Edit("a", 1, replace(CREST, text="Feel the crest."), CREST)], 2)
    second = apply(first.rows, first.gone, [Edit("a", 1, replace(CREST, start=1200), CREST)], 3)

    assert second.rows[0].cue == Cue(1200, 4000, "Feel the crest.")
    assert second.rows[0].revision == 3


def test_two_texts_for_one_cue_clash_and_the_first_stays():
    first = apply(ROWS, {}, [Edit("a", 1, replace(CREST, text="One."), CREST)], 2)
    mine = replace(CREST, text="Two.")
    second = apply(first.rows, first.gone, [Edit("a", 1, mine, CREST)], 3)

    (clash,) = second.clashes
    assert clash.mine == mine
    assert clash.theirs == first.rows[0]
    assert second.rows == first.rows
    assert not second.is_changed


def test_the_same_text_from_two_people_is_no_clash():
    edit = Edit("a", 1, replace(CREST, text="One."), CREST)

    first = apply(ROWS, {}, [edit], 2)
    second = apply(first.rows, first.gone, [edit], 3)

    assert second.clashes == []
    assert not second.is_changed


def test_removing_what_somebody_else_changed_is_a_clash_and_removing_what_is_gone_is_none():
    first = apply(ROWS, {}, [Edit("a", 1, replace(CREST, text="One."), CREST), Edit("b", 1, None, PRESS)], 2)
    second = apply(first.rows, first.gone, [Edit("a", 1, None, CREST), Edit("b", 1, None, PRESS)], 3)

    assert [clash.key for clash in second.clashes] == ["a"]
    assert [row.key for row in second.rows] == ["a"]


def test_changing_what_somebody_else_removed_comes_back_with_the_words():
    first = apply(ROWS, {}, [Edit("a", 1, None, CREST)], 2)
    mine = replace(CREST, text="Still needed.")
    second = apply(first.rows, first.gone, [Edit("a", 1, mine, CREST)], 3)

    (clash,) = second.clashes
    assert (clash.mine, clash.theirs) == (mine, None)


def test_an_edit_sent_twice_counts_once():
    new = Edit("n1", 0, Cue(2000, 3000, "Here."), None)

    first = apply(ROWS, {}, [new], 2)
    second = apply(first.rows, first.gone, [new], 3)

    assert [row.key for row in second.rows] == ["a", "n1", "b"]
    assert not second.is_changed


def test_an_edit_of_a_row_that_never_was_says_that_the_copy_is_another():
    with pytest.raises(UnknownRow):
        apply(ROWS, {}, [Edit("z", 1, CREST, None)], 2)


@given(st.permutations(["start", "text", "settings"]), st.permutations([0, 1, 2]))
def test_edits_of_different_fields_come_to_the_same_in_any_order(fields, order):
    values = {"start": 1500, "text": "Feel.", "settings": "align:start"}
    edits = [Edit("a", 1, replace(CREST, **{name: values[name]}), CREST) for name in fields]

    rows, gone = list(ROWS), {}
    for number, place in enumerate(order, start=2):
        done = apply(rows, gone, [edits[place]], number)
        rows, gone = done.rows, done.gone
        assert done.clashes == []

    assert rows[0].cue == Cue(1500, 4000, "Feel.", settings="align:start")
