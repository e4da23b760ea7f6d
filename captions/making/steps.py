"""suggest: where chapters may begin, from pauses, cuts of the picture and changes of vocabulary.

The change of vocabulary is that of TextTiling (Hearst 1997): the likeness of the words before and after a
place, and how deep it falls between its neighbours. One sign alone proposes nothing.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from captions.chapters import TITLE_LENGTH
from captions.checking import phrases, tongues
from captions.hearing import Hearing
from captions.terms import Term
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext

LONG_PAUSE: Final = 1200
"""Milliseconds without speech that may part two steps."""

NEAR: Final = 1500
"""Milliseconds between a cut and a pause, or a pause and a caption, that still belong together."""

_BLOCK: Final = 4
"""Captions on each side whose words are compared."""

_LEAST_FOR_WORDS: Final = 2 * _BLOCK
_LEAST_WORD: Final = 4
_SIGNS: Final = 2
_TITLE_WORDS: Final = 6
_SHORT_TITLE: Final = 48
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE: Final = re.compile(r"[.!?…:;,。！？、]+(?:\s|$)|[。！？]")
_ENDING: Final = re.compile(r"(?:ing|ed|es|s|ly)$")


class Sign(StrEnum):
    """Why a chapter may begin somewhere."""

    BEGINNING = "beginning"
    PAUSE = "pause"
    CUT = "cut"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A chapter that may begin at `start` (milliseconds), with a title to begin from, and its signs."""

    start: int
    title: str
    why: tuple[Sign, ...]


def suggest(
    track: TextTrack,
    hearing: Hearing,
    *,
    duration: int,
    least: int = 10_000,
    terms: Sequence[Term] = (),
) -> tuple[Suggestion, ...]:
    """Chapters to propose for a film of `duration` milliseconds, none shorter than `least`.

    The first begins at 0. The others begin where two of three signs agree: a pause of over LONG_PAUSE, a cut,
    a change of vocabulary; where more agree, or agree more, comes first. A title is the term of the glossary
    that is said most, else the first words. Nothing is proposed for a film without captions.
    """
    cues = sorted((cue for cue in track.cues if _read(cue)), key=lambda cue: cue.start)
    if not cues or duration <= 0:
        return ()
    places = sorted(_candidates(cues, hearing, _is_weak(track, cues)), key=lambda each: (-each[1], each[0]))
    starts: dict[int, tuple[Sign, ...]] = {0: (Sign.BEGINNING,)}
    for start, _, signs in places:
        if all(abs(start - other) >= least for other in (*starts, duration)):
            starts[start] = signs
    edges = [*sorted(starts), duration]
    titles = _Titles(terms, track.language)
    return tuple(
        Suggestion(start, titles.of(_between(cues, start, end)), starts[start])
        for start, end in pairwise(edges)
    )


def _read(cue: Cue) -> str:
    return " ".join(cuetext.plain_text(cue.text).split())


