"""Recordings: what is kept, in a video's report, of the file itself from which its film is cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edu.models import Video
from media import MediaInfo

NAME = "recording"
"""Under this name a video's report tells of it."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound track of the recording; `index` is what media.Edit calls it by."""

    index: int
    language: str
    title: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The recording of a film; `duration_ms` 0: not known. `sounds` are those that can be decoded."""

    name: str
    duration_ms: int
    sounds: tuple[Sound, ...]


def note(video: Video, info: MediaInfo) -> None:
    """Keep the length and the sound tracks. Call it after the report of a new package was set."""
    sounds = [
        {"index": stream.index, "language": stream.language, "title": stream.title[:80]}
        for stream in info.audio
        if stream.codec
    ]
    video.report = {**video.report, NAME: {"duration": info.duration, "sounds": sounds}}


def note_length(video: Video, duration_ms: int) -> None:
    """Keep the length alone, where that is all that is known."""
    video.report = {**video.report, NAME: {**video.report.get(NAME, {}), "duration": duration_ms}}


def recording(video: Video, edit: Mapping[str, Any]) -> Recording:
    """What is known of a video's recording, whose film is cut by that document."""
    told = video.report.get(NAME, {}).get("sounds", ())
    sounds = tuple(Sound(each["index"], each["language"], each["title"]) for each in told)
    return Recording(video.original_name, length_of(video, edit), sounds)


def length_of(video: Video, edit: Mapping[str, Any]) -> int:
    """Milliseconds of a video's recording; 0 where it is not known."""
    told = video.report.get(NAME, {}).get("duration")
    if told:
        return int(told)
    return 0 if edit.get("segments") else video.duration_ms
