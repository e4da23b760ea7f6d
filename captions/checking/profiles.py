"""The four sets of numbers that captions are held to, each with where it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ProfileName(StrEnum):
    """The names of the profiles."""

    TEACHING = "teaching"
    NETFLIX = "netflix"
    BBC = "bbc"
    DCMP = "dcmp"


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits of one guideline; times are milliseconds, 0 = no such limit.

    Reading speed is in characters a second (with spaces, a line break is one) or else in words a minute.
    A gap is too short from `gap_from` up to `gap_to`, both left out; mended, it is `gap`. A caption may come
    `sync_warn` before or after its speech; from `sync_error` on it is an error.
    """

    line_length: int
    lines: int = 2
    characters_a_second: float = 0
    characters_a_second_error: float = 0
    words_a_minute: float = 0
    shortest: int = 0
    shortest_a_word: int = 0
    longest: int = 0
    gap_from: int = 0
    gap_to: int = 0
    gap: int = 0
    sync_warn: int = 200
    sync_error: int = 500


TWO_FRAMES: Final = 83
"""Two frames at 24 a second, the slowest usual rate."""

PROFILES: Final[dict[str, Profile]] = {
    # our default: the line of Netflix, slower reading, because people watch hands while they read
    ProfileName.TEACHING: Profile(
        42, 2, 17, 20, shortest=1000, longest=7000, gap_from=TWO_FRAMES + 20, gap_to=500, gap=TWO_FRAMES
    ),
    # Netflix, English timed text style guide 217350977 and subtitle timing guidelines 360051554394
    ProfileName.NETFLIX: Profile(
        42, 2, 20, 25, shortest=833, longest=7000, gap_from=TWO_FRAMES + 20, gap_to=500, gap=TWO_FRAMES
    ),
    # BBC subtitle guidelines: 3.1 lines, 4 and 4.1 speed, 4.5 gaps, 5.2 and 5.4 early and late
    ProfileName.BBC: Profile(
        37,
        2,
        words_a_minute=180,
        shortest_a_word=300,
        gap_from=20,
        gap_to=1000,
        sync_warn=1500,
        sync_error=2000,
    ),
    # DCMP captioning key: school level
    ProfileName.DCMP: Profile(32, 2, words_a_minute=160, shortest=2000, gap=TWO_FRAMES),
}
