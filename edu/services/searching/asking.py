"""What somebody asks: words that must all be there, phrases in quotes, the last word as far as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from edu.services.searching.words import words

MOST_LETTERS: Final = 200  # of what is typed; the rest is not read
MOST_TERMS: Final = 8
SHORTEST_BEGINNING: Final = 2  # letters; a single one begins half of all words
_PART = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow one another; of the last one perhaps only the beginning.

    One of the `others`, which are names of the same thing, does as well.
    """

    words: tuple[str, ...]
    is_beginning: bool = False
    is_quoted: bool = False
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def needles(self) -> tuple[str, ...]:
        """What stands in the words of an entry, which begin and end with a space, where the term is met."""
        own = f" {' '.join(self.words)}" + ("" if self.is_beginning else " ")
        return (own, *(f" {' '.join(other)} " for other in self.others))


@dataclass(frozen=True, slots=True)
class Question:
    """Terms that must all be met in one place. Without any, nothing is asked."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def read(text: str) -> Question:
    """The question in what was typed. Only quotes are operators in it, so that nothing is an error.

    What is typed without a space and is several words (`well-being`, `0.5`) is a phrase.
    """
    terms: list[Term] = []
    for part in _PART.finditer(text[:MOST_LETTERS]):
        is_quoted = part[1] is not None
        if found := tuple(words(part[1] if is_quoted else part[2])):
            is_last = (
                not is_quoted and not text[part.end() :].strip() and len(found[-1]) >= SHORTEST_BEGINNING
            )
            term = Term(found, is_beginning=is_last, is_quoted=is_quoted)
            terms += [term] if term not in terms else []
    return Question(tuple(terms[:MOST_TERMS]))
