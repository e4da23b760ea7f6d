"""Rules of time: order, overlap, reading speed, duration, gaps, cuts, the film's end, chapters."""

from bisect import bisect_left
from typing import Final

from captions.checking.view import Found, Limits, Severity, View
from captions.webvtt.settings import layout

TOLERANCE: Final = 5
"""Milliseconds by which a duration may miss its limit."""

CHAPTER_TITLE: Final = 70
CHAPTER_SHORTEST: Final = 10_000

STRADDLE_FRAMES: Final = 11
_SHORT_TEXT: Final = 8
SNAP_FRAMES: Final = 2
"""Frames before a cut at which a caption ends well (Netflix timing guidelines)."""


def negative(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C03: an end at or before the start."""
    if view.cue.end > view.cue.start:
        return None
    return Found(Severity.ERROR, "The caption ends before it begins or at once.")


def overlap(view: View, _above: View | None, below: View | None, _limits: Limits) -> Found | None:
    """C05: two captions at once, unless two people speak or they stand in different places."""
    if below is None or view.cue.end <= below.cue.start or below.cue.start < view.cue.start:
        return None
    if view.voices and below.voices and not set(view.voices) & set(below.voices):
        return None
    if view.cue.settings != below.cue.settings and _place(view) != _place(below):
        return None
    return Found(Severity.ERROR, "The caption is still shown when the next begins.")


def _place(view: View) -> tuple[str, float | None, str]:
    """Where the caption stands: its region, line and direction."""
    found = layout(view.cue.settings)
    return found.region, found.line, found.vertical


def speed(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C08: reading speed in the unit of the profile."""
    duration = view.cue.end - view.cue.start
    if duration <= 0:
        return None
    profile = limits.profile
    if profile.characters_a_second:
        rate = view.characters * 1000 / duration
        limit, worst, slack = profile.characters_a_second, profile.characters_a_second_error, 0.05
        sentence = "{0} characters a second are more than {1}."
    else:
        rate = view.words * 60_000 / duration
        limit, worst, slack = profile.words_a_minute, profile.words_a_minute * 1.25, 1.0
        sentence = "{0} words a minute are more than {1}."
    if rate <= limit + slack:
        return None
    severity = Severity.ERROR if rate > worst + slack else Severity.WARN
    return Found(severity, sentence, (round(rate, 1), limit))


def short(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C09: shown for less time than the profile asks, for the caption or for its words."""
    limit = max(limits.profile.shortest, limits.profile.shortest_a_word * view.words)
    duration = view.cue.end - view.cue.start
    if duration <= 0 or duration >= limit - TOLERANCE:
        return None
    return Found(Severity.WARN, "The caption is shown for {0} ms; the least is {1} ms.", (duration, limit))


def long(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C10: shown for longer than the profile allows."""
    limit = limits.profile.longest
    duration = view.cue.end - view.cue.start
    if not limit or duration <= limit + TOLERANCE:
        return None
    return Found(
        Severity.WARN,
        "The caption is shown for {0} ms; the most is {1} ms.",
        (duration, limit),
        fixable=view.characters > _SHORT_TEXT,
    )


def gap(view: View, _above: View | None, below: View | None, limits: Limits) -> Found | None:
    """C11: a pause so short that it flickers."""
    if below is None:
        return None
    pause = below.cue.start - view.cue.end
    if not limits.profile.gap_from < pause < limits.profile.gap_to:
        return None
    return Found(Severity.INFO, "The gap of {0} ms before the next caption flickers.", (pause,))


def straddle(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C14: a cut of the picture a few frames from where the caption comes or goes.

    It comes well in the frame of the cut, and goes well there or up to two frames before.
    """
    if limits.hearing is None or not limits.hearing.cuts:
        return None
    frame = limits.hearing.frame
    cut = cut_near_start(view, limits)
    if cut is not None:
        frames = round(abs(view.cue.start - cut) / frame)
        return Found(Severity.INFO, "The picture cuts {0} frames from the caption's start.", (frames, cut))
    cut = cut_near_end(view, limits)
    if cut is not None:
        frames = round(abs(view.cue.end - cut) / frame)
        return Found(Severity.INFO, "The picture cuts {0} frames from the caption's end.", (frames, cut))
    return None


def cut_near_start(view: View, limits: Limits) -> int | None:
    """The cut from which the caption's start is 1 to 11 frames away, in milliseconds."""
    frame = limits.hearing.frame if limits.hearing else 0.0
    cut = _nearest(view.cue.start, limits)
    if cut is None or not 0.75 * frame <= abs(view.cue.start - cut) < (STRADDLE_FRAMES + 0.5) * frame:
        return None
    return cut


def cut_near_end(view: View, limits: Limits) -> int | None:
    """The cut from which the caption's end is 3 to 11 frames before, or 1 to 11 after, in milliseconds."""
    frame = limits.hearing.frame if limits.hearing else 0.0
    cut = _nearest(view.cue.end, limits)
    if cut is None or cut <= view.cue.start:
        return None
    after = (view.cue.end - cut) / frame
    if -(SNAP_FRAMES + 0.75) <= after < 0.75 or abs(after) >= STRADDLE_FRAMES + 0.5:
        return None
    return cut


def _nearest(time: int, limits: Limits) -> int | None:
    cuts = limits.hearing.cuts if limits.hearing else ()
    at = bisect_left(cuts, time)
    if at == len(cuts) or (at and time - cuts[at - 1] <= cuts[at] - time):
        return cuts[at - 1] if at else None
    return cuts[at]


def past_end(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C24: an end after that of the film."""
    if limits.duration is None or view.cue.end <= limits.duration:
        return None
    return Found(
        Severity.ERROR,
        "The caption ends {0} seconds after the film.",
        (max(round((view.cue.end - limits.duration) / 1000, 1), 0.1),),
        fixable=view.cue.start < limits.duration,
    )


def chapter(view: View, above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C25: chapters cover the film from 0 without holes, with short titles; the first fault found is told."""
    before = 0 if above is None else above.cue.end
    if view.cue.start < before:
        return Found(Severity.WARN, "The chapter begins before the one above it has ended.")
    if view.cue.start > before:
        return Found(
            Severity.WARN, "There are {0} ms without a chapter before this one.", (view.cue.start - before,)
        )
    if view.characters > CHAPTER_TITLE:
        sentence = "The title has {0} characters; the limit is {1}."
        return Found(Severity.WARN, sentence, (view.characters, CHAPTER_TITLE), fixable=False)
    if 0 < view.duration < CHAPTER_SHORTEST:
        sentence = "The chapter lasts {0} ms; the least is {1} ms."
        return Found(Severity.WARN, sentence, (view.duration, CHAPTER_SHORTEST), fixable=False)
    return None
