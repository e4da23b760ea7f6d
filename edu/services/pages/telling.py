"""Telling: that a story may be told, by the consent with which it was sent or by what its maker states."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Message, MessageKind, MessageState
from edu.policy import Viewer
from edu.services import typed
from edu.services.messages import consents, desk
from edu.services.pages.forms import PageForm, Tick

NEEDED = (consents.PUBLISH, consents.OWN)
KEPT = ("message", "is_stated")
"""What the details of a story and of its translations keep of this."""
SHORTEST_NAME = 3  # letters; shorter ones stand in other words by chance


def allowed(session: Session, viewer: Viewer, form: PageForm) -> dict[str, Any]:
    """What the details of a story keep of its consent. Invalid for a message without one.

    The words about it, which readers see, are a field of their own; this says what they rest on.
    """
    kept: dict[str, Any] = {}
    if form.message.strip():
        row = sent(session, viewer, form.message)
        if not consents_to_all(row):
            raise Invalid(
                "Whoever sent this did not agree that it is shown to everybody.", code="no_consent",
                field="message",
            )  # fmt: skip
        _require_no_name(row, form)
        kept["message"] = row.id
    if Tick.STATED.value in form.ticks:
        kept["is_stated"] = True
    return kept


def require(kept: dict[str, Any]) -> None:
    """Invalid for a story that nobody said may be told."""
    if not kept.get("message") and not kept.get("is_stated"):
        raise Invalid(
            "Nobody has said that this may be told. Give the number of the message that brought it, with its "
            "consent, or tick what you know.",
            code="no_consent", field=Tick.STATED.value,
        )  # fmt: skip


def sent(session: Session, viewer: Viewer, number: str) -> Message:
    """The story sent under this number; Invalid, in the same words for what the viewer may not see."""
    wanted = typed.row_id(number.strip())
    try:
        row = desk.held(session, viewer, wanted or 0)
    except NotFound as error:
        raise _no_story() from error
    if row.kind is not MessageKind.STORY or row.state is MessageState.SPAM:
        raise _no_story()
    return row


def consents_to_all(row: Message) -> bool:
    """Whether its sender agreed to its being shown, and said that nobody else is told of in it."""
    return all(row.consent.get(name) for name in NEEDED)


def _require_no_name(row: Message, form: PageForm) -> None:
    name = " ".join(row.name.split()).casefold()
    words = (form.title, form.summary, form.body, *form.said.values())
    is_named = any(name in " ".join(text.split()).casefold() for text in words)
    if len(name) >= SHORTEST_NAME and is_named and not row.consent.get(consents.NAME):
        raise Invalid(
            "Whoever sent this did not agree that their name is shown, and it stands in the text.",
            code="name_shown", field="message",
        )  # fmt: skip


def _no_story() -> Invalid:
    return Invalid("There is no story under this number.", code="no_story", field="message")
