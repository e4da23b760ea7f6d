"""MediaInfo: what a probe says about a file. Times are milliseconds, sizes are upright pixels."""

from dataclasses import dataclass
from enum import StrEnum

PQ, HLG = 16, 18
"""Transfer characteristics of HDR10 and HLG (ITU-T H.273 table 3)."""
UNSPECIFIED = 2
"""Of transfer and matrix: the file does not say."""
FIELD_LINES = frozenset({480, 486, 512, 576, 608, 1080, 1088})
MOST_TAPE_RATE = 30.5
FIELD_CODECS = frozenset({"h264", "mpeg2video", "dvvideo", "vc1", "prores", "dnxhd", "mpeg4", "mjpeg"})
FIELD_DEMUXERS = frozenset({"mpegts", "mpeg", "mpegvideo", "mxf", "avi", "asf"})
"""Where broadcast and tape put pictures of two turns, single ones of which may be whole."""


class FieldOrder(StrEnum):
    """How the lines of a picture were taken."""

    PROGRESSIVE = "progressive"
    INTERLACED = "interlaced"


@dataclass(frozen=True, slots=True)
class VideoStream:
    """A picture track. `coded_*` is what is stored, `width` and `height` what is seen after rotation and
    pixel shape.

    `rotation` is clockwise degrees (0, 90, 180, 270) that the player applies; `start_seconds` is
    the first picture that can be decoded, on the clock that ffmpeg gives the track when it reads it alone
    (see AudioStream.zero_seconds); `start` is the same in milliseconds.
    `end_seconds` is the end of the track as the header says, counted from the first picture (0: not known).
    `transfer`, `matrix` and `primaries` are numbers of ITU-T H.273 (tables 2 to 4). `key_gap` is
    the longest time between key frames in seconds, as the index of the file says (0: not known). `from_tape`
    says that the container and the coding are those of broadcast and tape.
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
    transfer: int = UNSPECIFIED
    full_range: bool = False
    variable_rate: bool = False
    start_seconds: float = 0.0
    bit_rate: int = 0
    matrix: int = UNSPECIFIED
    primaries: int = UNSPECIFIED
    has_alpha: bool = False
    from_tape: bool = False
    end_seconds: float = 0.0
    key_gap: float = 0.0

    @property
    def is_hdr(self) -> bool:
        """Does the picture need tone mapping to be seen on an ordinary screen?"""
        return self.transfer in (PQ, HLG)

    @property
    def is_interlaced(self) -> bool:
        """Were the lines taken in two turns?"""
        return self.field_order is FieldOrder.INTERLACED

    @property
    def may_be_interlaced(self) -> bool:
        """Were the lines taken in two turns, or can they have been in pictures after the first?"""
        is_tape = self.from_tape and self.coded_height in FIELD_LINES and self.frame_rate <= MOST_TAPE_RATE
        return self.is_interlaced or is_tape

    @property
    def start(self) -> int:
        """Milliseconds from the start of the track to the first picture that can be decoded."""
        return round(self.start_seconds * 1000)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """A sound track; `codec` is empty when nothing here decodes it. `language` and `title` are as written in
    the file. `end_seconds` is the end of the track as the header says, from the first picture (0: not known).
    `zero_seconds` is the time of the first picture on the clock that ffmpeg gives the track when nothing else
    of the file is read: most often that of the file, but that of the track itself in MPEG streams and Ogg.
    """

    index: int
    codec: str
    profile: str
    channels: int
    sample_rate: int
    language: str = ""
    is_default: bool = False
    bit_rate: int = 0
    title: str = ""
    end_seconds: float = 0.0
    zero_seconds: float = 0.0


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
