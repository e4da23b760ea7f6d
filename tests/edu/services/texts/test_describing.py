"""The gaps of a film with what is said in them, and what a posted table means."""

from __future__ import annotations

import pytest

from captions import Cue
from captions.making.gaps import Gap
from edu.errors import Invalid
from edu.services.texts.describing import laid, typed
from edu.services.texts.rows import Edit, Row

GAPS = (Gap(0, 6000, 16), Gap(10_000, 13_000, 8))


def row(start: int, text: str, key: str = "v1-1") -> Row:
    return Row(key, 1, Cue(start, start + 1000, text))


def test_a_gap_without_a_description_has_room_from_its_beginning():
    (first, second), elsewhere = laid([], GAPS, "en")

    assert (first.told, first.free_from, first.free_words, first.field) == ((), 0, 16, "say-0-6000")
    assert (second.free_from, second.free_words) == (10_000, 8)
    assert elsewhere == ()


def test_a_description_has_room_until_the_next_one_or_the_end_of_its_gap():
    rows = [row(1000, "one two three four five six"), row(2500, "<i>one</i> two")]

    (first, _), _ = laid(rows, GAPS, "en")

    assert [(told.words, told.fit, told.too_many) for told in first.told] == [(6, 4, 2), (2, 9, 0)]
    assert first.free_from == 2500 + 750
    assert first.free_words == 7


def test_what_begins_within_the_margin_before_a_gap_lies_in_it_and_the_rest_is_elsewhere():
    rows = [row(14_000, "after"), row(9850, "just before"), row(8000, "between"), row(13_000, "at its end")]

    (_, second), elsewhere = laid(rows, GAPS, "en")

    assert [told.row.cue.text for told in second.told] == ["just before"]
    assert [told.row.cue.text for told in elsewhere] == ["between", "at its end", "after"]


def test_a_full_gap_has_no_room():
    (first, _), _ = laid([row(0, "word " * 30)], GAPS, "en")

    assert (first.free_from, first.free_words) == (6000, 0)
    assert first.told[0].too_many == 14


def test_without_gaps_everything_is_elsewhere():
    assert len(laid([row(0, "a"), row(9, "b")], (), "en")[1]) == 2


def test_words_in_an_empty_gap_become_a_description_as_long_as_it_is_said():
    form = {"since": "4", "say-1000-9000": " The thumb presses on the crest.\r\n", "say-20000-30000": " "}

    assert typed(form, "en") == [
        Edit("d1000-4", 0, Cue(1000, 3250, " The thumb presses on the crest."), None)
    ]


@pytest.mark.parametrize(("words", "end"), [(1, 2000), (100, 9000)])
def test_a_new_description_stands_for_a_second_at_least_and_ends_with_its_gap(words, end):
    (made,) = typed({"say-1000-9000": "w " * words}, "en")

    assert made.cue.end == end


def sent(text: str) -> dict[str, str]:
    return {
        "was-v1-1": "3", "start-v1-1": "0:01.000", "end-v1-1": "0:02.000", "text-v1-1": text,
        "old-start-v1-1": "1000", "old-end-v1-1": "2000", "old-text-v1-1": "Before.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "cue"),
    [("After.", Cue(1000, 2000, "After.")), (" \r\n", None)],
)
def test_a_description_is_changed_and_an_emptied_one_is_removed(text, cue):
    (edit,) = typed(sent(text), "en")

    assert (edit.key, edit.was, edit.cue) == ("v1-1", 3, cue)


def test_what_was_not_changed_is_no_edit():
    assert typed(sent("Before."), "en") == []


@pytest.mark.parametrize(
    "form", [{"say-1-2": "x", "since": "<b>"}, {"was-v1-1": "x"}, sent("A") | {"start-v1-1": "soon"}]
)
def test_a_form_that_nobody_was_given_is_refused(form):
    with pytest.raises(Invalid):
        typed(form, "en")
