"""repair: a track mended rule by rule, with what was changed; never a word is."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from captions.checking import retiming, rewording
from captions.checking.bench import Bench, Edit, Item
from captions.checking.check import check, read_track
from captions.checking.profiles import ProfileName
from captions.checking.rules import LOCAL, RuleId, is_read, wanted
from captions.checking.view import Severity, View
from captions.hearing import Hearing
from captions.making.words import TimedWord
from captions.terms import Term
from captions.track import Cue, TextTrack, TrackKind

Mend = Callable[[Bench, int], Iterator[Edit]]
"""Proposals for the cue at a place, the best first."""

_MOST_PASSES: Final = 30

_MENDS: Final[dict[RuleId, Mend]] = {
    RuleId.EMPTY_CUE: rewording.empty,
    RuleId.NEGATIVE: retiming.negative,
    RuleId.OVERLAP: retiming.overlap,
    RuleId.ROLL_UP: rewording.roll_up,
    RuleId.MARKUP: rewording.tidy,
    RuleId.CHAPTER: retiming.chapter,
    RuleId.SOUND_STYLE: rewording.sound_style,
    RuleId.SPEAKER: rewording.speaker,
    RuleId.ALL_CAPS: rewording.sentence_case,
    RuleId.GLOSSARY: rewording.glossary,
    RuleId.LINES: rewording.lines,
    RuleId.LINE_LENGTH: rewording.lines,
    RuleId.BAD_BREAK: rewording.breaks,
    RuleId.UNBALANCED: rewording.breaks,
    RuleId.SYNC: retiming.sync,
    RuleId.SPEED: retiming.speed,
    RuleId.SHORT: retiming.short,
    RuleId.LONG: retiming.long,
    RuleId.GAP: retiming.gap,
    RuleId.STRADDLE: retiming.straddle,
    RuleId.PAST_END: retiming.past_end,
}
"""What can be done about each rule, in the order in which it is done."""

_CHANGES_TEXT: Final = frozenset(
    {RuleId.EMPTY_CUE, RuleId.ROLL_UP, RuleId.MARKUP, RuleId.SPEAKER, RuleId.ALL_CAPS, RuleId.GLOSSARY}
)
"""Mendings that take out what was not said or was said once, or are only done when asked for."""

_NEED_NOT_IMPROVE: Final = frozenset({RuleId.CHAPTER, RuleId.SPEAKER, RuleId.GLOSSARY, RuleId.ALL_CAPS})
"""Mendings after which the rule may find another fault at the same cue; they cannot be done twice."""


@dataclass(frozen=True, slots=True)
class Change:
    """Cues that gave way to others: the first rule that asked for it, and all that did.

    `places` are where the cues `before` stood in the track that was given; `after` is empty where they were
    taken out, has fewer where they were made one, more where one was parted. A cue that only moved to its
    time is before and after the same.
    """

    rule: RuleId
    before: tuple[Cue, ...]
    after: tuple[Cue, ...]
    places: tuple[int, ...]
    rules: tuple[RuleId, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """The mended track and its changes, in the order of the cues they concern."""

    track: TextTrack
    changes: tuple[Change, ...]


def repair(
    track: TextTrack,
    profile: str = ProfileName.TEACHING,
    *,
    duration: int | None = None,
    hearing: Hearing | None = None,
    terms: Sequence[Term] = (),
    rules: Collection[RuleId] | None = None,
    cues: Collection[int] | None = None,
    words: Sequence[TimedWord] = (),
) -> Repaired:
    """Mend what check finds; what needs a person stays as it is.

    `rules` are the only ones to follow (C18, C22 and C26, which change what is read, are followed only when
    they are named), `cues` the places of the only cues to mend; a neighbour changes with one where it must.
    `words` are the timed words of the track where they are known: a cue is parted by them.

    No word is changed, no mending adds an error, and mending twice is mending once. Raises CaptionError for
    an unknown profile.
    """
    reading = read_track(track, profile, duration, hearing, track.language or None)
    language = track.language or reading.detected
    chosen = None if cues is None else frozenset(cues)
    bench = Bench(reading, track.kind, language, chosen, tuple(terms), words)
    followed = wanted(rules)
    moved = _moved(track) if RuleId.UNSORTED in followed else ()
    sorts = bool(moved) and (chosen is None or not chosen.isdisjoint(moved))
    if sorts:
        _mark(bench, moved)
    if RuleId.DRIFT in followed and is_read(track.kind) and (chosen is None or 0 in chosen):
        _straighten(bench, track, profile)
    for _ in range(_MOST_PASSES):
        done = [_pass(bench, rule) for rule in _MENDS if rule in followed]
        if not any(done):
            break
    items = bench.items if sorts else sorted(bench.items, key=lambda item: min(item.origins))
    mended = replace(track, cues=tuple(item.view.cue for item in items))
    return Repaired(mended, tuple(_changes(track, bench)))


def _pass(bench: Bench, rule: RuleId) -> bool:
    """Mend what breaks one rule, from the first cue to the last; was anything done?"""
    tests = dict(bench.reading.tests)
    if rule not in tests and rule is not RuleId.GLOSSARY:
        return False
    done, at = False, 0
    while at < len(bench.items):
        count = len(bench.items)
        if bench.is_chosen(at) and _breaks(bench, rule, at) and _mend(bench, rule, at):
            done = True
        at += 1 if len(bench.items) >= count else 0
    return done


def _breaks(bench: Bench, rule: RuleId, at: int) -> bool:
    view = bench.items[at].view
    if rule is RuleId.GLOSSARY:
        return rewording.is_near_term(bench, view)
    return LOCAL[rule](view, bench.view(at - 1), bench.view(at + 1), bench.limits) is not None


def _mend(bench: Bench, rule: RuleId, at: int) -> bool:
    """Try the proposals until one is good."""
    return any(
        bench.attempt(
            rule, edit, keeps_words=rule not in _CHANGES_TEXT, improves=rule not in _NEED_NOT_IMPROVE
        )
        for edit in _MENDS[rule](bench, at)
    )


def _moved(track: TextTrack) -> tuple[int, ...]:
    """The places of cues that begin before the one above them; metadata may stand in any order."""
    if track.kind is TrackKind.METADATA:
        return ()
    return tuple(
        place
        for place, (above, below) in enumerate(pairwise(track.cues), start=1)
        if below.start < above.start
    )


def _mark(bench: Bench, moved: Collection[int]) -> None:
    """Note on cues that they moved to their time."""
    bench.items = [
        replace(item, rules=(RuleId.UNSORTED,)) if not item.origins.isdisjoint(moved) else item
        for item in bench.items
    ]


def _straighten(bench: Bench, track: TextTrack, profile: str) -> None:
    """C17: all times on the straight line that the speech asks for, if that makes no error."""
    trend = bench.limits.trend
    if trend is None or not trend.drifts:
        return
    items = []
    for item in bench.items:
        cue = item.view.cue
        start, end = trend.correct(cue.start), trend.correct(cue.end)
        view = View.of(replace(cue, start=start, end=end))
        items.append(Item(view, item.origins, (*item.rules, RuleId.DRIFT)))
    straight = replace(track, cues=tuple(item.view.cue for item in items))
    limits = bench.limits
    crooked = replace(track, cues=tuple(item.view.cue for item in bench.items))
    before, after = (
        {
            (problem.rule, problem.cue)
            for problem in check(each, profile, duration=limits.duration, hearing=limits.hearing)
            if problem.severity is Severity.ERROR
        }
        for each in (crooked, straight)
    )
    if after <= before:
        bench.items = items
        bench.reading = read_track(straight, profile, limits.duration, limits.hearing, bench.language or None)


def _changes(track: TextTrack, bench: Bench) -> Iterator[Change]:
    """The cues that changed, in groups of those that became one another."""
    groups: dict[int, tuple[set[int], list[Item]]] = {}
    for item in bench.items:
        places, members = set(item.origins), [item]
        for known in {id(groups[place]): groups[place] for place in item.origins if place in groups}.values():
            places |= known[0]
            members = [*known[1], *members]
        groups.update(dict.fromkeys(places, (places, members)))
    for place in range(len(track.cues)):
        places, members = groups.get(place, ({place}, []))
        if min(places) != place:
            continue
        before = tuple(track.cues[each] for each in sorted(places))
        after = tuple(member.view.cue for member in members)
        rules = tuple(dict.fromkeys(rule for member in members for rule in member.rules))
        rules = rules or ((bench.removed[place],) if place in bench.removed else ())
        if before != after or RuleId.UNSORTED in rules:
            yield Change(rules[0], before, after, tuple(sorted(places)), rules)
