"""Every sentence that may reach a reader: of templates and of code."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from edu.translations import code, templates
from edu.translations.following import Following
from edu.translations.message import Message

ROOT = Path(__file__).parents[2]


@cache
def extracted(root: Path = ROOT) -> Mapping[str, Message]:
    """The messages by their English sentence, in its order."""
    with _no_collection():
        asked = templates.asked(root / "templates")
        following = Following(code.read(root))
        following.run(asked.fields, asked.constants)
    found = dict(following.found)
    for message in asked.messages:
        known = found.get(message.one)
        many = message.many or (known.many if known else "")
        found[message.one] = Message(message.one, message.file, many)
    return dict(sorted(found.items()))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of nodes that all stay: looking through them for garbage takes longer than reading code."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
