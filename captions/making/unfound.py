"""unfound(): the parts of a script that are in no caption, as they stood in it, with their place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from captions.making.align import Aligned, Untimed
from captions.making.unspoken import Why

ENDS: Final = (".", "!", "?", "…", "。", "！", "？")
CLOSING: Final = "\"'”’)]»」』"


class Part(StrEnum):
    """What of a script is in no caption."""

    WORDS = "words"
    DIRECTION = "direction"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Unfound:
    """A phrase that was not found in the sound, a direction or a name under which nothing is said.

    `line` counts from 1. It belongs between `after`, the end of the word before it, and `until`, the start of
    the word after it, in milliseconds; `follows` is that word before it as it is written, empty at the
    beginning.
    """

    text: str
    speaker: str
    part: Part
    line: int
    after: int
    until: int
    follows: str


def unfound(aligned: Aligned) -> tuple[Unfound, ...]:
    """All that a script has and its captions have not, in the order of the script; bullets, rulers and times
    are no part of what is said or heard.
    """
    missing = {each.index for each in aligned.untimed}
    timed = [index for index in range(len(aligned.words) + len(missing)) if index not in missing]
    pieces = sorted(
        [*_phrases(aligned.untimed), *_unsaid(aligned)],
        key=lambda piece: (piece.index, piece.part is Part.WORDS),
    )
    return tuple(_in_place(piece, timed, aligned) for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is missing, before the token of that index."""

    index: int
    line: int
    text: str
    part: Part
    speaker: str = ""


def _in_place(piece: _Piece, timed: Sequence[int], aligned: Aligned) -> Unfound:
    at = bisect_left(timed, piece.index)
    above = aligned.words[at - 1] if at else None
    below = aligned.words[at] if at < len(timed) else None
    return Unfound(
        piece.text,
        piece.speaker,
        piece.part,
        piece.line,
        above.end if above else 0,
        below.start if below else max(aligned.duration, above.end if above else 0),
        above.text if above else "",
    )


def _phrases(untimed: Sequence[Untimed]) -> Iterator[_Piece]:
    """Runs of words that were not found, to the end of a sentence or of what one person says."""
    run: list[Untimed] = []
    for each in untimed:
        is_next = run and each.index == run[-1].index + 1 and each.speaker == run[-1].speaker
        if run and (not is_next or run[-1].text.rstrip(CLOSING).endswith(ENDS)):
            yield _phrase(run)
            run = []
        run.append(each)
    if run:
        yield _phrase(run)


def _phrase(run: Sequence[Untimed]) -> _Piece:
    return _Piece(run[0].index, run[0].line, " ".join(each.text for each in run), Part.WORDS, run[0].speaker)


def _unsaid(aligned: Aligned) -> Iterator[_Piece]:
    """Directions, and names under which no word stands, which may be the name of the direction after them."""
    count, lone = len(aligned.words) + len(aligned.untimed), ""
    told = [one for one in aligned.unspoken if one.why is not Why.LAYOUT]
    names = iter([*(one.before for one in told if one.why is Why.SPEAKER), count][1:])
    for one, following in zip(told, [*told[1:], None], strict=False):
        if one.why is Why.DIRECTION:
            yield _Piece(one.before, one.line, one.text, Part.DIRECTION, lone)
            lone = ""
            continue
        is_empty = one.before == next(names)  # where the words of the next one begin
        is_taken = following is not None and following.why is Why.DIRECTION
        lone = one.text.removesuffix(":") if is_empty and is_taken else ""
        if is_empty and not is_taken:
            yield _Piece(one.before, one.line, one.text, Part.SPEAKER)
