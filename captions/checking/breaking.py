"""The best lines for a text and the best parting of one that is too long, by dynamic programming.

Costs weigh where a phrase may be broken (`phrases`) against balance; markup stays well-formed. All profiles
allow two lines, so a caption here has one or two.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final

from captions import timecode
from captions.checking import phrases
from captions.checking.atoms import Atom, atoms, joined, parted
from captions.checking.profiles import Profile
from captions.making.words import TimedWord
from captions.track import Cue

_DASHES: Final = ("-", "–", "—")
_A_CAPTION: Final = 8.0
"""What one more caption costs: fewer and fuller ones are better, but not at the price of a bad end."""

_IMBALANCE: Final = 2.0
_TOP_HEAVY: Final = 2.5
_UNEVEN: Final = 1.35
_TIME_MARK: Final = re.compile(r"<(\d[\d:.]*)>")


@dataclass(frozen=True, slots=True)
class Layout:
    """One or two lines: the place of the break (0 = none) and what it costs."""

    at: int
    cost: float


class Page:
    """Atoms with the widths and costs that laying them out asks for again and again."""

    def __init__(self, pieces: Sequence[Atom], profile: Profile, language: str = "") -> None:
        weak, leading = phrases.weak_words(language), phrases.leaders(language)
        self.pieces = pieces
        self.limit = profile.line_length
        self.has_two = profile.lines > 1
        self._edges = [0, *accumulate(piece.width + len(piece.glue) for piece in pieces)]
        following = [*(piece.plain for piece in pieces[1:]), ""][: len(pieces)]
        self._line = [
            phrases.line_cost(piece.plain, after, weak, leading) + _own(piece)
            for piece, after in zip(pieces, following, strict=True)
        ]
        self.ends = [phrases.end_cost(piece.plain, weak) for piece in pieces]
        self._forced = [place for place in range(1, len(pieces)) if _begins_turn(pieces, place)]

    def width(self, start: int, end: int) -> int:
        """Columns of the atoms from `start` to before `end` in one line."""
        return self._edges[end] - self._edges[start] - len(self.pieces[end - 1].glue)

    def layout(self, start: int, end: int) -> Layout | None:
        """The best lines for a stretch of atoms, one if it fits; None when two do not hold it."""
        whole = self.width(start, end)
        turns = [place for place in self._forced if start < place < end]
        if whole <= self.limit and not turns:
            return Layout(0, 0.0)
        if not self.has_two or whole > 2 * self.limit + 1 or len(turns) > 1:
            return None
        best: Layout | None = None
        for at in turns or range(start + 1, end):
            first, second = self.width(start, at), self.width(at, end)
            if first > self.limit:
                break
            if second <= self.limit:
                cost = self._cost(at, first, second)
                if best is None or cost < best.cost:
                    best = Layout(at, cost)
        return best

    def _cost(self, at: int, first: int, second: int) -> float:
        cost = self._line[at - 1] + _IMBALANCE * abs(first - second) / self.limit
        return cost + (_TOP_HEAVY if first > 2 * second and self._line[at - 1] > phrases.LEADER_LINE else 0.0)


def rebreak(text: str, profile: Profile, language: str = "") -> str | None:
    """The cue text in its best lines; None when they do not hold it, or nothing is to be read."""
    pieces = atoms(text)
    if not pieces:
        return None
    found = Page(pieces, profile, language).layout(0, len(pieces))
    return None if found is None else joined(pieces, (found.at,) if found.at else ())


def split(
    cue: Cue, profile: Profile, language: str = "", *, least: int = 1, words: Sequence[TimedWord] = ()
) -> tuple[Cue, ...]:
    """The cue in `least` parts or more, each of which fits; the cue itself when it cannot be parted.

    Times come from `words` when they are those of the cue, else from time marks in the text, else from the
    letters. The first part keeps the identifier.
    """
    pieces = atoms(cue.text)
    page = Page(pieces, profile, language)
    cuts = _cuts(page, least)
    if not cuts:
        return (cue,)
    breaks = []
    for start, end in zip((0, *cuts), (*cuts, len(pieces)), strict=True):
        found = page.layout(start, end)
        breaks.append((found.at - start,) if found and found.at else ())
    texts = parted(pieces, breaks, cuts)
    times = _moments(cue, pieces, cuts, words)
    if any(after <= before for before, after in pairwise(times)):
        return (cue,)
    parts = []
    for number, text in enumerate(texts):
        start, end = times[number], times[number + 1]
        if number + 1 < len(texts) and end - start > 4 * profile.gap:
            end -= profile.gap
        name = cue.identifier if number == 0 else ""
        parts.append(replace(cue, start=start, end=end, text=text, identifier=name))
    return tuple(parts)


def _own(piece: Atom) -> float:
    """What a person's break after an atom counts for."""
    if not piece.is_broken:
        return 0.0
    return phrases.OWN_LINE if piece.glue else phrases.OWN_LETTER_LINE


