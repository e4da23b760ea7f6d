"""Letters: mails about messages, promised with their cause and made when they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.errors import Gone
from edu.models import Message, MessageKind, MessageState, User
from edu.services import administrators
from edu.services.messages import removing

NOTICE = "mail_message_notice"
ANSWER = "mail_message_answer"
# The first line of a mail is its subject, in which nothing stands that a sender wrote.
WORDS = {
    MessageKind.CONTACT: "a question to the site",
    MessageKind.CORRECTION: "a report of an error",
    MessageKind.PROPOSAL: "a proposal to an open question",
    MessageKind.STORY: "a story",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What an administrator is told of a new message: nothing that it says."""

    to: str
    number: int
    kind: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sender is told; `changed` is empty where no page was changed. In the language of the form."""

    to: str
    number: int
    kind: str
    state: MessageState
    text: str
    changed: str
    language: str


def promise_notices(session: Session, row: Message, now: datetime) -> None:
    """Promise a short mail to each administrator; one each, so that none comes twice when another fails."""
    for user_id in administrators.ids(session):
        key, payload = f"{NOTICE}:{row.id}:{user_id}", {"message_id": row.id, "user_id": user_id}
        queue.promise(session, NOTICE, key=key, payload=payload, now=now)


def promise_answer(session: Session, row: Message, now: datetime) -> None:
    """Promise the answer to the address that the sender left."""
    key = f"{ANSWER}:{row.id}:{int(now.timestamp())}"
    queue.promise(session, ANSWER, key=key, payload={"message_id": row.id}, now=now)


def notice(session: Session, message_id: int, user_id: int) -> Notice:
    """The notice for one administrator; Gone when the message or the office is no more."""
    row, user = _row(session, message_id), session.get(User, user_id)
    if user is None or not administrators.is_one(user):
        raise Gone("the account does not run the site any more")
    if row.state is not MessageState.NEW:
        raise Gone("the message was dealt with before its notice was sent")
    return Notice(user.email, row.id, WORDS[row.kind], user.language)


def answer(session: Session, message_id: int) -> Answer:
    """The answer as it stands now; Gone when the address was taken back or forgotten meanwhile."""
    row = _row(session, message_id)
    if not row.email or not (row.answer or row.changed) or row.state in (MessageState.NEW, MessageState.SPAM):
        raise Gone("there is no address any more to which an answer could go")
    kind = WORDS[row.kind]
    return Answer(row.email, row.id, kind, row.state, row.answer, row.changed, row.language)


def _row(session: Session, message_id: int) -> Message:
    row = session.scalar(select(Message).where(Message.id == message_id, removing.is_there()))
    if row is None:
        raise Gone("the message was removed before its mail was sent")
    return row
