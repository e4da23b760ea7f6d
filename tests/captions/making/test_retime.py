"""Cues shifted, stretched and brought from one frame rate to another, with the moments inside them."""

from fractions import Fraction

import pytest

from captions import Cue, ErrorCode, TextTrack
from captions.errors import CaptionError
from captions.making import retime
from captions.making.retime import ClampReason

TRACK = TextTrack(
    cues=(Cue(1000, 2000, "One."), Cue(2000, 4000, "Two <00:00:03.000>now."), Cue(5000, 6000, "End."))
)


def times(done: retime.Retimed) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in done.track.cues]


def test_all_cues_are_shifted_with_the_moments_inside() -> None:
    done = retime.shift(TRACK, 250)

    assert times(done) == [(1250, 2250), (2250, 4250), (5250, 6250)]
    assert done.track.cues[1].text == "Two <00:00:03.250>now."
    assert done.clamped == ()


def test_chosen_cues_stop_at_those_that_stay() -> None:
    done = retime.shift(TRACK, 1500, cues=[1])

    assert times(done) == [(1000, 2000), (3500, 5000), (5000, 6000)]
    assert done.track.cues[1].text == "Two <00:00:04.500>now."
    assert [(one.cue, one.given, one.reason) for one in done.clamped] == [
        (1, (3500, 5000), ClampReason.NEIGHBOUR)
    ]


def test_what_would_come_before_the_beginning_is_held_there() -> None:
    done = retime.shift(TRACK, -2500)

    assert times(done) == [(0, 1), (1, 1500), (2500, 3500)]
    assert [(one.cue, one.wanted, one.reason) for one in done.clamped] == [
        (0, (-1500, -500), ClampReason.ZERO),
        (1, (-500, 1500), ClampReason.ZERO),
    ]


def test_two_points_stretch_all_that_is_between_and_beyond() -> None:
    done = retime.stretch(TRACK, (1000, 2000), (5000, 10_000))

    assert times(done) == [(2000, 4000), (4000, 8000), (10_000, 12_000)]
    assert done.track.cues[1].text == "Two <00:00:06.000>now."


@pytest.mark.parametrize("points", [((5, 0), (5, 9)), ((0, 5), (9, 5)), ((0, 9), (9, 0)), ((0, 0), (1, 11))])
def test_points_that_make_no_sense_are_refused(points: tuple[tuple[int, int], tuple[int, int]]) -> None:
    with pytest.raises(CaptionError) as refused:
        retime.stretch(TRACK, *points)

    assert refused.value.code is ErrorCode.STRETCH


def test_captions_for_25_pictures_become_longer_with_a_film_of_23_976() -> None:
    hour = TextTrack(cues=(Cue(3_600_000, 3_602_000, "An hour."),))

    done = retime.rate(hour, "25/23.976")

    assert times(done) == [(3_753_750, 3_755_835)]
    assert times(retime.rate(done.track, "23.976/25")) == [(3_600_000, 3_602_000)]
    assert retime.rate(hour, Fraction(1)).moved == ()
    assert len(retime.RATIOS) == 20


def test_an_unknown_frame_rate_is_refused() -> None:
    with pytest.raises(CaptionError, match="12/50"):
        retime.rate(TRACK, "12/50")


@pytest.mark.parametrize(
    ("by", "lost"), [(-1000, ()), (-1600, (0,)), (-3500, (0, 1)), (4000, ()), (4700, (2,)), (9000, (0, 1, 2))]
)
def test_cues_that_leave_the_film_are_named(by: int, lost: tuple[int, ...]) -> None:
    done = retime.shift(TRACK, by)

    assert retime.outside(done, TRACK, 10_000) == lost


def test_a_cue_that_was_outside_of_the_film_may_come_into_it() -> None:
    done = retime.shift(TRACK, -500)

    assert retime.outside(done, TRACK, 3000) == ()
