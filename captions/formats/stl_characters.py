"""The character tables of EBU STL (tech 3264, appendix 1 and 2)."""

import unicodedata
from typing import Final

_ISO_6937: Final = dict(zip(range(0xA1, 0xC0), "¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿", strict=True)) | {
    0xD0: "―", 0xD1: "¹", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "♪", 0xD6: "¬", 0xD7: "¦",
    0xDC: "⅛", 0xDD: "⅜", 0xDE: "⅝", 0xDF: "⅞",
    0xE0: "Ω", 0xE1: "Æ", 0xE2: "Đ", 0xE3: "ª", 0xE4: "Ħ", 0xE6: "Ĳ", 0xE7: "Ŀ",
    0xE8: "Ł", 0xE9: "Ø", 0xEA: "Œ", 0xEB: "º", 0xEC: "Þ", 0xED: "Ŧ", 0xEE: "Ŋ", 0xEF: "ŉ",
    0xF0: "ĸ", 0xF1: "æ", 0xF2: "đ", 0xF3: "ð", 0xF4: "ħ", 0xF5: "ı", 0xF6: "ĳ", 0xF7: "ŀ",
    0xF8: "ł", 0xF9: "ø", 0xFA: "œ", 0xFB: "ß", 0xFC: "þ", 0xFD: "ŧ", 0xFE: "ŋ", 0xFF: "\u00ad",
}  # fmt: skip
_ACCENTS: Final = {
    0xC1: "\u0300", 0xC2: "\u0301", 0xC3: "\u0302", 0xC4: "\u0303", 0xC5: "\u0304", 0xC6: "\u0306",
    0xC7: "\u0307", 0xC8: "\u0308", 0xC9: "\u0308", 0xCA: "\u030a", 0xCB: "\u0327", 0xCC: "\u0332",
    0xCD: "\u030b", 0xCE: "\u0328", 0xCF: "\u030c",
}  # fmt: skip
"""Accents stand before their letter, where Unicode has them after it."""

CODECS: Final = {b"01": "iso8859_5", b"02": "iso8859_6", b"03": "iso8859_7", b"04": "iso8859_8"}
"""Latin with Cyrillic, Arabic, Greek and Hebrew, by the code in the file's head; 00 is ISO 6937."""


def decode(data: bytes, table: bytes) -> str:
    """The characters of a run of bytes without control codes; what is none becomes U+FFFD."""
    if table in CODECS:
        return data.decode(CODECS[table], "replace")
    if data.isascii():
        return data.decode("ascii")
    return _latin(data)


def _latin(data: bytes) -> str:
    parts: list[str] = []
    accent = ""
    for byte in data:
        if byte in _ACCENTS:
            parts.append("\ufffd" if accent else "")
            accent = _ACCENTS[byte]
            continue
        letter = chr(byte) if byte < 0x7F else _ISO_6937.get(byte, "\ufffd")
        parts.append(unicodedata.normalize("NFC", letter + accent) if accent else letter)
        accent = ""
    return "".join(parts) + ("\ufffd" if accent else "")
