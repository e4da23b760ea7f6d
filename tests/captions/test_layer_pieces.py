"""Shapes cut and joined: at any moment a piece is where the whole was, and pieces are the whole again."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions import Cue, layer_pieces, layers
from captions.layers import LayerCue, LayerKind, LayerShape, LayerSide

MOVING = LayerCue(
    1000, 9000, "nerve", "Nerve", LayerKind.NERVE, LayerShape.POLYLINE,
    ((0.1, 0.2), (0.3, 0.4)), LayerSide.LEFT, ((0.5, 0.2), (0.7, 0.9)),
)  # fmt: skip
moments = st.lists(st.integers(0, 10_000), max_size=6)


@given(moments, st.integers(1000, 8999))
def test_a_piece_is_at_any_moment_where_the_whole_was(cuts: list[int], ms: int) -> None:
    pieces = layer_pieces.cut(layers.cue_of(MOVING), cuts)

    (seen,) = [cue for cue in pieces if cue.start <= ms < cue.end]
    assert [*chain(*layers.shape_of(seen).at(ms))] == pytest.approx([*chain(*MOVING.at(ms))], abs=2e-6)
    assert all(before.end == after.start for before, after in pairwise(pieces))
    assert (pieces[0].start, pieces[-1].end) == (1000, 9000)


@given(moments, st.randoms(use_true_random=False))
def test_pieces_in_any_order_are_joined_to_what_was_cut(cuts: list[int], rng: Random) -> None:
    other = replace(MOVING, points=((0.2, 0.2), (0.3, 0.4)))  # of the same layer, at the same time
    still = replace(MOVING, to=(), side=LayerSide.RIGHT)
    whole = [layers.cue_of(shape) for shape in (MOVING, other, still)]
    pieces = [piece for cue in whole for piece in layer_pieces.cut(cue, cuts)]
    rng.shuffle(pieces)

    assert sorted(layer_pieces.joined(pieces)) == sorted(whole)


def test_shapes_that_only_follow_each_other_stay_apart() -> None:
    further = replace(MOVING, start=9000, end=10_000, points=MOVING.to, to=MOVING.points)
    elsewhere = replace(MOVING, start=9000, end=17_000, points=((0, 0), (1, 1)), to=((1, 1), (0, 0)))
    waiting = replace(MOVING, start=9000, end=17_000, points=MOVING.to, to=())

    for after in (further, elsewhere, waiting, replace(MOVING, start=9001, end=9500)):
        cues = (layers.cue_of(MOVING), layers.cue_of(after))
        assert layer_pieces.joined(cues) == cues


def test_what_is_no_shape_is_neither_cut_nor_joined() -> None:
    words = (Cue(0, 2000, "words"), Cue(2000, 4000, "words"))

    assert layer_pieces.cut(words[0], [1000]) == words[:1]
    assert layer_pieces.joined(words) == words
