"""Starts laid on speech and cuts that are near, and left alone where nothing is."""

import pytest

from captions.hearing import Hearing, Speech
from captions.making.retime import snap
from captions.track import Cue, TextTrack

TALK = (Speech(1000, 2600), Speech(3000, 5000))


def snapped(
    *spans: tuple[int, int], cuts: tuple[int, ...] = (), speech: tuple[Speech, ...] = ()
) -> list[tuple[int, int]]:
    track = TextTrack(cues=tuple(Cue(start, end, "Press.") for start, end in spans))
    done = snap(track, Hearing(speech, cuts, 60_000))
    return [(cue.start, cue.end) for cue in done.track.cues]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ((1300, 2700), (1000, 2700)),
        ((700, 2700), (1000, 2700)),
        ((400, 2700), (400, 2700)),
        ((1600, 2700), (1600, 2700)),
        ((1000, 2200), (1000, 2600)),
        ((1000, 2000), (1000, 2000)),
        ((2700, 5100), (3000, 5100)),
        ((2500, 5100), (2500, 5100)),
    ],
)
def test_a_start_goes_to_speech_that_begins_within_half_a_second(
    cue: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert snapped(cue, speech=TALK) == [expected]


def test_the_end_of_a_cue_gives_way_to_the_speech_of_the_next() -> None:
    assert snapped((1000, 3200), (3200, 5000), speech=TALK) == [(1000, 3000), (3000, 5000)]


def test_one_beginning_of_speech_is_taken_by_the_nearest_cue_alone() -> None:
    assert snapped((2650, 2900), (3100, 5000), speech=TALK) == [(2650, 2900), (3000, 5000)]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ((10_400, 13_000), (10_000, 13_000)),
        ((10_501, 13_000), (10_501, 13_000)),
        ((9700, 13_000), (10_000, 13_000)),
        ((9600, 13_000), (9600, 13_000)),
        ((7000, 9600), (7000, 9920)),
        ((7000, 10_300), (7000, 9920)),
        ((7000, 10_400), (7000, 10_400)),
        ((7000, 9400), (7000, 9400)),
        ((9800, 10_300), (9800, 10_300)),
    ],
)
def test_a_start_goes_to_a_cut_and_an_end_two_pictures_before_it(
    cue: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert snapped(cue, cuts=(5000, 10_000, 20_000)) == [expected]


def test_chosen_cues_alone_move_and_each_way_can_be_left_out() -> None:
    track = TextTrack(cues=(Cue(1200, 2600, "One."), Cue(3200, 5000, "Two.")))
    hearing = Hearing(TALK, (1100,), 60_000)

    assert snap(track, hearing, cues=[1]).moved == (1,)
    assert snap(track, hearing, to_speech=False).moved == (0,)
    assert snap(track, hearing, to_speech=False).track.cues[0].start == 1100
    assert snap(track, hearing, to_cuts=False).track.cues[0].start == 1000
