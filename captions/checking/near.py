"""Words near a term of the glossary: mis-hearings and slips of spelling, by an index of deletions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from captions.terms import Term

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ONE_SLIP: Final = 5
"""Letters from which a term may be one edit away; shorter words are too often other words."""

_TWO_SLIPS: Final = 9
_MOST_JUDGED: Final = 50_000

_ALL_ENDINGS: Final = """
    ations ation ating ated ates ate ings ing ies ied ions ion ers er ed es s y al ar ary ic ical ous ally
    um us uses a ae i is itis ata osis ly e or ors able ment ments 's ’s
"""
_ENDINGS: Final = tuple(_ALL_ENDINGS.split())
_LEAST_STEM: Final = 3


@dataclass(frozen=True, slots=True)
class Near:
    """What stands in a text from `start` to `end` (letters) and the term that may be meant."""

    start: int
    end: int
    written: str
    term: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a term: the whole term in words, the word's place in it, and the term as it is written."""

    phrase: tuple[str, ...]
    place: int
    term: str

    @property
    def meant(self) -> str:
        """The word itself."""
        return self.phrase[self.place]

    def stands(self, words: Sequence[str], at: int) -> bool:
        """Are the other words of the term around the word at a place?"""
        start = at - self.place
        there = words[max(start, 0) : start + len(self.phrase)]
        return len(there) == len(self.phrase) and all(
            place == self.place or word == there[place] for place, word in enumerate(self.phrase)
        )


class Lexicon:
    """The terms of a glossary, ready to be looked for; it remembers the words it has judged."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._parts: dict[str, list[_Part]] = {}
        self._misheard: dict[str, list[tuple[list[str], str]]] = {}
        self._judged: dict[str, tuple[_Part, ...]] = {}
        self._silent: set[str] = set()
        self._exact: set[str] = set()
        self._stems: set[str] = set()
        for term in terms:
            self._learn(term)
        for term in terms:
            for phrase in term.misheard:
                self._learn_misheard(phrase, term)

    def find(self, text: str) -> Iterator[Near]:
        """The places of a plain text that are near a term, in order."""
        words = _WORD.findall(text.lower())
        # nearly every caption ends here: all its words were judged before and stand for no term
        if self._silent.issuperset(words):
            return
        self._silent.update(word for word in words if word not in self._misheard and not self._near(word))
        yield from self._found(text, list(_WORD.finditer(text)))

    def _found(self, text: str, matches: Sequence[re.Match[str]]) -> Iterator[Near]:
        words = [match[0].lower() for match in matches]
        free = 0
        for at in range(len(words)):
            start, end, term = self._term_at(words, at)
            if not term or start < free:
                continue
            free = end
            first, last = matches[start].start(), matches[end - 1].end()
            written = text[first:last]
            yield Near(first, last, written, _cased(term, written))

    def _learn(self, term: Term) -> None:
        words = tuple(_WORD.findall(term.text.lower()))
        self._exact.update(words)
        self._stems.update(stem for word in words for stem in _stems(word))
        for place, word in enumerate(words):
            if len(word) >= _ONE_SLIP:
                for short in _shortened(word, _slips(word)):
                    self._parts.setdefault(short, []).append(_Part(words, place, term.text))

    def _learn_misheard(self, phrase: str, term: Term) -> None:
        words = _WORD.findall(phrase.lower())
        if len(words) > 1 or (words and words[0] not in self._exact):
            self._misheard.setdefault(words[0], []).append((words, term.text))

    def _term_at(self, words: Sequence[str], at: int) -> tuple[int, int, str]:
        """From which word to before which a term may be meant with the word at a place, and the term."""
        for phrase, term in self._misheard.get(words[at], ()):
            if words[at : at + len(phrase)] == phrase:
                return at, at + len(phrase), term
        for part in self._near(words[at]):
            if part.stands(words, at):
                start = at - part.place
                return start, start + len(part.phrase), part.term
        return at, at, ""

    def _near(self, word: str) -> tuple[_Part, ...]:
        """The words of terms that a word may stand for, the nearest first."""
        known = self._judged.get(word)
        if known is None:
            if len(self._judged) >= _MOST_JUDGED:
                self._judged.clear()
                self._silent.clear()
            known = self._judged[word] = self._judge(word)
        return known

    def _judge(self, word: str) -> tuple[_Part, ...]:
        if len(word) < _ONE_SLIP - 1 or self._is_form(word):
            return ()
        parts = {part for short in _shortened(word, _slips(word)) for part in self._parts.get(short, ())}
        near = [part for part in parts if _is_near(word, part.meant)]
        return tuple(sorted(near, key=lambda part: (distance(word, part.meant), part.phrase)))

    def _is_form(self, word: str) -> bool:
        """Is it a word of a term, perhaps with another ending?"""
        return word in self._exact or not self._stems.isdisjoint(_stems(word))


@lru_cache(maxsize=16)
def lexicon(terms: tuple[Term, ...]) -> Lexicon:
    """The lexicon of a glossary, kept from one check to the next."""
    return Lexicon(terms)


def _slips(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS else 1


def _is_near(word: str, meant: str) -> bool:
    """Is the first letter the same, and the rest within the slips that the term's length allows?"""
    return word[0] == meant[0] and 0 < distance(word, meant) <= _slips(meant)


def distance(one: str, other: str) -> int:
    """Edits from one word to the other: letters put in, left out, changed, or two neighbours exchanged
    (Damerau 1964, optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, above, row = row, before, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _shortened(word: str, most: int) -> set[str]:
    """The word and what is left of it without one letter, or up to `most`."""
    shorter = {word}
    latest = {word}
    for _ in range(most):
        latest = {each[:at] + each[at + 1 :] for each in latest for at in range(len(each))}
        shorter |= latest
    return shorter


def _stems(word: str) -> set[str]:
    """The word without each ending that it may have; what two words share is another form of one."""
    stems = {word}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            stems.add(word[: -len(ending)])
    return stems


def _cased(term: str, written: str) -> str:
    """The term with a capital where the writer began with one."""
    return term[0].upper() + term[1:] if written[:1].isupper() else term
