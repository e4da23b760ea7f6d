"""read: the one entrance for caption files."""

from captions.errors import ErrorCode, refusal
from captions.formats import lenient
from captions.formats.sniff import FORMATS, CaptionFormat
from captions.track import TextTrack
from captions.webvtt import vtt


def read(data: bytes, *, format: str | None = None, encoding: str | None = None) -> TextTrack:  # noqa: A002 - the name is public
    """Read a caption file.

    `format="vtt"` is the WebVTT specification exactly, as a browser reads it. None (told by the content) and
    the other formats, srt and sbv, are the lenient import: it may find more cues and lists each repair in
    `repairs` and each loss, with line and why, in `dropped`. `encoding` is what a person chose when the guess
    was wrong. Raises CaptionError when nothing can be read or a limit of the library is passed.
    """
    if format is None:
        return lenient.read(data, None, encoding)
    if format not in FORMATS:
        raise refusal(ErrorCode.UNKNOWN_FORMAT, format=format)
    if format == CaptionFormat.VTT:
        return vtt.parse(data)
    return lenient.read(data, CaptionFormat(format), encoding)
