"""From an item to the sheet of its form, so that saving an untouched form changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from edu.services.film_lines import time
from edu.services.quizzing.writing.layout import LAYERS, SCALE
from edu.services.quizzing.writing.sheet import Row, Sheet
from edu.services.quizzing.writing.zone_rows import zone_row
from quizzes import Item, Kind, Option
from quizzes.gap import Gap
from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.order import Order
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.panel import Panel
from quizzes.kinds.pattern import Pattern
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import GapKind

Values = dict[str, str]
Rows = dict[str, tuple[Row, ...]]


def sheet_of(item: Item) -> Sheet:
    """The form as it would have been filled in to write this item."""
    values, rows = _FILLERS[item.kind](item, item.key)
    rows = {**rows, "hints": tuple({"text": hint} for hint in item.hints)}
    return Sheet(item.kind, {**_common(item), **values}, rows)


def _common(item: Item) -> Values:
    picture = item.picture
    said = {
        "stem": item.stem,
        "why": item.feedback.why,
        "if_right": item.feedback.right,
        "if_partly": item.feedback.partly,
        "if_wrong": item.feedback.wrong,
        "evidence": item.evidence or "",
        "references": " ".join(item.references),
        "critical": "1" if item.critical else "",
        "tags": ", ".join(item.tags),
        "open_key": "1" if item.open_key else "",
        "grade": item.strength.value if item.strength else "",
        "bloom": item.bloom.value if item.bloom else "",
        "lesson": item.lesson,
        "audience": item.audience.value,
    }
    if picture is not None:
        said |= {"picture": picture.name, "picture_alt": picture.alt}
        said |= {f"hidden_{layer}": "1" for layer in picture.hidden if layer in LAYERS}
    return said


def number(value: float) -> str:
    """A number as people type it."""
    return f"{value:.10g}"


def share(fraction: float) -> str:
    """A fraction as a percentage to be typed; nothing for all of it."""
    return "" if fraction == 1 else number(100 * fraction)


def _choices(item: Item, key: Any) -> tuple[Values, Rows]:
    right = {key.option} if isinstance(key, Choice) else set(key.options)
    weights = dict(key.weights)
    rows = tuple(
        {
            **_option(item, option),
            "right": "1" if option.id in right else "",
            "weight": number(100 * weights[option.id]) if option.id in weights else "",
        }
        for option in item.options
    )
    scoring = {"scoring": item.scoring.multiple.value} if isinstance(key, Choices) else {}
    return scoring, {"options": rows}


def _actions(item: Item, key: Actions) -> tuple[Values, Rows]:
    right = dict(key.weights)
    rows = tuple(
        {
            **_option(item, option),
            "role": "right" if option.id in right else "harmful" if option.id in key.harmful else "",
            "weight": number(100 * right[option.id]) if option.id in right else "",
        }
        for option in item.options
    )
    return {"limit": str(item.limit or 1)}, {"options": rows}


def _ordering(item: Item, key: Order) -> tuple[Values, Rows]:
    by_id = {option.id: option for option in item.options}
    rows = tuple(_option(item, by_id[identifier]) for identifier in key.options)
    return {"scoring": item.scoring.order.value}, {"options": rows}


def _pairs(item: Item, key: Pairs) -> tuple[Values, Rows]:
    answers, pins = dict(key.pairs), {pin.id: pin for pin in item.pins}
    prompts = [
        {
            "id": prompt.id,
            "text": prompt.text,
            "key": answers[prompt.id],
            "feedback": item.feedback.about(prompt.id),
            **({"x": number(pins[prompt.id].x), "y": number(pins[prompt.id].y)} if prompt.id in pins else {}),
        }
        for prompt in item.prompts
    ]
    options = tuple({"id": option.id, "text": option.text} for option in item.options)
    return {}, {"prompts": tuple(prompts), "options": options}


def _numeric(item: Item, key: Quantity) -> tuple[Values, Rows]:
    values = {
        "key": number(key.value),
        "unit": item.unit,
        "tolerance": number(item.scoring.tolerance),
        "tolerance_kind": item.scoring.tolerance_kind.value,
    }
    also = tuple(
        {"value": number(near.value), "tolerance": number(near.tolerance), "share": share(near.fraction)}
        for near in key.also
    )
    return values, {"also": also}


def _truth(item: Item, key: Truth) -> tuple[Values, Rows]:
    said = {f"feedback_{name}": item.feedback.about(name) for name in ("true", "false")}
    return {"key": "true" if key.value else "false", **said}, {}


def _hotspot(item: Item, key: Zones) -> tuple[Values, Rows]:
    landmarks = tuple(
        {"id": pin.id, "text": pin.text, "x": number(pin.x), "y": number(pin.y)} for pin in item.pins
    )
    zones = tuple(zone_row(zone) for zone in key.zones)
    return {"limit": str(item.limit or 1)}, {"zones": zones, "landmarks": landmarks}


def _film(item: Item, key: Window | Interval) -> tuple[Values, Rows]:
    values = {
        "video": item.video or "",
        "start": time(key.start),
        "end": time(key.end),
        "tolerance": number(item.scoring.tolerance / 1000),
    }
    return {**values, "scoring": item.scoring.interval.value} if isinstance(key, Interval) else values, {}


def _cloze(item: Item, key: Fillings) -> tuple[Values, Rows]:
    fillings = {filling.gap: filling for filling in key.fillings}
    return {}, {"gaps": tuple(_gap(item, gap, fillings[gap.id]) for gap in item.gaps)}


def _gap(item: Item, gap: Gap, filling: Filling) -> Row:
    row = {
        "id": gap.id,
        "kind": gap.kind.value,
        "label": gap.label,
        "unit": gap.unit,
        "weight": "" if filling.weight == 1 else number(filling.weight),
        "feedback": item.feedback.about(gap.id),
    }
    if gap.kind is GapKind.NUMERIC:
        return {**row, "value": number(filling.value or 0), "tolerance": number(filling.tolerance)}
    if gap.kind is GapKind.SHORT:
        return {**row, "answers": _lines((p.text, p.fraction) for p in filling.patterns)}
    earned = {gap.option_id(name): fraction for name, fraction in filling.options}
    own = [option for option in item.options if gap.owns(option.id)]
    right = [(option.text, earned[option.id]) for option in own if earned.get(option.id)]
    wrong = [option.text for option in own if not earned.get(option.id)]
    names = "\n".join(f"{option.id.partition('.')[2]}={option.text}" for option in own)
    return {**row, "answers": _lines(right), "wrong": "\n".join(wrong), "names": names}


def _lines(answers: Iterable[tuple[str, float]]) -> str:
    return "\n".join(
        text if fraction == 1 else f"{number(100 * fraction)} % {text}" for text, fraction in answers
    )


def _short(item: Item, key: Words) -> tuple[Values, Rows]:
    def row(place: str, pattern: Pattern) -> Row:
        about = item.feedback.about(place)
        return {"text": pattern.text, "share": share(pattern.fraction), "feedback": about}

    return {}, {"answers": tuple(map(row, key.places(), key.patterns))}


def _panel(item: Item, key: Panel) -> tuple[Values, Rows]:
    votes = {f"votes_{n}": str(count) if count else "" for n, count in enumerate(key.votes)}
    return {**votes, **{f"feedback_{n}": item.feedback.about(place) for n, place in enumerate(SCALE)}}, {}


def _option(item: Item, option: Option) -> dict[str, str]:
    return {
        "id": option.id,
        "text": option.text,
        "last": "1" if option.last else "",
        "feedback": item.feedback.about(option.id),
    }


_FILLERS: dict[Kind, Callable[[Item, Any], tuple[Values, Rows]]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.KEYFEATURE: _actions,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _pairs,
    Kind.EMQ: _pairs,
    Kind.DRAGLABELS: _pairs,
    Kind.NUMERIC: _numeric,
    Kind.TRUEFALSE: _truth,
    Kind.HOTSPOT: _hotspot,
    Kind.MOMENT: _film,
    Kind.INTERVAL: _film,
    Kind.CLOZE: _cloze,
    Kind.SHORT: _short,
    Kind.CONCORDANCE: _panel,
}
