"""Words as the index holds them: without accents and capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Scripts that write no spaces between words: each letter is a word of its own, and a word is a row of them.
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
)
LONGEST: Final = 60  # letters of a word that are kept
_WORD = re.compile(rf"(?=\w)[{UNSPACED}]|[^\W_{UNSPACED}]+")
# Letters that have no decomposition and that people type without their stroke.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


def words(text: str) -> list[str]:
    """The words of a text, folded: without case, accents, vowel signs and points."""
    return [found[:LONGEST] for found in _WORD.findall(folded(text))]


def folded(text: str) -> str:
    """The text in which the words of a question are looked for."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


def origins(text: str) -> list[int]:
    """For each letter of the folded text, and for its end, the place in the text that it came from."""
    return [place for place, letter in enumerate(text) for _ in _letter(letter)] + [len(text)]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", letter.casefold())
    plain = "".join(part for part in apart if not unicodedata.category(part).startswith("M"))
    return plain.casefold().translate(_STROKES)
