"""read and look: the entrances for caption files."""

from dataclasses import dataclass

from captions.errors import CaptionError, ErrorCode, refusal
from captions.findings import Findings
from captions.formats import encodings, lenient
from captions.formats.encodings import Guess
from captions.formats.sniff import FORMATS, CaptionFormat
from captions.track import TextTrack
from captions.webvtt import vtt


@dataclass(frozen=True, slots=True)
class Look:
    """What a file seems to be, for a preview: a track or else the refusal.

    `format` is None where none is known, `encoding` is the one it was read in (empty for binary formats),
    `guesses` the encodings it may be in, likeliest first, each with a sample.
    """

    format: CaptionFormat | None
    encoding: str
    guesses: tuple[Guess, ...]
    track: TextTrack | None = None
    refusal: CaptionError | None = None


def read(
    data: bytes,
    *,
    format: str | None = None,  # noqa: A002 - the name is public
    encoding: str | None = None,
    language: str = "",
) -> TextTrack:
    """Read a caption file.

    `format="vtt"` is the WebVTT specification exactly, as a browser reads it. None (told by the content) and
    the other formats are the lenient import: it may find more cues and lists each repair in `repairs` and
    each loss, with line and why, in `dropped`. Capitals in the
    name do not matter. `encoding` is what a person chose when the guess was wrong;
    `language` (BCP 47) is what the captions are said to be in: it helps the guess, and of a file in several
    languages that one is read. Raises CaptionError when nothing can be read or a limit is passed.
    """
    if format is None:
        return lenient.read(data, None, encoding, language)
    name = format.lower()
    if name not in FORMATS:
        raise refusal(ErrorCode.UNKNOWN_FORMAT, format=format)
    if name == CaptionFormat.VTT:
        return vtt.parse(data)
    return lenient.read(data, CaptionFormat(name), encoding, language)


def look(data: bytes, *, encoding: str | None = None, language: str = "") -> Look:
    """Look at a file before it is taken: its format, its encodings for a menu, its cues or why it has none.

    `encoding` and `language` are as in `read`. Raises nothing: a refusal is part of the answer.
    """
    findings = Findings()
    try:
        source = lenient.identify(data, findings, None, encoding, language)
    except CaptionError as error:
        guesses = _guesses(data, language, error)
        return Look(None, guesses[0].encoding if guesses else "", guesses, refusal=error)
    guesses = () if source.data else encodings.candidates(data, language)
    try:
        track = lenient.parse(source, findings, language)
    except CaptionError as error:
        return Look(source.format, source.encoding, guesses, refusal=error)
    return Look(source.format, source.encoding, guesses, track)


def _guesses(data: bytes, language: str, why: CaptionError) -> tuple[Guess, ...]:
    """Another encoding may help where the text was not understood, but not where there is none."""
    if why.code in (ErrorCode.BINARY, ErrorCode.TOO_LARGE, ErrorCode.EMPTY, ErrorCode.HTML):
        return ()
    return encodings.candidates(data, language)
