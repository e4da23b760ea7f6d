"""A trigram model of one script, as an ARPA file: what makes a recogniser hear the words of that script."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log10
from typing import Final

Gram = tuple[str, ...]

START: Final = "<s>"
END: Final = "</s>"
DISCOUNT: Final = 0.5
"""What is taken from each count and given to what was not seen (absolute discounting; Ney et al. 1994)."""
NEVER: Final = -99.0
ORDER: Final = 3


def arpa(sentences: Sequence[Sequence[str]]) -> str:
    """The model of the sentences with a closed vocabulary, in the ARPA format (Doug Paul's).

    Words must be in the spelling of the dictionary that the recogniser is given.
    """
    counts = _counts(sentences)
    tables = _probabilities(counts)
    lines = ["\\data\\", *(f"ngram {order}={len(tables[order])}" for order in range(1, ORDER + 1))]
    for order in range(1, ORDER + 1):
        lines += ["", f"\\{order}-grams:", *_rows(tables, order)]
    return "\n".join([*lines, "", "\\end\\", ""])


def _counts(sentences: Sequence[Sequence[str]]) -> dict[int, Counter[Gram]]:
    """How often each run of one, two and three words occurs; a sentence stands between its marks."""
    counts: dict[int, Counter[Gram]] = {order: Counter() for order in range(1, ORDER + 1)}
    for sentence in sentences:
        row = (START, *sentence, END)
        for order in range(1, ORDER + 1):
            counts[order].update(zip(*(row[first:] for first in range(order)), strict=False))
    return counts


def _probabilities(counts: Mapping[int, Counter[Gram]]) -> dict[int, dict[Gram, float]]:
    """p(w) of all words but the start, and the discounted p(w|h) of longer runs."""
    total = sum(count for gram, count in counts[1].items() if gram != (START,))
    tables = {1: {gram: count / total for gram, count in counts[1].items()}}
    for order in range(2, ORDER + 1):
        begun: Counter[Gram] = Counter()
        for gram, count in counts[order].items():
            begun[gram[:-1]] += count
        tables[order] = {gram: (count - DISCOUNT) / begun[gram[:-1]] for gram, count in counts[order].items()}
    return tables


def _back_off(tables: Mapping[int, Mapping[Gram, float]], order: int) -> dict[Gram, float]:
    """For each history of `order` words the weight of the shorter model, so that all sums to one."""
    left: defaultdict[Gram, float] = defaultdict(lambda: 1.0)
    lower: defaultdict[Gram, float] = defaultdict(lambda: 1.0)
    for gram, chance in tables[order + 1].items():
        left[gram[:-1]] -= chance
        lower[gram[:-1]] -= tables[order][gram[1:]]
    return {
        history: rest / lower[history] if lower[history] > 1e-9 else rest for history, rest in left.items()
    }


def _rows(tables: Mapping[int, Mapping[Gram, float]], order: int) -> Iterator[str]:
    weights = _back_off(tables, order) if order < ORDER else {}
    for gram, chance in sorted(tables[order].items()):
        power = NEVER if gram == (START,) else log10(chance)
        weight = f"\t{log10(max(weights[gram], 1e-9)):.4f}" if gram in weights else ""
        yield f"{power:.4f}\t{' '.join(gram)}{weight}"
