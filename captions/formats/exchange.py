"""SubRip, SBV and HLS caption segments: the only file that knows webvtt-py, which reads no uploads here."""

import io
import re
from dataclasses import dataclass, replace
from typing import Final

from webvtt import srt
from webvtt.models import Caption
from webvtt.segmenter import slice_segments

from captions import timecode
from captions.clamp import clamp
from captions.limits import MAX_TIME, check_count
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext, vtt
from captions.webvtt.cuetext import EndTag, Tag, TagName

_STYLES: Final = frozenset({TagName.BOLD, TagName.ITALIC, TagName.UNDERLINE})
_LOOKS_LIKE_MARKUP = re.compile(r"<(?=[A-Za-z/\d])|\{(?=\\|/?[biuBIU]\})|&(?=#?[A-Za-z0-9]+)|-->")
_ESCAPES: Final = {"<": "&lt;", "{": "&#123;", "&": "&amp;", "-->": "--&gt;"}
_HALF_A_TIME: Final = r"^([ \t]*-?\d{1,10}):(?= ?\d{1,3} ?[:.,;] ?\d[\d:.,; ]*"
_LOOKS_LIKE_SRT_TIMES: Final = re.compile(
    rf"{_HALF_A_TIME}[ \t]*(?:-{{1,3}} ?>|={{1,2}}>|[–—]{{1,2}} ?>|- - ?>|→|--&gt;))", re.ASCII | re.M
)
_LOOKS_LIKE_SBV_TIMES: Final = re.compile(rf"{_HALF_A_TIME},[ \t]*-?\d)", re.ASCII | re.M)
"""Lines of text that would be read as the times of a cue: their first colon is written as an entity."""
_COLON: Final = r"\1&#58;"
_TIMESTAMP_MAP = b"X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:%d\n"


class _Subtitle(Caption):
    """A caption whose text is written as it stands: webvtt-py would take each `<...>` in it for markup."""

    def __init__(self, cue: Cue, text: str = "") -> None:
        super().__init__(_clock(cue.start), _clock(cue.end))
        self.cue = cue
        self._text = text

    @property
    def text(self) -> str:
        return self._text

    @text.setter
    def text(self, value: str) -> None:
        self._text = value


@dataclass(frozen=True, slots=True)
class Segment:
    """A WebVTT piece of an HLS playlist and how long it lasts, in milliseconds."""

    data: bytes
    duration: int


def write_srt(track: TextTrack) -> bytes:
    """The track as SubRip: numbers, b, i and u kept, voices as `Name: `; identifiers and settings are lost.

    Raises CaptionError when there are too many cues.
    """
    check_count(len(track.cues))
    subtitles = [_Subtitle(cue, _subrip_text(cue)) for cue in _in_order(track)]
    out = io.StringIO()
    srt.write(out, subtitles)
    return _encoded(out.getvalue() + "\n" if subtitles else "")


def write_sbv(track: TextTrack) -> bytes:
    """The track as SBV, YouTube's plain form: times, then text without markup.

    webvtt-py reads this format but has no writer for it. Raises CaptionError when there are too many cues.
    """
    check_count(len(track.cues))
    blocks = []
    for cue in _in_order(track):
        text = _LOOKS_LIKE_SBV_TIMES.sub(_COLON, subtitle_text(cue.text))
        lines = [line for line in text.split("\n") if line.strip()]
        blocks.append("\n".join([f"{_short(cue.start)},{_short(cue.end)}", *lines]) + "\n")
    return _encoded("\n".join(blocks))


def segments(track: TextTrack, duration: int, *, seconds: int = 6, mpegts: int = 0) -> tuple[Segment, ...]:
    """Cut a track for HLS into pieces of `seconds` that together last `duration` milliseconds.

    A cue that reaches over a cut is in both pieces, with its own times. `mpegts` is the 90 kHz time of the
    film's beginning: 0 for fragmented MP4. Raises CaptionError for cues that WebVTT cannot hold.
    """
    inside = clamp(track, duration)
    length = seconds * 1000
    count = -(-duration // length)
    pieces = slice_segments([_Subtitle(cue) for cue in _in_order(inside)], seconds)[:count]
    pieces += [[] for _ in range(count - len(pieces))]
    done = []
    for number, piece in enumerate(pieces):
        cues = tuple(subtitle.cue for subtitle in piece if isinstance(subtitle, _Subtitle))
        first, _, rest = vtt.write(replace(track, cues=cues)).partition(b"\n")
        data = first + b"\n" + _TIMESTAMP_MAP % mpegts + rest
        done.append(Segment(data, min(length, duration - number * length)))
    return tuple(done)


def playlist(pieces: tuple[Segment, ...], names: tuple[str, ...]) -> str:
    """The HLS playlist (RFC 8216) of caption segments stored under `names`."""
    longest = max((piece.duration for piece in pieces), default=0)
    rows = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{-(-longest // 1000)}"]
    rows += ["#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-PLAYLIST-TYPE:VOD"]
    for piece, name in zip(pieces, names, strict=True):
        rows += [f"#EXTINF:{piece.duration / 1000:.3f},", name]
    return "\n".join([*rows, "#EXT-X-ENDLIST", ""])


def subtitle_text(text: str, styles: frozenset[TagName] = frozenset()) -> str:
    """Cue text as plain text that keeps the tags in `styles` and says who speaks.

    Text that a reader of such files would take for markup is written with entities.
    """
    if "<" not in text and "&" not in text and "{" not in text and "-->" not in text:
        return text
    parts: list[str] = []
    for node in cuetext.walk(cuetext.tree(text)):
        if isinstance(node, str):
            parts.append(_LOOKS_LIKE_MARKUP.sub(lambda match: _ESCAPES[match[0]], node))
        elif isinstance(node, Tag) and node.name in styles:
            parts.append(f"<{node.name}>")
        elif isinstance(node, EndTag) and node.name in styles:
            parts.append(f"</{node.name}>")
        elif isinstance(node, Tag) and node.name is TagName.VOICE and node.annotation:
            parts.append(f"{node.annotation}: ")
    return "".join(parts)


def _subrip_text(cue: Cue) -> str:
    return _LOOKS_LIKE_SRT_TIMES.sub(_COLON, subtitle_text(cue.text, styles=_STYLES))


def _in_order(track: TextTrack) -> list[Cue]:
    """The cues by their starts. Raises CaptionError for a time that the formats cannot hold."""
    cues = sorted(track.cues, key=lambda cue: cue.start)
    for number, cue in enumerate(cues, start=1):
        if cue.start > MAX_TIME or cue.end > MAX_TIME:
            raise vtt.unwritable(number, vtt.TOO_LATE)
    return cues


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise vtt.unwritable(0, "a character is half of a pair") from error


def _clock(ms: int) -> str:
    return timecode.strict(ms)


def _short(ms: int) -> str:
    """A time of SBV: the hours have no leading zero."""
    clock = timecode.strict(ms)
    return clock[1:] if clock.startswith("0") else clock