def _begins_turn(pieces: Sequence[Atom], place: int) -> bool:
    """Does another speaker begin here, with a dash on a new line or with a voice tag?"""
    if pieces[place].raw.startswith("<v"):
        return True
    return pieces[place - 1].is_broken and pieces[place].plain.startswith(_DASHES)


def _cuts(page: Page, least: int) -> tuple[int, ...]:
    """Where to part the atoms at the least cost; nowhere when one word is wider than a caption."""
    count = len(page.pieces)
    widest = 2 * page.limit + 1
    if least > 1 and count:
        widest = min(widest, round(_UNEVEN * page.width(0, count) / least))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        found = (math.inf, 0)
        for start in range(end - 1, -1, -1):
            if page.width(start, end) > widest:
                break
            layout = page.layout(start, end)
            if layout is not None:
                cost = best[start][0] + _A_CAPTION + layout.cost + (page.ends[end - 1] if end < count else 0)
                found = min(found, (cost, start))
        best.append(found)
    if math.isinf(best[count][0]):
        return ()
    cuts = []
    at = best[count][1]
    while at > 0:
        cuts.append(at)
        at = best[at][1]
    return tuple(reversed(cuts))


def _moments(
    cue: Cue, pieces: Sequence[Atom], cuts: Sequence[int], words: Sequence[TimedWord]
) -> tuple[int, ...]:
    """The start, the times of the partings, the end."""
    said = _said(cue, pieces, words)
    if said:
        return (cue.start, *(said[cut].start for cut in cuts), cue.end)
    edges = [0, *accumulate(len(piece.plain) + len(piece.glue) for piece in pieces)]
    known = [(0, cue.start)]
    for place, piece in enumerate(pieces):
        time = timecode.parse_leading(mark[1]) if (mark := _TIME_MARK.search(piece.raw)) else None
        if time is not None and known[-1][1] < time < cue.end:
            known.append((edges[place], time))
    known.append((edges[-1], cue.end))
    return (cue.start, *(_between(known, edges[cut]) for cut in cuts), cue.end)


def _between(known: Sequence[tuple[int, int]], letters: int) -> int:
    """The time of a letter, spread evenly between the nearest known ones."""
    at = max(place for place, (there, _) in enumerate(known[:-1]) if there <= letters)
    (first, begin), (last, end) = known[at], known[at + 1]
    return begin + round((end - begin) * (letters - first) / max(last - first, 1))


def _said(cue: Cue, pieces: Sequence[Atom], words: Sequence[TimedWord]) -> Sequence[TimedWord]:
    """The timed words of a cue, one for each atom; none when they are not the same words."""
    if not words:
        return ()
    starts = [word.start for word in words]
    wanted = [piece.plain.casefold() for piece in pieces]
    slack = (cue.end - cue.start) // 2
    for at in range(bisect_left(starts, cue.start - slack), bisect_left(starts, cue.end)):
        said = words[at : at + len(pieces)]
        if [word.text.casefold() for word in said] == wanted:
            return said
    return ()
