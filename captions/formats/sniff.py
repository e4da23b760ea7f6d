"""What kind of file this is, told by its content and never by its name."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from captions.errors import ErrorCode, refusal


class CaptionFormat(StrEnum):
    """The caption formats that are told apart."""

    VTT = "vtt"
    SRT = "srt"
    SBV = "sbv"
    TXT = "txt"
    TTML = "ttml"
    DFXP = "dfxp"
    ASS = "ass"
    SSA = "ssa"
    SCC = "scc"
    STL = "stl"
    LRC = "lrc"
    SMI = "smi"


FORMATS: Final = frozenset(CaptionFormat)

_BINARIES: Final = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"RIFF", "a RIFF file: a picture, a sound or a film"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 sound"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
)
_EBU_STL = re.compile(rb"[ -~]{3}STL\d\d\.\d\d", re.S)
_HTML = re.compile(
    r"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TTML = re.compile(r"<(?:\w+:)?tt[\s>]")
_ARROW_LINE = re.compile(r"^[ \t]*-?\d[\d:.,; \t]*(?:-->|[-=–—]{1,3} ?>|→|--&gt;)[ \t]*-?\d", re.M)
_SBV_LINE = re.compile(
    r"^[ \t]*\d+:\d{1,2}:\d{1,2}[.]\d{1,3}[ \t]*,[ \t]*\d+:\d{1,2}:\d{1,2}[.]\d{1,3}", re.M
)
_LRC_LINE = re.compile(r"^[ \t]*\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]", re.M | re.ASCII)
_SPRUCE_LINE = re.compile(
    r"^[ \t]*\d\d:\d\d:\d\d[:;.]\d\d[ \t]*,[ \t]*\d\d:\d\d:\d\d[:;.]\d\d[ \t]*,", re.M | re.ASCII
)
_ASS = re.compile(r"^[ \t]*\[(?:Script Info|Events|V4\+? Styles\+?)\]", re.M | re.I)
_WEBVTT = re.compile(r"\s*WEBVTT", re.I)


def binary_format(data: bytes) -> CaptionFormat | None:
    """The format of captions that are no text, None for all others. EBU STL names itself (Tech 3264, DFC)."""
    return CaptionFormat.STL if _EBU_STL.match(data) else None


def refuse_binaries(data: bytes) -> None:
    """Raise CaptionError for pictures, films, archives and the like, by their first bytes."""
    for start, what in _BINARIES:
        if data.startswith(start):
            raise refusal(ErrorCode.BINARY, what=what)
    if data[4:8] == b"ftyp":
        raise refusal(ErrorCode.BINARY, what="an MP4 or QuickTime film")


def refuse_pages(text: str) -> None:
    """Raise CaptionError for a web page and for noise."""
    if _HTML.match(text.lstrip()[:2000]):
        raise refusal(ErrorCode.HTML, 1)
    _refuse_noise(text)


def sniff(text: str) -> CaptionFormat:
    """The format of a text. Raises CaptionError for a web page, for noise, and when no cue is found."""
    refuse_pages(text)
    for format_, is_it in _TESTS:
        if is_it(text):
            return format_
    raise refusal(ErrorCode.NO_CUES)


def _refuse_noise(text: str) -> None:
    """Text has hardly any control characters; what has many is something else read as text."""
    start = text[:4096]
    if sum(ord(character) < 32 and character not in "\t\n\r\f\v" for character in start) * 20 > len(start):
        raise refusal(ErrorCode.BINARY, what="it has control characters")


def _is_stl(text: str) -> bool:
    """EBU STL or the text form of Spruce: times with frames and commas between all."""
    return text[3:8] in ("STL25", "STL30") or bool(_SPRUCE_LINE.search(text))


_TESTS: Final[tuple[tuple[CaptionFormat, Callable[[str], object]], ...]] = (
    (CaptionFormat.VTT, _WEBVTT.match),
    (CaptionFormat.SCC, lambda text: text.lstrip().startswith("Scenarist_SCC")),
    (CaptionFormat.STL, _is_stl),
    (CaptionFormat.ASS, lambda text: _ASS.search(text[:4096])),
    (CaptionFormat.SMI, lambda text: "<sami" in text[:4096].lower()),
    (CaptionFormat.TTML, lambda text: _TTML.search(text[:4096])),
    (CaptionFormat.SRT, _ARROW_LINE.search),
    (CaptionFormat.SBV, _SBV_LINE.search),
    (CaptionFormat.LRC, _LRC_LINE.search),
)
