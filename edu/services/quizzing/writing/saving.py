"""Saving a question: a draft that may be incomplete, or the next version, which is asked from then on.

A draft is one row under the number 0 that is written over; versions are counted from 1 and never change.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from edu.errors import Conflict, Invalid, InvalidFields, NotFound
from edu.models import Audience, Question, QuestionVersion, VersionStatus
from edu.policy import Action, Facts, Viewer, require
from edu.services import audit
from edu.services.audit import Deed
from edu.services.quizzing import lesson_questions, questions
from edu.services.quizzing.writing import document, from_item, sheet
from edu.services.quizzing.writing.bonds import bound, lesson_named, past_end
from edu.services.quizzing.writing.places import field_of
from edu.services.quizzing.writing.sheet import Sheet
from quizzes import Item, Kind
from quizzes.advice import SENTENCES, Advice, advise
from quizzes.kinds.table import KEYS

DRAFT = 0
BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Work:
    """A question in the studio: its form, and the number of the version that is asked now (0: none yet).

    `is_draft`: the form shows a draft, not that version. `id` is 0 for a question that was never saved.
    """

    id: int
    uid: str
    sheet: Sheet
    version: int
    version_id: int
    is_draft: bool
    is_retired: bool = False


def begin(kind: Kind, lesson: str, audience: Audience) -> Work:
    """The form of a new question."""
    made = sheet.blank(kind).having(lesson=lesson, audience=audience.value, ask="1" if lesson else "")
    return Work(0, "", made, 0, 0, False)


def work(session: Session, viewer: Viewer, question_id: int) -> Work:
    """A question with its form as it was left: the draft, if there is one, else the newest version."""
    question = mine(session, viewer, question_id)
    version, draft = questions.latest(session, question.id), _draft(session, question.id)
    if draft is not None:
        shown = sheet.read(draft.secret["sheet"])
    elif version is not None:
        shown = from_item.sheet_of(_item(session, version))
    else:
        raise NotFound("there is no such question")
    return Work(
        id=question.id,
        uid=question.uid,
        sheet=shown,
        version=version.number if version else 0,
        version_id=version.id if version else 0,
        is_draft=draft is not None,
        is_retired=question.archived_at is not None,
    )


def mine(session: Session, viewer: Viewer, question_id: int, *, locked: bool = False) -> Question:
    """A question the viewer may edit; NotFound, or Forbidden for somebody else's."""
    question = session.get(Question, question_id, with_for_update=locked or None)
    if question is None or question.kind not in {kind.value for kind in KEYS}:
        raise NotFound("there is no such question")
    require(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id))
    return question


def keep_draft(session: Session, viewer: Viewer, question_id: int, typed: Sheet, now: datetime) -> Question:
    """Keep the form as it is, complete or not; nobody is asked it. `question_id` 0 makes a new question."""
    question = mine(session, viewer, question_id, locked=True) if question_id else None
    if question is None:
        question = Question(
            uid=_new_uid(),
            kind=typed.kind.value,
            audience=Audience.PRO if typed.said("audience") == Audience.PRO else Audience.OPEN,
            owner_id=viewer.user_id,
            created_at=now,
        )
        session.add(question)
        session.flush()
    row = _draft(session, question.id)
    body: dict[str, Any] = {
        "kind": typed.kind.value, "stem": typed.said("stem"), "lesson": typed.said("lesson"),
        "critical": bool(typed.said("critical")),
        "picture": {"name": typed.said("picture")} if typed.said("picture") else None,
    }  # fmt: skip
    if row is None:
        row = QuestionVersion(
            question_id=question.id, number=DRAFT, kind=typed.kind.value, status=VersionStatus.DRAFT
        )
        session.add(row)
    row.body, row.secret, row.content_hash = body, {"sheet": typed.plain()}, ""
    row.created_by, row.created_at = viewer.user_id, now
    session.flush()
    return question


