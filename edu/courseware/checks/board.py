"""Checking the boards in a lesson: their layers exist, and each of them ends."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.board import MARK, Layer, layers_of
from edu.courseware.course import Lesson
from edu.courseware.finding import Finding
from edu.courseware.marks import parser


def check_boards(lesson: Lesson) -> Iterator[Finding]:
    """Boards with layers that are none, without layers, without a caption, or without an end."""
    tokens = parser().parse(lesson.body)
    # a box holds no box of its kind, so the first that begins is the first that ends
    begins = [at for at, token in enumerate(tokens) if token.type == f"container_{MARK}_open"]
    ends = [at for at, token in enumerate(tokens) if token.type == f"container_{MARK}_close"]
    for begin, end in zip(begins, ends, strict=True):
        mark = tokens[begin]
        line = lesson.body_line + (mark.map[0] if mark.map else 0)
        yield from _check_layers(lesson, line, mark.info.strip())
        if not tokens[end].markup:
            yield _finding(lesson, line, "the board does not end", f"Write {mark.markup} under its caption")
        elif end == begin + 1:
            yield _finding(lesson, line, "the board has no caption", "Say under the mark what is to be seen")


def _check_layers(lesson: Lesson, line: int, mark: str) -> Iterator[Finding]:
    names = ", ".join(Layer)
    if mark == MARK:
        yield _finding(lesson, line, "the board names no layer", f"Name some of {names}")
    for name in layers_of(mark)[1]:
        yield _finding(lesson, line, f'the board has no layer "{name}"', f"Use {names}")


def _finding(lesson: Lesson, line: int, message: str, remedy: str) -> Finding:
    return Finding(lesson.source.path, line, "board", message, remedy)
