"""Consents: what senders agree to, by the version of its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from edu.errors import Invalid
from edu.models import MessageKind

VERSION = "2026-11-26"
"""Of the words below: a change of them is another version."""

PUBLISH = "publish"  # the words may be shown
NAME = "name"  # and the name with them
OWN = "own"  # nobody else is told of who could be recognised
WORDS = {
    MessageKind.CORRECTION: {
        PUBLISH: "My words may be shown in the public log. Without this, the editor tells it in other words.",
        NAME: "My name may be shown with it.",
    },
    MessageKind.PROPOSAL: {
        PUBLISH: "My proposal may be shown on the page of the question, after an editor has read it. "
        "I can take it back at any time.",
        NAME: "My name may be shown with it.",
    },
    MessageKind.STORY: {
        PUBLISH: "My story may be shown on this site, to everybody, after an editor has read it. "
        "I can take it back at any time, and then it is deleted.",
        OWN: "It is my own story. Nobody else can be recognised in it, and it names no doctor or clinic.",
        NAME: "My name may be shown with it.",
    },
}
NEEDED = {
    MessageKind.PROPOSAL: (PUBLISH,),
    MessageKind.STORY: (PUBLISH, OWN),
}


def agreed(
    kind: MessageKind, ticked: Mapping[str, bool], now: datetime
) -> tuple[dict[str, Any], list[Invalid]]:
    """What is kept of a consent (version, choices, their sentences, the time), and what is missing of it."""
    words = WORDS.get(kind, {})
    given = {name: bool(ticked.get(name)) for name in words}
    faults = [
        Invalid("Tick this, or it cannot be sent.", code="not_agreed", field=name)
        for name in NEEDED.get(kind, ())
        if not given[name]
    ]
    if not any(given.values()):
        return {}, faults
    text = [words[name] for name in words if given[name]]
    return {"version": VERSION, **given, "text": text, "at": now.isoformat()}, faults
