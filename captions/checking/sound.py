"""Rules that listen: captions early or late, speech without caption, a drift over the whole film."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from captions.checking.view import Found, Limits, Severity, View
from captions.hearing import Hearing, Speech

BREATH: Final = 250
"""Milliseconds: a shorter silence is part of the speech around it, and what follows it no beginning."""

REACH: Final = 2000
BEYOND_ERROR: Final = 1000
"""Milliseconds after its beginning in which speech may still be the one that a late caption means: so many,
and in a profile that forgives much so many more than are an error."""

LEAD: Final = 100
"""Milliseconds by which the caption before may reach into the beginning of speech."""

UNHEARD: Final = 2000
"""Milliseconds of speech that may go without a caption."""

_SOUND: Final = re.compile(r"\s*(?:[\[(*♪♫].*[\])*♪♫]\s*)+", re.DOTALL)
AWAY = 500
"""Milliseconds around a caption in which speech may be that it stands for."""


def stretches(hearing: Hearing | None) -> tuple[Speech, ...]:
    """What is heard of speech, with short breaths filled."""
    joined: list[Speech] = []
    for speech in hearing.speech if hearing else ():
        if joined and speech.start - joined[-1].end < BREATH:
            joined[-1] = Speech(joined[-1].start, max(joined[-1].end, speech.end))
        else:
            joined.append(speech)
    return tuple(joined)


def is_sound(view: View) -> bool:
    """Does the caption tell a sound, as `[door]` or `♪`, and nobody's words?"""
    return view.plain[:1] in "[(*♪♫ \n" and _SOUND.fullmatch(view.plain) is not None


def onset(view: View, above: View | None, limits: Limits) -> int | None:
    """The beginning of the speech that the caption stands for; None when it begins inside flowing speech."""
    if not limits.speech or is_sound(view):
        return None
    speech, starts = limits.speech, limits.onsets
    at = bisect_right(starts, view.cue.start) - 1
    if at >= 0 and view.cue.start < speech[at].end:
        start = starts[at]
        taken = above is not None and above.cue.end > start + LEAD
        if taken and limits.trend is not None and limits.trend.fits(start, view.cue.start - start):
            # all captions are late in this way, so the one above only stays too long
            taken = False
        reach = max(REACH, limits.profile.sync_error + BEYOND_ERROR)
        return None if taken or view.cue.start - start > reach else start
    following = starts[at + 1] if at + 1 < len(starts) else None
    return following if following is not None and following < view.cue.end else None


def sync(view: View, above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C15: the caption against the beginning of the speech that it stands for, or against none at all."""
    begin = onset(view, above, limits)
    if begin is None:
        return _unspoken(view, limits)
    early, late = begin - view.cue.start, view.cue.start - begin
    profile = limits.profile
    if max(early, late) <= profile.sync_warn:
        return None
    severity = Severity.ERROR if max(early, late) > profile.sync_error else Severity.WARN
    if late > 0:
        return Found(severity, "The caption comes {0} ms after the speech begins.", (late, begin))
    return Found(severity, "The caption comes {0} ms before the speech begins.", (early, begin))


def _unspoken(view: View, limits: Limits) -> Found | None:
    """A caption of words while nobody speaks, nor shortly before or after: it belongs elsewhere."""
    if not limits.speech or is_sound(view) or not view.lines or view.duration <= 0:
        return None
    at = bisect_right(limits.onsets, view.cue.end + AWAY) - 1
    if at >= 0 and limits.speech[at].end > view.cue.start - AWAY:
        return None
    return Found(Severity.WARN, "Nobody is heard to speak while this caption is shown.", fixable=False)


def uncaptioned(views: Sequence[View], limits: Limits) -> list[tuple[int, Found]]:
    """C16: over two seconds of speech in a hole between captions.

    The place is that of the caption before which one is missing, else the last (0 in an empty track); the
    parameters are the seconds, and start and end in milliseconds.
    """
    if not limits.speech:
        return []
    found = []
    for place, start, end in _holes(views):
        heard = _heard(limits, start, end)
        missing = sum(speech.duration for speech in heard)
        if missing > UNHEARD:
            numbers = (round(missing / 1000, 1), heard[0].start, heard[-1].end)
            sentence = "{0} seconds of speech have no caption."
            found.append((place, Found(Severity.ERROR, sentence, numbers, fixable=False)))
    return found


def _holes(views: Sequence[View]) -> Iterator[tuple[int, int, int | None]]:
    """Stretches without a caption: the place after them, start and end (None: to the end of the film)."""
    reached, place = 0, 0
    for place, view in enumerate(views):
        if not view.lines:
            continue
        if view.cue.start > reached + UNHEARD:
            yield place, reached, view.cue.start
        reached = max(reached, view.cue.end)
    yield place, reached, None


def _heard(limits: Limits, start: int, end: int | None) -> list[Speech]:
    """The speech between two moments; crumbs at the edges of captions are none."""
    heard = []
    first = max(bisect_right(limits.onsets, start) - 1, 0)
    last = len(limits.speech) if end is None else bisect_left(limits.onsets, end)
    for stretch in limits.speech[first:last]:
        piece = Speech(max(stretch.start, start), stretch.end if end is None else min(stretch.end, end))
        if piece.duration > BREATH:
            heard.append(piece)
    return heard


def drifting(_views: Sequence[View], limits: Limits) -> list[tuple[int, Found]]:
    """C17: captions that run away from the sound, more and more; found at the first caption."""
    trend = limits.trend
    if trend is None or not trend.drifts:
        return []
    sentence = "The captions drift by {0} ms against the sound over the film."
    numbers = (round(trend.over), round(1 / (1 + trend.slope), 6), round(trend.offset))
    return [(0, Found(Severity.WARN, sentence, numbers))]
