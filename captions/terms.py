"""Term: a word of the subject with how it is wrongly heard or written, for checks, engines and pop-ups."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """An accepted spelling, the mis-hearings that stand for it, and what it means (may be empty)."""

    text: str
    misheard: tuple[str, ...] = ()
    meaning: str = ""
