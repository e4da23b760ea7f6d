"""WebVTT regions: parsed by the specification (section 6.2) and written back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from captions.webvtt.settings import percentage

_SPACE = re.compile(r"[ \t\n\f\r]+")
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture for cues. Width and anchors are per cent of the video, `anchor` of the region."""

    identifier: str = ""
    width: float = 100.0
    lines: int = 3
    anchor: tuple[float, float] = (0.0, 100.0)
    viewport_anchor: tuple[float, float] = (0.0, 100.0)
    scrolls_up: bool = False


def parse(lines: str) -> Region:
    """Read the lines under REGION. What is wrong in them is ignored, as the specification asks."""
    found: dict[str, Any] = {}
    for token in _SPACE.split(lines):
        name, _, value = token.partition(":")
        if value and name in _READERS:
            field, read = _READERS[name]
            said = read(value)
            if said is not None:
                found[field] = said
    return Region(**found)


def block(region: Region) -> str:
    """The REGION block of a file, without the blank lines around it."""
    rows = ["REGION", f"id:{region.identifier}", f"width:{_per_cent(region.width)}", f"lines:{region.lines}"]
    rows.append("regionanchor:" + ",".join(map(_per_cent, region.anchor)))
    rows.append("viewportanchor:" + ",".join(map(_per_cent, region.viewport_anchor)))
    if region.scrolls_up:
        rows.append("scroll:up")
    return "\n".join(rows)


def _lines(value: str) -> int | None:
    return int(value) if _DIGITS.fullmatch(value) else None


def _scroll(value: str) -> bool | None:
    return True if value == "up" else None


def _point(value: str) -> tuple[float, float] | None:
    x, comma, y = value.partition(",")
    across, down = percentage(x), percentage(y)
    return (across, down) if comma and across is not None and down is not None else None


def _per_cent(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") + "%"


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "id": ("identifier", str),
    "width": ("width", percentage),
    "lines": ("lines", _lines),
    "regionanchor": ("anchor", _point),
    "viewportanchor": ("viewport_anchor", _point),
    "scroll": ("scrolls_up", _scroll),
}
"""The field of each setting, and what reads its value: None when it is wrong."""
