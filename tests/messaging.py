"""Messages for tests: drafts under a stamp of some seconds ago, and rows as they stand in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from edu.models import Message, MessageKind, MessageState
from edu.runtime import Runtime
from edu.services.messages import consents, receiving
from edu.services.messages.drafts import Draft
from edu.services.messages.receiving import Received, Sender
from edu.services.messages.stamps import Stamper
from edu.services.viewers import hashed

STAMPER = Stamper("a key for tests that is long enough")
READ = timedelta(seconds=20)  # how long somebody reads and writes


def draft(kind: MessageKind, now: datetime, **values: Any) -> Draft:
    """A form that was shown a while ago, with all that its kind asks for."""
    known: dict[str, Any] = {
        "text": "The angle is given as 45 degrees, and the source says 30 degrees.",
        "ticked": {consents.PUBLISH: True, consents.OWN: True},
        "stamp": STAMPER.make(kind, now - READ),
        "title": "A question",
    }
    return Draft(kind, **{**known, **values})


def receive(
    session: Session, made: Draft, now: datetime, *, party: str = "192.0.2.1", user_id: int | None = None,
    can_mail: bool = False,
) -> Received:  # fmt: skip
    """What becomes of the draft."""
    return receiving.receive(session, made, Sender(party, user_id), STAMPER, can_mail=can_mail, now=now)


def add_message(session: Session, now: datetime, **values: Any) -> Message:
    """Write a row: a report of an error that waits, where nothing else is said."""
    known: dict[str, Any] = {
        "kind": MessageKind.CORRECTION, "state": MessageState.NEW, "path": "/courses", "title": "Courses",
        "text": "A word is wrong.", "consent": {}, "created_at": now,
        "token_hash": hashed(f"{session.query(Message).count()} {now}"),
    }  # fmt: skip
    row = Message(**{**known, **values})
    session.add(row)
    session.flush()
    return row


def add_corrections(runtime: Runtime, path: str) -> tuple[int, int]:
    """Two accepted reports of a page: the numbers of one that all may read, and of one that stays in."""
    made: dict[str, Any] = {"path": path, "state": MessageState.ACCEPTED}
    with runtime.db.writing() as session:
        now = runtime.clock.now()
        return add_message(session, now, **made, is_public=True).id, add_message(session, now, **made).id
