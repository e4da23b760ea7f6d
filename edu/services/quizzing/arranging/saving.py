"""Saving a quiz: a draft that may be incomplete, or the next version, which begins with the next attempt.

A draft is one row beside the quiz that is written over; versions are counted from 1 and never change.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models import REVIEW_QUIZ, Attempt, AttemptState, Audience, Quiz, QuizDraft, QuizVersion
from edu.policy import Action, Facts, Viewer, require
from edu.services import audit, slugs
from edu.services.audit import Deed
from edu.services.quizzing import publishing
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.arranging import form, sheet
from edu.services.quizzing.arranging.settling import settled
from edu.services.quizzing.arranging.sheet import Sheet
from edu.services.quizzing.lesson_questions import EMPTIED
from quizzes import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """A quiz in the studio: its form, the number of its newest version (0: none) and of the one given now.

    `is_draft`: the form shows a draft. `inside` is how many people are in an attempt at this moment. `mark`
    tells one state of what makes no version (title, introduction, lesson) from another.
    """

    slug: str
    title: str
    sheet: Sheet
    version: int = 0
    current: int = 0
    is_draft: bool = False
    inside: int = 0
    audience: Audience = Audience.OPEN
    mark: str = ""


def mine(session: Session, viewer: Viewer, slug: str, *, locked: bool = False) -> Quiz:
    """A quiz that the viewer may edit; NotFound, or Forbidden for somebody else's."""
    quiz = None
    if "\0" not in slug and slug != REVIEW_QUIZ:
        asked = select(Quiz).where(Quiz.slug == slug)
        quiz = session.scalar(asked.with_for_update() if locked else asked)
    if quiz is None:
        raise NotFound("there is no such quiz")
    require(viewer, Action.EDIT, Facts(quiz.audience, quiz.current > 0, quiz.owner_id))
    return quiz


def work(session: Session, viewer: Viewer, slug: str) -> Work:
    """A quiz with its form as it was left: the draft, if there is one, else the newest version."""
    quiz = mine(session, viewer, slug)
    newest, draft = quiz_service.newest(session, quiz), session.get(QuizDraft, quiz.id)
    if draft is not None:
        shown = sheet.read(draft.sheet)
    elif newest is not None:
        places = [] if quiz.details.get(EMPTIED) else publishing.places_of(session, newest)
        shown = form.sheet_of(quiz, quiz_service.settings_of(newest), places)
    else:
        shown = form.sheet_of(quiz, Settings(), [])
    return Work(
        slug=quiz.slug,
        title=quiz.title,
        sheet=shown,
        version=newest.number if newest else 0,
        current=quiz.current,
        is_draft=draft is not None,
        inside=_inside(session, quiz),
        audience=quiz.audience,
        mark=mark_of(quiz),
    )


def mark_of(quiz: Quiz) -> str:
    """A short hash of what a quiz says beside its versions: title, introduction, language, lesson, video."""
    said = [quiz.title, quiz.audience.value, quiz.lesson_id, quiz.video_id, sorted(quiz.details.items())]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]


def base_of(session: Session, viewer: Viewer, slug: str) -> int:
    """The number of the version that the shown form was made from."""
    quiz = mine(session, viewer, slug)
    draft, newest = session.get(QuizDraft, quiz.id), quiz_service.newest(session, quiz)
    return draft.based_on if draft else newest.number if newest else 0


def _inside(session: Session, quiz: Quiz) -> int:
    asked = (
        select(func.count())
        .select_from(Attempt)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .where(QuizVersion.quiz_id == quiz.id, Attempt.state == AttemptState.OPEN)
    )
    return session.scalar(asked) or 0


