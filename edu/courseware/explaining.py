"""Lexicon: the words of a glossary, found in a text so that a reader can ask what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from edu.courseware.course import CalloutKind

# A hyphen belongs to a word: "fat" is not met in "fat-free".
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BETWEEN = {" ", "\N{NO-BREAK SPACE}", "'", "\N{RIGHT SINGLE QUOTATION MARK}"}
# A title, somebody else's words, or what to do at once: there nothing leads away.
_LEFT_ALONE = {"heading", "blockquote", "th", f"container_{CalloutKind.EMERGENCY.value}"}
TERM = "term"


@dataclass(frozen=True, slots=True)
class Explained:
    """A word with a page in the glossary: `words` are all the ways in which a text may name it."""

    slug: str
    text: str
    meaning: str
    words: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/glossary/{self.slug}"


@dataclass(frozen=True, slots=True)
class Found:
    """A word where it stands in a text."""

    start: int
    end: int
    term: Explained


class Lexicon:
    """The words of a glossary in one language.

    A word is met whole, the longest first, with a plural s or es; written small it is met in capitals too,
    written with a capital (PSIS, Copeman nodule) only as it is.
    """

    def __init__(self, terms: Iterable[Explained]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Explained]]] = {}
        for term in terms:
            for phrase in dict.fromkeys((term.text, *term.words)):
                if words := tuple(_WORD.findall(phrase)):
                    self._by_first.setdefault(words[0].casefold(), []).append((words, term))
        for known in self._by_first.values():
            known.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> Iterator[Found]:
        """Each place where a word stands, from left to right; places do not overlap."""
        met = list(_WORD.finditer(text))
        at = 0
        while at < len(met):
            found = self._at(text, met, at)
            if found is None:
                at += 1
                continue
            count, term = found
            yield Found(met[at].start(), met[at + count - 1].end(), term)
            at += count

    def first(self, texts: Iterable[str]) -> tuple[Explained, ...]:
        """The words that stand in texts, each once, in the order in which they are met."""
        return tuple(dict.fromkeys(found.term for text in texts for found in self.find(text)))

    def _at(self, text: str, met: list[re.Match[str]], at: int) -> tuple[int, Explained] | None:
        for first in _singulars(met[at][0].casefold()):
            for words, term in self._by_first.get(first, ()):
                here = met[at : at + len(words)]
                if len(here) == len(words) and _is_row(text, here) and _is_phrase(here, words):
                    return len(words), term
        return None


def _singulars(word: str) -> tuple[str, ...]:
    """The word, and what it may be the plural of."""
    return word, *(word.removesuffix(ending) for ending in ("s", "es") if word.endswith(ending))


def _is_row(text: str, here: Sequence[re.Match[str]]) -> bool:
    """Whether only one space, or the apostrophe of a name, stands between the words."""
    return all(text[one.end() : other.start()] in _BETWEEN for one, other in pairwise(here))


def _is_phrase(here: Sequence[re.Match[str]], words: tuple[str, ...]) -> bool:
    *before, last = ((met[0], word) for met, word in zip(here, words, strict=True))
    return all(_is_word(met, word) for met, word in before) and _is_last(*last)


def _is_word(met: str, word: str) -> bool:
    return met == word or (word.islower() and met.casefold() == word.casefold())


def _is_last(met: str, word: str) -> bool:
    """The last word may be a plural."""
    return any(_is_word(met, word + ending) for ending in ("", "s", "es"))


def mark(tokens: Sequence[Token], lexicon: Lexicon, used: dict[str, None]) -> None:
    """Part the texts of parsed Markdown at the first use of each word: a token `term` stands for it.

    `used` holds the addresses of words that were explained already, and gets those explained here.
    """
    depth = 0
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        depth += token.nesting if kind in _LEFT_ALONE else 0
        if token.type == "inline" and token.children and not depth:
            token.children = list(_parted(token.children, lexicon, used))


def _parted(children: Sequence[Token], lexicon: Lexicon, used: dict[str, None]) -> Iterator[Token]:
    in_link = 0
    for token in children:
        in_link += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type != "text" or in_link:
            yield token
        else:
            yield from _pieces(token.content, lexicon.find(token.content), used)


def _pieces(text: str, places: Iterable[Found], used: dict[str, None]) -> Iterator[Token]:
    at = 0
    for found in places:
        if found.term.slug in used:
            continue
        used[found.term.slug] = None
        if found.start > at:
            yield Token("text", "", 0, content=text[at : found.start])
        yield Token(TERM, "", 0, content=text[found.start : found.end], meta={"term": found.term})
        at = found.end
    if at < len(text) or not text:
        yield Token("text", "", 0, content=text[at:])
