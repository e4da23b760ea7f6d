"""Comparing the runs of one performance: before and after watching, self against raters, rater with rater."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from edu.models import ChecklistRun, RaterRole
from quizzes import checklist as stations
from quizzes.checklist import Agreement


@dataclass(frozen=True, slots=True)
class Judged:
    """A run with what it came to, and under which name the viewer knows its rater."""

    run: ChecklistRun
    name: str
    is_mine: bool
    marks: Mapping[str, int]
    score: stations.Score

    @property
    def is_self(self) -> bool:
        """Whether the performer rated."""
        return self.run.role is RaterRole.SELF


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs side by side; `kind` is before_after, self_rater or raters.

    `higher` are the items on which the second gives more points than the first, `lower` those with fewer.
    """

    kind: str
    first: Judged
    second: Judged
    agreement: Agreement
    higher: tuple[str, ...]
    lower: tuple[str, ...]

    @property
    def varies(self) -> bool:
        """Whether both give more than one mark; where one does not, chance explains all, and kappa is 0."""
        both = [name for name in self.first.marks if name in self.second.marks]
        return all(len({one.marks[name] for name in both}) > 1 for one in (self.first, self.second))


def pairs(judged: Sequence[Judged]) -> tuple[Pair, ...]:
    """The pairs worth comparing: the performer's two rounds, the later with each rater, all raters."""
    own = [one for one in judged if one.is_self]
    raters = [one for one in judged if not one.is_self]
    found = [_pair("before_after", own[0], own[1])] if len(own) > 1 else []
    if own:
        found += [_pair("self_rater", own[-1], rater) for rater in raters]
    return (*found, *(_pair("raters", first, second) for first, second in combinations(raters, 2)))


def far_apart(compared: Sequence[Pair], run: ChecklistRun) -> frozenset[str]:
    """The items on which this run lies more than one point from another rater's: they ask for a comment."""
    return frozenset(
        name
        for pair in compared
        if pair.kind != "before_after" and run.id in (pair.first.run.id, pair.second.run.id)
        for name in pair.agreement.apart
    )


def _pair(kind: str, first: Judged, second: Judged) -> Pair:
    both = [name for name in first.marks if name in second.marks]
    return Pair(
        kind,
        first,
        second,
        stations.compare(first.marks, second.marks),
        tuple(name for name in both if second.marks[name] > first.marks[name]),
        tuple(name for name in both if second.marks[name] < first.marks[name]),
    )
