"""The words for messages: their kinds, how far they are, why some were set aside, and their fields."""

from __future__ import annotations

from edu.models import MessageKind, MessageState
from edu.services.messages import consents, subjects
from edu.services.messages.spam import Reason
from edu.web.words import gettext as _


def kinds() -> dict[str, str]:
    """What was sent."""
    return {
        MessageKind.CONTACT.value: _("Question to the site"),
        MessageKind.CORRECTION.value: _("Report of an error"),
        MessageKind.PROPOSAL.value: _("Proposal to an open question"),
        MessageKind.STORY.value: _("Story"),
    }


def states() -> dict[str, str]:
    """How far the site is with it."""
    return {
        MessageState.NEW.value: _("Waiting"),
        MessageState.ANSWERED.value: _("Answered"),
        MessageState.ACCEPTED.value: _("Accepted"),
        MessageState.DECLINED.value: _("Declined"),
        MessageState.SPAM.value: _("Spam"),
    }


def tones() -> dict[str, str]:
    """The badge of a state."""
    return {"new": "busy", "answered": "good", "accepted": "good", "declined": "warn", "spam": "bad"}


def reasons() -> dict[str, str]:
    """Why a message was set aside."""
    return {
        Reason.TRAP.value: _("The field that people leave empty was filled in."),
        Reason.LINKS.value: _("It holds many links."),
        Reason.MARKUP.value: _("It holds links in the way programs write them."),
        Reason.NAME.value: _("The name is a link."),
        Reason.REPEATED.value: _("The same words were sent a short time before."),
        Reason.EDITOR.value: _("An editor judged so."),
    }


def fields() -> dict[str, str]:
    """The labels by which a summary of errors names the fields."""
    return {
        "page": _("Page"), "topic": _("What it is about"), "text": _("Your words"), "source": _("Source"),
        "name": _("Name"), "email": _("E-mail address"), consents.PUBLISH: _("Consent"),
        consents.OWN: _("Whose story it is"), consents.NAME: _("Name"), "answer": _("Answer"),
        "changed": _("What was changed"), "decision": _("What you decide"),
    }  # fmt: skip


def consent_words(kind: MessageKind) -> dict[str, str]:
    """What can be agreed to, in the reader's language."""
    return {name: _(words) for name, words in consents.WORDS.get(kind, {}).items()}


def title_of(path: str, title: str) -> str:
    """A page's title; of those that stand by themselves in the reader's language."""
    return _(subjects.FIXED[path]) if path in subjects.FIXED else title
