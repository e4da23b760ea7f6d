"""From bytes to characters: marks, UTF-8, UTF-16 without a mark, else a guess by charset-normalizer."""

import codecs
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

from captions.errors import ErrorCode, refusal

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the four bytes of UTF-32 are tried before the two of UTF-16, with which they begin."""

SAMPLE_BYTES: Final = 32_768
_WESTERN: Final = "cp1252"
_MARGIN: Final = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding they were read as, if it was guessed, and if some bytes were none."""

    text: str
    encoding: str
    guessed: bool = False
    damaged: bool = False


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as text. A byte order mark counts before all; `encoding` is what a person chose.

    Raises CaptionError (`unknown-encoding`) when there is no such encoding.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], name)
    if encoding is not None:
        return _read(data, _known(encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _foreign(data)
    if "\0" in text:
        wide = _wide(data)
        if wide:
            return _read(data, wide, guessed=True)
    return Decoded(text, "utf-8")


def _known(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding).name
        # a few of Python's codecs (base64, rot13) are no encodings of text
        str(b"a", found, "replace")
    except (LookupError, ValueError) as error:
        raise refusal(ErrorCode.UNKNOWN_ENCODING, encoding=encoding) from error
    if "escape" in found:
        raise refusal(ErrorCode.UNKNOWN_ENCODING, encoding=encoding)
    return found


def _foreign(data: bytes) -> Decoded:
    """Not UTF-8: UTF-16, UTF-8 with a few bad bytes, or a code page."""
    wide = _wide(data)
    if wide:
        return _read(data, wide, guessed=True)
    text = data.decode("utf-8", "replace")
    good = sum(not character.isascii() for character in text) - text.count("\ufffd")
    if good > 10 * text.count("\ufffd"):
        return Decoded(text, "utf-8", guessed=True, damaged=True)
    return _read(data, _guess(_sample(data)), guessed=True)


def _guess(sample: bytes) -> str:
    """The likeliest code page; of guesses that are nearly as good, the one of Western Europe."""
    guesses = from_bytes(sample, cp_exclusion=["utf_7"])
    best = guesses.best()
    if best is None:
        return _WESTERN
    as_good = {
        guess.encoding
        for guess in guesses
        if guess.chaos <= best.chaos and guess.coherence >= best.coherence - _MARGIN
    }
    return _WESTERN if _WESTERN in as_good else best.encoding


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows as null bytes at every second place, which no other text has."""
    start = data[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 10 < len(start) * 2:
        return ""
    return "utf-16-le" if odd > even * 4 else "utf-16-be" if even > odd * 4 else ""


def _sample(data: bytes) -> bytes:
    """The lines that are not plain ASCII, up to SAMPLE_BYTES: times say nothing of a code page."""
    kept, size = [], 0
    for line in data.split(b"\n"):
        if not line.isascii():
            kept.append(line[:SAMPLE_BYTES])
            size += len(line)
            if size > SAMPLE_BYTES:
                break
    return b"\n".join(kept)


def _read(data: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, guessed)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, guessed, damaged=True)
