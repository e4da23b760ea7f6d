"""The table of rules C01 to C26: which test is behind each id, and which kinds of track it is for."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from captions.checking import manners, sound, text, times
from captions.checking.view import Survey, Test
from captions.track import TrackKind


class RuleId(StrEnum):
    """The rules by their stable ids."""

    PARSE_REPAIR = "C01"
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
    STRADDLE = "C14"
    SYNC = "C15"
    UNCAPTIONED = "C16"
    DRIFT = "C17"
    SPEAKER = "C18"
    SOUND_STYLE = "C19"
    ROLL_UP = "C20"
    MARKUP = "C21"
    ALL_CAPS = "C22"
    LANGUAGE = "C23"
    PAST_END = "C24"
    CHAPTER = "C25"
    GLOSSARY = "C26"


ASKED: Final = frozenset({RuleId.SPEAKER, RuleId.ALL_CAPS, RuleId.GLOSSARY})
"""Rules whose mending changes what is read: repair follows them only when they are named."""

LOCAL: Final[dict[RuleId, Test]] = {
    RuleId.EMPTY_CUE: text.empty,
    RuleId.NEGATIVE: times.negative,
    RuleId.MARKUP: text.markup_faults,
    RuleId.OVERLAP: times.overlap,
    RuleId.LINE_LENGTH: text.line_length,
    RuleId.LINES: text.line_count,
    RuleId.SPEED: times.speed,
    RuleId.SHORT: times.short,
    RuleId.LONG: times.long,
    RuleId.GAP: times.gap,
    RuleId.BAD_BREAK: text.bad_break,
    RuleId.UNBALANCED: text.unbalanced,
    RuleId.STRADDLE: times.straddle,
    RuleId.SYNC: sound.sync,
    RuleId.SPEAKER: manners.speaker,
    RuleId.SOUND_STYLE: manners.sound_style,
    RuleId.ROLL_UP: text.roll_up,
    RuleId.ALL_CAPS: text.all_caps,
    RuleId.PAST_END: times.past_end,
    RuleId.CHAPTER: times.chapter,
}
"""Tests of a cue and its neighbours."""

WHOLE: Final[dict[RuleId, Survey]] = {
    RuleId.UNCAPTIONED: sound.uncaptioned,
    RuleId.DRIFT: sound.drifting,
}
"""Tests that must see all cues."""

_TIMES: Final = (RuleId.EMPTY_CUE, RuleId.NEGATIVE, RuleId.MARKUP, RuleId.PAST_END)
_READING: Final = tuple(rule for rule in LOCAL if rule not in (*_TIMES, RuleId.CHAPTER))
_BY_KIND: Final[dict[TrackKind, tuple[RuleId, ...]]] = {
    TrackKind.CAPTIONS: _TIMES + _READING,
    TrackKind.SUBTITLES: _TIMES + _READING,
    TrackKind.DESCRIPTIONS: _TIMES,
    TrackKind.CHAPTERS: (*_TIMES, RuleId.CHAPTER),
    TrackKind.METADATA: (RuleId.PAST_END,),
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What the caller knows, on which some rules wait."""

    duration: bool
    cuts: bool
    speech: bool
    sounds: bool


_WAITS_ON: Final = {
    RuleId.PAST_END: "duration",
    RuleId.STRADDLE: "cuts",
    RuleId.SYNC: "speech",
    RuleId.SOUND_STYLE: "sounds",
}


def local_tests(kind: TrackKind, needs: Needs) -> tuple[tuple[RuleId, Test], ...]:
    """The tests for a kind of track; those that lack what they need are left out."""
    return tuple(
        (rule, LOCAL[rule])
        for rule in _BY_KIND[kind]
        if rule not in _WAITS_ON or getattr(needs, _WAITS_ON[rule])
    )


def is_read(kind: TrackKind) -> bool:
    """Is the text of this kind read while it is shown?"""
    return kind in (TrackKind.CAPTIONS, TrackKind.SUBTITLES)


def wanted(rules: Collection[RuleId] | None) -> frozenset[RuleId]:
    """The rules that a repair follows: those named, else all that change nothing that is read."""
    return frozenset(RuleId) - ASKED if rules is None else frozenset(RuleId(rule) for rule in rules)
