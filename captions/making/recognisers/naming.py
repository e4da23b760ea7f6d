"""How recognisers are told the language and the words to expect."""

from collections.abc import Sequence
from typing import Final

LONGEST_PROMPT: Final = 600
"""Characters of hints: Whisper reads at most 224 tokens, about four characters each, and cuts the rest."""


def primary(language: str) -> str:
    """The first part of a BCP 47 tag, in lower case: `en-GB` is `en`; empty stays empty."""
    return language.partition("-")[0].partition("_")[0].lower()


def prompt(hints: Sequence[str]) -> str:
    """The hints in a row with commas, whole ones only, as long as there is room."""
    taken, room = [], LONGEST_PROMPT
    for hint in dict.fromkeys(" ".join(hint.split()) for hint in hints):
        room -= len(hint) + 2
        if room < 0:
            break
        if hint:
            taken.append(hint)
    return ", ".join(taken)
