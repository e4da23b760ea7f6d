"""Runs: the text of a TTML paragraph in pieces of one look, made into cue text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from captions.formats import markup

_SPACES = re.compile(r"[ \t\r\n]+")
_SPACE_RUNS = re.compile(r" {2,}")
_AROUND_BREAKS = re.compile(r" ?\n[ \n]*")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")

TagKey = tuple[str, str, int]
"""A tag of cue text: its name, its annotation, and a number that keeps neighbours of one name apart."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with the tags around it, outermost first, shown from `start` to `end` (milliseconds; None = open).

    The text of a line break is a line feed with `keeps_space`.
    """

    text: str
    tags: tuple[TagKey, ...]
    start: int
    end: int | None
    keeps_space: bool = False


BREAK = "\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text whose white space is settled."""

    tags: tuple[TagKey, ...]
    text: str
    keeps_space: bool = False


def cue_text(runs: Iterable[Run]) -> str:
    """The cue text of the runs: white space joined as the document asks, no blank lines, well-formed."""
    runs = list(runs)
    if all(not run.tags and (run.text == BREAK or not run.keeps_space) for run in runs):
        return _plain(runs)
    parts: list[str] = []
    opened: list[TagKey] = []
    for tags, text in _merged(_spaced(runs)):
        same = _common(opened, tags)
        parts.extend(f"</{name}>" for name, _, _ in reversed(opened[same:]))
        opened[same:] = tags[same:]
        parts.extend(_start(tag) for tag in opened[same:])
        parts.append(markup.escaped(text))
    parts.extend(f"</{name}>" for name, _, _ in reversed(opened))
    return _BLANK_LINES.sub("\n", "".join(parts)).strip("\n")


def _plain(runs: list[Run]) -> str:
    """The same, faster, for text without tags whose white space is not kept: most of all paragraphs."""
    joined = "".join(run.text if run.keeps_space else _SPACES.sub(" ", run.text) for run in runs)
    return markup.escaped(_AROUND_BREAKS.sub("\n", _SPACE_RUNS.sub(" ", joined)).strip(" \n"))


def _spaced(runs: Iterable[Run]) -> list[_Piece]:
    """The runs with runs of white space as one space, none at the ends of lines, where it is not kept."""
    done: list[_Piece] = []
    last = BREAK
    for run in runs:
        text = run.text if run.keeps_space else _SPACES.sub(" ", run.text)
        if not run.keeps_space and last in " \n":
            text = text.removeprefix(" ")
        if text == BREAK:
            _trim(done)
        if text:
            done.append(_Piece(run.tags, text, run.keeps_space))
            last = text[-1]
    _trim(done)
    return done


def _trim(done: list[_Piece]) -> None:
    """Take off the space at the end of a line, where it is not kept."""
    while done and done[-1].text.endswith(" ") and not done[-1].keeps_space:
        piece = done.pop()
        if piece.text.rstrip(" "):
            done.append(_Piece(piece.tags, piece.text.rstrip(" ")))


def _merged(pieces: list[_Piece]) -> Iterator[tuple[tuple[TagKey, ...], str]]:
    """Line breaks and spaces between two texts belong to what both have in common."""
    after: list[tuple[TagKey, ...] | None] = []
    tags = None
    for piece in reversed(pieces):
        after.append(tags)
        tags = piece.tags if piece.text.strip() else tags
    before = None
    for piece, following in zip(pieces, reversed(after), strict=True):
        if piece.text.strip() or before is None or following is None:
            yield piece.tags, piece.text
        else:
            yield before[: _common(list(before), following)], piece.text
        before = piece.tags if piece.text.strip() else before


def _common(opened: list[TagKey], tags: tuple[TagKey, ...]) -> int:
    """How many tags, from outside, are the same."""
    count = 0
    for have, want in zip(opened, tags, strict=False):
        if have != want:
            break
        count += 1
    return count


def _start(tag: TagKey) -> str:
    name, annotation, _ = tag
    return markup.start_tag(name, annotation)
