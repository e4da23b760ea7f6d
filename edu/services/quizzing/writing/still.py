"""Stills: the names of pictures that questions stand on, which tell their size and where they are kept.

`board` is the drawing of the back; other names hold the hash of the picture's bytes. The name of a frame of a
video begins with its number (`v12-…`): it is shown to those alone who may watch that, as long as it is there.
"""

from __future__ import annotations

import re
from typing import Final

BOARD: Final = "board"
BOARD_SIZE: Final = (1280, 720)  # pixels
_NAME = re.compile(
    r"(?:v([0-9]{1,10})-)?([0-9a-f]{64})-([0-9]{1,5})x([0-9]{1,5})\.(?:png|jpg|webp)", re.ASCII
)


def name_of(sha256: str, width: int, height: int, ending: str, *, video_id: int | None = None) -> str:
    """The name of a kept picture: the hash of its bytes and its size in pixels, and whose frame it is."""
    whose = "" if video_id is None else f"v{video_id}-"
    return f"{whose}{sha256}-{width}x{height}.{ending}"


def sizes(name: str) -> tuple[int, int] | None:
    """Width and height in pixels of the picture of that name; None for a name that is none."""
    if name == BOARD:
        return BOARD_SIZE
    match = _NAME.fullmatch(name)
    return (int(match[3]), int(match[4])) if match else None


def video_of(name: str) -> int | None:
    """The video that a frame was taken from; None for other pictures."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match and match[1] else None


def key_of(name: str) -> str | None:
    """Where the store keeps the picture; None for the board and for what is no name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return f"{frames_of(int(match[1]))}/{name}" if match[1] else f"pictures/{match[2][:2]}/{name}"


def frames_of(video_id: int) -> str:
    """What stands before the keys of all frames of a video."""
    return f"pictures/v{video_id}"
