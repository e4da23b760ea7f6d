"""The professional gate: the text in force with its version, declarations under it, and their withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid
from edu.models import Admission, Audience, Course, Declaration, GateMode, Lesson, PageState
from edu.services import audit, course_words
from edu.services.audit import Deed


class Profession(StrEnum):
    """What somebody who passes the gate may be: licensed to give injections, or their student."""

    PHYSICIAN = "physician"
    NURSE = "nurse"
    PHYSICIAN_ASSOCIATE = "physician_associate"
    PHYSIOTHERAPIST = "physiotherapist"
    OSTEOPATH = "osteopath"
    CHIROPRACTOR = "chiropractor"
    OTHER = "other_licensed"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class GateText:
    """What one confirms, and the words on the two buttons, all in `language`."""

    text: str
    version: str
    confirm: str
    refuse: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration that stands."""

    profession: Profession
    text_version: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class GatePage:
    """The gate as one person sees it; `declared` is None when the person was not asked under this text."""

    text: GateText
    patient_path: str
    declared: Declared | None


# In force while no installed course brings a text of its own.
OWN_TEXT = GateText(
    text="The next part shows an injection. It is meant for health professionals who are licensed to give "
    "injections and for students under their supervision. I confirm that I am one of them. I understand that "
    "the evidence is limited, that local protocols come first, and that watching does not make me competent.",
    version="1",
    confirm="I confirm",
    refuse="Show me the information for patients instead",
)


def version_in_force() -> sa.ColumnElement[str]:
    """The version of the text in force, as part of a statement: that of the first course that has one."""
    courses = (
        select(Course.notices["gate"]["version"].as_string())
        .where(Course.notices["gate"]["version"].as_string().is_not(None))
        .order_by(Course.position, Course.id)
        .limit(1)
    )
    return sa.func.coalesce(courses.scalar_subquery(), OWN_TEXT.version)


def modes(names: Iterable[str]) -> frozenset[GateMode]:
    """The ways through the gate of the setting EDU_GATE."""
    return frozenset(GateMode(name) for name in names)


def require(mode: GateMode, in_force: frozenset[GateMode]) -> None:
    """Conflict when the way is not one of those in force."""
    if mode not in in_force:
        raise Conflict("this way in is not in use on this site; choose one of those below", code="gate_way")


def has_declared(
    session: Session, *, user_id: int | None, visitor_hash: str | None, modes: frozenset[GateMode]
) -> bool:
    """Whether the account or the visitor stands by a declaration under the text in force; one statement.

    Unless the declaration alone is one of the `modes` in force, it counts only with an admission under one of
    them: what was declared under a weaker one opens nothing after the operator's switch.
    """
    asked = {"user": user_id, "visitor": visitor_hash}
    return session.scalar(_standing(modes), asked) is not None


@cache
def _standing(modes: frozenset[GateMode]) -> sa.Select[int]:
    # An account or a visitor that is not known is NULL, which equals nothing.
    return (
        select(Declaration.id)
        .where(
            sa.or_(
                Declaration.user_id == sa.bindparam("user", type_=sa.Integer),
                Declaration.visitor_hash == sa.bindparam("visitor", type_=sa.String),
            ),
            Declaration.withdrawn_at.is_(None),
            Declaration.text_version == version_in_force(),
            counts(modes),
        )
        .limit(1)
    )


def counts(modes: frozenset[GateMode]) -> sa.ColumnElement[bool]:
    """Whether a declaration is enough under these modes, as part of a statement."""
    if GateMode.DECLARATION in modes:
        return sa.true()
    return (
        select(Admission.declaration_id)
        .where(
            Admission.declaration_id == Declaration.id,
            Admission.admitted_at.is_not(None),
            Admission.mode.in_(sorted(modes)),
        )
        .exists()
    )


def page(
    session: Session,
    *,
    user_id: int | None,
    visitor_hash: str | None,
    modes: frozenset[GateMode] = frozenset(),
    language: str = "",
) -> GatePage:
    """The text in force, where patients go instead, and what this person declared that counts under it.

    `language` is the reader's: the text is in it where all of it is.
    """
    course = _course(session)
    text = _text(course, language)
    found = session.scalar(
        select(Declaration)
        .where(_made_by(user_id, visitor_hash), Declaration.text_version == text.version, counts(modes))
        .order_by(Declaration.id.desc())
    )
    declared = (
        Declared(Profession(found.profession), found.text_version, found.declared_at) if found else None
    )
    return GatePage(text=text, patient_path=_patient_path(session, course), declared=declared)


