"""The bank: all questions that a maker may put into a quiz, looked through by words, kind, lesson and tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.models import Question, QuestionVersion, VersionStatus
from edu.policy import Action, Facts, Viewer, can
from edu.services.quizzing import questions
from quizzes import Pool

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty word is no filter."""

    words: str = ""
    kind: str = ""
    lesson: str = ""
    tag: str = ""

    def lets_through(self, entry: Entry) -> bool:
        """Whether a question is found."""
        return (
            self.kind in ("", entry.kind)
            and self.lesson in ("", entry.lesson)
            and (not self.tag or self.tag in entry.tags)
            and all(word in f"{entry.uid} {entry.stem}".casefold() for word in self.words.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it stands in the bank; `film` is the code before the step of its evidence."""

    id: int
    uid: str
    version_id: int
    kind: str
    stem: str
    lesson: str
    tags: tuple[str, ...]
    film: str
    is_critical: bool
    is_pro: bool
    is_mine: bool

    def fits(self, pool: Pool) -> bool:
        """Whether it would be drawn from a pool; the rule of `drawing`, over what is known here."""
        return (
            (not pool.kinds or self.kind in pool.kinds)
            and (not pool.lesson or self.lesson == pool.lesson)
            and (not pool.video or self.film == pool.video)
            and (not pool.critical or self.is_critical)
            and (not pool.tags or not set(pool.tags).isdisjoint(self.tags))
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The first of what was found, and how many there are."""

    entries: tuple[Entry, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Bank:
    """All entries by the number of their question; what there is to filter by, with how often it occurs."""

    entries: dict[int, Entry]
    kinds: tuple[tuple[str, int], ...]
    lessons: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    films: tuple[tuple[str, int], ...]

    def search(self, wanted: Wanted, without: Collection[int] = ()) -> Found:
        """What is found, in the order of ids, apart from what is in the quiz already."""
        found = [
            entry for entry in self.entries.values() if entry.id not in without and wanted.lets_through(entry)
        ]
        return Found(tuple(found[:MOST_FOUND]), len(found))


def bank(session: Session, viewer: Viewer) -> Bank:
    """Every question that the viewer may see whole and a quiz can ask; one statement."""
    entries = {}
    for row in session.execute(_asked()):
        seen = Facts(row.audience, True, row.owner_id)
        if can(viewer, Action.READ, seen):
            entries[row.id] = _entry(row, is_mine=can(viewer, Action.EDIT, seen))
    return Bank(
        entries=entries,
        kinds=_counted(entry.kind for entry in entries.values()),
        lessons=_counted(entry.lesson for entry in entries.values() if entry.lesson),
        tags=_counted(tag for entry in entries.values() for tag in entry.tags),
        films=_counted(entry.film for entry in entries.values() if entry.film),
    )


def _asked() -> Any:
    version = QuestionVersion
    newest = (
        select(func.max(version.number))
        .where(version.question_id == Question.id, version.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    return (
        select(
            Question.id,
            Question.uid,
            Question.audience,
            Question.owner_id,
            version.id.label("version_id"),
            version.kind,
            version.body["stem"].as_string().label("stem"),
            version.body["lesson"].as_string().label("lesson"),
            version.body["critical"].as_boolean().label("critical"),
            version.secret["evidence"].as_string().label("evidence"),
            version.secret["tags"].label("tags"),
        )
        .join(version, (version.question_id == Question.id) & (version.number == newest))
        .where(Question.archived_at.is_(None), version.kind.in_(questions.ASKED))
        .order_by(Question.uid)
    )


def _entry(row: Any, *, is_mine: bool) -> Entry:
    return Entry(
        id=row.id,
        uid=row.uid,
        version_id=row.version_id,
        kind=row.kind,
        stem=row.stem or "",
        lesson=row.lesson or "",
        tags=tuple(row.tags or ()),
        film=(row.evidence or "").partition("-")[0],
        is_critical=bool(row.critical),
        is_pro=row.audience.value == "pro",
        is_mine=is_mine,
    )


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))
