"""From bytes to characters: marks, UTF-8, UTF-16 and 32 without a mark, else the likeliest code page."""

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from captions.errors import ErrorCode, refusal
from captions.formats import letters
from captions.formats.letters import Sample

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the four bytes of UTF-32 are tried before the two of UTF-16, with which they begin."""

NAMES: Final = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16, little-endian)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
    "utf-32-le": "Unicode (UTF-32, little-endian)",
    "utf-32-be": "Unicode (UTF-32, big-endian)",
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "cp1257": "Baltic (Windows-1257)",
    "cp1258": "Vietnamese (Windows-1258)",
    "cp874": "Thai (Windows-874)",
    "gb18030": "Chinese, simplified (GB18030)",
    "big5": "Chinese, traditional (Big5)",
    "cp932": "Japanese (Shift_JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "cp949": "Korean (EUC-KR)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "koi8-u": "Ukrainian (KOI8-U)",
    "iso8859-1": "Western European (ISO 8859-1)",
    "iso8859-15": "Western European (ISO 8859-15)",
    "iso8859-2": "Central European (ISO 8859-2)",
    "iso8859-5": "Cyrillic (ISO 8859-5)",
    "iso8859-6": "Arabic (ISO 8859-6)",
    "iso8859-7": "Greek (ISO 8859-7)",
    "iso8859-8": "Hebrew (ISO 8859-8)",
    "iso8859-9": "Turkish (ISO 8859-9)",
    "iso8859-13": "Baltic (ISO 8859-13)",
    "cp866": "Cyrillic (DOS 866)",
    "cp850": "Western European (DOS 850)",
    "mac-roman": "Western European (Macintosh)",
}
"""The encodings that are offered, by the name of Python's codec. Of two as likely, the earlier counts."""

_WEST: Final = ("en", "fr", "es", "pt", "it", "de", "nl", "sv", "da", "no", "fi", "is", "ca")
_CENTRE: Final = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "de")
_CYRILLIC: Final = ("ru", "uk", "bg", "sr")
_LANGUAGES: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("cp1252", "iso8859-1", "iso8859-15", "cp850", "mac-roman"), _WEST),
    **dict.fromkeys(("cp1250", "iso8859-2"), _CENTRE),
    **dict.fromkeys(("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866"), _CYRILLIC),
    **dict.fromkeys(("cp1253", "iso8859-7"), ("el",)),
    **dict.fromkeys(("cp1254", "iso8859-9"), ("tr",)),
    **dict.fromkeys(("cp1255", "iso8859-8"), ("he",)),
    **dict.fromkeys(("cp1256", "iso8859-6"), ("ar", "fa")),
    **dict.fromkeys(("cp1257", "iso8859-13"), ("lt", "lv", "et")),
    "cp1258": ("vi",),
    "cp874": ("th",),
    "gb18030": ("zh",),
    "big5": ("zh-hant",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "cp949": ("ko",),
}
_USUAL_LEADS: Final = {
    "gb18030": (0xB0, 0xD7),
    "big5": (0xA4, 0xC6),
    "cp932": (0x88, 0x97),
    "euc_jp": (0xB0, 0xCF),
    "cp949": (0xB0, 0xC8),
}
"""The first bytes of the characters that each set of East Asia counts among the usual ones."""

