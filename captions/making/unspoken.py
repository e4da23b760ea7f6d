"""Unspoken: what stands in a script and is not said, so that nobody looks for it in the sound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a piece of a script is not looked for in the sound."""

    DIRECTION = "direction"
    SPEAKER = "speaker"
    LAYOUT = "layout"


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A piece of the script that is not said, its line (from 1), and what it is.

    `before` counts the tokens of the script that stand before it: its place among what is said.
    """

    text: str
    line: int
    why: Why
    before: int = 0
