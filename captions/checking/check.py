"""check: what is wrong with a track, rule by rule, how bad it is and if it can be mended."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from captions.checking import manners, sound, tongues
from captions.checking.near import lexicon
from captions.checking.phrases import leaders, weak_words
from captions.checking.profiles import PROFILES, ProfileName
from captions.checking.rules import WHOLE, Needs, RuleId, is_read, local_tests
from captions.checking.trend import Trend, trend_of
from captions.checking.view import Found, Limits, Severity, Test, View
from captions.errors import ErrorCode, refusal
from captions.findings import REPAIRS
from captions.hearing import Hearing
from captions.terms import Term
from captions.track import Cue, TextTrack, TrackKind

__all__ = ["Problem", "RuleId", "Severity", "check"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that a cue breaks: the cue's place in the track (from 0) and an English sentence.

    What concerns the whole track stands at cue 0; C16, which has no cue, at the one before which a caption
    is missing, else the last (0 in an empty track). `parameters` are the numbers of the sentence, for a page
    that says it in another language, and more: C16 (seconds, start, end), C14 and C15 (distance, moment
    meant), C17 (drift, ratio, offset), C26 (as written, term). `fixable` means that repair can try to mend
    it; it changes what is read only for rules that are named to it (`captions.checking.rules.ASKED`).
    """

    rule: RuleId
    cue: int
    message: str
    severity: Severity
    fixable: bool
    parameters: tuple[float | int | str, ...] = ()
    template: str = ""
    """The sentence before its numbers were filled in (`str.format`), for a translation."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A track made ready for the tests: views in the order of time, each with its place in the file."""

    views: tuple[View, ...]
    places: tuple[int, ...]
    limits: Limits
    tests: tuple[tuple[RuleId, Test], ...]
    detected: str


def check(
    track: TextTrack,
    profile: str = ProfileName.TEACHING,
    *,
    duration: int | None = None,
    hearing: Hearing | None = None,
    terms: Sequence[Term] = (),
    language: str | None = None,
) -> tuple[Problem, ...]:
    """The problems of a track in the order of its cues.

    `profile` is teaching, netflix, bbc or dcmp; `duration` the film's, in milliseconds, for C24; `hearing`
    what sound and picture say, for C14 to C17; `terms` the glossary, for C26. `language` is the one declared
    where that of the track does not count; it is missing when it is empty (C23).
    Raises CaptionError for another profile.
    """
    declared = track.language if language is None else language
    reading = read_track(track, profile, duration, hearing, declared)
    found = [(0, RuleId.PARSE_REPAIR, each) for each in _repaired(track)]
    found += [(place, RuleId.UNSORTED, each) for place, each in _unsorted(track)]
    found += [
        (reading.places[at], rule, each)
        for at in range(len(reading.views))
        for rule, each in problems_at(reading.views, at, reading.limits, reading.tests)
    ]
    if is_read(track.kind):
        found += _of_the_whole(reading, terms, declared)
    found.sort(key=lambda each: each[0])
    return tuple(
        Problem(
            rule,
            place,
            each.message.format(*each.parameters),
            each.severity,
            each.fixable,
            each.parameters,
            each.message,
        )
        for place, rule, each in found
    )


def read_track(
    track: TextTrack, profile: str, duration: int | None, hearing: Hearing | None, language: str | None
) -> Reading:
    """Make a track ready for the tests. Raises CaptionError for an unknown profile."""
    if profile not in PROFILES:
        raise refusal(ErrorCode.UNKNOWN_PROFILE, profile=str(profile))
    places = _order(track.cues)
    views = tuple(View.of(track.cues[place]) for place in places)
    detected = tongues.detect(view.plain for view in views) if is_read(track.kind) else ""
    speech = sound.stretches(hearing)
    onsets = tuple(stretch.start for stretch in speech)
    limits = Limits(
        PROFILES[profile],
        duration,
        hearing,
        weak_words(language or detected),
        manners.mixes_sounds(views),
        speech,
        onsets,
        _trend(views, onsets, duration),
        leaders(language or detected),
    )
    needs = Needs(
        duration is not None,
        bool(hearing and hearing.cuts),
        bool(hearing and hearing.speech),
        limits.mixes_sounds,
    )
    return Reading(views, places, limits, local_tests(track.kind, needs), detected)


def _trend(views: Sequence[View], onsets: Sequence[int], duration: int | None) -> Trend | None:
    if not onsets:
        return None
    starts = [view.cue.start for view in views if view.lines and not sound.is_sound(view)]
    return trend_of(starts, onsets, duration or onsets[-1])


def problems_at(
    views: Sequence[View], at: int, limits: Limits, tests: tuple[tuple[RuleId, Test], ...]
) -> Iterator[tuple[RuleId, Found]]:
    """What the tests of a cue and its neighbours find at one place of views in the order of time."""
    view = views[at]
    above = views[at - 1] if at else None
    below = views[at + 1] if at + 1 < len(views) else None
    for rule, test in tests:
        found = test(view, above, below, limits)
        if found is not None:
            yield rule, found


def _order(cues: tuple[Cue, ...]) -> tuple[int, ...]:
    """The places in the order of time; those with the same start stay as they stand."""
    if all(above.start <= below.start for above, below in pairwise(cues)):
        return tuple(range(len(cues)))
    return tuple(sorted(range(len(cues)), key=lambda place: cues[place].start))


def _unsorted(track: TextTrack) -> Iterator[tuple[int, Found]]:
    """C04: a start before that of the caption above. Metadata may stand in any order."""
    if track.kind is TrackKind.METADATA:
        return
    for place, (above, below) in enumerate(pairwise(track.cues), start=1):
        if below.start < above.start:
            yield place, Found(Severity.WARN, "The caption begins before the one above it.")


def _repaired(track: TextTrack) -> Iterator[Found]:
    """C01: what reading the file mended, each kind once with how often."""
    for code, count in Counter(repair.code for repair in track.repairs).items():
        yield Found(
            Severity.INFO, "Mended in reading: {0} ({1} ×)", (REPAIRS[code], count, str(code)), fixable=False
        )


def _of_the_whole(
    reading: Reading, terms: Sequence[Term], declared: str
) -> Iterator[tuple[int, RuleId, Found]]:
    last = len(reading.places) - 1
    for rule, survey in WHOLE.items():
        for at, found in survey(reading.views, reading.limits):
            yield (reading.places[min(at, last)] if reading.places else 0), rule, found
    if found_language := _language(declared, reading.detected):
        yield 0, RuleId.LANGUAGE, found_language
    if not terms:
        return
    words = lexicon(tuple(terms))
    for at, view in enumerate(reading.views):
        for near in words.find(view.plain):
            sentence = "“{0}” may be meant for “{1}”."
            yield (
                reading.places[at],
                RuleId.GLOSSARY,
                Found(Severity.INFO, sentence, (near.written, near.term)),
            )


def _language(declared: str, detected: str) -> Found | None:
    """C23: no language, or another than the words are of."""
    if not declared:
        return Found(Severity.WARN, "The track does not say its language.", (), fixable=False)
    if not tongues.contradicts(declared, detected):
        return None
    sentence = "The track says “{0}”, but its words look like “{1}”."
    return Found(Severity.WARN, sentence, (declared, detected), fixable=False)
