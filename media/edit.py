"""Edit: what a film shows of its recordings, in which order, and what is hidden in it. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from media.timemap import Stretch, TimeMap

ORIGINAL = ""
"""The name of the recording that the edit belongs to; others are named by their SHA-256."""
MOST_SEGMENTS = 50
MOST_COVERS = 50
MOST_SOURCES = 10
"""Other recordings; each needs a decoder of its own at the same time."""
SHORTEST = 200
"""Milliseconds; a shorter piece is a slip of the hand."""
SMALLEST_COVER = 0.01


class EditError(ValueError):
    """An edit that cannot be made; `code` is stable, `place` is the number of the entry from 1 (0: none)."""

    def __init__(self, code: str, place: int = 0) -> None:
        super().__init__(f"{code} ({place})")
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a recording, from `start` to `end` in milliseconds of that recording."""

    start: int
    end: int
    source: str = ORIGINAL


@dataclass(frozen=True, slots=True)
class Cover:
    """A rectangle that is made unrecognisable from `start` to `end` (milliseconds of the original).

    `x`, `y`, `width` and `height` are fractions (0 to 1) of the upright picture.
    """

    start: int
    end: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mute:
    """A time without sound, in milliseconds of the original."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """The pieces in order of the film (none: the whole original), what is covered and what is muted.

    The pieces of a recording stand in the order of its time and do not overlap, so that what points to a
    moment can be moved; those of different recordings may alternate. `sound` is the index of the
    original's sound track that is heard (None: the one the file names as its own). Raises EditError.
    """

    segments: tuple[Segment, ...] = ()
    covers: tuple[Cover, ...] = ()
    mutes: tuple[Mute, ...] = ()
    sound: int | None = None

    def __post_init__(self) -> None:
        if len(self.segments) > MOST_SEGMENTS or len(self.covers) + len(self.mutes) > MOST_COVERS:
            raise EditError("too-many")
        if len(self.sources) > MOST_SOURCES:
            raise EditError("too-many-sources")
        for place, segment in enumerate(self.segments, 1):
            if segment.start < 0 or segment.end - segment.start < SHORTEST:
                raise EditError("piece-too-short", place)
        _check_order(self.segments)
        for place, cover in enumerate(self.covers, 1):
            _check_cover(cover, place)
        for place, mute in enumerate(self.mutes, 1):
            if not 0 <= mute.start < mute.end:
                raise EditError("mute-time", place)

    @property
    def is_plain(self) -> bool:
        """Whether the film is the original as it is."""
        return self == WHOLE

    @property
    def sources(self) -> tuple[str, ...]:
        """The other recordings that pieces come from, each once."""
        return tuple(dict.fromkeys(piece.source for piece in self.segments if piece.source != ORIGINAL))

    def within(self, duration: int) -> "Edit":
        """The edit with its pieces held inside the original of `duration`; EditError if none is left."""
        kept = []
        for piece in self.segments:
            end = min(piece.end, duration) if piece.source == ORIGINAL else piece.end
            if end - piece.start >= SHORTEST:
                kept.append(Segment(piece.start, end, piece.source))
        if self.segments and not kept:
            raise EditError("nothing-left")
        return Edit(tuple(kept), self.covers, self.mutes, self.sound)

    def pieces(self, duration: int) -> tuple[Segment, ...]:
        """The pieces as they are played; the whole original of `duration` when none are named."""
        return self.segments or (Segment(0, duration),)

    def source_at(self, moment: int, duration: int) -> str:
        """Which recording is seen at a moment of the film; the last one after its end."""
        pieces = self.pieces(duration)
        for piece in pieces:
            moment -= piece.end - piece.start
            if moment < 0:
                return piece.source
        return pieces[-1].source

    def length(self, duration: int) -> int:
        """Milliseconds of the film."""
        return sum(piece.end - piece.start for piece in self.pieces(duration))

    def time_map(self, duration: int, source: str = ORIGINAL) -> TimeMap:
        """From the time of a recording to that of the film; `duration` is that of the original."""
        at, found = 0, []
        for piece in self.pieces(duration):
            length = piece.end - piece.start
            if piece.source == source and length > 0:
                found.append(Stretch(piece.start, at, length))
            at += length
        return TimeMap.joined(found)

    def plain(self) -> dict[str, Any]:
        """As a JSON document; a plain edit is an empty one."""
        document: dict[str, Any] = {}
        if self.segments:
            document["segments"] = [[each.start, each.end, each.source] for each in self.segments]
        if self.covers:
            document["covers"] = [
                [each.start, each.end, each.x, each.y, each.width, each.height] for each in self.covers
            ]
        if self.mutes:
            document["mutes"] = [[each.start, each.end] for each in self.mutes]
        if self.sound is not None:
            document["sound"] = self.sound
        return document

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Edit":
        """The edit of a document made by `plain`."""
        return cls(
            tuple(Segment(*each) for each in document.get("segments", ())),
            tuple(Cover(*each) for each in document.get("covers", ())),
            tuple(Mute(*each) for each in document.get("mutes", ())),
            document.get("sound"),
        )


def _check_cover(cover: Cover, place: int) -> None:
    if not 0 <= cover.start < cover.end:
        raise EditError("cover-time", place)
    is_inside = 0 <= cover.x < 1 and 0 <= cover.y < 1
    is_inside &= SMALLEST_COVER <= cover.width <= 1 and SMALLEST_COVER <= cover.height <= 1
    if not is_inside:
        raise EditError("cover-place", place)


def _check_order(segments: tuple[Segment, ...]) -> None:
    ends: dict[str, int] = {}
    for place, piece in enumerate(segments, 1):
        if piece.start < ends.get(piece.source, 0):
            raise EditError("pieces-overlap", place)
        ends[piece.source] = piece.end


WHOLE = Edit()
"""The original as it is."""
