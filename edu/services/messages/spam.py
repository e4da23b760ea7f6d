"""Spam: the rules by which a message is set aside; all of them look at the message alone."""

from __future__ import annotations

import re
from enum import StrEnum

from edu.models import MessageKind

MOST_LINKS = {
    MessageKind.CONTACT: 2,
    MessageKind.CORRECTION: 4,
    MessageKind.PROPOSAL: 6,  # to papers
    MessageKind.STORY: 1,
}
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_MARKUP = re.compile(r"<a\s+[^>]*href|\[url\b|\[link\b|</a>", re.IGNORECASE)


class Reason(StrEnum):
    """Why a message was set aside."""

    TRAP = "trap"  # the field that people leave empty was filled in
    LINKS = "links"  # there are many of them
    MARKUP = "markup"  # links as programs write them
    NAME = "name"  # the name is a link
    REPEATED = "repeated"  # the same words came a short time before
    EDITOR = "editor"  # a person judged so


def judged(kind: MessageKind, *, text: str, source: str, name: str, trap: str) -> Reason | None:
    """Why this looks like spam; None for what looks like a person's message."""
    if trap.strip():
        return Reason.TRAP
    if _LINK.search(name):
        return Reason.NAME
    if _MARKUP.search(text) or _MARKUP.search(source):
        return Reason.MARKUP
    if len(_LINK.findall(text)) > MOST_LINKS[kind]:
        return Reason.LINKS
    return None
