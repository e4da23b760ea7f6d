"""The text field of EBU STL: control codes and characters (tech 3264, 5.4.5), as runs."""

import re
from typing import Final

from captions.formats import stl_characters
from captions.formats.styled import Run

_PIECES: Final = re.compile(rb"[\x00-\x1f\x7f-\x9f]|[^\x00-\x1f\x7f-\x9f]+")
_NEW_LINE: Final = 0x8A
_STYLES: Final = {0x80: ("i", True), 0x81: ("i", False), 0x82: ("u", True), 0x83: ("u", False)}
_BOXES: Final = frozenset({0x84, 0x85, 0x0A, 0x0B})
_WHITE: Final = 0x07
_SPACES: Final = re.compile(r"[ \t]{2,}")


def runs(data: bytes, table: bytes) -> tuple[list[Run], list[str]]:
    """The runs of a text, and what was taken out of it, each kind once.

    A code of teletext takes the room of a space. Spaces at the ends of lines and empty lines, which are there
    to place the text, are not text.
    """
    found: list[Run] = []
    tags: list[str] = []
    gone: dict[str, None] = {}
    for match in _PIECES.finditer(data):
        piece = match[0]
        code = piece[0]
        if code == _NEW_LINE:
            found.append(Run("\n", tuple(tags)))
        elif code in _STYLES:
            _switch(tags, *_STYLES[code])
        elif code < 0x20:
            found.append(Run(" ", tuple(tags)))
            _note(code, gone)
        elif not 0x7F <= code <= 0x9F:
            found.append(Run(stl_characters.decode(piece, table), tuple(tags)))
    return _tidied(found), list(gone)


def _switch(tags: list[str], tag: str, is_on: bool) -> None:
    if tag in tags:
        tags.remove(tag)
    if is_on:
        tags.append(tag)


def _note(code: int, gone: dict[str, None]) -> None:
    if code < _WHITE or code in (0x1C, 0x1D):
        gone["colours"] = None
    elif code == 0x08:
        gone["flashing"] = None
    elif 0x10 <= code <= 0x17:
        gone["mosaic characters"] = None


def _tidied(found: list[Run]) -> list[Run]:
    """The runs with rows of spaces as one, none beside a line break, and no empty lines."""
    tidied: list[Run] = []
    before = "\n"
    for run in found:
        text = _SPACES.sub(" ", run.text)
        if before in " \n" or text == "\n":
            text = text.lstrip(" ")
        if text == "\n":
            _strip_end(tidied)
            if not tidied or tidied[-1].text == "\n":
                continue
        if text:
            tidied.append(Run(text, run.tags))
            before = text[-1]
    _strip_end(tidied)
    while tidied and tidied[-1].text == "\n":
        tidied.pop()
        _strip_end(tidied)
    return tidied


def _strip_end(runs_: list[Run]) -> None:
    """Take the spaces off the end of the last line."""
    while runs_ and runs_[-1].text != "\n":
        kept = runs_[-1].text.rstrip(" ")
        if kept:
            runs_[-1] = Run(kept, runs_[-1].tags)
            return
        runs_.pop()
