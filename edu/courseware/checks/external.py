"""Checking videos of other sites in a text: their addresses are taken, they have a caption, and they end."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.external import AWAITED, MARK, external, is_awaited
from edu.courseware.finding import Finding
from edu.courseware.marks import parser


def check_external(path: str, body: str, body_line: int) -> Iterator[Finding]:
    """Cards with an address that is not taken, without a caption, or without an end."""
    tokens = parser().parse(body)
    begins = [at for at, token in enumerate(tokens) if token.type == f"container_{MARK}_open"]
    ends = [at for at, token in enumerate(tokens) if token.type == f"container_{MARK}_close"]
    for begin, end in zip(begins, ends, strict=True):
        mark = tokens[begin]
        line = body_line + (mark.map[0] if mark.map else 0)
        if external(mark.info) is None and not is_awaited(mark.info):
            remedy = f"Write https://www.youtube.com/watch?v=… behind {MARK}, or {AWAITED}"
            yield Finding(path, line, MARK, f'"{mark.info.strip()}" names no video that can be shown', remedy)
        if not tokens[end].markup:
            remedy = f"Write {mark.markup} under its caption"
            yield Finding(path, line, MARK, "the card of the video does not end", remedy)
        elif end == begin + 1:
            remedy = "Say under the mark what is to be seen"
            yield Finding(path, line, MARK, "the card of the video has no caption", remedy)
