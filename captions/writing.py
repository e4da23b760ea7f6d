"""write: a track as the bytes of a file."""

from collections.abc import Callable

from captions import transcript
from captions.errors import ErrorCode, refusal
from captions.formats import ass_writer, exchange
from captions.formats.ttml import writer as ttml
from captions.track import TextTrack
from captions.webvtt import vtt

WRITERS: dict[str, Callable[[TextTrack], bytes]] = {
    "vtt": vtt.write,
    "srt": exchange.write_srt,
    "sbv": exchange.write_sbv,
    "ttml": ttml.write,
    "ass": ass_writer.write,
    "txt": transcript.write,
}
"""The writer of each format by its name, which is also the usual ending of a file's name."""


def write(track: TextTrack, format: str) -> bytes:  # noqa: A002 - the name is public
    """The track as UTF-8 bytes with LF line ends, its cues in the order of their starts.

    Formats: vtt, srt, sbv, ttml, ass, txt. Raises CaptionError for another format and for cues that it
    cannot hold.
    """
    name = format.lower()
    if name not in WRITERS:
        raise refusal(ErrorCode.UNSUPPORTED_FORMAT, format=str(format), supported=", ".join(WRITERS))
    return WRITERS[name](track)
