"""Narrating in a child process: descriptions said by a voice, or taken from a recording, as one sound."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from captions.making import child
from captions.making.child import ChildLimits
from captions.making.gaps import Gap
from captions.making.said import Narration, Said
from captions.track import Cue

PROGRAM: Final = "captions.making.narrator"
LIMITS: Final = ChildLimits(wall_seconds=2 * 3600, stall_seconds=1200)


def narrate(
    cues: Sequence[Cue],
    target: Path,
    *,
    language: str,
    recording: Path | None = None,
    duration: int,
    gaps: Sequence[Gap] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Narration:
    """The descriptions as a WAV file at `target`, as long as the film: `duration` milliseconds.

    A person's `recording` (WAV, 16-bit mono) is taken as it is (`narration.follow`), else a voice of the
    language says each at its time (`narration.speak`). Raises CaptionError as those do, and for a child that
    was cancelled or failed.
    """
    request = {
        "cues": [[cue.start, cue.end, cue.text] for cue in cues],
        "gaps": [[gap.start, gap.end, gap.words] for gap in gaps],
        "target": str(target.absolute()),
        "recording": str(recording.absolute()) if recording else "",
        "language": language,
        "duration": duration,
    }
    with tempfile.TemporaryDirectory(prefix="captions-") as name:
        found = child.run(PROGRAM, request, Path(name), limits=LIMITS, progress=progress, cancelled=cancelled)
    return Narration(target, found["rate"], duration, tuple(Said(*each) for each in found["said"]))