def _between(cues: Sequence[Cue], start: int, end: int) -> list[str]:
    """The texts of captions that begin in a chapter, or a little before it."""
    return [_read(cue) for cue in cues if start - NEAR // 2 <= cue.start < end - NEAR // 2]


def _candidates(
    cues: Sequence[Cue], hearing: Hearing, weak: frozenset[str]
) -> Iterator[tuple[int, float, tuple[Sign, ...]]]:
    """Places before a caption with two signs or more: the time, how strong they are, which they are."""
    depths = _depths(cues, weak)
    for place in range(1, len(cues)):
        signs: list[Sign] = []
        begin = cues[place].start
        strength = 0.0
        pause = _pause_before(cues, place, hearing)
        if pause > LONG_PAUSE:
            signs.append(Sign.PAUSE)
            strength += 1 + min(pause / 10_000, 0.5)
        cut = _cut_near(hearing.cuts, begin)
        if cut is not None:
            signs.append(Sign.CUT)
            strength += 1
        if depths[place] > 0:
            signs.append(Sign.WORDS)
            strength += 1 + min(depths[place], 1) / 2
        if len(signs) >= _SIGNS:
            yield (begin if cut is None else cut), strength, tuple(signs)


def _pause_before(cues: Sequence[Cue], place: int, hearing: Hearing) -> int:
    """Milliseconds without speech before a caption; by the captions where nothing was heard."""
    begin = cues[place].start
    if not hearing.speech:
        return begin - max(cue.end for cue in cues[max(place - 3, 0) : place])
    at = bisect_left(hearing.speech, begin - NEAR // 3, key=lambda speech: speech.start)
    if at == len(hearing.speech) or at == 0 or hearing.speech[at].start > begin + NEAR:
        return 0
    return hearing.speech[at].start - hearing.speech[at - 1].end


def _cut_near(cuts: Sequence[int], time: int) -> int | None:
    """The cut nearest to a moment, no further than NEAR."""
    at = bisect_left(cuts, time)
    nearest = min(cuts[max(at - 1, 0) : at + 1], key=lambda cut: abs(cut - time), default=None)
    return nearest if nearest is not None and abs(nearest - time) <= NEAR else None


def _depths(cues: Sequence[Cue], weak: frozenset[str]) -> list[float]:
    """How deep the likeness of words falls before each caption; 0 where it does not fall more than usual."""
    depths = [0.0] * len(cues)
    if len(cues) < _LEAST_FOR_WORDS:
        return depths
    bags = [_bag(_read(cue), weak) for cue in cues]
    likeness = [1.0] + [
        _cosine(_sum(bags[max(place - _BLOCK, 0) : place]), _sum(bags[place : place + _BLOCK]))
        for place in range(1, len(cues))
    ]
    inside = range(2, len(cues) - 1)
    for place in inside:
        depths[place] = _peak(likeness, place, -1) + _peak(likeness, place, 1) - 2 * likeness[place]
    found = [depths[place] for place in inside]
    mean = sum(found) / len(found)
    spread = math.sqrt(sum((depth - mean) ** 2 for depth in found) / len(found))
    # Hearst's cut-off: half a standard deviation below the mean still counts as a border
    bar = mean - spread / 2
    valleys = [likeness[place] <= min(likeness[place - 1 : place + 2], default=0.0) for place in inside]
    return [
        depth if 2 <= place < len(cues) - 1 and valleys[place - 2] and depth > max(bar, 0.05) else 0.0
        for place, depth in enumerate(depths)
    ]


def _peak(likeness: Sequence[float], place: int, step: int) -> float:
    """The top of the slope on one side of a place."""
    while 0 < place + step < len(likeness) and likeness[place + step] >= likeness[place]:
        place += step
    return likeness[place]


def _bag(text: str, weak: frozenset[str]) -> Counter[str]:
    """The words that carry the subject, without their endings."""
    words = (word.casefold() for word in _WORD.findall(text))
    return Counter(_ENDING.sub("", word) for word in words if len(word) >= _LEAST_WORD and word not in weak)


def _sum(bags: Sequence[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for bag in bags:
        total.update(bag)
    return total


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    length = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(count * other[word] for word, count in one.items()) / length if length else 0.0


def _is_weak(track: TextTrack, cues: Sequence[Cue]) -> frozenset[str]:
    """The words of the track's language that say nothing of a subject."""
    return phrases.weak_words(track.language or tongues.detect(_read(cue) for cue in cues))


class _Titles:
    """Gives titles, each term once."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self._terms = [(term.text, re.compile(rf"\b{re.escape(term.text)}", re.IGNORECASE)) for term in terms]
        self._weak = phrases.weak_words(language)
        self._given: set[str] = set()

    def of(self, texts: Sequence[str]) -> str:
        """A title for the texts of a chapter; empty when nothing is said in it."""
        whole = " ".join(texts)
        counts = Counter({term: len(pattern.findall(whole)) for term, pattern in self._terms})
        for term, count in counts.most_common():
            if count > 1 and term not in self._given:
                self._given.add(term)
                return _capital(term)[:TITLE_LENGTH]
        return _capital(self._first_words(whole))[:TITLE_LENGTH]

    def _first_words(self, text: str) -> str:
        """The first clause, or as many words as a title may have, not ending on a word that wants another."""
        clause = next((part.strip() for part in _CLAUSE.split(text) if part.strip()), "")
        words = clause.split()[:_TITLE_WORDS]
        while len(words) > 1 and (words[-1].casefold() in self._weak or len(" ".join(words)) > _SHORT_TITLE):
            words.pop()
        return " ".join(words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
