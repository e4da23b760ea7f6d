"""MediaInfo: what a probe says about a file. Times are milliseconds, sizes are upright pixels."""

from dataclasses import dataclass
from enum import StrEnum

PQ, HLG = 16, 18
"""Transfer characteristics of HDR10 and HLG (ITU-T H.273 table 3)."""


class FieldOrder(StrEnum):
    """How the lines of a picture were taken."""

    PROGRESSIVE = "progressive"
    INTERLACED = "interlaced"


@dataclass(frozen=True, slots=True)
class VideoStream:
    """A picture track. `coded_*` is what is stored, `width` and `height` what is seen after rotation and
    pixel shape.

    `rotation` is clockwise degrees (0, 90, 180, 270) that the player applies; `start` is the first picture
    that can be decoded, in milliseconds after the start of the file; `start_seconds` is the same, exact.
    """

    index: int
    codec: str
    profile: str
    width: int
    height: int
    coded_width: int
    coded_height: int
    pixel_format: str
    frame_rate: float
    rotation: int = 0
    mirrored: bool = False
    sample_aspect: float = 1.0
    field_order: FieldOrder = FieldOrder.PROGRESSIVE
    transfer: int = 2
    full_range: bool = False
    variable_rate: bool = False
    start_seconds: float = 0.0
    bit_rate: int = 0

    @property
    def is_hdr(self) -> bool:
        """Does the picture need tone mapping to be seen on an ordinary screen?"""
        return self.transfer in (PQ, HLG)

    @property
    def is_interlaced(self) -> bool:
        """Were the lines taken in two turns?"""
        return self.field_order is FieldOrder.INTERLACED

    @property
    def start(self) -> int:
        """Milliseconds from the start of the file to the first picture."""
        return round(self.start_seconds * 1000)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A sound track; `codec` is empty when nothing here decodes it. `language` is as written in the file."""

    index: int
    codec: str
    profile: str
    channels: int
    sample_rate: int
    language: str = ""
    is_default: bool = False
    bit_rate: int = 0


@dataclass(frozen=True, slots=True)
class SubtitleStream:
    """A track of subtitles inside the file; only text can become captions."""

    index: int
    codec: str
    language: str = ""
    title: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter written in the file, from `start` to `end` in milliseconds."""

    start: int
    end: int
    title: str


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """A recording: `duration` in milliseconds, `width` and `height` upright (0 for sound alone), `size` in
    bytes.

    `rotation` and `frame_rate` (frames per second, 0 for sound alone) are those of the first picture track.
    `demuxer` is the one reader that later tools are forced to use.
    """

    container: str
    demuxer: str
    size: int
    duration: int
    width: int
    height: int
    rotation: int
    frame_rate: float
    video: tuple[VideoStream, ...]
    audio: tuple[AudioStream, ...]
    subtitles: tuple[SubtitleStream, ...]
    chapters: tuple[Chapter, ...]

    @property
    def picture(self) -> VideoStream | None:
        """The picture track that is shown."""
        return self.video[0] if self.video else None

    @property
    def sound(self) -> AudioStream | None:
        """The sound track that is heard: the default one among those that can be decoded, else the first."""
        usable = [stream for stream in self.audio if stream.codec]
        return next((stream for stream in usable if stream.is_default), usable[0] if usable else None)
