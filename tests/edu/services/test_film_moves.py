"""Cues and windows moved from one film to the next: none is lost, and what comes back comes back whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions import Cue, layers
from captions.layers import LayerCue, LayerKind, LayerShape
from edu.models import Timing
from edu.services.film_moves import Change, Report, Timed, moved_cues
from media.edit import Edit, Segment

MINUTE = 60_000


def change(before: Edit, after: Edit, **more: object) -> Change:
    facts = {"is_same_original": True, "timing": Timing.SAME, "shift_ms": None, "original_ms": MINUTE}
    return Change(before, after, **{**facts, "film_ms": after.length(MINUTE), **more})  # type: ignore[arg-type]


def kept(*pieces: tuple[int, int]) -> Edit:
    return Edit(tuple(Segment(start, end) for start, end in pieces))


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Up to five pieces of a minute, in order, none shorter than a second."""
    marks = sorted(draw(st.sets(st.integers(0, 59), min_size=2, max_size=10)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return kept(*((start * 1000, end * 1000) for start, end in pairs))


@st.composite
def tracks(draw: st.DrawFn) -> tuple[Cue, ...]:
    """Cues one after the other, as captions are, each of half a second or more."""
    marks = sorted(draw(st.sets(st.integers(0, 119), min_size=2, max_size=30)))
    pairs = pairwise(marks)
    return tuple(Cue(a * 500, b * 500, f"words {n}", str(n)) for n, (a, b) in enumerate(pairs))


def test_a_cue_after_a_cut_comes_earlier_and_one_inside_is_set_aside() -> None:
    cues = (Cue(0, 2000, "first"), Cue(11_000, 13_000, "gone"), Cue(31_000, 33_000, "last"))

    track, aside = moved_cues(cues, [], change(Edit(), kept((0, 10_000), (30_000, MINUTE))))

    assert track.cues == (Cue(0, 2000, "first"), Cue(11_000, 13_000, "last"))
    assert aside == [Timed(Cue(11_000, 13_000, "gone"), "")]


def test_a_cue_that_reaches_into_a_cut_is_shortened_and_comes_back_whole() -> None:
    cues = (Cue(8000, 12_000, "half"),)
    cut = kept((0, 10_000), (30_000, MINUTE))

    track, aside = moved_cues(cues, [], change(Edit(), cut))
    back, left = moved_cues(track.cues, aside, change(cut, Edit()))

    assert track.cues == (Cue(8000, 10_000, "half"),)
    assert back.cues == cues
    assert left == []


def test_a_shortened_cue_that_somebody_changed_is_taken_as_it_is_now() -> None:
    cut = kept((0, 10_000), (30_000, MINUTE))
    track, aside = moved_cues((Cue(8000, 12_000, "half"),), [], change(Edit(), cut))
    mended = (Cue(8000, 9500, "mended"),)

    back, left = moved_cues(mended, aside, change(cut, Edit()))

    assert track.cues != mended
    assert back.cues == mended
    assert left == []


def test_what_was_put_in_between_moves_what_comes_after() -> None:
    joined = Edit((Segment(0, 10_000), Segment(0, 5000, "other"), Segment(10_000, MINUTE)))

    track, aside = moved_cues(
        (Cue(9000, 11_000, "over it"), Cue(20_000, 21_000, "after")), [], change(Edit(), joined)
    )
    back, _ = moved_cues(track.cues, aside, change(joined, Edit()))

    assert track.cues == (Cue(9000, 16_000, "over it"), Cue(25_000, 26_000, "after"))
    assert back.cues == (Cue(9000, 11_000, "over it"), Cue(20_000, 21_000, "after"))


def test_a_cue_of_a_joined_recording_is_set_aside_with_it_and_comes_back() -> None:
    joined = Edit((Segment(0, 5000, "other"), Segment(0, MINUTE)))
    cues = (Cue(1000, 2000, "in the other"), Cue(6000, 7000, "in ours"))

    plain, aside = moved_cues(cues, [], change(joined, Edit()))
    back, left = moved_cues(plain.cues, aside, change(Edit(), joined))

    assert plain.cues == (Cue(1000, 2000, "in ours"),)
    assert back.cues == cues
    assert left == []


def test_another_recording_that_begins_later_moves_everything_by_that() -> None:
    later = change(Edit(), Edit(), is_same_original=False, timing=Timing.SOUND, shift_ms=1500, film_ms=MINUTE)

    track, aside = moved_cues((Cue(0, 1000, "a"), Cue(58_000, 59_900, "b")), [], later)

    assert track.cues == (Cue(1500, 2500, "a"), Cue(59_500, MINUTE, "b"))
    assert aside == []


def test_what_another_recording_lacks_waits_for_the_old_one() -> None:
    names = {"is_same_original": False, "timing": Timing.SHIFT}
    there = change(Edit(), Edit(), **names, shift_ms=-5000, original_before="old", original_after="new")
    back = change(Edit(), Edit(), **names, shift_ms=5000, original_before="new", original_after="old")
    cues = (Cue(1000, 2000, "only in the old one"), Cue(6000, 7000, "in both"))

    shorter, aside = moved_cues(cues, [], there)
    cut, still = moved_cues(shorter.cues, aside, change(Edit(), kept((0, 30_000))))
    again, left = moved_cues(cut.cues, still, back)

    assert shorter.cues == cut.cues == (Cue(1000, 2000, "in both"),)
    assert again.cues == cues
    assert left == []


def test_a_recording_filmed_anew_keeps_the_times_and_says_so() -> None:
    anew = change(Edit(), Edit(), is_same_original=False, timing=Timing.ANEW)

    track, _ = moved_cues((Cue(1000, 2000, "a"),), [], anew)

    assert track.cues == (Cue(1000, 2000, "a"),)
    assert anew.is_unsure


@given(tracks(), edits(), edits())
def test_no_cue_is_lost_whatever_is_cut_and_cut_again(
    cues: tuple[Cue, ...], first: Edit, second: Edit
) -> None:
    once, aside = moved_cues(cues, [], change(Edit(), first))
    twice, still = moved_cues(once.cues, aside, change(first, second))
    back, left = moved_cues(twice.cues, still, change(second, Edit()))

    for track, beside in ((once, aside), (twice, still)):
        told = [cue.text for cue in track.cues] + [entry.cue.text for entry in beside if entry.seen is None]
        assert sorted(told) == sorted(cue.text for cue in cues)
    assert back.cues == cues
    assert left == []


@given(tracks(), edits())
def test_later_words_stay_later_and_inside_the_film(cues: tuple[Cue, ...], edit: Edit) -> None:
    track, _ = moved_cues(cues, [], change(Edit(), edit))

    starts = [cue.start for cue in track.cues]
    numbers = [int(cue.identifier) for cue in track.cues]
    assert starts == sorted(starts)
    assert numbers == sorted(numbers)
    assert all(0 <= cue.start < cue.end <= edit.length(MINUTE) for cue in track.cues)


FAR = 0.9
PATH = LayerCue(
    5000, 45_000, "nodule", "Nodule", LayerKind.NODULE, LayerShape.POINT, ((0.1, 0.2),), None, ((FAR, 0.6),)
)
SHAPES = tuple(layers.cue_of(shape) for shape in (PATH, replace(PATH, start=50_000, end=51_000, to=())))


@given(edits(), edits(), st.integers(0, MINUTE - 1))
def test_a_moving_shape_is_where_it_was_over_the_same_picture_whatever_is_cut(
    first: Edit, second: Edit, picture: int
) -> None:
    once, aside = moved_cues(SHAPES, [], change(Edit(), first), are_shapes=True)
    twice, still = moved_cues(once.cues, aside, change(first, second), are_shapes=True)
    back, left = moved_cues(twice.cues, still, change(second, Edit()), are_shapes=True)

    for edit, track in ((first, once), (second, twice)):
        ms = edit.time_map(MINUTE).forward(picture)
        if ms is None or ms >= edit.length(MINUTE):
            continue
        seen = [layers.shape_of(cue).at(ms)[0] for cue in track.cues if cue.start <= ms < cue.end]
        source = (edit.time_map(MINUTE).inverse().forward(ms)) or 0
        assert [x for x, _ in seen] == pytest.approx(
            [layers.shape_of(cue).at(source)[0][0] for cue in SHAPES if cue.start <= source < cue.end],
            abs=1e-5,
        )
    assert back.cues == SHAPES
    assert left == []


def test_a_shape_is_not_drawn_over_what_was_put_in_between_and_goes_on_after_it() -> None:
    joined = Edit((Segment(0, 10_000), Segment(0, 5000, "other"), Segment(10_000, MINUTE)))

    track, aside = moved_cues(SHAPES[:1], [], change(Edit(), joined), are_shapes=True)
    back, left = moved_cues(track.cues, aside, change(joined, Edit()), are_shapes=True)

    assert [(cue.start, cue.end) for cue in track.cues] == [(5000, 10_000), (15_000, 50_000)]
    assert layers.shape_of(track.cues[1]).points[0] == pytest.approx((0.2, 0.25))
    assert (back.cues, aside, left) == (SHAPES[:1], [], [])


def test_a_shape_of_which_another_recording_lacks_the_start_goes_on_where_it_would_be() -> None:
    names = {"is_same_original": False, "timing": Timing.SHIFT}
    there = change(Edit(), Edit(), **names, shift_ms=-15_000, original_before="old", original_after="new")
    back = change(Edit(), Edit(), **names, shift_ms=15_000, original_before="new", original_after="old")

    track, aside = moved_cues(SHAPES, [], there, are_shapes=True)
    again, left = moved_cues(track.cues, aside, back, are_shapes=True)

    assert (track.cues[0].start, layers.shape_of(track.cues[0]).points[0]) == (0, pytest.approx((0.3, 0.3)))
    assert [(cue.source, cue.cue.end) for cue in aside] == [("old", 15_000)]
    assert again.cues == SHAPES
    assert left == []


def test_what_was_set_aside_survives_the_database() -> None:
    entry = Timed(Cue(1, 2, "<i>a</i>", "V1-c01", "line:0"), "other", Cue(3, 4, "b"))

    assert Timed.read(entry.plain()) == entry
    assert Report.read(Report(is_unsure=True, steps_gone=("V1-c01",)).plain()).needs_a_look
