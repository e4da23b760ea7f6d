"""Captions held inside their film."""

from dataclasses import replace

from captions import timecode
from captions.findings import DropCode, Findings, RepairCode
from captions.track import Cue, TextTrack


def clamp(track: TextTrack, duration: int) -> TextTrack:
    """The track for a film of `duration` milliseconds.

    A cue that ends later ends with the film (a Repair), a cue that begins at the end or later is taken out
    (a Dropped); both carry the line of the file when the cue was read from one. Rule C24.
    """
    if duration <= 0:
        raise ValueError(f"a film has a duration, not {duration} ms")
    findings = Findings(list(track.repairs), list(track.dropped))
    cues: list[Cue] = []
    for cue in track.cues:
        if cue.start >= duration:
            findings.drop(cue.line, DropCode.PAST_END, f"{timecode.strict(cue.start)} {cue.text}")
            continue
        if cue.end > duration:
            before, after = timecode.strict(cue.end), timecode.strict(duration)
            findings.repair(cue.line, RepairCode.PAST_END, before, after)
            cue = replace(cue, end=duration)
        cues.append(cue)
    return replace(track, cues=tuple(cues), repairs=tuple(findings.repairs), dropped=tuple(findings.dropped))
