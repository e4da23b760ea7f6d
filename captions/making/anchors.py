"""Anchors: which words of a script are surely the same as which words that were heard."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

Pair = tuple[int, int]
"""The number of a word of the script, and that of the heard word that it is."""

PIN: Final = 3
"""So many words in a row, found once in the script and once in what was heard, are a pin."""
LONG_WORD: Final = 4
"""A single equal word is an anchor only when it has more letters than this."""
SOLID: Final = 4
"""A run that is longer than the trigrams of the language model, which alone can make three words a row."""
SLACK: Final = 3
DRIFT: Final = 0.3
"""A shorter run is believed when the words between it and its neighbour differ by no more than this."""
MOST_CELLS: Final = 4_000_000
"""Pairs of words that are compared at once; beyond, between two pins, nothing is compared (about 2 s)."""


def anchors(script: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """Pairs of equal words, both numbers rising.

    Runs of words that occur once on either side divide the two texts; the pieces between are compared by
    difflib, so that the work grows with the length of a script and not with its square.
    """
    pairs: list[Pair] = []
    before: Pair = (0, 0)
    for pin in (*_pins(script, heard), (len(script), len(heard))):
        pairs += _equal(script, heard, before, pin)
        before = pin
    return _trusted(script, pairs)


def _pins(script: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """Where runs that are unique on both sides begin, in an order that both sides share."""
    mine, theirs = _unique_runs(script), _unique_runs(heard)
    found = sorted((mine[run], theirs[run]) for run in mine.keys() & theirs.keys())
    return _longest_rising(found)


def _unique_runs(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = list(zip(*(words[first:] for first in range(PIN)), strict=False))
    often = Counter(runs)
    return {run: place for place, run in enumerate(runs) if often[run] == 1}


def _longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest part of pairs sorted by their first number in which the second rises too."""
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int | None] = []
    for place, (_, second) in enumerate(pairs):
        height = bisect_left(ends, second)
        before.append(chosen[height - 1] if height else None)
        ends[height : height + 1], chosen[height : height + 1] = [second], [place]
    result: list[Pair] = []
    at = chosen[-1] if chosen else None
    while at is not None:
        result.append(pairs[at])
        at = before[at]
    return result[::-1]


def _equal(script: Sequence[str], heard: Sequence[str], first: Pair, last: Pair) -> Iterator[Pair]:
    """The equal words of two pieces, by blocks."""
    mine, theirs = script[first[0] : last[0]], heard[first[1] : last[1]]
    if len(mine) * len(theirs) > MOST_CELLS:
        return
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        for place in range(block.size):
            yield first[0] + block.a + place, first[1] + block.b + place


def _trusted(script: Sequence[str], pairs: Sequence[Pair]) -> list[Pair]:
    """Without short words whose neighbours are not equal as well ("the" is equal to any "the"), and without
    short runs at a place that solid runs beside them do not confirm.
    """
    runs = [run for run in _runs(pairs) if len(run) > 1 or len(script[run[0][0]]) > LONG_WORD]
    kept: list[Pair] = []
    for place, run in enumerate(runs):
        following = next((one[0] for one in runs[place + 1 :] if len(one) >= SOLID), None)
        if len(run) >= SOLID or _is_near(run[0], kept[-1] if kept else None, following):
            kept += run
    return kept


def _runs(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that follow each other word by word on both sides."""
    runs: list[list[Pair]] = []
    for mine, theirs in pairs:
        if runs and runs[-1][-1] == (mine - 1, theirs - 1):
            runs[-1].append((mine, theirs))
        else:
            runs.append([(mine, theirs)])
    return runs


def _is_near(pair: Pair, *neighbours: Pair | None) -> bool:
    """Are about as many words of the script between this pair and a neighbour as words were heard?"""
    steps = [(abs(pair[0] - one[0]), abs(pair[1] - one[1])) for one in neighbours if one is not None]
    return any(abs(mine - theirs) <= max(SLACK, max(mine, theirs) * DRIFT) for mine, theirs in steps)


def longest_run(pairs: Sequence[Pair]) -> int:
    """Words of the longest run, which with a script of another sound hardly passes the order of the model."""
    return max(map(len, _runs(pairs)), default=0)
