"""Edit: what may be said in one, what it does to times, and its way into a document and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.edit import MOST_SEGMENTS, ORIGINAL, WHOLE, Cover, Edit, EditError, Mute, Segment

DURATION = 60_000
HAND = Cover(0, 1000, 0.1, 0.1, 0.2, 0.2)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """Pieces of the original in order, others in between."""
    at, pieces = 0, []
    for gap, length, other in draw(
        st.lists(st.tuples(st.integers(0, 900), st.integers(200, 4000), st.booleans()), max_size=10)
    ):
        pieces.append(Segment(at + gap, at + gap + length))
        at += gap + length
        if other:
            start = len(pieces) * 5000
            pieces.append(Segment(start, start + length, "b" * 64))
    covers = draw(st.lists(st.builds(Cover, st.integers(0, 9), st.integers(10, 99), *[st.just(0.25)] * 4)))
    mutes = draw(st.lists(st.builds(Mute, st.integers(0, 9), st.integers(10, 99))))
    return Edit(tuple(pieces), tuple(covers[:9]), tuple(mutes[:9]), draw(st.none() | st.integers(0, 3)))


@given(edits())
def test_a_document_and_back_is_the_same_edit(edit):
    assert Edit.read(json.loads(json.dumps(edit.plain()))) == edit


@given(edits())
def test_the_time_map_keeps_what_is_shown_of_the_original(edit):
    one = edit.time_map(DURATION)

    own = [piece for piece in edit.pieces(DURATION) if piece.source == ORIGINAL]
    assert sum(stretch.length for stretch in one.stretches) == sum(p.end - p.start for p in own)
    assert all(stretch.new_end <= edit.length(DURATION) for stretch in one.stretches)
    assert all(one.forward(piece.start) is not None for piece in own)


@given(edits())
def test_every_moment_of_the_film_comes_from_one_recording(edit):
    maps = {name: edit.time_map(DURATION, name).inverse() for name in (ORIGINAL, *edit.sources)}

    for moment in range(0, edit.length(DURATION), 331):
        seen = edit.source_at(moment, DURATION)
        inside = [
            name
            for name, back in maps.items()
            if any(stretch.old <= moment < stretch.old_end for stretch in back.stretches)
        ]
        assert inside == [seen]


def test_pieces_that_follow_each_other_are_one_stretch_of_time():
    edit = Edit((Segment(0, 1000), Segment(1000, 3000), Segment(5000, 6000)))

    assert [stretch.length for stretch in edit.time_map(DURATION).stretches] == [3000, 1000]
    assert edit.length(DURATION) == 4000


def test_no_edit_is_the_original_as_it_is():
    assert WHOLE.is_plain
    assert WHOLE.plain() == {}
    assert Edit.read({}) == WHOLE
    assert WHOLE.length(DURATION) == DURATION
    assert WHOLE.pieces(DURATION) == (Segment(0, DURATION),)
    assert not Edit(mutes=(Mute(0, 5),)).is_plain


def test_an_edit_is_held_inside_the_original_and_others_are_left_alone():
    edit = Edit((Segment(0, 5000), Segment(5000, 9000, "other"), Segment(5950, 9000)), (HAND,))

    held = edit.within(6000)

    assert held.segments == (Segment(0, 5000), Segment(5000, 9000, "other"))
    assert held.covers == (HAND,)
    with pytest.raises(EditError, match="nothing-left"):
        Edit((Segment(5000, 9000),)).within(5000)


def test_other_recordings_are_named_once():
    assert Edit((Segment(0, 500, "b"), Segment(0, 500), Segment(500, 900, "b"))).sources == ("b",)


WRONG = [
    ({"segments": (Segment(0, 199),)}, "piece-too-short", 1),
    ({"segments": (Segment(0, 500), Segment(-1, 500))}, "piece-too-short", 2),
    ({"segments": (Segment(0, 500), Segment(499, 900))}, "pieces-overlap", 2),
    ({"segments": (Segment(900, 1500), Segment(0, 500))}, "pieces-overlap", 2),
    ({"segments": (Segment(0, 500, "b"), Segment(0, 500), Segment(0, 500, "b"))}, "pieces-overlap", 3),
    ({"segments": tuple(Segment(n * 500, n * 500 + 500) for n in range(MOST_SEGMENTS + 1))}, "too-many", 0),
    ({"segments": tuple(Segment(0, 500, str(n)) for n in range(11))}, "too-many-sources", 0),
    ({"covers": (HAND,) * 30, "mutes": (Mute(0, 1),) * 21}, "too-many", 0),
    ({"covers": (HAND, Cover(5, 5, 0, 0, 0.5, 0.5))}, "cover-time", 2),
    ({"covers": (Cover(-1, 5, 0, 0, 0.5, 0.5),)}, "cover-time", 1),
    ({"covers": (Cover(0, 5, 1.0, 0, 0.5, 0.5),)}, "cover-place", 1),
    ({"covers": (Cover(0, 5, 0, 0, 0.005, 0.5),)}, "cover-place", 1),
    ({"covers": (Cover(0, 5, float("nan"), 0, 0.5, 0.5),)}, "cover-place", 1),
    ({"mutes": (Mute(5, 5),)}, "mute-time", 1),
]


@pytest.mark.parametrize(("fields", "code", "place"), WRONG)
def test_what_cannot_be_made_is_refused_with_its_place(fields, code, place):
    with pytest.raises(EditError) as caught:
        Edit(**fields)

    assert (caught.value.code, caught.value.place) == (code, place)
