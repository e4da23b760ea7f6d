"""snap(): cues laid on the beginning of speech and on the cuts of the picture, where they are near."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from captions.hearing import Hearing, Speech
from captions.making.room import Retimed, Times, settle
from captions.track import Cue, TextTrack

SPEECH_MS: Final = 500
"""A start this near to the beginning of speech belongs to it: what is farther off is an error, not a slip
(rule C15).
"""
AFTER_CUT_MS: Final = 500
BEFORE_CUT_MS: Final = 375
"""A cue that starts up to half a second after a cut, or up to three quarters of that before it, starts with
the cut; one that ends up to half a second before it, or three quarters of that after, ends with the shot.
(Netflix Subtitle Timing Guidelines; Subtitle Edit's factor 0.75.)
"""
OUT_FRAMES: Final = 2
"""Pictures before a cut with which a cue ends."""
LEAST_MS: Final = 833
"""No cue is made shorter than this by a cut (5/6 of a second: Netflix General Requirements)."""


def snap(
    track: TextTrack,
    hearing: Hearing,
    *,
    to_speech: bool = True,
    to_cuts: bool = True,
    cues: Collection[int] | None = None,
) -> Retimed:
    """Lay the starts of cues, or of those of the given numbers, on what is heard and seen near them.

    To speech: a start goes to the beginning of speech within SPEECH_MS, later only out of a pause; an end
    goes on to the end of the speech when that is as near. To cuts: thresholds above; a cut is stronger than
    speech. A beginning of speech is taken by one cue alone, the nearest. Text never changes, and what would
    overlap or be too short stays (see `settle`).
    """
    chosen = range(len(track.cues)) if cues is None else sorted(set(cues))
    wanted = {number: (track.cues[number].start, track.cues[number].end) for number in chosen}
    if to_speech:
        wanted = _on_speech(wanted, hearing.speech)
    if to_cuts:
        out = round(OUT_FRAMES * hearing.frame)
        wanted = {number: _on_cuts(times, hearing.cuts, out) for number, times in wanted.items()}
    return settle(track, _giving_way(track.cues, wanted))


def _on_speech(wanted: dict[int, Times], speech: Sequence[Speech]) -> dict[int, Times]:
    onsets = [one.start for one in speech]
    nearest: dict[int, tuple[int, int]] = {}  # onset -> how far, which cue
    for number, (start, _) in wanted.items():
        found = _onset(start, speech, onsets)
        if found is not None:
            nearest[found] = min(nearest.get(found, (SPEECH_MS + 1, -1)), (abs(found - start), number))
    begun = {number: onset for onset, (_, number) in nearest.items()}
    return {
        number: (begun.get(number, start), _speech_end(start, end, speech, onsets))
        for number, (start, end) in wanted.items()
    }


def _onset(start: int, speech: Sequence[Speech], onsets: list[int]) -> int | None:
    """The beginning of speech that a cue at `start` was meant for; None when there is none near."""
    place = bisect_right(onsets, start)
    before = speech[place - 1] if place else None
    near = []
    if before is not None and start - before.start <= SPEECH_MS:
        near.append(before.start)
    is_pause = before is None or before.end <= start
    if is_pause and place < len(onsets) and onsets[place] - start <= SPEECH_MS:
        near.append(onsets[place])
    return min(near, key=lambda onset: abs(onset - start), default=None)


def _speech_end(start: int, end: int, speech: Sequence[Speech], onsets: list[int]) -> int:
    """The end, or that of the speech which is cut off by it."""
    place = bisect_right(onsets, end)
    if not place:
        return end
    last = speech[place - 1]
    return last.end if end < last.end <= end + SPEECH_MS and last.start < end and last.end > start else end


def _on_cuts(times: Times, cuts: Sequence[int], out: int) -> Times:
    start, end = times
    least = min(LEAST_MS, end - start)
    cut = _near(cuts, start, AFTER_CUT_MS, BEFORE_CUT_MS)
    if cut is not None and end - cut >= least:
        start = cut
    cut = _near(cuts, end, BEFORE_CUT_MS, AFTER_CUT_MS)
    if cut is not None and cut - out - start >= least:
        end = cut - out
    return start, end


def _near(cuts: Sequence[int], time: int, back: int, ahead: int) -> int | None:
    """The nearest cut at most `back` before and `ahead` after the time."""
    place = bisect_left(cuts, time)
    near = (cut for cut in cuts[max(place - 1, 0) : place + 1] if -back <= cut - time <= ahead)
    return min(near, key=lambda cut: abs(cut - time), default=None)


def _giving_way(cues: tuple[Cue, ...], wanted: dict[int, Times]) -> dict[int, Times]:
    """The end of a cue gives way to the start of the next: that is what people hear and see."""
    order = sorted(wanted, key=lambda number: cues[number].start)
    made = dict(wanted)
    for number, following in pairwise(order):
        start, end = made[number]
        beginning = made[following][0]
        if cues[number].end <= cues[following].start and start < beginning < end:
            made[number] = start, beginning
    return made
