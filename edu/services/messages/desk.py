"""Desk: messages as those see them who answer them: the list, filtered, and one with all that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Message, MessageKind, MessageState, User
from edu.policy import Viewer
from edu.services.messages import consents, present, removing, shown, subjects, trail
from edu.services.messages.present import Present
from edu.services.messages.shown import ShownMessage
from edu.services.messages.spam import Reason

PER_PAGE = 50
EXCERPT = 140  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A message in the list."""

    number: int
    kind: MessageKind
    state: MessageState
    title: str
    excerpt: str
    language: str
    is_public: bool
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, newest first; pages count from 1."""

    lines: tuple[Line, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message on the desk. `seen` is the state of things that a decision is based on.

    `public` is what would be shown of it as it stands; `may_publish` says whether it may be shown at all.
    `page_now` is how the page that a correction is about stands, where it has revisions.
    """

    number: int
    kind: MessageKind
    state: MessageState
    path: str
    title: str
    paragraphs: tuple[str, ...]
    source: str
    name: str
    email: str
    language: str
    consent: tuple[str, ...]
    has_account: bool
    reason: Reason | None
    answer: str
    changed: str
    is_public: bool
    may_publish: bool
    may_show_words: bool
    answered_by: str
    answered_at: datetime | None
    sent_at: datetime
    seen: str
    public: ShownMessage
    page_now: Present | None

    @property
    def is_unchanged(self) -> bool:
        """Whether the page stands as it did when the report of an error came."""
        return self.page_now is not None and self.page_now.changed_at < self.sent_at


def listing(
    session: Session, viewer: Viewer, *, kind: MessageKind | None, state: MessageState | None, page: int
) -> Listing:
    """The messages that are the viewer's to answer; without a state all but those set aside as spam."""
    asked = _mine(viewer)
    if kind is not None:
        asked = asked.where(Message.kind == kind)
    asked = asked.where(Message.state == state) if state else asked.where(Message.state != MessageState.SPAM)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.scalars(asked.order_by(Message.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE))
    return Listing(tuple(_line(row) for row in rows), page, pages, total)


def new_count(session: Session, viewer: Viewer) -> int:
    """How many messages wait for the viewer."""
    asked = _mine(viewer).where(Message.state == MessageState.NEW)
    return session.scalar(select(func.count()).select_from(asked.subquery())) or 0


def sheet(session: Session, viewer: Viewer, number: int) -> Sheet:
    """One message; NotFound for a missing one and for one that is not the viewer's to answer."""
    row = held(session, viewer, number)
    editor = session.get(User, row.answered_by) if row.answered_by is not None else None
    return Sheet(
        number=row.id,
        kind=row.kind,
        state=row.state,
        path=row.path,
        title=row.title,
        paragraphs=shown.paragraphs(row.text),
        source=row.source,
        name=row.name,
        email=row.email,
        language=row.language,
        consent=tuple(str(words) for words in row.consent.get("text", ())),
        has_account=row.user_id is not None,
        reason=trail.reason_of(session, row.id) if row.state is MessageState.SPAM else None,
        answer=row.answer,
        changed=row.changed,
        is_public=row.is_public,
        may_publish=may_publish(row),
        may_show_words=bool(row.consent.get(consents.PUBLISH)),
        answered_by=editor.name if editor else "",
        answered_at=row.answered_at,
        sent_at=row.created_at,
        seen=seen(row),
        public=shown.as_shown(row, editor.name if editor else ""),
        page_now=present.of(session, row.path) if row.kind is MessageKind.CORRECTION else None,
    )


def held(session: Session, viewer: Viewer, number: int, *, is_locked: bool = False) -> Message:
    """The row of a message that is the viewer's to answer; NotFound."""
    asked = _mine(viewer).where(Message.id == number)
    row = session.scalar(asked.with_for_update() if is_locked else asked)
    if row is None:
        raise NotFound("there is no such message")
    return row


def seen(row: Message) -> str:
    """What two editors compare: it changes with each decision."""
    return f"{row.state.value} {row.answered_at.timestamp() if row.answered_at else 0} {int(row.is_public)}"


def may_publish(row: Message) -> bool:
    """Whether it can be public: a correction always, in the editor's words; what is its words, by consent."""
    if row.kind is MessageKind.CORRECTION:
        return True
    return row.kind is not MessageKind.CONTACT and bool(row.consent.get(consents.PUBLISH))


def _mine(viewer: Viewer) -> Select[Message]:
    return select(Message).where(removing.is_there(), subjects.looked_after_by(viewer))


def _line(row: Message) -> Line:
    text = " ".join(row.text.split())
    excerpt = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1].rstrip()}…"
    return Line(row.id, row.kind, row.state, row.title, excerpt, row.language, row.is_public, row.created_at)
