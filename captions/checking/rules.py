"""The tests behind the rules of check: each looks at a cue, its neighbours and the limits."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from captions.checking.profiles import Profile
from captions.findings import Findings
from captions.formats import markup
from captions.track import Cue
from captions.webvtt import cuetext

TOLERANCE: Final = 5
"""Milliseconds by which a duration may miss its limit."""

FLASH: Final = 50
CHAPTER_TITLE: Final = 70
CHAPTER_SHORTEST: Final = 10_000

CLOSERS: Final = frozenset(".,;:!?…-–—)]\"'”’»")
_WEAK_WORDS: Final = """
    a an the of to in on at by for from with and or but nor so as if than that which who whose this these
    those my your his her its our their is are was were be been being have has had do does did will would can
    could
    may might must shall should not very more most every each any some no
"""
WEAK_WORDS: Final = frozenset(_WEAK_WORDS.split())
"""English words that a line should not end on (BBC 3.4, Netflix line treatment)."""


class Severity(StrEnum):
    """How bad a problem is: an error keeps captions from being published."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class View:
    """A cue with what the tests ask of it: the lines as read, who speaks."""

    cue: Cue
    lines: tuple[str, ...]
    voices: tuple[str, ...]

    @classmethod
    def of(cls, cue: Cue) -> "View":
        """Look at a cue; lines of white space are none."""
        plain = cuetext.plain_text(cue.text)
        lines = tuple(line.strip() for line in plain.split("\n") if line.strip())
        return cls(cue, lines, cuetext.voices(cue.text))

    @property
    def duration(self) -> int:
        """Milliseconds on screen; below zero when the end is before the start."""
        return self.cue.end - self.cue.start

    @property
    def characters(self) -> int:
        """With spaces; a line break counts as one."""
        return sum(map(len, self.lines)) + max(len(self.lines) - 1, 0)

    @property
    def words(self) -> int:
        """Words, parted by white space."""
        return sum(len(line.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Limits:
    """The profile, and the duration of the film when it is known."""

    profile: Profile
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A broken rule: how bad, the sentence, and its numbers for `str.format`."""

    severity: Severity
    message: str
    parameters: tuple[float | int | str, ...] = ()


Test = Callable[[View, View | None, View | None, Limits], Found | None]


def empty(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C02: a caption with no text."""
    return None if view.lines else Found(Severity.ERROR, "The caption has no text.")


def negative(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C03: an end at or before the start."""
    if view.duration > 0:
        return None
    return Found(Severity.ERROR, "The caption ends before it begins or at once.")


def unsorted(view: View, above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C04: a start before that of the caption above."""
    if above is None or view.cue.start >= above.cue.start:
        return None
    return Found(Severity.WARN, "The caption begins before the one above it.")


def markup_faults(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C21: unknown or unclosed tags, marks of other formats, entities that are encoded twice."""
    findings = Findings()
    markup.tidy(view.cue.text, 0, findings)
    if findings.dropped:
        return Found(Severity.WARN, "Captions have no markup {0}.", (findings.dropped[0].text,))
    if findings.repairs:
        return Found(Severity.WARN, "A tag is not closed or not in turn.")
    plain = "\n".join(view.lines)
    if "{\\" in plain:
        return Found(Severity.WARN, "A mark of another format, such as {0}, is shown as text.", ("{\\an8}",))
    if cuetext.decode_entities(plain) != plain and "&amp;" in view.cue.text:
        return Found(Severity.WARN, "A character is encoded twice.")
    return None


def overlap(view: View, _above: View | None, below: View | None, _limits: Limits) -> Found | None:
    """C05: two captions at once, unless two people speak."""
    if below is None or view.cue.end <= below.cue.start or below.cue.start < view.cue.start:
        return None
    if view.voices and below.voices and not set(view.voices) & set(below.voices):
        return None
    return Found(Severity.ERROR, "The caption is still shown when the next begins.")


def line_length(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C06: the longest line against the profile; more than a quarter over is an error."""
    limit = limits.profile.line_length
    longest = max(map(len, view.lines), default=0)
    if longest <= limit:
        return None
    severity = Severity.ERROR if longest > limit * 1.25 else Severity.WARN
    return Found(severity, "A line has {0} characters; the limit is {1}.", (longest, limit))


def line_count(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C07: the number of lines."""
    limit, count = limits.profile.lines, len(view.lines)
    if count <= limit:
        return None
    severity = Severity.ERROR if count > limit + 1 else Severity.WARN
    return Found(severity, "The caption has {0} lines; the limit is {1}.", (count, limit))


def speed(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C08: reading speed in the unit of the profile."""
    if view.duration <= 0:
        return None
    profile = limits.profile
    if profile.characters_a_second:
        rate = view.characters * 1000 / view.duration
        limit, worst, slack = profile.characters_a_second, profile.characters_a_second_error, 0.05
        sentence = "{0} characters a second are more than {1}."
    else:
        rate = view.words * 60_000 / view.duration
        limit, worst, slack = profile.words_a_minute, profile.words_a_minute * 1.25, 1.0
        sentence = "{0} words a minute are more than {1}."
    if rate <= limit + slack:
        return None
    severity = Severity.ERROR if rate > worst + slack else Severity.WARN
    return Found(severity, sentence, (round(rate, 1), limit))


def short(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C09: shown for less time than the profile asks, for the caption or for its words."""
    limit = max(limits.profile.shortest, limits.profile.shortest_a_word * view.words)
    if view.duration <= 0 or view.duration >= limit - TOLERANCE:
        return None
    return Found(
        Severity.WARN, "The caption is shown for {0} ms; the least is {1} ms.", (view.duration, limit)
    )


def long(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C10: shown for longer than the profile allows."""
    limit = limits.profile.longest
    if not limit or view.duration <= limit + TOLERANCE:
        return None
    return Found(
        Severity.WARN, "The caption is shown for {0} ms; the most is {1} ms.", (view.duration, limit)
    )


def gap(view: View, _above: View | None, below: View | None, limits: Limits) -> Found | None:
    """C11: a pause so short that it flickers."""
    if below is None:
        return None
    pause = below.cue.start - view.cue.end
    if not limits.profile.gap_from < pause < limits.profile.gap_to:
        return None
    return Found(Severity.INFO, "The gap of {0} ms before the next caption flickers.", (pause,))


def bad_break(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C12: a line that ends on an article, a preposition or the like."""
    for line in view.lines:
        if line[-1] in CLOSERS:
            continue
        word = line.split()[-1]
        if word.casefold() in WEAK_WORDS:
            return Found(Severity.INFO, "A line ends on “{0}”.", (word,))
    return None


def unbalanced(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C13: two lines where one would do, or a long line over a short one with no pause between them."""
    if len(view.lines) != 2 or all(line.startswith(("-", "–")) for line in view.lines):
        return None
    first, second = view.lines
    if len(first) + 1 + len(second) <= limits.profile.line_length:
        return Found(Severity.INFO, "The two lines would fit on one.")
    if len(first) > 2 * len(second) and first[-1] not in CLOSERS:
        return Found(Severity.INFO, "The first line is more than twice as long as the second.")
    return None


def roll_up(view: View, above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C20: captions that scroll: the last line again, or a step too short to see."""
    if 0 < view.duration < FLASH:
        return Found(Severity.WARN, "The caption is shown for {0} ms only.", (view.duration,))
    rolls = above is not None and len(view.lines) > 1 and above.lines[-1:] == view.lines[:1]
    return Found(Severity.WARN, "The caption repeats the last line of the one above it.") if rolls else None


def all_caps(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C22: more than four fifths of over 20 letters are capitals."""
    cased = [letter for line in view.lines for letter in line if letter.isupper() or letter.islower()]
    if len(cased) <= 20 or sum(letter.isupper() for letter in cased) <= 0.8 * len(cased):
        return None
    return Found(Severity.INFO, "The caption is written in capitals.")


def past_end(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C24: an end after that of the film."""
    if limits.duration is None or view.cue.end <= limits.duration:
        return None
    return Found(Severity.ERROR, "The caption ends {0} ms after the film.", (view.cue.end - limits.duration,))


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
        return Found(
            Severity.WARN, "The title has {0} characters; the limit is {1}.", (view.characters, CHAPTER_TITLE)
        )
    if 0 < view.duration < CHAPTER_SHORTEST:
        return Found(
            Severity.WARN, "The chapter lasts {0} ms; the least is {1} ms.", (view.duration, CHAPTER_SHORTEST)
        )
    return None
