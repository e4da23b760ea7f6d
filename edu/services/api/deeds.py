"""What the audit trail says of tokens."""

from __future__ import annotations

from enum import StrEnum


class Deed(StrEnum):
    """Deeds about an account's tokens."""

    MADE = "token.made"
    ENDED = "token.ended"
