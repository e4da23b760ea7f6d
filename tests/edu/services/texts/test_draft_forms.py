"""The table of captions as a browser without script sends it."""

from __future__ import annotations

from captions import Cue
from edu.services.texts import draft_forms
from edu.services.texts.rows import apply

FORM = {"since": "4", "new-start": "0:01", "new-end": "0:02", "new-text": "One."}


def test_a_form_sent_twice_makes_one_row_and_another_form_never_takes_that_rows_place():
    first = apply([], {}, draft_forms.edits(FORM), 5)
    again = apply(first.rows, first.gone, draft_forms.edits(FORM), 6)
    other = apply(again.rows, again.gone, draft_forms.edits(FORM | {"since": "5", "new-text": "Two."}), 6)

    assert not again.is_changed
    assert {row.cue for row in other.rows} == {Cue(1000, 2000, "One."), Cue(1000, 2000, "Two.")}


def test_a_caption_that_was_removed_can_be_written_again():
    first = apply([], {}, draft_forms.edits(FORM), 5)
    key = first.rows[0].key
    removed = apply(first.rows, first.gone, [draft_forms.edit(key, 5, None, None)], 6)

    again = apply(removed.rows, removed.gone, draft_forms.edits(FORM | {"since": "6"}), 7)

    assert [row.cue.text for row in again.rows] == ["One."]
    assert again.clashes == []