def declare(
    session: Session,
    *,
    user_id: int | None,
    visitor_hash: str | None,
    profession: str,
    version: str,
    now: datetime,
    language: str = "",
) -> Declaration:
    """Log that the account, or the visitor when there is no account, confirms the text of this version, which
    was shown to a reader of `language`; what was shown is kept in the trail.

    Under a stronger mode it counts for nothing until there is an admission for it. Invalid for an unknown
    profession; Conflict when the text is no longer the one that was read.
    """
    if profession not in set(Profession):
        raise Invalid("choose what you work as", code="gate_profession", field="profession")
    shown = _text(_course(session), language)
    if version != shown.version:
        raise Conflict("the text has changed since you opened this page; please read it again")
    made = Declaration(
        user_id=user_id,
        visitor_hash=None if user_id is not None else visitor_hash,
        profession=profession,
        text_version=version,
        declared_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        Deed.DECLARED,
        now=now,
        actor_id=user_id,
        subject=_subject(user_id),
        version=version,
        profession=profession,
        language=shown.language,
        text=shown.text,
    )
    return made


def withdraw(session: Session, *, user_id: int | None, visitor_hash: str | None, now: datetime) -> None:
    """Take every standing declaration of the account and of this visitor back; the log keeps them, dated.

    What was stated to be let in is forgotten.
    """
    taken = session.execute(
        update(Declaration)
        .where(_made_by(user_id, visitor_hash))
        .values(withdrawn_at=now)
        .returning(Declaration.id)
    ).scalars()
    if ids := list(taken):
        session.execute(update(Admission).where(Admission.declaration_id.in_(ids)).values(stated=""))
        audit.record(session, Deed.WITHDRAWN, now=now, actor_id=user_id, subject=_subject(user_id))


def _made_by(user_id: int | None, visitor_hash: str | None) -> sa.ColumnElement[bool]:
    parties: list[sa.ColumnElement[bool]] = [sa.false()]
    if user_id is not None:
        parties.append(Declaration.user_id == user_id)
    if visitor_hash is not None:
        parties.append(Declaration.visitor_hash == visitor_hash)
    return sa.and_(sa.or_(*parties), Declaration.withdrawn_at.is_(None))


def _subject(user_id: int | None) -> str:
    return audit.of_user(user_id) if user_id is not None else "visitor"


def _course(session: Session) -> Course | None:
    """The course whose text is in force."""
    return session.scalar(
        select(Course)
        .where(Course.notices["gate"]["version"].as_string().is_not(None))
        .order_by(Course.position, Course.id)
        .limit(1)
    )


def _text(course: Course | None, language: str = "") -> GateText:
    """The text in force in that language if all of it is there, else as the course has it."""
    if course is None:
        return OWN_TEXT
    gate: dict[str, Any] = course.notices["gate"]
    own = {name: str(gate.get(name) or getattr(OWN_TEXT, name)) for name in ("text", "confirm", "refuse")}
    words = course_words.wording(course, language)
    said = {name: words.say("gate", "", name, text) for name, text in own.items()}
    is_whole = {text.language for text in said.values()} == {words.language}
    shown: dict[str, str] = {**said} if is_whole else own
    return GateText(
        **shown, version=str(gate["version"]), language=words.language if is_whole else words.home
    )


def _patient_path(session: Session, course: Course | None) -> str:
    """The page for patients: the lesson the course names if all may read it, else the course, else home."""
    if course is None:
        return "/"
    code = str(course.notices["gate"].get("patient_lesson") or "")
    slug = session.scalar(
        select(Lesson.slug).where(
            Lesson.course_id == course.id,
            Lesson.code == code,
            Lesson.audience == Audience.OPEN,
            Lesson.state != PageState.DRAFT,
        )
    )
    return f"/courses/{course.slug}/{slug}" if slug else f"/courses/{course.slug}"
