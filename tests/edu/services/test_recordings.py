"""Recordings: their length and their sound tracks are kept beside the report, and told where known."""

from __future__ import annotations

import pytest

from edu.models import Video
from edu.services import recordings
from edu.services.recordings import Sound
from media import AudioStream, MediaInfo

SOUNDS = (
    AudioStream(1, "aac", "LC", 2, 48_000, language="en", title="Room"),
    AudioStream(2, "", "", 2, 48_000, language="de"),
    AudioStream(3, "ac3", "", 6, 48_000),
)
INFO = MediaInfo("mp4", "mov", 9, 95_000, 640, 360, 0, 25.0, (), SOUNDS, (), ())


def video(**facts: object) -> Video:
    known = {"original_name": "a.mov", "duration_ms": 60_000, "report": {"remarks": [1]}}
    return Video(**{**known, **facts})


def test_what_the_file_tells_is_kept_without_sounds_that_nothing_decodes():
    kept = video()

    recordings.note(kept, INFO)

    told = recordings.recording(kept, {"segments": [[0, 60_000, ""]]})
    assert (told.name, told.duration_ms) == ("a.mov", 95_000)
    assert told.sounds == (Sound(1, "en", "Room"), Sound(3, "", ""))
    assert kept.report["remarks"] == [1]


def test_the_length_alone_leaves_the_sounds_as_they_were():
    kept = video()
    recordings.note(kept, INFO)

    recordings.note_length(kept, 80_000)

    told = recordings.recording(kept, {})
    assert (told.duration_ms, len(told.sounds)) == (80_000, 2)


@pytest.mark.parametrize(("edit", "length"), [({}, 60_000), ({"segments": [[0, 1000, ""]]}, 0)])
def test_where_nothing_was_kept_an_uncut_film_is_as_long_as_its_recording(
    edit: dict[str, object], length: int
):
    assert recordings.length_of(video(), edit) == length
