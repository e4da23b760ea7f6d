"""Gaps in the speech for audio description: where they are, how many words fit, and whether a text does."""

import re
from dataclasses import dataclass
from typing import Final

from captions.hearing import Hearing

LEAST_MS: Final = 1500
"""A shorter gap holds no sentence."""
MARGIN_MS: Final = 150
"""Left free between the film's speech and a description, on each side, so that one does not cut the other."""
BREATH_MS: Final = 250
"""A sound shorter than this between two gaps is no speech that must be heard."""
ENGLISH: Final = 160
"""Words a minute of a description in English that can be followed (DCMP Description Key: 150 to 160)."""

READ_ALOUD: Final[dict[str, int]] = {
    "ar": 138,
    "de": 179,
    "en": 228,
    "es": 218,
    "fi": 161,
    "fr": 195,
    "he": 187,
    "it": 188,
    "ja": 193,
    "nl": 202,
    "pl": 166,
    "pt": 181,
    "ru": 184,
    "sl": 180,
    "sv": 199,
    "tr": 166,
    "zh": 158,
}
"""Words a minute at which people read the same texts aloud (Trauzettel-Klosinski and Dietz 2012, IReST,
Invest Ophthalmol Vis Sci 53:5452), rounded: how long the
words of a language are, so to say. They give a hint, no rule.
"""

LETTERS_A_WORD: Final = 1.7
"""Chinese and Japanese signs for each word, where no spaces tell words apart."""

_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A stretch without speech, in milliseconds, and how many words can be said in it."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a text can be said in a gap: its `words`, and how many are `too_many` (0: it fits)."""

    words: int
    too_many: int

    @property
    def is_fitting(self) -> bool:
        """Can it be said without haste?"""
        return self.too_many == 0


def find(
    hearing: Hearing, *, least: int = LEAST_MS, language: str = "en", words_per_minute: float | None = None
) -> tuple[Gap, ...]:
    """The gaps of at least `least` milliseconds between the speech of a film, in the order of time.

    MARGIN_MS on the side of speech is already taken off. `words_per_minute` is 160 for English by default,
    for other languages as much faster or slower as they are read aloud (`pace`). Raises ValueError when it is
    not more than 0.
    """
    said = sorted((one for one in hearing.speech if one.duration >= BREATH_MS), key=lambda one: one.start)
    found, free = [], 0
    for one in said:
        found.append((free, one.start - MARGIN_MS))
        free = max(free, one.end + MARGIN_MS)
    found.append((free, hearing.duration))
    minute = pace(language) if words_per_minute is None else words_per_minute
    return tuple(
        Gap(start, end, room(end - start, minute)) for start, end in found if end - start >= max(least, 1)
    )


def fit(text: str, gap: Gap) -> Fit:
    """Whether `text` can be said in the gap, and by how many words it is too long."""
    words = count(text)
    return Fit(words, max(words - gap.words, 0))


def pace(language: str) -> float:
    """Words a minute for a description in a language (BCP 47); an unknown one is taken as English."""
    known = READ_ALOUD.get(language.partition("-")[0].lower(), READ_ALOUD["en"])
    return ENGLISH * known / READ_ALOUD["en"]


def room(ms: int, words_per_minute: float) -> int:
    """How many words can be said in so many milliseconds."""
    if words_per_minute <= 0:
        raise ValueError(f"nobody speaks at {words_per_minute} words a minute")
    return int(max(ms, 0) * words_per_minute / 60_000)


def count(text: str) -> int:
    """The words of a text that is to be said; of Chinese and Japanese, as many as its signs make."""
    signs = len(_SIGN.findall(text))
    return len(_WORD.findall(_SIGN.sub(" ", text))) + round(signs / LETTERS_A_WORD)
