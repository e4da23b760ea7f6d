"""What was right, in the form that fits the kind; for pages that may show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from edu.services.quizzing.views import clock
from quizzes import Item, Kind
from quizzes.fields import tidy
from quizzes.gap import Gap
from quizzes.kinds.actions import Actions
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.order import Order
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.panel import SCALE, Panel
from quizzes.kinds.pattern import Pattern
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.kinds.zone import Ellipse, Polygon, Rect, Zone
from quizzes.vocabulary import GapKind, ToleranceKind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A step at its right place, and the place where the learner put it; None where there is no answer."""

    label: str
    given: int | None
    is_right: bool
    note: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A prompt or gap: what the learner said, empty for nothing, and what is right.

    `is_partly`: what was said is not wholly right, and earned a part of the gap's mark.
    """

    label: str
    given: str
    right: str
    is_right: bool
    note: str
    x: float | None = None
    y: float | None = None
    is_partly: bool = False


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone in pixels of the picture, ready for SVG: the element's name and its attributes."""

    shape: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """A point that the learner placed, in pixels, and whether it lies in a zone."""

    x: float
    y: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class WindowView:
    """The right time or stretch and the one given, as written and in thousandths of the film's length."""

    right: tuple[str, str]
    given: tuple[str, ...]
    right_at: tuple[int, int]
    given_at: tuple[int, ...]
    tolerance: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A place of the scale, how many of the panel chose it, its share of the most frequent in per cent."""

    value: int
    count: int
    percent: int
    is_given: bool
    note: str


@dataclass(frozen=True, slots=True)
class Solution:
    """What was right; only what fits the kind is filled."""

    order: tuple[PlaceRow, ...] = ()
    pairs: tuple[PairRow, ...] = ()
    zones: tuple[ZoneView, ...] = ()
    hits: tuple[HitView, ...] = ()
    middle: tuple[float, float] = (0.0, 0.0)  # of the first zone
    window: WindowView | None = None
    votes: tuple[VoteRow, ...] = ()
    panel: int = 0
    accepted: tuple[str, ...] = ()
    given: str = ""
    note: str = ""
    tolerance: str = ""
    harmful: frozenset[str] = frozenset()


def of(item: Item, response: Any, duration_ms: int = 0) -> Solution:
    """The solution of an item beside a response in the document's own ids; None for no answer."""
    making = _MAKING.get(item.kind)
    return making(item, response, duration_ms) if making else Solution()


def _labels(item: Item) -> dict[str, str]:
    return {option.id: option.text for option in item.options}


def _order(item: Item, key: Order, response: Any) -> tuple[PlaceRow, ...]:
    labels, given = _labels(item), list(response or ())
    return tuple(
        PlaceRow(
            labels[option],
            given.index(option) + 1 if option in given else None,
            given[place : place + 1] == [option],
            item.feedback.about(option),
        )
        for place, option in enumerate(key.options)
    )


def _pairs(item: Item, key: Pairs, response: Any) -> tuple[PairRow, ...]:
    labels, given, right = _labels(item), response or {}, dict(key.pairs)
    pins = {pin.id: pin for pin in item.pins}
    rows = []
    for prompt in item.prompts:
        said, is_right = given.get(prompt.id, ""), given.get(prompt.id) == right[prompt.id]
        note = "" if is_right else item.feedback.about(prompt.id)
        pin = pins.get(prompt.id)
        rows.append(
            PairRow(
                prompt.text,
                labels.get(said, ""),
                labels[right[prompt.id]],
                is_right,
                note,
                pin.x if pin else None,
                pin.y if pin else None,
            )
        )
    return tuple(rows)


def _gaps(item: Item, key: Fillings, response: Any) -> tuple[PairRow, ...]:
    labels, given = _labels(item), response or {}
    fillings = {filling.gap: filling for filling in key.fillings}
    wrong = set(key.mark(item, response).about) if response else {gap.id for gap in item.gaps}
    rows = []
    for number, gap in enumerate(item.gaps, start=1):
        said = str(given.get(gap.id) or "")
        note = item.feedback.about(gap.id) if gap.id in wrong else ""
        right = _filling(fillings[gap.id], gap, labels)
        label = gap.label or str(number)
        is_right = gap.id not in wrong
        alone = Fillings((fillings[gap.id],))  # the marks of this gap, as if the text had no other
        is_partly = bool(said) and not is_right and alone.mark(item, {gap.id: said}).fraction > 0
        rows.append(PairRow(label, labels.get(said, said), right, is_right, note, is_partly=is_partly))
    return tuple(rows)


def _filling(filling: Filling, gap: Gap, labels: dict[str, str]) -> str:
    if gap.kind is GapKind.CHOICE:
        return " / ".join(labels[gap.option_id(name)] for name, worth in filling.options if worth == 1)
    if gap.kind is GapKind.SHORT:
        return " / ".join(_whole(filling.patterns))
    return _number(filling.value or 0.0, gap.unit) + _around(filling.tolerance, gap.unit)


def _zones(item: Item, key: Zones, response: Any) -> Solution:
    picture = item.picture
    if picture is None:
        return Solution()
    hits = []
    for x, y in response or ():
        at = (x * picture.width, y * picture.height)
        hits.append(HitView(round(at[0], 1), round(at[1], 1), any(zone.holds(*at) for zone in key.zones)))
    left, top, right, bottom = key.zones[0].box()
    middle = ((left + right) / 2, (top + bottom) / 2)
    return Solution(zones=tuple(_zone(zone) for zone in key.zones), hits=tuple(hits), middle=middle)