SAMPLE_BYTES: Final = 6000
EXCERPT: Final = 200
_DECLARED: Final = 4.0
_DECLARED_EACH: Final = 0.3
_FAVOUR: Final = {
    "cp1252": 1.5,
    "koi8-r": -0.5,
    "koi8-u": -1.0,
    "cp866": -3.0,
    "cp850": -3.0,
    "mac-roman": -3.0,
}
_MARKUP = re.compile(rb"<[^<>]{0,200}>|\{\\[^{}]{0,200}\}|&[A-Za-z]{1,8};")
_XML_ENCODING = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})[\"']", re.A
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the encoding they were read as, if it was guessed, and if some bytes were none."""

    text: str
    encoding: str
    guessed: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding that a file may be in: for `read`, for people, and how the file begins to look in it."""

    encoding: str
    name: str
    sample: str


def decode(data: bytes, encoding: str | None = None, language: str = "") -> Decoded:
    """Read bytes as text. A byte order mark counts before all; `encoding` is what a person chose.

    `language` (BCP 47) is what the text is said to be in. Raises CaptionError (`unknown-encoding`) for an
    encoding that is not offered.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], name)
    if encoding is not None:
        return _read(data, known(encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _foreign(data, language)
    if "\0" in text:
        wide = _wide(data)
        if wide:
            return _read(data, wide, guessed=True)
    return Decoded(text, "utf-8")


def candidates(data: bytes, language: str = "") -> tuple[Guess, ...]:
    """The encodings that bytes may be in, the likeliest, which `decode` takes, first; for a menu.

    One that gives the same text as a likelier one is left out, so that plain ASCII has only UTF-8.
    """
    first = decode(data, language=language)
    sample = _sample(data)
    found = {excerpt(first.text): first.encoding}
    if not data.startswith(tuple(mark for mark, _ in MARKS)):
        texts = {sample.decode(first.encoding, "replace")}
        for name in _ranked(sample, language):
            text = sample.decode(name, "replace")
            if text not in texts:
                texts.add(text)
                found.setdefault(excerpt(text), name)
    return tuple(Guess(name, NAMES[name], text) for text, name in found.items())


def excerpt(text: str) -> str:
    """The first lines that are not plain ASCII, which show if an encoding is right, else the first lines."""
    lines = [line.strip() for line in text[:100_000].splitlines()]
    telling = [line for line in lines if not line.isascii()] or [line for line in lines if line]
    return "\n".join(telling[:4])[:EXCERPT]


def known(encoding: str) -> str:
    """The codec of an encoding that a person names. Raises CaptionError when it is not offered."""
    try:
        found = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise refusal(ErrorCode.UNKNOWN_ENCODING, encoding=encoding) from error
    found = _ALIASES.get(found, found)
    if found not in NAMES:
        # others of Python's codecs are no encodings of text, or slow on hostile bytes
        raise refusal(ErrorCode.UNKNOWN_ENCODING, encoding=encoding)
    return found


_ALIASES: Final = {
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
    "cp950": "big5",
    "big5hkscs": "big5",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ascii": "utf-8",
}
"""Smaller sets of characters and other names, by the encoding that is offered for them."""


def _foreign(data: bytes, language: str) -> Decoded:
    """Not UTF-8: UTF-16, UTF-8 with a few bad bytes, what an XML file says of itself, or a code page."""
    wide = _wide(data)
    if wide:
        return _read(data, wide, guessed=True)
    text = data.decode("utf-8", "replace")
    good = sum(not character.isascii() for character in text) - text.count("\ufffd")
    if good > 10 * text.count("\ufffd"):
        return Decoded(text, "utf-8", guessed=True, damaged=True)
    stated = _stated(data)
    if stated:
        return _read(data, stated)
    return _read(data, _ranked(_sample(data), language)[0], guessed=True)


def _stated(data: bytes) -> str:
    """The code page that an XML declaration names, if it is one and fits."""
    match = _XML_ENCODING.match(data)
    if match is None:
        return ""
    try:
        name = _ALIASES.get(found := codecs.lookup(match[1].decode("ascii")).name, found)
        if name in _LANGUAGES:
            data.decode(name)
            return name
    except (LookupError, UnicodeDecodeError):
        return ""
    return ""


def _ranked(sample: bytes, language: str) -> list[str]:
    """The code pages, likeliest first."""
    declared = _declared(language)
    scores = {name: _score(sample, name, declared) for name in _LANGUAGES}
    return sorted(scores, key=lambda name: -scores[name])


def _declared(language: str) -> str:
    tag = language.lower().replace("_", "-")
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return "zh-hant"
    return {"nb": "no", "nn": "no", "iw": "he"}.get(tag.partition("-")[0], tag.partition("-")[0])


def _score(sample: bytes, encoding: str, declared: str) -> float:
    """How likely the bytes are in an encoding: that of its likeliest language."""
    counted = Sample.of(sample.decode(encoding, "replace"))
    favour = _DECLARED + _DECLARED_EACH * counted.pairs.total()
    usual = _usual(encoding) if encoding in _USUAL_LEADS else frozenset()
    return _FAVOUR.get(encoding, 0) + max(
        letters.likelihood(counted, language, usual) + (favour if language == declared else 0)
        for language in _LANGUAGES[encoding]
    )


@cache
def _usual(encoding: str) -> frozenset[str]:
    first, last = _USUAL_LEADS[encoding]
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in range(0x40, 0xFF))
    decoded = (pair.decode(encoding, "ignore") for pair in pairs)
    return frozenset(text for text in decoded if len(text) == 1 and not text.isascii())


def _wide(data: bytes) -> str:
    """UTF-16 or 32 without a mark shows as null bytes at the same places, which no other text has."""
    start = data[: 4096 // 4 * 4]
    quarters = [start[at::4].count(0) * 4 for at in range(4)]
    full = [count > len(start) * 0.9 for count in quarters]
    if full == [False, True, True, True] or full == [True, True, True, False]:
        return "utf-32-le" if full[3] else "utf-32-be"
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 10 < len(start) * 2:
        return ""
    return "utf-16-le" if odd > even * 4 else "utf-16-be" if even > odd * 4 else ""


def _sample(data: bytes) -> bytes:
    """The lines that are not plain ASCII, up to SAMPLE_BYTES: times say nothing of a code page."""
    kept, size = [], 0
    for line in re.split(rb"[\r\n]+", data):
        if not line.isascii():
            kept.append(_MARKUP.sub(b"", line[:SAMPLE_BYTES]))
            size += len(line)
            if size > SAMPLE_BYTES:
                break
    return b"\n".join(kept)


def _read(data: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, guessed)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, guessed, damaged=True)
