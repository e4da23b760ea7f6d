"""Whatever times are wanted, what comes out has an order, no overlap of its own, and nothing negative."""

from hypothesis import given, settings
from hypothesis import strategies as st

from captions.making.room import ClampReason, settle
from captions.track import Cue, TextTrack

SPAN = st.tuples(st.integers(0, 2000), st.integers(0, 400)).map(lambda span: (span[0], span[0] + span[1]))
TIMES = st.tuples(st.integers(-1500, 4000), st.integers(0, 900)).map(
    lambda span: (span[0], span[0] + span[1])
)


@settings(max_examples=150, deadline=None)
@given(spans=st.lists(SPAN, min_size=1, max_size=9), data=st.data())
def test_no_wish_makes_an_overlap_a_negative_time_or_another_order(
    spans: list[tuple[int, int]], data: st.DataObject
) -> None:
    before = TextTrack(cues=tuple(Cue(start, end, "x") for start, end in spans))
    wanted = data.draw(st.dictionaries(st.integers(0, len(spans) - 1), TIMES))

    done = settle(before, wanted)

    old, new = before.cues, done.track.cues
    held = {clamped.cue: clamped.given for clamped in done.clamped}
    for number, (was, now) in enumerate(zip(old, new, strict=True)):
        assert now.end >= now.start >= 0
        assert now.end > now.start or was.end == was.start or number not in wanted
        expected = held.get(number, wanted.get(number, (was.start, was.end)))
        assert (now.start, now.end) == expected
    for one, (was, now) in enumerate(zip(old, new, strict=True)):
        for two in range(len(old)):
            if was.start < old[two].start:
                assert now.start <= new[two].start
            if one != two and was.end <= old[two].start and was.start < old[two].start:
                assert now.end <= new[two].start


def test_a_cue_without_a_place_keeps_its_words_and_is_named() -> None:
    track = TextTrack(cues=(Cue(0, 1000, "One."), Cue(1000, 2000, "Two."), Cue(2000, 3000, "Three.")))

    done = settle(track, {1: (5000, 6000)})

    assert [(cue.start, cue.end) for cue in done.track.cues] == [(0, 1000), (1999, 2000), (2000, 3000)]
    assert [(one.cue, one.wanted, one.reason) for one in done.clamped] == [
        (1, (5000, 6000), ClampReason.NEIGHBOUR)
    ]
    assert done.moved == (1,)


def test_moments_outside_of_their_cue_are_taken_out_and_the_words_stay() -> None:
    track = TextTrack(cues=(Cue(1000, 3000, "Press <00:00:01.500>and <00:00:02.500>hold"),))

    done = settle(track, {0: (2000, 3000)})

    assert done.track.cues == (Cue(2000, 3000, "Press and <00:00:02.500>hold"),)
