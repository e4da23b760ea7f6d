"""Two states of a track beside each other: what was changed, what came, what went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
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
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


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
    version = tracks.version_of(session, track, int(state)) if _NUMBER.fullmatch(state) else None
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
    left = _Left(new)
    found = []
    for cue in old:
        match = left.take(cue)
        if match is None:
            found.append(Difference(Sort.REMOVED, _plain(cue), None))
            continue
        is_retimed = (match.start, match.end) != (cue.start, cue.end)
        is_reworded = match.text != cue.text
        found.append(Difference(Sort.CHANGED, _plain(cue), _plain(match), is_retimed, is_reworded))
    found += [Difference(Sort.ADDED, None, _plain(cue)) for cue in left.rest()]
    return sorted(found, key=_when)


class _Left:
    """The new cues of a run that no old one was found for yet, by their words and by their time.

    Looking through all of them for each old cue would take minutes for a day of captions.
    """

    def __init__(self, cues: list[Cue]) -> None:
        self._cues = cues
        self._free = [True] * len(cues)
        self._by_text: dict[str, deque[int]] = defaultdict(deque)
        for place, cue in enumerate(cues):
            self._by_text[cue.text].append(place)
        self._by_time = sorted((cue.start, place) for place, cue in enumerate(cues))

    def take(self, cue: Cue) -> Cue | None:
        """The one that says the same, else one that begins at about the same time."""
        place = self._alike(cue)
        if place is None:
            place = self._near(cue)
        if place is None:
            return None
        self._free[place] = False
        return self._cues[place]

    def rest(self) -> list[Cue]:
        """Those that were never taken."""
        return [cue for cue, is_free in zip(self._cues, self._free, strict=True) if is_free]

    def _alike(self, cue: Cue) -> int | None:
        places = self._by_text.get(cue.text, deque())
        while places:
            place = places.popleft()
            if self._free[place]:
                return place
        return None

    def _near(self, cue: Cue) -> int | None:
        first = bisect_left(self._by_time, (cue.start - NEAR_MS, 0))
        past = bisect_left(self._by_time, (cue.start + NEAR_MS + 1, 0))
        return min((place for _, place in self._by_time[first:past] if self._free[place]), default=None)


def _when(found: Difference) -> int:
    cue = found.after or found.before
    return cue.start if cue else 0


def _bare(cue: Cue) -> Cue:
    return Cue(cue.start, cue.end, cue.text, settings=cue.settings)


def _plain(cue: Cue) -> Cue:
    return Cue(cue.start, cue.end, plain_text(cue.text))
