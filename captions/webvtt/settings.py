"""WebVTT cue settings: the valid ones, and the layout they give (specification section 6.3)."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_SPACE = re.compile(r"[ \t\n\f\r]+")
_PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)%", re.ASCII)
_LINE = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)

_USUAL_LENGTH = 200

Change = dict[str, Any]
"""Fields of a Layout with what one setting makes of them."""

VERTICAL = frozenset({"rl", "lr"})
LINE_ALIGN = frozenset({"start", "center", "end"})
POSITION_ALIGN = frozenset({"line-left", "center", "line-right"})
ALIGN = frozenset({"start", "center", "end", "left", "right"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Effective values of a cue's settings; None means "auto". Position and size are per cent of the video.

    `line` is a line number when `snap_to_lines`, else per cent of the video.
    """

    vertical: str = ""
    line: float | None = None
    snap_to_lines: bool = True
    line_align: str = "start"
    position: float | None = None
    position_align: str = "auto"
    size: float = 100.0
    align: str = "center"
    region: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one timing line: their layout, the valid ones as written, and those to ignore."""

    layout: Layout
    text: str
    ignored: tuple[str, ...]


def layout(settings: str) -> Layout:
    """The effective values of `Cue.settings`."""
    return parse(settings).layout


def parse(text: str) -> Settings:
    """Read the rest of a timing line. Nothing is an error; what is not valid is ignored and named."""
    return _cached(text) if len(text) <= _USUAL_LENGTH else _parse(text)


def _parse(text: str) -> Settings:
    found, kept, ignored = dict[str, Any](), dict[str, str](), list[str]()
    for token in filter(None, _SPACE.split(text)):
        name, _, value = token.partition(":")
        change = _READERS[name](value) if value and name in _READERS else None
        if change is None:
            ignored.append(token)
        else:
            found |= change
            kept[name] = _with_alignment(token, kept.get(name, ""))
    return Settings(Layout(**found), " ".join(kept.values()), tuple(ignored))


# a file repeats few settings; long ones are not kept, so that hostile files cannot fill the memory
_cached = lru_cache(maxsize=4096)(_parse)


def _with_alignment(token: str, before: str) -> str:
    """A later `line` or `position` without an alignment keeps that of the one it replaces."""
    _, comma, align = before.partition(",")
    return f"{token},{align}" if comma and "," not in token else token


def percentage(text: str) -> float | None:
    """A WebVTT percentage from 0 to 100, else None."""
    match = _PERCENTAGE.fullmatch(text)
    if match is None:
        return None
    number = float(match[1])
    return number if number <= 100 else None


def _region(value: str) -> Change | None:
    return {"region": value}


def _vertical(value: str) -> Change | None:
    return {"vertical": value} if value in VERTICAL else None


def _line(value: str) -> Change | None:
    where, comma, align = value.partition(",")
    if comma and align not in LINE_ALIGN:
        return None
    snaps = not where.endswith("%")
    number = _number(where) if snaps else percentage(where)
    if number is None:
        return None
    change: Change = {"line": number, "snap_to_lines": snaps}
    return change | {"line_align": align} if align else change


def _position(value: str) -> Change | None:
    where, comma, align = value.partition(",")
    number = percentage(where)
    if number is None or (comma and align not in POSITION_ALIGN):
        return None
    return {"position": number, "position_align": align} if align else {"position": number}


def _size(value: str) -> Change | None:
    number = percentage(value)
    return None if number is None else {"size": number}


def _align(value: str) -> Change | None:
    return {"align": value} if value in ALIGN else None


def _number(text: str) -> float | None:
    """A line number. HTML's rules for numbers refuse what is too large for a double."""
    if _LINE.fullmatch(text) is None:
        return None
    number = float(text)
    return None if math.isinf(number) else number


_READERS: dict[str, Callable[[str], Change | None]] = {
    "region": _region,
    "vertical": _vertical,
    "line": _line,
    "position": _position,
    "size": _size,
    "align": _align,
}
