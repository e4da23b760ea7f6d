"""Every sentence that may reach a reader: of templates and of code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from edu.garbage import uncollected
from edu.translations import code, templates
from edu.translations.following import Following
from edu.translations.message import Message

ROOT = Path(__file__).parents[2]


@cache
def extracted(root: Path = ROOT) -> Mapping[str, Message]:
    """The messages by their English sentence, in its order."""
    with uncollected():  # millions of nodes that all stay
        asked = templates.asked(root / "templates")
        following = Following(code.read(root))
        following.run(asked.fields, asked.constants)
    found = dict(following.found)
    for message in asked.messages:
        known = found.get(message.one)
        many = message.many or (known.many if known else "")
        found[message.one] = Message(message.one, message.file, many)
    return dict(sorted(found.items()))
