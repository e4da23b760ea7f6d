"""Mark: what a key makes of one response."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A fraction from 0 to 1 and what belongs to it.

    `about` names the options or prompts whose feedback the learner should now read.
    """

    fraction: float
    about: tuple[str, ...] = ()
    certainty_mark: int | None = None
    unsure: bool = False
    harmful: bool = False
