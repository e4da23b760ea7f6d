"""Playlists of HLS (RFC 8216): which files they point to, and which bytes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MAP = re.compile(r'#EXT-X-MAP:.*?URI="([^"]*)"(?:.*?BYTERANGE="(\d+)@(\d+)")?')
_URI = re.compile(r'URI="([^"]*)"')
_RANGE = re.compile(r"#EXT-X-BYTERANGE:(\d+)@(\d+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A file beside the playlist, and the offset at which the wanted bytes end; 0: no range is named."""

    name: str
    end: int


def references(text: str) -> Iterator[Reference]:
    """Everything that the playlist points to; ValueError when it is none."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "#EXTM3U":
        raise ValueError("a playlist begins with #EXTM3U")
    end = 0
    for line in lines[1:]:
        if found := _RANGE.match(line):
            end = int(found[1]) + int(found[2])
        elif found := _MAP.match(line):
            yield Reference(found[1], int(found[2] or 0) + int(found[3] or 0))
        elif line.startswith("#"):
            yield from (Reference(name, 0) for name in _URI.findall(line))
        elif line.strip():
            yield Reference(line.strip(), end)
            end = 0
