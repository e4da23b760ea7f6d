"""What reading a caption file lost: which captions, by which line, and whether too many to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from captions import DropCode, Dropped, TextTrack, clamp
from captions.timecode import clock
from edu.errors import Invalid

MOST_LOST = 1 / 3  # of all captions; with more, the file is wrong rather than careless
TIMES = re.compile(r"-->|\d:\S*\d.*\s.*\d:\S*\d")
# A caption is gone by these; comments, styles and settings are only the dress of one.
LOSSES = frozenset({DropCode.BAD_TIMING, DropCode.PAST_END})


@dataclass(frozen=True, slots=True)
class Losses:
    """How many captions of how many were left out, the first of them, and whether anything else changed.

    `silent` counts those that were left out because there is no word in them.
    """

    lost: int
    total: int
    line: int
    code: str
    silent: int
    is_changed: bool


def losses(track: TextTrack) -> Losses:
    """What was lost of a track as it was read."""
    gone = sorted((each for each in track.dropped if each.code in LOSSES), key=lambda each: each.line)
    return Losses(
        lost=len(gone),
        total=len(track.cues) + len(gone),
        line=gone[0].line if gone else 0,
        code=gone[0].code.value if gone else "",
        silent=sum(each.code is DropCode.NO_TEXT for each in track.dropped),
        is_changed=bool(track.dropped or track.repairs),
    )


def with_words(track: TextTrack) -> TextTrack:
    """The track without the cues that say nothing, which are listed: what ends a line in some formats."""
    empty = [cue for cue in track.cues if not cue.text.strip()]
    if not empty:
        return track
    dropped = (*track.dropped, *(Dropped(cue.line, DropCode.NO_TEXT) for cue in empty))
    return replace(track, cues=tuple(cue for cue in track.cues if cue.text.strip()), dropped=dropped)


def inside(track: TextTrack, duration_ms: int) -> TextTrack:
    """The track held inside the film, of a length not known if 0. Invalid when most of it would be lost."""
    track = replace(track, dropped=tuple(_by_its_time(each) for each in track.dropped))
    held = clamp(track, duration_ms) if duration_ms else track
    if track.cues and not held.cues:
        raise Invalid(
            "All captions of the file begin after the end of the video, which lasts %(length)s. "
            "Is it the file of another video?",
            code="all_past_end", field="file", length=clock(duration_ms),
        )  # fmt: skip
    said = losses(held)
    if said.lost > said.total * MOST_LOST:
        raise _too_many(said)
    if not held.cues:
        raise Invalid("There is not a single caption in the file.", code="no_cues", field="file")
    return held


def _too_many(said: Losses) -> Invalid:
    if said.code == DropCode.PAST_END:
        return Invalid(
            "%(lost)s of %(total)s captions begin after the end of the video, the first in line %(line)s. "
            "Nothing was changed: is it the file of another video?",
            code="captions_lost", field="file", lost=said.lost, total=said.total, line=said.line,
        )  # fmt: skip
    return Invalid(
        "%(lost)s of %(total)s captions cannot be read; the first wrong time is in line %(line)s. "
        "Nothing was changed: mend the file and upload it again.",
        code="captions_lost", field="file", lost=said.lost, total=said.total, line=said.line,
    )  # fmt: skip


def _by_its_time(loss: Dropped) -> Dropped:
    """A block whose time is not recognised is told by the line of that time, not by the number above it."""
    if loss.code is not DropCode.NOT_A_CUE:
        return loss
    for place, line in enumerate(loss.text.split("\n")[:2]):
        if TIMES.search(line):
            return replace(loss, line=loss.line + place, code=DropCode.BAD_TIMING, text=line)
    return loss
