"""The character sets of CEA-608 line-21 captions, by their codes without the parity bit."""

from typing import Final

_DIFFERENT: Final = {
    0x2A: "á", 0x5C: "é", 0x5E: "í", 0x5F: "ó", 0x60: "ú",
    0x7B: "ç", 0x7C: "÷", 0x7D: "Ñ", 0x7E: "ñ", 0x7F: "█",
}  # fmt: skip

BASIC: Final = {code: _DIFFERENT.get(code, chr(code)) for code in range(0x20, 0x80)}
"""Characters of one byte: those of ASCII but for ten."""

_TRANSPARENT: Final = " "
SPECIAL: Final = dict(zip(range(0x30, 0x40), f"®°½¿™¢£♪à{_TRANSPARENT}èâêîôû", strict=True))
"""The second byte after 0x11."""

EXTENDED: Final = {
    0x12: dict(zip(range(0x20, 0x40), "ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»", strict=True)),
    0x13: dict(zip(range(0x20, 0x40), "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤│ÅåØø┌┐└┘", strict=True)),
}
"""The second byte after 0x12 (Spanish, French) or 0x13 (Portuguese, German, Danish). Such a character takes
the place of the one before it, which is for decoders that do not know it."""

ROWS: Final = {
    0x11: (1, 2), 0x12: (3, 4), 0x15: (5, 6), 0x16: (7, 8), 0x17: (9, 10), 0x10: (11, 11), 0x13: (12, 13),
    0x14: (14, 15),
}  # fmt: skip
"""The rows of preamble address codes by the first byte, without and with bit 5 of the second."""