def _zone(zone: Zone) -> ZoneView:
    match zone:
        case Rect():
            sizes = (zone.x0, zone.y0, zone.x1 - zone.x0, zone.y1 - zone.y0)
            return ZoneView("rect", _attributes(("x", "y", "width", "height"), sizes))
        case Ellipse():
            return ZoneView(
                "ellipse", _attributes(("cx", "cy", "rx", "ry"), (zone.x, zone.y, zone.rx, zone.ry))
            )
        case Polygon():
            return ZoneView("polygon", (("points", " ".join(f"{x:g},{y:g}" for x, y in zone.points)),))
        case _:
            raise TypeError(f"no such zone: {zone!r}")


def _attributes(names: Sequence[str], sizes: Sequence[float]) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"{size:g}") for name, size in zip(names, sizes, strict=True))


def _window(item: Item, key: Window | Interval, response: Any, duration_ms: int) -> Solution:
    given = tuple(response) if isinstance(response, list | tuple) else (response,)
    known = tuple(at for at in given if isinstance(at, int | float))
    length = max(duration_ms, key.end, *(int(at) for at in known), 1)

    def share(at: float) -> int:
        return round(1000 * at / length)

    reach = item.scoring.tolerance
    window = WindowView(
        right=(clock.written(key.start), clock.written(key.end)),
        given=tuple(clock.written(at) for at in known),
        right_at=(share(key.start), share(key.end)),
        given_at=tuple(share(at) for at in known),
        tolerance=f"{tidy(reach / 1000)}" if reach else "",
    )
    return Solution(window=window)


def _votes(item: Item, key: Panel, response: Any) -> Solution:
    most = max(key.votes)
    rows = tuple(
        VoteRow(
            value,
            count,
            round(100 * count / most),
            response == value,
            item.feedback.about(str(value)) if response == value else "",
        )
        for value, count in zip(SCALE, key.votes, strict=True)
    )
    return Solution(votes=rows, panel=key.size)


def _quantity(item: Item, key: Quantity, response: Any) -> Solution:
    scoring, unit = item.scoring, item.unit
    match scoring.tolerance_kind if scoring.tolerance else None:
        case ToleranceKind.ABSOLUTE:
            around = _around(scoring.tolerance, unit)
        case ToleranceKind.RELATIVE:
            around = _around(100 * scoring.tolerance, "%")
        case ToleranceKind.GEOMETRIC:
            around = f" × ÷ {tidy(1 + scoring.tolerance)}"
        case _:
            around = ""
    given = str(response or "")
    if given and unit and given.strip()[-1:].isdigit():
        given = f"{given} {unit}"
    return Solution(accepted=(_number(key.value, unit),), given=given, tolerance=around.strip())


def _words(item: Item, key: Words, response: Any) -> Solution:
    about = key.mark(item, response).about if response else ()
    note = " ".join(filter(None, (item.feedback.about(place) for place in about)))
    return Solution(accepted=_whole(key.patterns), given=str(response or ""), note=note)


def _whole(patterns: Sequence[Pattern]) -> tuple[str, ...]:
    """The answers that earn everything, as a person would read them: a star is anything."""
    return tuple(p.text.replace("\\*", "\ufdd0").replace("*", " … ").replace("\ufdd0", "*").strip()
                 for p in patterns if p.fraction == 1)  # fmt: skip


def _number(value: float, unit: str) -> str:
    return f"{tidy(value)} {unit}".strip()


def _around(tolerance: float, unit: str) -> str:
    return f" ± {_number(tolerance, unit)}" if tolerance else ""


_MAKING: dict[Kind, Callable[[Item, Any, int], Solution]] = {
    Kind.ORDERING: lambda item, said, _: Solution(order=_order(item, cast(Order, item.key), said)),
    Kind.MATCHING: lambda item, said, _: Solution(pairs=_pairs(item, cast(Pairs, item.key), said)),
    Kind.EMQ: lambda item, said, _: Solution(pairs=_pairs(item, cast(Pairs, item.key), said)),
    Kind.DRAGLABELS: lambda item, said, _: Solution(pairs=_pairs(item, cast(Pairs, item.key), said)),
    Kind.CLOZE: lambda item, said, _: Solution(pairs=_gaps(item, cast(Fillings, item.key), said)),
    Kind.HOTSPOT: lambda item, said, _: _zones(item, cast(Zones, item.key), said),
    Kind.MOMENT: lambda item, said, length: _window(item, cast(Window, item.key), said, length),
    Kind.INTERVAL: lambda item, said, length: _window(item, cast(Interval, item.key), said, length),
    Kind.CONCORDANCE: lambda item, said, _: _votes(item, cast(Panel, item.key), said),
    Kind.NUMERIC: lambda item, said, _: _quantity(item, cast(Quantity, item.key), said),
    Kind.SHORT: lambda item, said, _: _words(item, cast(Words, item.key), said),
    Kind.KEYFEATURE: lambda item, _said, _length: Solution(
        harmful=frozenset(cast(Actions, item.key).harmful)
    ),
}
CHOSEN_FROM = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.KEYFEATURE})
