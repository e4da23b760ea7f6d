"""Review by a second clinician: asked for, signed or returned; what is edited afterwards needs it again.

Nothing is called reviewed unless somebody who did not write it signed exactly the revision that stands.
The signer types name and interests; no day and no name is ever filled in for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from edu.courseware.course import PageState as WrittenState
from edu.errors import Conflict, Forbidden, NotFound
from edu.models import (
    Lesson,
    Module,
    Page,
    PageState,
    ReviewDecision,
    ReviewRequest,
    ReviewSubject,
    Term,
    User,
)
from edu.policy import Action, Viewer, can
from edu.services import audit, reviews, typed
from edu.services.authoring import review_rules, subjects
from edu.services.authoring.deeds import AuthoringDeed
from edu.services.authoring.subjects import Subject

MOST_NOTE, MOST_NAME, MOST_PROFESSION, MOST_INTERESTS = 2000, 110, 88, 2000  # name and profession: 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request as the studio shows it; `lacks`: why the viewer may not sign, a code of review_rules."""

    id: int
    subject: ReviewSubject
    subject_id: int
    course_id: int | None
    title: str
    revision: int
    note: str
    asked_by: str
    asked_at: datetime
    decision: ReviewDecision | None
    remarks: str
    decided_by: str
    decided_at: datetime | None
    is_mine: bool
    lacks: str
    signed_as: str  # what the signer wrote: name and profession; "" while nobody signed
    is_as_decided: bool  # what stands there is the revision that was asked about


@dataclass(frozen=True, slots=True)
class Due:
    """A text that needs another review, and for which its makers have not asked for one."""

    subject: ReviewSubject
    subject_id: int
    title: str
    language: str


def ask(
    session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int, *, note: str, now: datetime
) -> ReviewRequest:
    """Ask for a review of what stands now; Conflict while one waits, Invalid for what has to be mended."""
    row = subjects.mine(session, viewer, kind, row_id, locked=True)
    if open_request(session, row) is not None:
        raise Conflict("A review is asked for already.", code="review_asked")
    review_rules.require_ready(session, row)
    request = ReviewRequest(
        subject=kind, subject_id=row.id, revision=subjects.revision(session, row), asked_by=viewer.user_id,
        note=typed.text(note, "note", most=MOST_NOTE, optional=True), asked_at=now,
    )  # fmt: skip
    session.add(request)
    session.flush()
    _note(session, AuthoringDeed.REVIEW_ASKED, viewer, request, now)
    return request


def withdraw(session: Session, viewer: Viewer, request_id: int, now: datetime) -> ReviewRequest:
    """Take the request back: for who asked, and for who may edit the text."""
    request = _open(session, request_id)
    if request.asked_by != viewer.user_id or viewer.user_id is None:
        subjects.mine(session, viewer, request.subject, request.subject_id)
    _decide(request, ReviewDecision.WITHDRAWN, viewer, now)
    _note(session, AuthoringDeed.REVIEW_WITHDRAWN, viewer, request, now)
    return request


def return_with_remarks(
    session: Session, viewer: Viewer, request_id: int, remarks: str, now: datetime
) -> ReviewRequest:
    """Say what has to be changed first. Any instructor may; nothing is called reviewed by it."""
    request = _open(session, request_id)
    _require_reader(session, viewer, request)
    request.remarks = typed.text(remarks, "remarks", most=MOST_NOTE)
    _decide(request, ReviewDecision.RETURNED, viewer, now)
    _note(session, AuthoringDeed.REVIEW_RETURNED, viewer, request, now)
    return request


