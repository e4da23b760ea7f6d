"""check: what is wrong with a track, rule by rule, how bad it is and if it can be mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from captions.checking import rules
from captions.checking.profiles import PROFILES, ProfileName
from captions.checking.rules import Severity, View
from captions.errors import ErrorCode, refusal
from captions.track import TextTrack, TrackKind

__all__ = ["Problem", "RuleId", "Severity", "check"]


class RuleId(StrEnum):
    """The rules by their stable ids."""

    EMPTY_CUE = "C02"
    NEGATIVE = "C03"
    UNSORTED = "C04"
    OVERLAP = "C05"
    LINE_LENGTH = "C06"
    LINES = "C07"
    SPEED = "C08"
    SHORT = "C09"
    LONG = "C10"
    GAP = "C11"
    BAD_BREAK = "C12"
    UNBALANCED = "C13"
    ROLL_UP = "C20"
    MARKUP = "C21"
    ALL_CAPS = "C22"
    PAST_END = "C24"
    CHAPTER = "C25"


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a cue breaks: the cue's place in the track (from 0) and an English sentence.

    `parameters` are the numbers of the sentence, for a page that says it in another language; `fixable` means
    that it can be mended without changing a word.
    """

    rule: RuleId
    cue: int
    message: str
    severity: Severity
    fixable: bool
    parameters: tuple[float | int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: the id, the test, and whether a repair keeps all words."""

    id: RuleId
    test: rules.Test
    fixable: bool = True


TIMES = (
    Rule(RuleId.EMPTY_CUE, rules.empty),
    Rule(RuleId.NEGATIVE, rules.negative),
    Rule(RuleId.UNSORTED, rules.unsorted),
    Rule(RuleId.MARKUP, rules.markup_faults),
)
"""What holds for every kind of track but metadata."""

READING = (
    Rule(RuleId.OVERLAP, rules.overlap),
    Rule(RuleId.LINE_LENGTH, rules.line_length),
    Rule(RuleId.LINES, rules.line_count),
    Rule(RuleId.SPEED, rules.speed),
    Rule(RuleId.SHORT, rules.short),
    Rule(RuleId.LONG, rules.long),
    Rule(RuleId.GAP, rules.gap),
    Rule(RuleId.BAD_BREAK, rules.bad_break),
    Rule(RuleId.UNBALANCED, rules.unbalanced),
    Rule(RuleId.ROLL_UP, rules.roll_up),
    Rule(RuleId.ALL_CAPS, rules.all_caps, fixable=False),
)
"""What holds for text that is read while it is shown: captions and subtitles."""

CHAPTERS = (Rule(RuleId.CHAPTER, rules.chapter, fixable=False),)

PAST_END = Rule(RuleId.PAST_END, rules.past_end)

_BY_KIND: dict[TrackKind, tuple[Rule, ...]] = {
    TrackKind.CAPTIONS: TIMES + READING,
    TrackKind.SUBTITLES: TIMES + READING,
    TrackKind.DESCRIPTIONS: TIMES,
    TrackKind.CHAPTERS: TIMES + CHAPTERS,
    TrackKind.METADATA: (),
}


def check(
    track: TextTrack, profile: str = ProfileName.TEACHING, *, duration: int | None = None
) -> tuple[Problem, ...]:
    """The problems of a track in the order of its cues.

    `profile` is teaching, netflix, bbc or dcmp; `duration` the film's, in milliseconds, for C24. Raises
    CaptionError for another profile.
    """
    if profile not in PROFILES:
        raise refusal(ErrorCode.UNKNOWN_PROFILE, profile=str(profile))
    views = [View.of(cue) for cue in track.cues]
    table = _BY_KIND[track.kind]
    if duration is not None:
        table += (PAST_END,)
    limits = rules.Limits(PROFILES[profile], duration)
    return tuple(problem for place in range(len(views)) for problem in _problems(views, place, table, limits))


def _problems(
    views: Sequence[View], place: int, table: tuple[Rule, ...], limits: rules.Limits
) -> Iterator[Problem]:
    above = views[place - 1] if place else None
    below = views[place + 1] if place + 1 < len(views) else None
    for rule in table:
        found = rule.test(views[place], above, below, limits)
        if found is not None:
            message = found.message.format(*found.parameters)
            yield Problem(rule.id, place, message, found.severity, rule.fixable, found.parameters)
