"""The sentences of a place that are meant, with the words that were asked for marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from edu.services.searching.asking import Question, Term
from edu.services.searching.words import LONGEST as LONGEST_WORD
from edu.services.searching.words import UNSPACED, folded, origins

LONGEST: Final = 280  # letters of a line that are shown
MOST_LINES: Final = 3
BEFORE: Final = 80  # letters shown before the first mark of a longer line
GAP: Final = " … "
LEAD_MS: Final = 1500
"""How long before the first marked word a hit begins, unless its line begins later than that."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text as it is written, marked or not."""

    text: str
    is_marked: bool = False


Span = tuple[int, int]
Timed = tuple[int, int, str]
"""A line: its start and its end in milliseconds, and its text."""


def excerpt(question: Question, lines: list[Timed]) -> tuple[int, tuple[Piece, ...]]:
    """When to begin to hear what is meant, in milliseconds, and the sentences that say it.

    These are the line that meets the most terms and, where that is not all, those that meet the others. A
    phrase that goes from one line into the next is marked in both.
    """
    met: list[dict[int, list[Span]]] = []
    for *_, text in lines:
        met.append(_spans(question, text))
        if len(met[-1]) == len(question.terms):
            break  # mostly the first that meets one meets all
    parted = _parted(question, [text for *_, text in lines], met)
    best = _chosen([set(found) for found in met], len(question.terms)) or [0]
    chosen = sorted({*best, *(number for number, found in enumerate(met) if parted & found.keys())})
    pieces: list[Piece] = []
    for place, number in enumerate(chosen):
        if place:
            pieces.append(Piece(" " if number == chosen[place - 1] + 1 else GAP))
        marks = sorted(span for found in met[number].values() for span in found)
        pieces += _pieces(lines[number][2], marks)
    return _moment(lines[chosen[0]], met[chosen[0]]), tuple(pieces)


def _parted(question: Question, texts: list[str], met: list[dict[int, list[Span]]]) -> set[int]:
    """Notes of each phrase that no line meets where it stands over several lines; gives their numbers."""
    missing = set(range(len(question.terms))).difference(*met)
    if not missing:
        return missing
    found = _spans(question, " ".join(texts))
    for number in missing & found.keys():
        first, last = found[number][0]
        begin = 0
        for text, spans in zip(texts, met, strict=True):
            part = max(first - begin, 0), min(last - begin, len(text))
            if part[0] < part[1]:
                spans[number] = [part]
            begin += len(text) + 1
    return missing


def _moment(line: Timed, found: dict[int, list[Span]]) -> int:
    """A little before the first marked word of a line is said, as reckoned by the letters before it."""
    start, end, text = line
    letters = min((spans[0][0] for spans in found.values()), default=0)
    return start + max((end - start) * letters // max(len(text), 1) - LEAD_MS, 0)


def _chosen(met: list[set[int]], terms: int) -> list[int]:
    """The numbers of the lines to show, in their order."""
    wanted, chosen = set(range(terms)), list[int]()
    while wanted and len(chosen) < MOST_LINES:
        best = max(range(len(met)), key=lambda number: (len(met[number] & wanted), -number))
        if not met[best] & wanted:
            break
        chosen.append(best)
        wanted -= met[best]
    return sorted(chosen)


def _spans(question: Question, text: str) -> dict[int, list[Span]]:
    """Where the terms stand in the text, by their numbers."""
    plain = folded(text)
    if not any(way[0] in plain for term in question.terms for way in (term.words, *term.others)):
        return {}  # as most lines: ten times quicker than to look for words
    places: list[int] | range = range(len(text) + 1) if text.isascii() else origins(text)
    return {
        number: [(places[match.start()], places[match.end()]) for match in matches]
        for number, term in enumerate(question.terms)
        if (matches := list(_pattern(term).finditer(plain)))
    }


@lru_cache(maxsize=256)
def _pattern(term: Term) -> re.Pattern[str]:
    """The term, or another name of the same, in a folded text; of two that begin alike the longer one."""
    ways = [(term.words, term.is_beginning), *((other, False) for other in term.others)]
    ways.sort(key=lambda way: -len(" ".join(way[0])))
    return re.compile("|".join(_way(words, is_beginning=is_beginning) for words, is_beginning in ways))


def _way(words: tuple[str, ...], *, is_beginning: bool) -> str:
    """Words with anything between them that is no word."""
    gaps = ("*" if _is_unspaced(one) or _is_unspaced(other) else "+" for one, other in pairwise(words))
    middle = "".join(rf"[\W_]{gap}{word}" for gap, word in zip(gaps, words[1:], strict=True))
    before = "" if _is_unspaced(words[0]) else r"(?<![^\W_])"
    is_open = is_beginning or _is_unspaced(words[-1]) or len(words[-1]) >= LONGEST_WORD
    return before + words[0] + middle + (r"[^\W_]*" * is_beginning if is_open else r"(?![^\W_])")


def _is_unspaced(word: str) -> bool:
    return re.fullmatch(f"[{UNSPACED}]", word) is not None


def _pieces(text: str, marks: list[Span]) -> Iterator[Piece]:
    start, end = _window(text, marks)
    if start:
        yield Piece("… ")
    at = start
    for first, last in marks:
        if first < at or last > end:
            continue  # inside a mark, or cut off
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], is_marked=True)
        at = last
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece(" …")


def _window(text: str, marks: list[Span]) -> Span:
    """The part of a long text that is shown, cut between words where there are spaces."""
    if len(text) <= LONGEST:
        return 0, len(text)
    first = marks[0][0] if marks else 0
    start = 0 if first <= BEFORE else text.find(" ", first - BEFORE, first) + 1 or first
    if len(text) - start <= LONGEST:
        return start, len(text)
    end = text.rfind(" ", start, start + LONGEST)
    return start, end if end > start else start + LONGEST
