"""Cue and TextTrack: the model that every other file here reads or writes."""

from dataclasses import dataclass, field
from enum import StrEnum

from captions.findings import Dropped, Repair
from captions.webvtt.regions import Region


class TrackKind(StrEnum):
    """What a text track is for; the values are those of the HTML track element."""

    CAPTIONS = "captions"
    SUBTITLES = "subtitles"
    DESCRIPTIONS = "descriptions"
    CHAPTERS = "chapters"
    METADATA = "metadata"


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """A text shown from `start` to `end`, in milliseconds.

    `text` is WebVTT cue text (markup and entities as in a file). `settings` are the valid settings as they
    would stand in a file, the last of a name only; `captions.webvtt.settings.layout` gives their effective
    values. `line` is the line of the file it was read from (0 = none); it is no part of what the cue is.
    """

    start: int
    end: int
    text: str
    identifier: str = ""
    settings: str = ""
    line: int = field(default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < 0:
            raise ValueError(f"a cue has no negative time: {self.start} to {self.end}")
        # an end before the start is legal to read (the specification keeps it); rule C03 finds it


@dataclass(frozen=True, slots=True)
class TextTrack:
    """The cues of one file in file order, with what reading it repaired and what it dropped.

    `language` is a BCP 47 tag or empty. `regions` are WebVTT regions that settings may name.
    """

    kind: TrackKind = TrackKind.CAPTIONS
    language: str = ""
    cues: tuple[Cue, ...] = ()
    repairs: tuple[Repair, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    regions: tuple[Region, ...] = ()
