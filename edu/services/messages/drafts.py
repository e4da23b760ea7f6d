"""Drafts: what a form sent, and the same tidied, or refused with every field that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from edu.errors import Invalid, InvalidFields
from edu.models import MessageKind
from edu.services import accounts, typed
from edu.services.messages import consents

MOST_TEXT = {
    MessageKind.CONTACT: 5_000,
    MessageKind.CORRECTION: 5_000,
    MessageKind.PROPOSAL: 10_000,
    MessageKind.STORY: 20_000,
}
MOST_SOURCE, MOST_TOPIC = 1_000, 120
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it came, with the path and title of the page it is about; all of it is unchecked.

    `title` is what a message to the site is about, in its sender's words. `trap` is the field that people
    leave empty, `stamp` says when the form was shown.
    """

    kind: MessageKind
    path: str = ""
    title: str = ""
    text: str = ""
    source: str = ""
    name: str = ""
    email: str = ""
    ticked: Mapping[str, bool] | None = None
    trap: str = ""
    stamp: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Tidied:
    """What will be kept."""

    title: str
    text: str
    source: str
    name: str
    email: str
    consent: dict[str, Any]


def tidy(draft: Draft, now: datetime) -> Tidied:
    """The draft with plain line ends and single spaces. InvalidFields names all that is missing or wrong."""
    faults: list[Invalid] = []

    def checked(read: Callable[[], T], instead: T) -> T:
        try:
            return read()
        except Invalid as error:
            faults.append(error)
            return instead

    title = draft.title
    if draft.kind is MessageKind.CONTACT:
        title = checked(lambda: typed.line(draft.title, "topic", most=MOST_TOPIC), "")
    text = checked(lambda: typed.text(draft.text, "text", most=MOST_TEXT[draft.kind]), "")
    source = checked(lambda: typed.text(draft.source, "source", most=MOST_SOURCE, optional=True), "")
    name = checked(lambda: typed.line(draft.name, "name", most=accounts.MOST_NAME, optional=True), "")
    email = checked(lambda: accounts.email_of(draft.email) if draft.email.strip() else "", "")
    consent, missing = consents.agreed(draft.kind, draft.ticked or {}, now)
    faults += missing
    if not text.strip() and not any(fault.parameters.get("field") == "text" for fault in faults):
        faults.append(Invalid("Please fill this in.", code="blank", field="text"))
    if faults:
        raise InvalidFields(faults)
    return Tidied(title, text, source, name, email, consent)
