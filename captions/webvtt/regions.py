"""WebVTT regions: parsed by the specification (section 6.2) and written back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

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
    region = Region()
    for token in _SPACE.split(lines):
        name, _, value = token.partition(":")
        if value and name in _READERS:
            region = _READERS[name](region, value)
    return region


def block(region: Region) -> str:
    """The REGION block of a file, without the blank lines around it."""
    rows = ["REGION", f"id:{region.identifier}", f"width:{_per_cent(region.width)}", f"lines:{region.lines}"]
    rows.append("regionanchor:" + ",".join(map(_per_cent, region.anchor)))
    rows.append("viewportanchor:" + ",".join(map(_per_cent, region.viewport_anchor)))
    if region.scrolls_up:
        rows.append("scroll:up")
    return "\n".join(rows)


def _identifier(region: Region, value: str) -> Region:
    return replace(region, identifier=value)


def _width(region: Region, value: str) -> Region:
    width = percentage(value)
    return region if width is None else replace(region, width=width)


def _lines(region: Region, value: str) -> Region:
    return replace(region, lines=int(value)) if _DIGITS.fullmatch(value) else region


def _anchor(region: Region, value: str) -> Region:
    return replace(region, anchor=_point(value) or region.anchor)


def _viewport_anchor(region: Region, value: str) -> Region:
    return replace(region, viewport_anchor=_point(value) or region.viewport_anchor)


def _scroll(region: Region, value: str) -> Region:
    return replace(region, scrolls_up=True) if value == "up" else region


def _point(value: str) -> tuple[float, float] | None:
    x, comma, y = value.partition(",")
    across, down = percentage(x), percentage(y)
    return (across, down) if comma and across is not None and down is not None else None


def _per_cent(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") + "%"


_READERS: dict[str, Callable[[Region, str], Region]] = {
    "id": _identifier,
    "width": _width,
    "lines": _lines,
    "regionanchor": _anchor,
    "viewportanchor": _viewport_anchor,
    "scroll": _scroll,
}
