"""Mails about messages of readers, and forgetting messages whose time has come."""

from __future__ import annotations

from edu.errors import Gone
from edu.jobs.progress import Progress
from edu.models import MessageState
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import mail
from edu.services.messages import forgetting, letters


def send_notice(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Tell one administrator that a message came: its number, its kind and where it is read.

    A notice that nobody needs any more is no failure: nothing is sent.
    """
    settings = runtime.settings
    try:
        with runtime.db.reading() as session:
            told = letters.notice(session, int(claim.payload["message_id"]), int(claim.payload["user_id"]))
    except Gone:
        return
    url = f"{settings.base_url}/studio/messages/{told.number}"
    known = {"number": str(told.number), "kind": told.kind, "url": url}
    letter = mail.message(settings, "message_notice", to=told.to, language=told.language, **known)
    progress(0.5)
    mail.send(settings.smtp_url, letter)


def send_answer(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Send the answer to the address that the sender of a message left; nothing when it is kept no more."""
    settings = runtime.settings
    try:
        with runtime.db.reading() as session:
            told = letters.answer(session, int(claim.payload["message_id"]))
    except Gone:
        return
    letter = mail.message(
        settings,
        "message_answer",
        to=told.to,
        language=told.language,
        number=str(told.number),
        kind=told.kind,
        is_declined="yes" if told.state is MessageState.DECLINED else "",
        answer=told.text,
        changed=told.changed,
    )
    progress(0.5)
    mail.send(settings.smtp_url, letter)


def forget_messages(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Remove addresses and messages that are kept no longer."""
    with runtime.db.writing() as session:
        forgetting.forget(session, runtime.clock.now())
