"""The list of questions in the studio, with filters and with what still wants a hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import quizzes
from edu.models import Question, QuestionVersion, QuizDraft, QuizSlot, QuizVersion, VersionStatus
from edu.models import Quiz as QuizRow
from edu.policy import Action, Facts, Viewer, can
from edu.services.quizzing.writing.saving import DRAFT
from quizzes.advice import Severity, advise

PAGE = 50


class Flag(StrEnum):
    """What wants a hand: a draft is open, no quiz asks it or only the draft of one does, advice warns, or no
    step of a video shows it.
    """

    DRAFT = "draft"
    UNASKED = "unasked"
    IN_DRAFT = "in_draft"
    ADVICE = "advice"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is to be listed; an empty word is no filter."""

    kind: str = ""
    lesson: str = ""
    tag: str = ""
    critical: bool = False
    evidence: str = ""  # yes or no
    flag: str = ""
    words: str = ""
    retired: bool = False  # the retired ones, and none else

    def let_through(self, line: QuestionLine) -> bool:
        """Whether a question is to be listed."""
        return (
            self.kind in ("", line.kind)
            and self.lesson in ("", line.lesson)
            and (not self.tag or self.tag in line.tags)
            and (not self.critical or line.is_critical)
            and self.evidence in ("", "yes" if line.evidence else "no")
            and (not self.flag or self.flag in line.flags)
            and self.words.casefold() in f"{line.uid} {line.stem}".casefold()
        )


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the list; `version` 0: only a draft so far. `warnings` counts advice above a hint."""

    id: int
    uid: str
    stem: str
    kind: str
    lesson: str
    tags: tuple[str, ...]
    version: int
    is_critical: bool
    is_pro: bool
    evidence: str
    warnings: int
    flags: frozenset[Flag]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, and what there is to filter by, each word with the number of its questions."""

    lines: tuple[QuestionLine, ...]
    count: int
    page: int
    pages: int
    kinds: tuple[tuple[str, int], ...] = field(default=())
    lessons: tuple[tuple[str, int], ...] = field(default=())
    tags: tuple[tuple[str, int], ...] = field(default=())


def listed(session: Session, viewer: Viewer, filters: Filters, page: int = 1) -> Listed:
    """The questions that the viewer may edit, the newest first; five statements, however many there are."""
    lines = _lines(session, viewer, filters)
    found = [line for line in lines if filters.let_through(line)]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), pages)
    return Listed(
        lines=tuple(found[(page - 1) * PAGE : page * PAGE]),
        count=len(found),
        page=page,
        pages=pages,
        kinds=_counted(line.kind for line in lines),
        lessons=_counted(line.lesson for line in lines if line.lesson),
        tags=_counted(tag for line in lines for tag in line.tags),
    )


def matching(session: Session, viewer: Viewer, filters: Filters) -> tuple[QuestionLine, ...]:
    """All that `listed` would show on its pages; five statements."""
    return tuple(line for line in _lines(session, viewer, filters) if filters.let_through(line))


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))


def _lines(session: Session, viewer: Viewer, filters: Filters) -> list[QuestionLine]:
    retired = Question.archived_at
    is_wanted = retired.is_not(None) if filters.retired else retired.is_(None)
    mine = [
        question
        for question in session.scalars(select(Question).where(is_wanted))
        if can(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id))
    ]
    wordings, drafts = _wordings(session), _drafts(session)
    asked, meant = _asked(session), _meant(session)
    places = {each.id: _place(each.id, asked, meant) for each in mine}
    lines = [
        line
        for question in mine
        if (line := _line(question, wordings.get(question.id), drafts.get(question.id), places[question.id]))
    ]
    return sorted(sorted(lines, key=lambda line: line.uid), key=lambda line: line.saved_at, reverse=True)


_Wording = tuple[QuestionVersion, dict[str, object]]


def _wordings(session: Session) -> dict[int, _Wording]:
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id, QuestionVersion.status == VersionStatus.READY)
        .correlate(Question)
        .scalar_subquery()
    )
    asked = (
        select(QuestionVersion, QuestionVersion.secret)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.number == newest)
    )
    return {version.question_id: (version, secret) for version, secret in session.execute(asked)}


def _drafts(session: Session) -> dict[int, QuestionVersion]:
    asked = select(QuestionVersion).where(QuestionVersion.number == DRAFT)
    return {version.question_id: version for version in session.scalars(asked)}


def _asked(session: Session) -> set[int]:
    """The questions in the versions of quizzes that are given now."""
    asked = (
        select(QuizSlot.question_id)
        .join(QuizVersion, QuizVersion.id == QuizSlot.quiz_version_id)
        .join(QuizRow, QuizRow.id == QuizVersion.quiz_id)
        .where(QuizVersion.number == QuizRow.current, QuizSlot.question_id.is_not(None))
    )
    return set(session.scalars(asked))


def _meant(session: Session) -> set[int]:
    """The questions in drafts of quizzes, which nobody gets yet."""
    sheets = session.scalars(select(QuizDraft.sheet))
    return {int(row["question"]) for kept in sheets for row in kept["places"] if row["question"]}


def _place(question_id: int, asked: set[int], meant: set[int]) -> Flag | None:
    """Where a question stands; nothing is to be said of one that a quiz asks."""
    if question_id in asked:
        return None
    return Flag.IN_DRAFT if question_id in meant else Flag.UNASKED


def _line(
    question: Question, wording: _Wording | None, draft: QuestionVersion | None, place: Flag | None
) -> QuestionLine | None:
    version, secret = wording or (None, {})
    newest = draft or version
    if newest is None:
        return None
    item = quizzes.from_parts(version.body, secret) if version else None
    warnings = sum(advice.severity is not Severity.HINT for advice in advise(item)) if item else 0
    evidence = (item.evidence or "") if item else ""
    found = {
        Flag.DRAFT: draft is not None,
        Flag.UNASKED: version is not None and place is Flag.UNASKED,
        Flag.IN_DRAFT: place is Flag.IN_DRAFT,
        Flag.ADVICE: warnings > 0,
        Flag.NO_EVIDENCE: item is not None and not evidence,
    }
    return QuestionLine(
        id=question.id,
        uid=question.uid,
        stem=str(newest.body.get("stem", "")),
        kind=question.kind,
        lesson=str(newest.body.get("lesson", "")),
        tags=item.tags if item else (),
        version=version.number if version else 0,
        is_critical=bool(newest.body.get("critical")),
        is_pro=question.audience.value == "pro",
        evidence=evidence,
        warnings=warnings,
        flags=frozenset(flag for flag, holds in found.items() if holds),
        saved_at=newest.created_at,
    )
