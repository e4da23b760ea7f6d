"""Two states of a text beside each other: the lines that are different, and in them the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

AROUND = 2
"""How many lines that are the same are shown before and after one that is not."""
MOST_PAIRS = 4_000_000
"""More pairs than these are not compared one by one: the whole is called changed."""
AHEAD = 8
"""So many new lines are looked at for one that is like an old one."""
LIKE = 0.35
"""Lines of which less is the same stand as one that went and one that came."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Sort(StrEnum):
    """What became of a line."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    SKIPPED = "skipped"  # stands for lines that are the same and far from any change


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `is_marked`: only this side has them."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line on both sides; a number is None where the side has no such line. `count`: of lines skipped."""

    sort: Sort
    number_before: int | None
    number_after: int | None
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A short field that says something else: `name` as title, summary, minutes."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different; `added` and `removed` count the words that came and went in the text."""

    fields: tuple[FieldChange, ...]
    lines: tuple[Line, ...]
    added: int
    removed: int

    @property
    def is_same(self) -> bool:
        """Whether nothing is different."""
        return not self.fields and all(line.sort in (Sort.SAME, Sort.SKIPPED) for line in self.lines)


def compared(before: tuple[Mapping[str, str], str], after: tuple[Mapping[str, str], str]) -> Comparison:
    """The differences between two states, each as named short fields and a text."""
    names = dict.fromkeys([*before[0], *after[0]])
    said = [(name, before[0].get(name, ""), after[0].get(name, "")) for name in names]
    fields = tuple(FieldChange(name, *pieces(one, other)) for name, one, other in said if one != other)
    whole = tuple(lines(before[1], after[1]))
    added = sum(_words(line.after) for line in whole)
    removed = sum(_words(line.before) for line in whole)
    return Comparison(fields, tuple(_shortened(whole)), added, removed)


def lines(before: str, after: str) -> Iterator[Line]:
    """The lines of two texts, in order, those of one beside those of the other."""
    old, new = before.splitlines(), after.splitlines()
    at_old = at_new = 0
    for sort, low, high, first, last in _runs(old, new):
        if sort == "equal":
            for text in old[low:high]:
                at_old, at_new = at_old + 1, at_new + 1
                same = (Piece(text),)
                yield Line(Sort.SAME, at_old, at_new, same, same)
            continue
        yield from _changed(old[low:high], new[first:last], at_old, at_new)
        at_old, at_new = high, last


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two lines in pieces, the words that only one of them has marked."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for sort, low, high, first, last in _runs(old, new):
        is_marked = sort != "equal"
        left += [Piece("".join(old[low:high]), is_marked)] if high > low else []
        right += [Piece("".join(new[first:last]), is_marked)] if last > first else []
    return tuple(left), tuple(right)


def _changed(old: list[str], new: list[str], at_old: int, at_new: int) -> Iterator[Line]:
    """A run in which nothing is the same: each old line beside the next new one that is like it."""
    ahead = 0
    for place, text in enumerate(old, start=at_old + 1):
        found = next((n for n in range(ahead, min(ahead + AHEAD, len(new))) if _alike(text, new[n])), None)
        if found is None:
            yield Line(Sort.REMOVED, place, None, (Piece(text, is_marked=True),), ())
            continue
        yield from _added(new[ahead:found], at_new + ahead)
        yield Line(Sort.CHANGED, place, at_new + found + 1, *pieces(text, new[found]))
        ahead = found + 1
    yield from _added(new[ahead:], at_new + ahead)


def _added(new: list[str], at: int) -> Iterator[Line]:
    for place, text in enumerate(new, start=at + 1):
        yield Line(Sort.ADDED, None, place, (), (Piece(text, is_marked=True),))


def _alike(one: str, other: str) -> bool:
    left, right = _WORD.findall(one), _WORD.findall(other)
    same = sum(high - low for sort, low, high, _first, _last in _runs(left, right) if sort == "equal")
    return 2 * same >= LIKE * (len(left) + len(right))


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """The opcodes of difflib; what is too long for it is changed between two ends that are the same."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    last_old, last_new = len(old) - end, len(new) - end
    found = [("equal", 0, start, 0, start)] if start else []
    found += _middle(old[start:last_old], new[start:last_new], start)
    if end:
        found.append(("equal", last_old, len(old), last_new, len(new)))
    return found


def _middle(old: Sequence[str], new: Sequence[str], start: int) -> list[tuple[str, int, int, int, int]]:
    if not old and not new:
        return []
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return [("replace", start, start + len(old), start, start + len(new))]
    codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return [
        (sort, start + low, start + high, start + first, start + last)
        for sort, low, high, first, last in codes
    ]


def _shortened(whole: Sequence[Line]) -> Iterator[Line]:
    """The lines, where long runs of the same are one line that says how many it stands for."""
    run: list[Line] = []
    for place, line in enumerate([*whole, None]):
        if line is not None and line.sort is Sort.SAME:
            run.append(line)
            continue
        head = 0 if place == len(run) else AROUND  # nothing stands before the first run
        tail = 0 if line is None else AROUND
        yield from _run(run, head, tail)
        run = []
        if line is not None:
            yield line


def _run(run: list[Line], head: int, tail: int) -> Iterator[Line]:
    hidden = len(run) - head - tail
    if hidden < 2:
        yield from run
        return
    yield from run[:head]
    first = run[head]
    yield Line(Sort.SKIPPED, first.number_before, first.number_after, (), (), hidden)
    yield from run[len(run) - tail :]


def _words(found: tuple[Piece, ...]) -> int:
    return sum(len(re.findall(r"\w+", piece.text)) for piece in found if piece.is_marked)