def keep_draft(session: Session, viewer: Viewer, slug: str, typed: Sheet, base: int, now: datetime) -> Quiz:
    """Keep the form as it is, complete or not. An empty `slug` makes a new quiz that nobody can take yet."""
    quiz = mine(session, viewer, slug, locked=True) if slug else _new(session, viewer, typed, now)
    draft = session.get(QuizDraft, quiz.id)
    if draft is None:
        draft = QuizDraft(quiz_id=quiz.id, based_on=base)
        session.add(draft)
    draft.sheet, draft.saved_by, draft.saved_at = typed.plain(), viewer.user_id, now
    if quiz_service.newest(session, quiz) is None:
        quiz.title = _title(typed)
    session.flush()
    return quiz


def forget_draft(session: Session, viewer: Viewer, slug: str) -> bool:
    """Throw the draft away; whether the quiz is still there, which it is not when it was nothing else."""
    quiz = mine(session, viewer, slug, locked=True)
    if (draft := session.get(QuizDraft, quiz.id)) is not None:
        session.delete(draft)
        session.flush()
    if quiz_service.newest(session, quiz) is not None:
        return True
    session.delete(quiz)
    return False


def publish(
    session: Session, viewer: Viewer, slug: str, typed: Sheet, base: int, now: datetime, *, seen: str = ""
) -> Quiz:
    """Give the quiz as the form has it from the next attempt on; whoever is inside keeps what they began.

    Raises InvalidFields with all that is wrong, and Conflict when another version came meanwhile, or when
    the quiz says something else than where the form was made, which had `seen` as its mark.
    """
    quiz = mine(session, viewer, slug, locked=True) if slug else None
    newest = quiz_service.newest(session, quiz) if quiz else None
    if newest is not None and newest.number != base:
        raise Conflict(
            "Version %(number)s was saved meanwhile. Look at it, then publish once more to put yours on top.",
            code="newer_version", number=newest.number,
        )  # fmt: skip
    if quiz is not None and newest is not None and seen and seen != mark_of(quiz):
        raise Conflict(
            "Title, introduction or lesson were changed meanwhile. Look at them, then publish once more.",
            code="newer_words",
        )
    made = settled(session, viewer, typed, quiz)
    quiz = quiz or _new(session, viewer, typed, now)
    publishing.publish(
        session,
        slug=quiz.slug,
        title=made.title,
        places=made.places,
        settings=made.settings,
        now=now,
        audience=made.audience,
        lesson_id=made.lesson.id if made.lesson else None,
        video_id=made.video.id if made.video else None,
        owner_id=quiz.owner_id,
    )
    kept = {name: value for name, value in quiz.details.items() if name not in (EMPTIED, "lesson")}
    lesson = {"lesson": made.lesson.code} if made.lesson else {}
    quiz.details = {**kept, **lesson, "intro": made.intro, "language": made.language}
    if (draft := session.get(QuizDraft, quiz.id)) is not None:
        session.delete(draft)
    session.flush()
    _note(session, viewer, quiz, now, version=quiz.current)
    return quiz


def take_back(session: Session, viewer: Viewer, slug: str, now: datetime) -> Quiz:
    """Let nobody begin any more; attempts that were begun can be ended, and their results stay."""
    quiz = mine(session, viewer, slug, locked=True)
    quiz.current = 0
    session.flush()
    _note(session, viewer, quiz, now, version=0)
    return quiz


def _note(session: Session, viewer: Viewer, quiz: Quiz, now: datetime, *, version: int) -> None:
    audit.record(
        session,
        Deed.QUIZ_CHANGED,
        now=now,
        actor_id=viewer.user_id,
        subject=f"quiz:{quiz.id}",
        version=version,
    )


def _new(session: Session, viewer: Viewer, typed: Sheet, now: datetime) -> Quiz:
    title = _title(typed)
    slug = slugs.free(slugs.stem(title, "quiz"), set(session.scalars(select(Quiz.slug))))
    quiz = Quiz(
        slug=slug,
        title=title,
        audience=Audience.PRO if typed.said("audience") == Audience.PRO else Audience.OPEN,
        owner_id=viewer.user_id,
        created_at=now,
    )
    session.add(quiz)
    session.flush()
    return quiz


def _title(typed: Sheet) -> str:
    return " ".join(typed.said("title").split())[: form.MOST_TITLE]
