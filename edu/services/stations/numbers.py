"""Statistics of a checklist for instructors: items, agreement of raters, the cut by borderline regression.

Counted are finished ratings by others than the performer, one for each performance (a teacher's before a
peer's), rated by just the items and weights that are in force. Nothing is told of fewer than 5 people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.models import Checklist, ChecklistPerformance, ChecklistRun, RaterRole, RunState
from edu.policy import Viewer
from edu.services.stations import entries, lists
from quizzes import checklist as stations
from quizzes.checklist import Cut, ItemStatistics, Performance, Weighting

LEAST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with its statistics."""

    name: str
    text: str
    is_critical: bool
    numbers: ItemStatistics


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """The statistics of a list. `people` have been rated; below LEAST_PEOPLE there is nothing else.

    `kappa` pools all steps of the `pair_count` performances that two raters saw; `other_count` performances
    were rated by other items or weights and are left out; `points` are those needed now. What would
    tell of one to four people is None.
    """

    slug: str
    title: str
    code: str
    language: str
    people: int
    count: int
    other_count: int
    passed: int | None
    critical_failures: int | None
    pair_count: int
    kappa: float | None
    rows: tuple[ItemRow, ...]
    cut: Cut | None
    maximum: int
    needed: int
    points: int
    results: tuple[tuple[int, float], ...]
    can_set_cut: bool

    @property
    def is_told(self) -> bool:
        """Whether enough people were rated for anything to be told."""
        return self.people >= LEAST_PEOPLE


def page(session: Session, viewer: Viewer, slug: str) -> StatisticsPage:
    """The statistics of a list; NotFound or GateClosed as for the list itself."""
    row = lists.named(session, viewer, slug)
    checklist = lists.checklist_of(row)
    rated = _rated(session, row, lists.print_of(checklist))
    people = len({who for who, _ in rated.values()})
    kept = entries.kept(session, [run.id for _, runs in rated.values() for run in runs])
    is_told = people >= LEAST_PEOPLE
    first = [kept[runs[0].id] for _, runs in rated.values()] if is_told else []
    seen = [_performance(checklist, said) for said in first]
    both = [
        (entries.marks_of(checklist, kept[runs[0].id]), entries.marks_of(checklist, kept[runs[1].id]))
        for _, runs in rated.values()
        if len(runs) > 1 and is_told
    ]
    scores = [
        stations.score(checklist, entries.marks_of(checklist, said), entries.ratings_of(checklist, said))
        for said in first
    ]
    results = tuple(
        (score.points, one.rating)
        for score, one in zip(scores, seen, strict=True)
        if one.rating is not None
    )  # fmt: skip
    by_item = {numbers.item: numbers for numbers in stations.item_statistics(checklist, seen, both)}
    rule = checklist.passing
    return StatisticsPage(
        slug=row.slug,
        title=row.title,
        code=checklist.id if lists.is_station(row) else "",
        language=row.language,
        people=people,
        count=len(rated),
        other_count=_all(session, row) - len(rated),
        passed=_unnamed([bool(score.passed) for score in scores]),
        critical_failures=_unnamed([bool(score.missed) for score in scores]),
        pair_count=len(both),
        kappa=_pooled(both),
        rows=tuple(
            ItemRow(i.id, i.text, i.critical, _spared(by_item[i.id], len(seen))) for i in checklist.items
        ),
        cut=stations.borderline_cut(results, checklist.maximum),
        maximum=checklist.maximum,
        needed=rule.needed(checklist.maximum) if rule else 0,
        points=rule.points if rule else 0,
        results=results,
        can_set_cut=viewer.is_administrator or row.owner_id == viewer.user_id,
    )


def _unnamed(said: Sequence[bool]) -> int | None:
    """How many it is true of; None where these, or the others, are one to four."""
    count = sum(said)
    return None if 0 < count < LEAST_PEOPLE or 0 < len(said) - count < LEAST_PEOPLE else count


def _spared(figures: ItemStatistics, count: int) -> ItemStatistics:
    """The figures of a step without a share of failures that tells of one to four people."""
    if figures.critical_failures is None:
        return figures
    failed = round(figures.critical_failures * count)
    told = _unnamed([True] * failed + [False] * (count - failed)) is not None
    return figures if told else replace(figures, critical_failures=None)


def _rated(session: Session, row: Checklist, print_now: str) -> dict[str, tuple[str, list[ChecklistRun]]]:
    """By performance: who performed, and the ratings of others, teachers before peers."""
    asked = (
        select(ChecklistPerformance, ChecklistRun)
        .join(ChecklistRun, ChecklistRun.performance_id == ChecklistPerformance.id)
        .where(
            ChecklistPerformance.checklist_id == row.id,
            ChecklistPerformance.print == print_now,
            ChecklistRun.role != RaterRole.SELF,
            ChecklistRun.state == RunState.FINISHED,
        )
        .order_by(ChecklistRun.finished_at, ChecklistRun.id)
    )
    found: dict[str, tuple[str, list[ChecklistRun]]] = {}
    for performance, run in session.execute(asked):
        who = performance.subject_id or performance.subject_hash or performance.id
        found.setdefault(performance.id, (str(who), []))[1].append(run)
    for _, runs in found.values():
        runs.sort(key=lambda run: run.role is not RaterRole.TEACHER)
    return found


def _all(session: Session, row: Checklist) -> int:
    """All performances of the list that somebody else has rated, whatever its items were then."""
    asked = (
        select(func.count(func.distinct(ChecklistPerformance.id)))
        .join(ChecklistRun, ChecklistRun.performance_id == ChecklistPerformance.id)
        .where(
            ChecklistPerformance.checklist_id == row.id,
            ChecklistRun.role != RaterRole.SELF,
            ChecklistRun.state == RunState.FINISHED,
        )
    )
    return session.scalar(asked) or 0


def _performance(checklist: stations.Checklist, said: Mapping[str, entries.Entry]) -> Performance:
    ratings = entries.ratings_of(checklist, said)
    return Performance(entries.marks_of(checklist, said), stations.global_rating(checklist, ratings))


def _pooled(both: list[tuple[dict[str, int], dict[str, int]]]) -> float | None:
    pairs = [(first[name], second[name]) for first, second in both for name in first if name in second]
    return stations.kappa(pairs, Weighting.QUADRATIC) if pairs else None
