"""Sentences of a script, and their words spread over the time in which each is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from captions.making.script import Token
from captions.making.words import TimedWord

_CLOSERS: Final = "\"'“”‘’«»)」』）"
_ENDS: Final = ("!", "?", "…", "。", "！", "？", "।", "؟")
_LEAST_WORD: Final = 3
"""Characters of a word that a full stop ends; a shorter one is an initial, an abbreviation or a number."""

Indexed = tuple[int, Token]
"""A token and its place among all tokens of the script, from 0."""


def cut(tokens: Sequence[Token]) -> tuple[tuple[Indexed, ...], ...]:
    """The tokens by sentences. A line, and a speaker, end one too: nobody knows what stands in the next."""
    if not tokens:
        return ()
    found: list[tuple[Indexed, ...]] = []
    current: list[Indexed] = [(0, tokens[0])]
    for index, (before, token) in enumerate(pairwise(tokens), start=1):
        if _ends(before) or before.line != token.line or before.speaker != token.speaker:
            found.append(tuple(current))
            current = []
        current.append((index, token))
    return (*found, tuple(current))


def _ends(token: Token) -> bool:
    text = token.text.rstrip(_CLOSERS)
    return text.endswith(_ENDS) or (text.endswith(".") and len(text.strip(".")) >= _LEAST_WORD)


def spread(sentence: Sequence[Indexed], start: int, end: int) -> Iterator[TimedWord]:
    """The words of a sentence said from `start` to `end` (ms), each for as long as its letters ask.

    Their confidence is 0: they were not heard one by one.
    """
    total = sum(len(token.text) + 1 for _, token in sentence)
    done = 0
    for _, token in sentence:
        first = start + (end - start) * done // total
        done += len(token.text) + 1
        last = start + (end - start) * done // total
        yield TimedWord(
            token.text, first, max(last, first + 1), 0.0, token.paragraph, token.line, token.speaker
        )
