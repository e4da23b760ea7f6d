"""Deciding: what an editor does with a message, guarded against a second editor at the same time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid, InvalidFields
from edu.models import Message, MessageKind, MessageState
from edu.policy import Viewer
from edu.services import typed
from edu.services.messages import desk, forgetting, letters, removing, shown, trail
from edu.services.messages.desk import Sheet
from edu.services.messages.shown import ShownMessage
from edu.services.messages.spam import Reason

MOST_ANSWER = 10_000
LEAST_WORDS = 3  # of a sentence on what was changed


class Decision(StrEnum):
    """What can be decided."""

    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    SPAM = "spam"
    NOT_SPAM = "not_spam"
    DELETE = "delete"


STATES = {
    Decision.ANSWER: MessageState.ANSWERED,
    Decision.ACCEPT: MessageState.ACCEPTED,
    Decision.DECLINE: MessageState.DECLINED,
}
DEEDS = {
    Decision.ANSWER: trail.Deed.ANSWERED,
    Decision.ACCEPT: trail.Deed.ACCEPTED,
    Decision.DECLINE: trail.Deed.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with its words. `seen` is what the message was like when they were written."""

    decision: Decision
    answer: str = ""
    changed: str = ""
    is_public: bool = False
    seen: str = ""


def decide(
    session: Session, viewer: Viewer, number: int, verdict: Verdict, *, can_mail: bool, now: datetime
) -> None:
    """Do it. Conflict when somebody else decided meanwhile; InvalidFields for words that are missing.

    An answer goes by mail to the address that the sender left, where the site can send mail, and again when
    its words are changed later.
    """
    row = desk.held(session, viewer, number, is_locked=True)
    if desk.seen(row) != verdict.seen:
        raise Conflict(
            "Somebody else has dealt with this message meanwhile. Read what they wrote, then decide again.",
            code="decided_meanwhile",
        )
    actor = viewer.user_id
    if verdict.decision is Decision.DELETE:
        removing.empty(row)
        trail.note(session, trail.Deed.DELETED, number, now=now, actor_id=actor)
    elif verdict.decision is Decision.SPAM:
        row.state, row.is_public = MessageState.SPAM, False
        trail.note(session, trail.Deed.SET_ASIDE, number, now=now, actor_id=actor, reason=Reason.EDITOR.value)
    elif verdict.decision is Decision.NOT_SPAM:
        if row.state is MessageState.SPAM:
            row.state, row.answered_at = MessageState.NEW, None
            trail.note(session, trail.Deed.BROUGHT_BACK, number, now=now, actor_id=actor)
    else:
        _answer(session, viewer, row, verdict, can_mail=can_mail, now=now)
    if verdict.decision is not Decision.DELETE:
        forgetting.promise(session, row, now)


def preview(viewer: Viewer, sheet: Sheet, verdict: Verdict) -> ShownMessage | None:
    """What everybody would read after this decision; None when it would be nothing. InvalidFields."""
    answer, changed = _words(sheet.kind, verdict)
    if not _is_public(sheet.kind, sheet.may_publish, verdict):
        return None
    return replace(
        sheet.public,
        state=STATES[verdict.decision],
        answer=shown.paragraphs(answer),
        changed=shown.paragraphs(changed),
        approved_by=viewer.name,
    )


def _answer(
    session: Session, viewer: Viewer, row: Message, verdict: Verdict, *, can_mail: bool, now: datetime
) -> None:
    answer, changed = _words(row.kind, verdict)
    before = (row.state, row.answer, row.changed)
    row.state = STATES[verdict.decision]
    row.answer, row.changed = answer, changed
    row.is_public = _is_public(row.kind, desk.may_publish(row), verdict)
    row.answered_by, row.answered_at = viewer.user_id, now
    session.flush()
    trail.note(session, DEEDS[verdict.decision], row.id, now=now, actor_id=viewer.user_id)
    has_news = (row.state, answer, changed) != before and bool(answer or changed)
    if can_mail and row.email and has_news:
        letters.promise_answer(session, row, now)


def _words(kind: MessageKind, verdict: Verdict) -> tuple[str, str]:
    """Answer and change, tidied. InvalidFields for what is missing, Invalid for what cannot be."""
    is_correction, decision = kind is MessageKind.CORRECTION, verdict.decision
    if decision is Decision.ACCEPT and kind is MessageKind.CONTACT:
        raise Invalid("A question to the site is answered or declined.", code="not_acceptable")
    faults: list[Invalid] = []
    words = {"answer": "", "changed": ""}
    needed = {
        "answer": decision is not Decision.ACCEPT,
        "changed": decision is Decision.ACCEPT and is_correction,
    }
    given = {"answer": verdict.answer, "changed": verdict.changed if needed["changed"] else ""}
    for name, value in given.items():
        try:
            words[name] = typed.text(value, name, most=MOST_ANSWER, optional=not needed[name])
            if name == "changed" and needed[name]:
                _require_sentence(words[name])
        except Invalid as error:
            faults.append(error)
    if faults:
        raise InvalidFields(faults)
    return words["answer"], words["changed"]


def _require_sentence(changed: str) -> None:
    if len(changed.split()) < LEAST_WORDS:
        raise Invalid(
            "Say in a sentence what was changed on the page.", code="change_in_short", field="changed"
        )


def _is_public(kind: MessageKind, may_publish: bool, verdict: Verdict) -> bool:
    """Corrections can be public accepted and declined, the rest accepted only."""
    if not (verdict.is_public and may_publish):
        return False
    if verdict.decision is Decision.ACCEPT:
        return True
    return verdict.decision is Decision.DECLINE and kind is MessageKind.CORRECTION
