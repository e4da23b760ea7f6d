"""Names: what else the thing that is asked for is called, and what is meant by a word that is misspelt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from edu.models import Course, PageState, SearchName, Term
from edu.services.searching.asking import Question
from edu.services.searching.asking import Term as Part
from edu.services.searching.meeting import NO_TERM
from edu.services.searching.things import key_of

MOST_WORDS: Final = 6  # of a name
MOST_OTHERS: Final = 40  # names that are looked for in the place of one
MOST_SUGGESTED: Final = 3
NEAR: Final = 0.72  # of difflib's ratio: one letter in four may differ


@dataclass(frozen=True, slots=True)
class Named:
    """A question with the other names of what it names, and the term that it names before all.

    `also` are the names that are looked for as well, as they are written.
    """

    question: Question
    term_id: int = NO_TERM
    also: tuple[str, ...] = ()


def expand(session: Session, question: Question) -> Named:
    """The question, met also by the other names of what it names; one statement.

    Names of the thing itself stand for each other. A name of something near it, of which it is open whether
    it is the same, leads to the term and is looked for as it was typed. What stands in quotes is meant as it
    is.
    """
    spans = dict(_spans(question.terms))
    if not spans:
        return Named(question)
    rows = session.execute(_asked(), {"keys": [*{key_of(" ".join(words)) for words in spans.values()}]}).all()
    by_key: dict[str, list[Any]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    terms, also, term_id, at = list[Part](), dict[str, None](), NO_TERM, 0
    while at < len(question.terms):
        end = _longest(spans, by_key, at)
        if not end:
            terms.append(question.terms[at])
            at += 1
            continue
        found = _of_first(by_key[key_of(" ".join(spans[at, end]))])
        named = _with_others(spans[at, end], question.terms[end - 1].is_beginning, found)
        if found[0].asked_is_same:
            also.update(dict.fromkeys(row.text for row in found if row.is_same))
        term_id, at = term_id or found[0].term_id, end
        terms.append(named)
    shown = tuple(text for text in also if key_of(text) not in map(key_of, map(" ".join, spans.values())))
    return Named(Question(tuple(terms)), term_id, shown)


def nearest(session: Session, question: Question, known: tuple[str, ...]) -> tuple[str, ...]:
    """What was meant, perhaps: names that are spelt nearly so, and the question with words that are known.

    `known` are the words of titles that the viewer may find.
    """
    asked = [word for term in question.terms for word in term.words]
    names = {row.words: row.text for row in session.execute(_names())}
    whole = get_close_matches(" ".join(asked), names, n=MOST_SUGGESTED, cutoff=NEAR)
    words = list(dict.fromkeys([*known, *(word for name in names for word in name.split())]))
    mended = [next(iter(get_close_matches(word, words, n=1, cutoff=NEAR)), word) for word in asked]
    found = [names[name] for name in whole] + ([" ".join(mended)] if mended != asked else [])
    return tuple(dict.fromkeys(found))


def _spans(terms: tuple[Part, ...]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """The rows of words that could be a name: each by the places where it begins and ends."""
    for first in range(len(terms)):
        words: tuple[str, ...] = ()
        for last in range(first, len(terms)):
            words += terms[last].words
            if terms[last].is_quoted or len(words) > MOST_WORDS:
                break
            yield (first, last + 1), words


def _longest(spans: dict[tuple[int, int], tuple[str, ...]], by_key: dict[str, list[Any]], at: int) -> int:
    """Where the longest name that begins here ends, or 0."""
    ends = [end for (first, end), words in spans.items() if first == at and key_of(" ".join(words)) in by_key]
    return max(ends, default=0)


def _of_first(rows: list[Any]) -> list[Any]:
    """The names of one term, where several have the key."""
    return [row for row in rows if row.term_id == rows[0].term_id]


def _with_others(words: tuple[str, ...], is_beginning: bool, found: list[Any]) -> Part:
    """The name that was typed, in all its spellings, with the others of its thing where it names that."""
    one = found[0]
    meant = [row for row in found if row.text == one.asked_text or (one.asked_is_same and row.is_same)]
    others = {tuple(row.words.split()): None for row in meant}
    others.pop(words, None)
    return Part(words, is_beginning=is_beginning, others=tuple(others)[:MOST_OTHERS])


@cache
def _asked() -> Select[*tuple[Any, ...]]:
    """All names of the terms of which one has one of the keys, of courses that readers find."""
    asked, name = aliased(SearchName), aliased(SearchName)
    return (
        select(asked.key, asked.text.label("asked_text"), asked.is_same.label("asked_is_same"))
        .add_columns(name.term_id, name.text, name.words, name.is_same)
        .join(name, name.term_id == asked.term_id)
        .join(Term, Term.id == asked.term_id)
        .join(Course, Course.id == Term.course_id)
        .where(asked.key.in_(bindparam("keys", expanding=True)), Course.state != PageState.DRAFT)
        .order_by(asked.is_same.desc(), name.term_id, name.id)
    )


@cache
def _names() -> Select[str, str]:
    return (
        select(SearchName.words, SearchName.text)
        .join(Term, Term.id == SearchName.term_id)
        .join(Course, Course.id == Term.course_id)
        .where(Course.state != PageState.DRAFT)
        .order_by(SearchName.id)
    )