def forget_draft(session: Session, viewer: Viewer, question_id: int) -> bool:
    """Throw the draft away; whether the question is still there, which it is not when it was nothing else."""
    question = mine(session, viewer, question_id, locked=True)
    if (draft := _draft(session, question.id)) is not None:
        session.delete(draft)
        session.flush()
    if questions.latest(session, question.id) is not None:
        return True
    session.delete(question)
    return False


def publish(
    session: Session, viewer: Viewer, question_id: int, typed: Sheet, base: int, now: datetime
) -> Question:
    """Make the form the next version, which is asked from now on; attempts keep what they began with.

    `base` is the number of the version that the form was made from. Raises InvalidFields with what is wrong,
    what advice forbids included, and Conflict when another version came meanwhile.
    """
    question = mine(session, viewer, question_id, locked=True) if question_id else None
    newest = questions.latest(session, question.id) if question else None
    if newest is not None and newest.number != base:
        raise Conflict(
            "Version %(number)s was saved meanwhile. Look at it, then publish once more to put yours on top.",
            code="newer_version", number=newest.number,
        )  # fmt: skip
    before = _item(session, newest) if newest else None
    item = checked(session, viewer, typed, question.uid if question else _new_uid(), before)
    if question is not None and (draft := _draft(session, question.id)) is not None:
        session.delete(draft)
        session.flush()
    question, _ = questions.keep(session, item, now=now, author_id=viewer.user_id)
    audit.record(
        session, Deed.QUESTION_SAVED, now=now, actor_id=viewer.user_id, subject=f"question:{question.id}"
    )
    if typed.said("ask") and (lesson := lesson_named(session, viewer, item.lesson)):
        lesson_questions.add(session, viewer, lesson.id, question, now)
    return question


def retire(session: Session, viewer: Viewer, question_id: int, now: datetime) -> None:
    """Ask the question no more, by no quiz and no pool; attempts and results stay."""
    question = mine(session, viewer, question_id, locked=True)
    if question.archived_at is None:
        question.archived_at = now
        _note_removed(session, viewer, question, "retired", now)


def bring_back(session: Session, viewer: Viewer, question_id: int, now: datetime) -> None:
    """Ask a retired question again, wherever it still has its place."""
    question = mine(session, viewer, question_id, locked=True)
    if question.archived_at is not None:
        question.archived_at = None
        _note_removed(session, viewer, question, "brought back", now)


def _note_removed(session: Session, viewer: Viewer, question: Question, what: str, now: datetime) -> None:
    audit.record(
        session, Deed.QUESTION_REMOVED, now=now, actor_id=viewer.user_id,
        subject=f"question:{question.id}", what=what,
    )  # fmt: skip


def checked(session: Session, viewer: Viewer, typed: Sheet, uid: str, before: Item | None) -> Item:
    """The item of a sheet, with what it names in this site checked, and no advice that blocks it."""
    item = bound(session, viewer, typed, document.item(typed, uid), before)
    if faults := past_end(session, item):
        raise InvalidFields(faults)
    blocking = [advice for advice in advise(item) if advice.blocks]
    if blocking:
        raise InvalidFields([as_fault(typed, advice) for advice in blocking])
    return item


def as_fault(typed: Sheet, advice: Advice) -> Invalid:
    """Advice as what is wrong with a field."""
    known = dict(advice.parameters)
    return Invalid(SENTENCES[advice.rule], code=BLOCKED, **{**known, "field": field_of(typed, advice.place)})


def _draft(session: Session, question_id: int) -> QuestionVersion | None:
    asked = select(QuestionVersion).where(
        QuestionVersion.question_id == question_id, QuestionVersion.number == DRAFT
    )
    return session.scalar(asked.options(undefer(QuestionVersion.secret)))


def _item(session: Session, version: QuestionVersion) -> Item:
    return questions.keyed(session, {version.id})[version.id].item


def _new_uid() -> str:
    return f"q-{secrets.token_hex(6)}"
