"""Mendings of time: what could be done about each rule of time, the best first; no text is touched."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from captions.checking import breaking, sound, times
from captions.checking.atoms import merged
from captions.checking.bench import Bench, Edit
from captions.checking.profiles import Profile
from captions.checking.rules import is_read
from captions.checking.view import View
from captions.hearing import Hearing
from captions.track import Cue

EXTENSION: Final = 500
"""Milliseconds that a caption may stay longer for the sake of reading speed, for each step of severity."""

EARLY: Final = 100
"""Milliseconds that a caption may come before its time for the sake of reading speed."""

NEIGHBOURS: Final = 1000
"""Milliseconds: captions further apart are not made one."""


def needed(view: View, profile: Profile) -> int:
    """Milliseconds in which a caption can be read at the speed of the profile, at least its least."""
    least = max(profile.shortest, profile.shortest_a_word * view.words, 1)
    if profile.characters_a_second:
        return max(least, math.ceil(view.characters * 1000 / profile.characters_a_second))
    return max(least, math.ceil(view.words * 60_000 / profile.words_a_minute))


def negative(bench: Bench, at: int) -> Iterator[Edit]:
    """C03: an end that lets the text be read, as far as there is room; else a start before."""
    cue, need = bench.items[at].view.cue, needed(bench.items[at].view, bench.profile)
    end = min(cue.start + need, bench.room_after(at))
    if end > cue.start:
        yield _timed(bench, at, cue.start, end)
    start = max(bench.room_before(at), end - need, 0)
    if start < end:
        yield _timed(bench, at, start, end)
    yield from merge(bench, at)


def overlap(bench: Bench, at: int) -> Iterator[Edit]:
    """C05: an end before the next start; else a border by the letters of both; else one caption.

    Two that begin together were meant to be seen together, and become one first.
    """
    view, below = bench.items[at].view, bench.items[at + 1].view
    if view.cue.start == below.cue.start:
        yield from merge(bench, at)
    for end in (below.cue.start - bench.profile.gap, below.cue.start):
        if end > view.cue.start:
            yield _timed(bench, at, view.cue.start, end)
    last = max(view.cue.end, below.cue.end)
    letters = max(view.characters + below.characters, 1)
    border = view.cue.start + (last - view.cue.start) * view.characters // letters
    end = border - bench.profile.gap
    if view.cue.start < end and border < last:
        cues = (replace(view.cue, end=end), replace(below.cue, start=border, end=last))
        yield Edit(at, at + 2, cues)
    yield from merge(bench, at)


def speed(bench: Bench, at: int) -> Iterator[Edit]:
    """C08: longer into the pause after it, else earlier, else one with a neighbour, else what can be had."""
    view = bench.items[at].view
    cue, end = view.cue, view.cue.start + needed(view, bench.profile)
    longest = min(cue.end + EXTENSION, bench.room_after(at))
    if end <= longest:
        yield _timed(bench, at, cue.start, end)
    longest = max(longest, cue.end)
    start = max(cue.start - EARLY, bench.room_before(at), 0)
    if start < cue.start:
        yield _timed(bench, at, start, max(min(longest, end), cue.end))
    yield from merge(bench, at)
    yield from merge(bench, at - 1)
    yield _timed(bench, at, cue.start, longest)


def short(bench: Bench, at: int) -> Iterator[Edit]:
    """C09: longer into the pause after it, then earlier too, then one with a neighbour."""
    view = bench.items[at].view
    cue, profile = view.cue, bench.profile
    end = cue.start + max(profile.shortest, profile.shortest_a_word * view.words)
    room = max(bench.room_after(at), cue.end)
    yield _timed(bench, at, cue.start, min(end, room))
    start = max(cue.start - EARLY, bench.room_before(at), 0)
    if end > room and start < cue.start:
        yield _timed(bench, at, start, room)
    yield from merge(bench, at)
    yield from merge(bench, at - 1)


def long(bench: Bench, at: int) -> Iterator[Edit]:
    """C10: parted at a clause into as many as the longest time asks for."""
    cue = bench.items[at].view.cue
    least = math.ceil((cue.end - cue.start) / bench.profile.longest)
    parts = breaking.split(cue, bench.profile, bench.language, least=least, words=bench.words)
    if len(parts) > 1:
        yield Edit(at, at + 1, parts)


def gap(bench: Bench, at: int) -> Iterator[Edit]:
    """C11: closed, to two frames or wholly, as the profile has it."""
    cue = bench.items[at].view.cue
    yield _timed(bench, at, cue.start, bench.items[at + 1].view.cue.start - bench.profile.gap)


def straddle(bench: Bench, at: int) -> Iterator[Edit]:
    """C14: a start to the cut; an end to two frames before it, unless somebody still speaks."""
    hearing = bench.limits.hearing
    if hearing is None:
        return
    view, above = bench.items[at].view, bench.view(at - 1)
    tail = round(times.SNAP_FRAMES * hearing.frame)
    cut = times.cut_near_start(view, bench.limits)
    if cut is not None and cut < view.cue.end:
        yield _timed(bench, at, cut, view.cue.end)
        if above is not None and above.cue.start < cut - tail < above.cue.end:
            yield Edit(at - 1, at + 1, (replace(above.cue, end=cut - tail), replace(view.cue, start=cut)))
    cut = times.cut_near_end(view, bench.limits)
    if cut is not None and cut - tail > view.cue.start and not _speaks(hearing, cut - tail, view.cue.end):
        yield _timed(bench, at, view.cue.start, cut - tail)


def sync(bench: Bench, at: int) -> Iterator[Edit]:
    """C15: a start with the speech, or as near to it as the caption above lets it."""
    view, above = bench.items[at].view, bench.view(at - 1)
    begin = sound.onset(view, above, bench.limits)
    if begin is not None:
        end = begin - bench.profile.gap
        if above is not None and above.cue.start < end < above.cue.end:
            yield Edit(at - 1, at + 1, (replace(above.cue, end=end), replace(view.cue, start=begin)))
        start = max(begin, above.cue.end if above else 0)
        if start < view.cue.end:
            yield _timed(bench, at, start, view.cue.end)


def past_end(bench: Bench, at: int) -> Iterator[Edit]:
    """C24: an end with the film, with a start that is earlier if the text could not be read else."""
    view, duration = bench.items[at].view, bench.limits.duration
    if duration is None or view.cue.start >= duration:
        return
    yield _timed(bench, at, view.cue.start, duration)
    start = max(bench.room_before(at), duration - needed(view, bench.profile), 0)
    if start < view.cue.start:
        yield _timed(bench, at, start, duration)


def chapter(bench: Bench, at: int) -> Iterator[Edit]:
    """C25: the chapter above reaches to this one, the first begins with the film."""
    cue, above = bench.items[at].view.cue, bench.view(at - 1)
    if above is None:
        yield Edit(at, at + 1, (replace(cue, start=0),))
    elif above.cue.start < cue.start:
        yield Edit(at - 1, at + 1, (replace(above.cue, end=cue.start), cue))


def merge(bench: Bench, at: int) -> Iterator[Edit]:
    """This caption and the one below as one, when one voice says both without a long pause between them."""
    view, below = bench.view(at), bench.view(at + 1)
    if not is_read(bench.kind) or view is None or below is None or not _belong_together(view, below):
        return
    text = breaking.rebreak(merged(view.cue.text, below.cue.text), bench.profile, bench.language)
    if text is not None:
        end = max(view.cue.end, below.cue.end)
        name = view.cue.identifier or below.cue.identifier
        yield Edit(at, at + 2, (replace(view.cue, end=end, text=text, identifier=name),))


def _belong_together(view: View, below: View) -> bool:
    if view.voices != below.voices or view.cue.settings != below.cue.settings:
        return False
    if sound.is_sound(view) or sound.is_sound(below):
        return False
    if "<lang" in view.cue.text or "<lang" in below.cue.text:
        # a track in two languages: side by side they are no sentence
        return False
    return below.cue.start - view.cue.end <= NEIGHBOURS


def _timed(bench: Bench, at: int, start: int, end: int) -> Edit:
    return Edit(at, at + 1, (_within(bench.items[at].view.cue, start, end),))


def _within(cue: Cue, start: int, end: int) -> Cue:
    return replace(cue, start=max(start, 0), end=max(end, 0))


def _speaks(hearing: Hearing, start: int, end: int) -> bool:
    """Is a word's beginning or more said between two moments?"""
    return any(min(each.end, end) - max(each.start, start) > sound.LEAD for each in hearing.speech)
