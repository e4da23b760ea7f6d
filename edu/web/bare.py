"""Scripts and style sheets without their comments, as they are sent: those are for who reads the source."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"(?<![\w'\"`/])/\*(?!/).*?\*/", re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_TAIL = re.compile(r"(?<=[;,{}()\[\]\w'\"`]) +// [^'\"`\n]*$", re.MULTILINE)


def script(text: str) -> str:
    """A module of ours with its comments taken out, each statement still on the line it stood on.

    Not a parser: it knows the manner in which our modules are written, and a test holds for every one of them
    that TypeScript reads the same program before and after. Comments between quotes stay.
    """
    return _TAIL.sub("", _LINE.sub("", _BLOCK.sub(_lines, text)))


def sheet(text: str) -> str:
    """A style sheet without its comments."""
    return _BLOCK.sub(_lines, text)


def _lines(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")
