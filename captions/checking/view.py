"""View, Limits and Found: what the tests behind the rules look at, are given and answer."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from captions.checking.phrases import LEADERS, WEAK_WORDS
from captions.checking.profiles import Profile
from captions.checking.trend import Trend
from captions.hearing import Hearing, Speech
from captions.track import Cue
from captions.webvtt import cuetext

_TAG: Final = re.compile(r"<[^>]*>?")
_VOICE: Final = re.compile(r"<v(?:\.[^ \t\n\f<>]*)?[ \t\n\f]+([^<>]*)>")


class Severity(StrEnum):
    """How bad a problem is: an error keeps captions from being published."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class View:
    """A cue with what the tests ask of it: the text and the lines as read, who speaks.

    `characters` counts spaces, and a line break as one; `words` are parted by white space.
    """

    cue: Cue
    plain: str
    lines: tuple[str, ...]
    voices: tuple[str, ...]
    characters: int
    words: int

    @classmethod
    def of(cls, cue: Cue) -> "View":
        """Look at a cue; lines of white space are none."""
        plain, voices = _read(cue.text)
        lines = tuple(line for line in map(str.strip, plain.split("\n")) if line)
        characters = sum(map(len, lines)) + max(len(lines) - 1, 0)
        return cls(cue, plain, lines, voices, characters, len(plain.split()))

    @property
    def duration(self) -> int:
        """Milliseconds on screen; below zero when the end is before the start."""
        return self.cue.end - self.cue.start


@dataclass(frozen=True, slots=True)
class Limits:
    """What a track is held to: the profile, the film where it is known, the words of its language
    that hold on to the next (`weak`) and those that a line may well begin with (`leading`).

    `speech` is that of `hearing` with short breaths filled, `onsets` its beginnings, `trend` how far
    all captions are from them.
    """

    profile: Profile
    duration: int | None = None
    hearing: Hearing | None = None
    weak: frozenset[str] = WEAK_WORDS["en"]
    mixes_sounds: bool = False
    speech: tuple[Speech, ...] = ()
    onsets: tuple[int, ...] = ()
    trend: Trend | None = None
    leading: frozenset[str] = LEADERS["en"]


@dataclass(frozen=True, slots=True)
class Found:
    """A broken rule: how bad, the sentence, its numbers for `str.format`, and if a repair can be tried."""

    severity: Severity
    message: str
    parameters: tuple[float | int | str, ...] = ()
    fixable: bool = True


Test = Callable[[View, View | None, View | None, Limits], Found | None]
"""Looks at a cue, the ones above and below in the order of time, and the limits."""

Survey = Callable[[Sequence[View], Limits], "list[tuple[int, Found]]"]
"""Looks at a whole track in the order of time and gives places with what was found there."""


def _read(text: str) -> tuple[str, tuple[str, ...]]:
    """Plain text and voices; what is written plainly, as nearly all is, needs no tokeniser."""
    if "&" in text:
        return cuetext.plain_text(text), cuetext.voices(text)
    if "<" not in text:
        return text, ()
    voices: tuple[str, ...] = ()
    if "<v" in text:
        names = (" ".join(name.split()) for name in _VOICE.findall(text))
        voices = tuple(dict.fromkeys(filter(None, names)))
    return _TAG.sub("", text), voices


def width(text: str) -> int:
    """Columns of a line: a letter of Chinese, Japanese or Korean takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
