"""Finding: one thing that a look through a site or a backup brought to light, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do. What is not wrong is only told: nothing is lost by leaving it."""

    what: str
    remedy: str
    is_wrong: bool = True

    def __str__(self) -> str:
        return f"{'WRONG' if self.is_wrong else 'note '} {self.what}: {self.remedy}"
