"""Two states of a track beside each other: what was changed, what came, what went."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from sqlalchemy.orm import Session

import captions
from captions import Cue
from captions.webvtt.cuetext import plain_text
from edu.errors import NotFound
from edu.models import Track
from edu.services.texts import drafts, tracks

DRAFT = "draft"
"""How an address calls the working copy among the numbers of the versions."""
NEAR_MS = 1500


class Sort(StrEnum):
    """What became of a cue."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cue before and after; None where there is none. Texts are plain."""

    sort: Sort
    before: Cue | None
    after: Cue | None
    is_retimed: bool = False
    is_reworded: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different, in the order of time, and how much is the same."""

    one: str
    other: str
    differences: tuple[Difference, ...]
    same: int


def compare(session: Session, track: Track, one: str, other: str) -> Comparison:
    """The differences from one state of a track to the other, each a version's number or `draft`.

    Raises NotFound for a state that there is not.
    """
    before, after = cues_of(session, track, one), cues_of(session, track, other)
    found, same = differences(before, after)
    return Comparison(one, other, found, same)


def cues_of(session: Session, track: Track, state: str) -> tuple[Cue, ...]:
    """The cues of a version, or of the working copy."""
    if state == DRAFT:
        return tuple(row.cue for row in drafts.of(session, track).rows)
    version = tracks.version_of(session, track, int(state)) if state.isdecimal() and len(state) < 9 else None
    if version is None:
        raise NotFound("there is no such version")
    return captions.read(version.document.encode(), format="vtt").cues


def differences(before: tuple[Cue, ...], after: tuple[Cue, ...]) -> tuple[tuple[Difference, ...], int]:
    """What is different between two lists of cues, and how many cues are the same."""
    old, new = [_bare(cue) for cue in before], [_bare(cue) for cue in after]
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    found: list[Difference] = []
    same = 0
    for sort, low, high, first, last in matcher.get_opcodes():
        if sort == "equal":
            same += high - low
        else:
            found += _run(old[low:high], new[first:last])
    return tuple(found), same


def _run(old: list[Cue], new: list[Cue]) -> list[Difference]:
    """The differences of a run: each old cue with the new one of its words, else of its time."""
    found, left = [], list(new)
    for cue in old:
        match = next((each for each in left if each.text == cue.text), None)
        match = match or next((each for each in left if abs(each.start - cue.start) <= NEAR_MS), None)
        if match is None:
            found.append(Difference(Sort.REMOVED, _plain(cue), None))
            continue
        left.remove(match)
        is_retimed = (match.start, match.end) != (cue.start, cue.end)
        is_reworded = match.text != cue.text
        found.append(Difference(Sort.CHANGED, _plain(cue), _plain(match), is_retimed, is_reworded))
    found += [Difference(Sort.ADDED, None, _plain(cue)) for cue in left]
    return sorted(found, key=_when)


def _when(found: Difference) -> int:
    cue = found.after or found.before
    return cue.start if cue else 0


def _bare(cue: Cue) -> Cue:
    return Cue(cue.start, cue.end, cue.text, settings=cue.settings)


def _plain(cue: Cue) -> Cue:
    return Cue(cue.start, cue.end, plain_text(cue.text))
