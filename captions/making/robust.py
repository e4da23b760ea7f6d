"""The words of a script timed in a sound, also where both differ: recognise, anchor, fill the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import Final

from captions.audio import Sound
from captions.making.anchors import Pair, anchors, longest_run
from captions.making.loudness import Loudness
from captions.making.recognise import Heard, Recogniser

PER_LETTER: Final = 30
"""Milliseconds that a letter takes at least: with less room a run of words was not said there."""
SHORTEST_GAP: Final = 300
"""Milliseconds below which a gap is too short for the recogniser."""
LONGEST_GAP: Final = 120_000
"""Milliseconds of sound that are aligned at once; the memory for it grows with its square root at best."""
TIGHT: Final = 3
"""A gap of less than this many times what its words need is theirs, even if they cannot be aligned in it."""
LEAST_LOUD: Final = 0.25
"""A word of which less than this part is louder than a pause was not said there."""
LONGEST_WORD, LONGEST_LETTER = 400, 200
"""Milliseconds that a word may take, and in addition for each letter, before it is held to be misplaced."""
PROOF: Final = 5
"""So many words in a row must be heard before a script is taken to be that of the sound."""
SHARE_OF_SHORT: Final = 0.6
"""Of a script that is hardly longer than that, this part."""

SHORT_SENTENCE: Final = 3
"""Of a sentence of fewer words one is enough."""


class Source(IntEnum):
    """How the time of a word was found, from the weakest."""

    SPREAD = 0
    PLACED = 1
    HEARD = 2


@dataclass(frozen=True, slots=True)
class Time:
    """When a word is said, in milliseconds, and how that was found."""

    start: int
    end: int
    source: Source


@dataclass(slots=True)
class Robust:
    """One script and one sound. `words` are the spoken words of the script, each known to the recogniser;
    `sentences` has for each the number of its sentence.
    """

    words: Sequence[str]
    sentences: Sequence[int]
    sound: Sound
    loudness: Loudness
    recogniser: Recogniser
    times: list[Time | None] = field(init=False)

    def __post_init__(self) -> None:
        self.times = [None] * len(self.words)

    def align(self, progress: Callable[[float], None]) -> list[Time | None]:
        """The time of each word; None for one that was not found, never a guess.

        Nothing is timed when the script seems not to be of this sound. `progress` is told the part done.
        """
        heard = self._hear(progress)
        progress(1.0)
        pairs = anchors(self.words, [one.word for one in heard])
        if longest_run(pairs) < min(PROOF, max(2, int(len(self.words) * SHARE_OF_SHORT))):
            return self.times
        for mine, theirs in self._supported(pairs):
            self.times[mine] = Time(heard[theirs].start, heard[theirs].end, Source.HEARD)
        for first, last in list(self._gaps()):
            self._fill(first, last)
        return self.times

    def _hear(self, progress: Callable[[float], None]) -> list[Heard]:
        heard: list[Heard] = []
        for begin, end in pairwise(self.loudness.cuts()):
            heard += self.recogniser.hear(self.sound.between(begin, end), begin)
            progress(end / self.sound.duration)
        return heard

    def _supported(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """The anchors without words that were heard alone in their sentence: the recogniser knows no other
        words than those of the script, and hears one of them where something like it is said.
        """
        often = Counter(self.sentences[mine] for mine, _ in pairs)
        lengths = Counter(self.sentences)
        for mine, theirs in pairs:
            sentence = self.sentences[mine]
            if often[sentence] > 1 or lengths[sentence] < SHORT_SENTENCE:
                yield mine, theirs

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """Runs of words without a time: the number of the first, and of the one after the last."""
        first: int | None = None
        for place, time in enumerate((*self.times, Time(0, 0, Source.HEARD))):
            if time is None and first is None:
                first = place
            elif time is not None and first is not None:
                yield first, place
                first = None

    def _fill(self, first: int, last: int) -> None:
        """Time a run of words in what the words around it leave, as far as they can have been said there."""
        before, after = self._edge(first - 1), self._edge(last)
        begin = before.end if before else 0
        end = after.start if after else self.sound.duration
        if end - begin > LONGEST_GAP:
            return
        for places in self._candidates(first, last):
            found = self._tried([self.words[place] for place in places], begin, end)
            for place, time in zip(places, found, strict=True):
                self.times[place] = time
            if any(found):
                return

    def _candidates(self, first: int, last: int) -> Iterator[list[int]]:
        """All words of a run; then, since whole sentences may be unsaid, those of the sentences that it only
        continues or begins.
        """
        whole = range(first, last)
        yield list(whole)
        beside = {self.sentences[place] for place in (first - 1, last) if 0 <= place < len(self.words)}
        partly = [place for place in whole if self.sentences[place] in beside]
        if 0 < len(partly) < len(whole):
            yield partly

    def _tried(self, words: Sequence[str], begin: int, end: int) -> Sequence[Time | None]:
        """The times of words in a stretch, None for each that was not said there."""
        need = PER_LETTER * sum(map(len, words))
        if end - begin <= need:
            return [None] * len(words)
        found = self._placed(words, begin, end)
        if found is None and end - begin < TIGHT * need:
            found = _spread(words, begin, end)
        return self._believed(words, found or [])

    def _edge(self, place: int) -> Time | None:
        return self.times[place] if 0 <= place < len(self.times) else None

    def _placed(self, words: Sequence[str], begin: int, end: int) -> list[Time] | None:
        if end - begin <= SHORTEST_GAP:
            return None
        found = self.recogniser.place(words, self.sound.between(begin, end), begin)
        return [Time(one.start, min(one.end, end), Source.PLACED) for one in found] if found else None

    def _believed(self, words: Sequence[str], times: Sequence[Time]) -> list[Time | None]:
        """The times without those of words that lie in a pause or are drawn out beyond all speech.

        When most words of a run are of that kind, the run was not said here, and none of it is kept.
        """
        kept = [time if self._is_said(word, time) else None for word, time in zip(words, times, strict=False)]
        lost = sum(len(word) for word, time in zip(words, kept, strict=False) if time is None)
        if not kept or lost * 2 > sum(map(len, words)):
            return [None] * len(words)
        return list(kept)

    def _is_said(self, word: str, time: Time) -> bool:
        is_long = time.end - time.start > LONGEST_WORD + LONGEST_LETTER * len(word)
        return not is_long and self.loudness.loud_share(time.start, time.end) >= LEAST_LOUD


def _spread(words: Sequence[str], begin: int, end: int) -> list[Time]:
    """The words side by side over a stretch, each as long as it has letters."""
    letters = sum(map(len, words))
    times: list[Time] = []
    done = 0
    for word in words:
        start = begin + (end - begin) * done // letters
        done += len(word)
        times.append(Time(start, begin + (end - begin) * done // letters, Source.SPREAD))
    return times
