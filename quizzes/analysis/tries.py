"""Try: one answer on record; keeping the first tries only, and laying them out as a table."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Learner = TypeVar("Learner", bound=Hashable)
Version = TypeVar("Version", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Try(Generic[Learner, Version]):
    """What a learner got for a version of an item in the attempt of this number; None if not answered."""

    learner: Learner
    number: int
    version: Version
    mark: float | None


@dataclass(frozen=True, slots=True)
class Tabulated(Generic[Learner, Version]):
    """Learners by versions of items, as `analyse` takes them; `asked` is False where one was not asked."""

    learners: tuple[Learner, ...]
    versions: tuple[Version, ...]
    marks: tuple[tuple[float | None, ...], ...]
    asked: tuple[tuple[bool, ...], ...]


def first_tries(tries: Iterable[Try[Learner, Version]]) -> tuple[Try[Learner, Version], ...]:
    """Those of each learner's first attempt, in the order they come.

    All of a first attempt belongs together, since an item is judged by the rest of the same attempt; an item
    that a learner met only in a later attempt is left out.
    """
    kept = tuple(tries)
    first: dict[Learner, int] = {}
    for each in kept:
        first[each.learner] = min(first.get(each.learner, each.number), each.number)
    return tuple(each for each in kept if each.number == first[each.learner])


def tabulate(
    tries: Iterable[Try[Learner, Version]], versions: Sequence[Version]
) -> Tabulated[Learner, Version]:
    """The tries as a table with one column per version, in this order; other versions are left out.

    Learners come in the order of their first appearance. Of two tries at one version the later counts.
    """
    rows: dict[Learner, dict[Version, float | None]] = {}
    for each in tries:
        rows.setdefault(each.learner, {})[each.version] = each.mark
    return Tabulated(
        tuple(rows),
        tuple(versions),
        tuple(tuple(row.get(version) for version in versions) for row in rows.values()),
        tuple(tuple(version in row for version in versions) for row in rows.values()),
    )