def sign(
    session: Session, viewer: Viewer, request_id: int, *, reviewer: str, profession: str, interests: str,
    now: datetime,
) -> ReviewRequest:  # fmt: skip
    """Sign the revision that was asked about: it is reviewed until a day some months from now.

    The signer states to be a clinician by writing the profession, which stands behind the name for readers.
    Forbidden for who wrote it and for who asked; Conflict when another revision stands there now; Invalid
    names the field, or says what keeps the text from being signed.
    """
    # The text first, then its request, as in an edit: the other way round two could wait for each other.
    row = _require_reader(session, viewer, _found(session, request_id), locked=True)
    request = _open(session, request_id)
    if code := review_rules.lacks(session, viewer, request, row):
        raise review_rules.refusal(code)
    review_rules.require_ready(session, row)
    name = typed.line(reviewer, "reviewer", most=MOST_NAME)
    stated = typed.line(profession, "profession", most=MOST_PROFESSION)
    request.reviewer = f"{name}, {stated}"
    request.interests = typed.text(interests, "interests", most=MOST_INTERESTS)
    request.due_on = review_rules.last_day(now.date(), row)
    _decide(request, ReviewDecision.SIGNED, viewer, now)
    _write(row, {
        "reviewer": request.reviewer, "reviewed_on": now.date().isoformat(),
        "due_on": request.due_on.isoformat(), "conflicts": request.interests,
    })  # fmt: skip
    session.flush()
    _note(session, AuthoringDeed.REVIEW_SIGNED, viewer, request, now, profession=stated)
    return request


def edited(session: Session, row: Subject, viewer: Viewer, now: datetime) -> None:
    """Call after each edit: what was reviewed needs review again, and open requests about it are over.

    A signature stays recorded as what once was. The module of a lesson needs review with it.
    """
    if isinstance(row, (Lesson, Page)) and row.state is PageState.REVIEWED:
        row.state = PageState.NEEDS_REVIEW
    if isinstance(row, (Module, Term)) and row.details.get("state") == WrittenState.REVIEWED:
        row.details = {**row.details, "state": WrittenState.NEEDS_REVIEW.value}
    if isinstance(row, Module):
        row.details = {**row.details, "edited_by": viewer.user_id}
    session.flush()
    if (request := open_request(session, row)) is not None:
        _decide(request, ReviewDecision.WITHDRAWN, viewer, now)
        _note(session, AuthoringDeed.REVIEW_WITHDRAWN, viewer, request, now)
    if isinstance(row, Lesson):
        # so that a signature of this moment is not written over
        session.refresh(row.module, ["details"], with_for_update=True)
        edited(session, row.module, viewer, now)


def let_go(session: Session, user_id: int) -> None:
    """Forget who changed modules last, for an account that is erased; SQLite gives its number again.

    Requests and versions lose it by themselves. The name under a signature stays with what it was given for.
    """
    for row in session.scalars(select(Module).where(Module.details["edited_by"].as_integer() == user_id)):
        row.details = {name: value for name, value in row.details.items() if name != "edited_by"}


def published_state(details: dict[str, Any]) -> PageState:
    """What a page that comes out is called: under construction, or in need of review if it was signed once.

    That it is reviewed comes from a signature alone.
    """
    return PageState.NEEDS_REVIEW if reviews.recorded(details) else PageState.UNDER_CONSTRUCTION


def open_request(session: Session, row: Subject) -> ReviewRequest | None:
    """The request about this text that waits."""
    kind = subjects.kind_of(row)
    return session.scalar(_requests().where(_is_open(), _about(kind, row.id)).limit(1))


def last_request(session: Session, row: Subject) -> ReviewRequest | None:
    """The newest request about this text, whatever became of it."""
    kind = subjects.kind_of(row)
    return session.scalar(_requests().where(_about(kind, row.id)).limit(1))


def waiting(session: Session, viewer: Viewer) -> tuple[Waiting, ...]:
    """What waits for a review, that asked for first at the head."""
    found = session.scalars(select(ReviewRequest).where(_is_open()).order_by(ReviewRequest.asked_at)).all()
    return tuple(one for request in found if (one := _waiting(session, viewer, request)))


def due(session: Session, viewer: Viewer) -> tuple[Due, ...]:
    """Lessons and pages that were changed since they were signed and for which no review is asked."""
    lessons = select(Lesson).where(Lesson.state == PageState.NEEDS_REVIEW).order_by(Lesson.id)
    pages = select(Page).where(Page.state == PageState.NEEDS_REVIEW).order_by(Page.id)
    rows: list[Lesson | Page] = [*session.scalars(lessons), *session.scalars(pages)]
    asked = {
        (one.subject, one.subject_id) for one in session.scalars(select(ReviewRequest).where(_is_open()))
    }
    return tuple(
        Due(kind, row.id, row.title, row.language)
        for row in rows
        if ((kind := subjects.kind_of(row)), row.id) not in asked
        and can(viewer, Action.EDIT, subjects.facts(session, row))
    )


