"""Address names made from titles."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection

# pages of the studio and of a course, and the quiz of everybody's reviews
RESERVED = frozenset({"changes", "new", "progress", "spaced-review", "state", "statement"})
MOST = 60


def stem(title: str, otherwise: str) -> str:
    """The title in small ASCII letters, digits and hyphens; `otherwise` when nothing of it is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST].strip("-") or otherwise


def free(wanted: str, taken: Collection[str]) -> str:
    """The name itself, or with a random ending when it is taken or means something else in an address."""
    if wanted not in taken and wanted not in RESERVED:
        return wanted
    return f"{wanted}-{secrets.token_hex(3)}"
