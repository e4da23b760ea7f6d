"""Answers worth a part of the mark: what a question that was brought along gives for the nearly right."""

from __future__ import annotations

from collections.abc import Iterable

from quizzes import Item
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.pattern import Pattern
from quizzes.kinds.short import Words

Worth = tuple[str, float]


def partly_right(item: Item) -> tuple[Worth, ...]:
    """The words of each answer that earns neither nothing nor all, with the share of the mark, -1 to 1.

    For answers of gaps it is the share of the gap's mark.
    """
    texts = {option.id: option.text for option in item.options}
    match item.key:
        case Choice(weights=weights):
            return tuple((texts[option], weight) for option, weight in weights)
        case Choices(weights=weights):
            return tuple((texts[option], weight) for option, weight in weights if weight)
        case Words(patterns=patterns):
            return tuple(_of(patterns))
        case Fillings(fillings=gaps):
            return tuple(worth for gap in gaps for worth in _of_gap(gap, texts))
    return ()


def _of(patterns: Iterable[Pattern]) -> Iterable[Worth]:
    return ((pattern.text, pattern.fraction) for pattern in patterns if 0 < pattern.fraction < 1)


def _of_gap(gap: Filling, texts: dict[str, str]) -> tuple[Worth, ...]:
    chosen = ((texts[f"{gap.gap}.{name}"], share) for name, share in gap.options if 0 < share < 1)
    return (*chosen, *_of(gap.patterns))