def page(session: Session, viewer: Viewer, request_id: int) -> Waiting:
    """One request; NotFound when there is none, or what it was about is gone."""
    request = session.get(ReviewRequest, request_id)
    found = _waiting(session, viewer, request) if request else None
    if found is None:
        raise NotFound("there is no such request")
    return found


def signed_revision(session: Session, kind: ReviewSubject, row_id: int) -> int | None:
    """The revision that was signed last."""
    asked = _requests().where(_about(kind, row_id), ReviewRequest.decision == ReviewDecision.SIGNED)
    found = session.scalar(asked.limit(1))
    return found.revision if found else None


def _write(row: Subject, review: dict[str, str]) -> None:
    row.details = {**row.details, "review": review}
    if isinstance(row, (Lesson, Page)):
        row.state = PageState.REVIEWED
    else:
        row.details = {**row.details, "state": WrittenState.REVIEWED.value}


def _found(session: Session, request_id: int, *, locked: bool = False) -> ReviewRequest:
    request = session.get(ReviewRequest, request_id, with_for_update=locked or None, populate_existing=locked)
    if request is None:
        raise NotFound("there is no such request")
    return request


def _open(session: Session, request_id: int) -> ReviewRequest:
    request = _found(session, request_id, locked=True)
    if request.decision is not None:
        raise Conflict("This request is over: it was signed, returned or withdrawn.", code="review_over")
    return request


def _require_reader(
    session: Session, viewer: Viewer, request: ReviewRequest, *, locked: bool = False
) -> Subject:
    row = subjects.found(session, request.subject, request.subject_id, locked=locked)
    if not viewer.is_instructor or not can(viewer, Action.READ, subjects.facts(session, row)):
        raise Forbidden("only instructors review")
    return row


def _decide(request: ReviewRequest, decision: ReviewDecision, viewer: Viewer, now: datetime) -> None:
    request.decision, request.decided_by, request.decided_at = decision, viewer.user_id, now


def _waiting(session: Session, viewer: Viewer, request: ReviewRequest) -> Waiting | None:
    row = subjects.look_for(session, request.subject, request.subject_id)
    if row is None or not can(viewer, Action.READ, subjects.facts(session, row)):
        return None
    named = select(User.id, User.name).where(User.id.in_([request.asked_by or 0, request.decided_by or 0]))
    names = {row.id: row.name for row in session.execute(named)}
    return Waiting(
        id=request.id, subject=request.subject, subject_id=request.subject_id,
        course_id=row.course_id, title=subjects.title(row),
        revision=request.revision, note=request.note, asked_by=names.get(request.asked_by or 0, ""),
        asked_at=request.asked_at, decision=request.decision, remarks=request.remarks,
        decided_by=names.get(request.decided_by or 0, ""), decided_at=request.decided_at,
        is_mine=request.asked_by == viewer.user_id, lacks=review_rules.lacks(session, viewer, request, row),
        signed_as=request.reviewer, is_as_decided=subjects.revision(session, row) == request.revision,
    )  # fmt: skip


def _requests() -> Select[ReviewRequest]:
    return select(ReviewRequest).order_by(ReviewRequest.asked_at.desc(), ReviewRequest.id.desc())


def _is_open() -> ColumnElement[bool]:
    return ReviewRequest.decision.is_(None)


def _about(kind: ReviewSubject, row_id: int) -> ColumnElement[bool]:
    return and_(ReviewRequest.subject == kind, ReviewRequest.subject_id == row_id)


def _note(
    session: Session,
    deed: AuthoringDeed,
    viewer: Viewer,
    request: ReviewRequest,
    now: datetime,
    **more: str,
) -> None:
    audit.record(
        session, deed, now=now, actor_id=viewer.user_id,
        subject=f"{request.subject.value}:{request.subject_id}",
        request=request.id, revision=request.revision, **more,
    )  # fmt: skip
