"""Bench: a track on which mendings are tried, each kept only when it makes things better and none worse."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from captions.checking.check import Reading, problems_at
from captions.checking.near import Lexicon, lexicon
from captions.checking.profiles import Profile
from captions.checking.rules import RuleId, is_read
from captions.checking.sound import uncaptioned
from captions.checking.view import Limits, Severity, View
from captions.making.words import TimedWord
from captions.terms import Term
from captions.track import Cue, TrackKind

_WEIGHT: Final = {Severity.ERROR: 9, Severity.WARN: 3, Severity.INFO: 1}
_SLACK: Final = 2
"""So much weight, two remarks, may come when something of a higher rank goes."""

_FIRST_TO_LAST: Final = (
    *(RuleId.NEGATIVE, RuleId.EMPTY_CUE, RuleId.OVERLAP, RuleId.PAST_END, RuleId.ROLL_UP, RuleId.MARKUP),
    *(RuleId.CHAPTER, RuleId.ALL_CAPS, RuleId.SPEAKER, RuleId.SOUND_STYLE, RuleId.LINES),
    *(RuleId.LINE_LENGTH, RuleId.LONG, RuleId.SYNC, RuleId.SPEED, RuleId.SHORT, RuleId.BAD_BREAK),
    *(RuleId.UNBALANCED, RuleId.GAP, RuleId.STRADDLE),
)
_RANK: Final = {rule: rank for rank, rule in enumerate(_FIRST_TO_LAST)}
_AROUND: Final = 40
"""Cues on each side among which one is looked for that covers speech instead."""

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SCRIPT: Final = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """A cue on the bench: the places of the original cues it is made of, and the rules that changed it."""

    view: View
    origins: frozenset[int]
    rules: tuple[RuleId, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A proposal: the items from `first` to before `last` give way to `cues`."""

    first: int
    last: int
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is wrong in a stretch: weight by rank, in all, and the errors with where they come from."""

    ranks: tuple[int, ...]
    weight: int
    errors: tuple[tuple[RuleId, frozenset[int]], ...]


@dataclass(slots=True)
class Bench:
    """The items in the order of time, what they are held to, and what a mending may use."""

    reading: Reading
    kind: TrackKind
    language: str
    chosen: frozenset[int] | None = None
    terms: Sequence[Term] = ()
    words: Sequence[TimedWord] = ()
    items: list[Item] = field(default_factory=list)
    removed: dict[int, RuleId] = field(default_factory=dict)
    _lexicon: Lexicon = field(init=False)

    def __post_init__(self) -> None:
        pairs = zip(self.reading.views, self.reading.places, strict=True)
        self._lexicon = lexicon(tuple(self.terms))
        self.items = [Item(view, frozenset({place})) for view, place in pairs]

    @property
    def limits(self) -> Limits:
        """What the track is held to."""
        return self.reading.limits

    @property
    def profile(self) -> Profile:
        """The numbers of the guideline."""
        return self.reading.limits.profile

    @property
    def lexicon(self) -> Lexicon:
        """The glossary, ready to be looked for."""
        return self._lexicon

    def view(self, at: int) -> View | None:
        """The view at a place, None beyond the first and the last."""
        return self.items[at].view if 0 <= at < len(self.items) else None

    def is_chosen(self, at: int) -> bool:
        """May the cue at a place be mended for its own sake?"""
        return self.chosen is None or not self.chosen.isdisjoint(self.items[at].origins)

    def room_before(self, at: int) -> int:
        """The earliest start that leaves the caption above alone."""
        above = self.view(at - 1)
        return 0 if above is None else above.cue.end + self.profile.gap

    def room_after(self, at: int) -> int:
        """The latest end that leaves the caption below alone and lies in the film."""
        below, duration = self.view(at + 1), self.limits.duration
        cue = self.items[at].view.cue
        rooms = [below.cue.start - self.profile.gap] if below else []
        rooms += [duration] if duration is not None else []
        return min(rooms, default=max(cue.start, cue.end) + 60_000)

    def attempt(self, rule: RuleId, edit: Edit, *, keeps_words: bool = True, improves: bool = True) -> bool:
        """Make an edit if it adds no error, changes no word and leaves fewer or lesser problems."""
        old = self.items[edit.first : edit.last]
        if tuple(item.view.cue for item in old) == edit.cues:
            return False
        new = self._made(rule, old, edit.cues)
        if keeps_words and _letters(old) != _letters(new):
            return False
        head = self.items[max(edit.first - 2, 0) : edit.first]
        tail = self.items[edit.last : edit.last + 2]
        if not _is_in_order([*head[-1:], *new, *tail[:1]]):
            return False
        if not _is_better(self._judge(head, old, tail), self._judge(head, new, tail), improves=improves):
            return False
        if self._uncovers(edit, old, new, tail):
            return False
        self.items[edit.first : edit.last] = new
        if not new:
            self.removed.update(dict.fromkeys((place for item in old for place in item.origins), rule))
        return True

    def _uncovers(self, edit: Edit, old: list[Item], new: list[Item], tail: list[Item]) -> bool:
        """Would speech lose its caption (C16)? Only what shortens can do that."""
        if not self.limits.speech or not is_read(self.kind):
            return False
        starts_later = min(_starts(new, tail)) > min(_starts(old, tail))
        ends_earlier = (
            max(_ends(new), default=0) < max(_ends(old), default=0) > max(_ends(tail[:1]), default=0)
        )
        if not starts_later and not ends_earlier:
            return False
        head = self.items[max(edit.first - _AROUND, 0) : edit.first]
        tail = self.items[edit.last : edit.last + _AROUND]
        before, after = ([item.view for item in (*head, *middle, *tail)] for middle in (old, new))
        return len(uncaptioned(after, self.limits)) > len(uncaptioned(before, self.limits))

    def _made(self, rule: RuleId, old: Sequence[Item], cues: Iterable[Cue]) -> list[Item]:
        """The new items; when their number is that of the old, each stands for its own."""
        cues = tuple(cues)
        if len(cues) == len(old):
            return [
                item if item.view.cue == cue else Item(View.of(cue), item.origins, _with(item.rules, rule))
                for item, cue in zip(old, cues, strict=True)
            ]
        origins = frozenset().union(*(item.origins for item in old))
        rules = tuple(dict.fromkeys((*(each for item in old for each in item.rules), rule)))
        return [Item(View.of(cue), origins, rules) for cue in cues]

    def _judge(self, head: list[Item], middle: list[Item], tail: list[Item]) -> _Verdict:
        """The problems of the middle and of one neighbour on each side; those beyond are only looked at."""
        around = [*head, *middle, *tail]
        views = [item.view for item in around]
        ranks = [0] * len(_RANK)
        errors = []
        first = max(len(head) - 1, 0)
        for at in range(first, min(len(head) + len(middle) + 1, len(around))):
            for rule, found in problems_at(views, at, self.limits, self.reading.tests):
                ranks[_RANK[rule]] += _WEIGHT[found.severity]
                if found.severity is Severity.ERROR:
                    errors.append((rule, around[at].origins))
        return _Verdict(tuple(ranks), sum(ranks), tuple(errors))


def _is_better(before: _Verdict, after: _Verdict, *, improves: bool) -> bool:
    """No new error; where it must improve, less weight at the first rank that differs, hardly more in all.

    Because the ranks fall in the order of the dictionary with every edit, mending comes to an end.
    """
    if len(after.errors) > len(before.errors):
        return False
    for rule, origins in after.errors:
        if not any(rule is known and not origins.isdisjoint(others) for known, others in before.errors):
            return False
    return not improves or (after.ranks < before.ranks and after.weight <= before.weight + _SLACK)


def _starts(items: Sequence[Item], tail: Sequence[Item]) -> list[int]:
    return [item.view.cue.start for item in (*items, *tail[:1]) if item.view.lines] or [0]


def _ends(items: Sequence[Item]) -> list[int]:
    return [item.view.cue.end for item in items if item.view.lines]


def _is_in_order(items: Sequence[Item]) -> bool:
    return all(above.view.cue.start <= below.view.cue.start for above, below in pairwise(items))


def _letters(items: Sequence[Item]) -> str:
    """Letters and digits in a row, without those inside scripts and styles, which nobody says."""
    parts = []
    for item in items:
        view = item.view
        if "<s" in view.cue.text.lower():
            view = View.of(Cue(0, 1, _SCRIPT.sub("", view.cue.text)))
        parts.append(_NO_LETTERS.sub("", view.plain))
    return "".join(parts)


def _with(rules: tuple[RuleId, ...], rule: RuleId) -> tuple[RuleId, ...]:
    return rules if rule in rules else (*rules, rule)
