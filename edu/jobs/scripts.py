"""Scripts timed in a film: word by word where a model knows the language, else sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from captions import Cue, ErrorCode
from captions.errors import refusal
from captions.making.align import LANGUAGES, align_words, own_cues
from captions.making.listening import place_sentences
from captions.making.segment import segment
from captions.making.words import TimedWord

MOST_TOLD = 200
_BRACKETS = re.compile(r"\[[^\]\n]{0,300}\]")
_SENTENCE = re.compile(r"[^.!?。！？…\n]+[.!?。！？…]*[\"'”’»)]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Timed:
    """The words of a script that have a time, and those that were not found; `is_rough`: to be checked."""

    words: tuple[TimedWord, ...]
    untimed: tuple[str, ...]
    method: str
    is_rough: bool

    def cues(self, profile: str, language: str, duration: int, *, keeps_breaks: bool) -> tuple[Cue, ...]:
        """The words as captions: as the script breaks them, or made to the profile."""
        if not self.words:
            return ()
        if keeps_breaks:
            return own_cues(self.words)
        return segment(self.words, profile, language=language, duration=duration or None)

    def report(self) -> dict[str, Any]:
        """What a working copy tells of how it was made."""
        return {
            "method": self.method,
            "is_rough": self.is_rough,
            "untimed": list(self.untimed[:MOST_TOLD]),
            "untimed_count": len(self.untimed),
            "words": len(self.words) + len(self.untimed),
        }


def is_rough(language: str) -> bool:
    """Whether a script in this language can be timed by sentences only."""
    return language.lower().split("-")[0] not in LANGUAGES


def by_words(
    script: str,
    path: Path,
    language: str,
    *,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Timed:
    """Each word where it is heard. Raises CaptionError."""
    found = align_words(script, path, language=language, progress=progress, cancelled=cancelled)
    untimed = tuple(word.text for word in found.untimed)
    return Timed(found.words, untimed, str(found.method), found.is_rough)


def by_sentences(script: str, path: Path, language: str, *, cancelled: Callable[[], bool]) -> Timed:
    """Each sentence where a synthetic voice says it alike, its words spread over it. Raises CaptionError."""
    lines = [(number, line) for number, line in enumerate(_BRACKETS.sub("", script).splitlines())]
    parts = [(n, part.strip()) for n, line in lines for part in _SENTENCE.findall(line) if part.strip()]
    if not parts:
        raise refusal(ErrorCode.SCRIPT_NOT_HEARD, timed=0, words=0)
    times = place_sentences([text for _, text in parts], path, language=language, cancelled=cancelled)
    words: list[TimedWord] = []
    untimed: list[str] = []
    for place, ((line, text), span) in enumerate(zip(parts, times, strict=True)):
        if span is None:
            untimed += text.split()
        else:
            words += _spread(text, *span, line=line, paragraph=place)
    return Timed(tuple(words), tuple(untimed), "sentences", is_rough=True)


def _spread(text: str, start: int, end: int, *, line: int, paragraph: int) -> list[TimedWord]:
    """The words of a sentence, each as long as its letters are of all."""
    tokens = text.split()
    total = sum(len(token) + 1 for token in tokens)
    done, words = 0, []
    for token in tokens:
        first = start + (end - start) * done // total
        done += len(token) + 1
        last = start + (end - start) * done // total
        words.append(TimedWord(token, first, max(last, first + 1), 0.0, paragraph, line))
    return words
