"""Captions held inside their film."""

import pytest

from captions.clamp import clamp
from captions.findings import DropCode, RepairCode
from captions.reading import read


def test_what_goes_past_the_end_is_shortened_or_taken_out_and_told_with_its_line() -> None:
    timings = (
        "00:00:01,000 --> 00:00:02,000",
        "00:00:02,500 --> 00:00:09,000",
        "00:01:00,000 --> 00:01:01,000",
    )
    text = "\n\n".join(f"{row}\n{timing}\n{'abc'[row - 1]}" for row, timing in enumerate(timings, start=1))

    track = clamp(read(text.encode()), 3000)

    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [(1000, 2000, "a"), (2500, 3000, "b")]
    assert [(repair.line, repair.code, repair.after) for repair in track.repairs] == [
        (6, RepairCode.PAST_END, "00:00:03.000")
    ]
    assert [(loss.line, loss.code) for loss in track.dropped] == [(10, DropCode.PAST_END)]


def test_a_film_has_a_duration() -> None:
    with pytest.raises(ValueError, match="duration"):
        clamp(read(b"WEBVTT"), 0)
