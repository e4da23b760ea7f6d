"""What a learner may see of an item before the answer is in, and what not: two JSON values.

They are meant for two columns, so that code which loads only the body cannot give the key away.
"""

from collections.abc import Mapping
from typing import Any

from quizzes.fields import Fields
from quizzes.form import PINS, plain, plain_gap, plain_pin, read_item
from quizzes.item import Item, Option
from quizzes.vocabulary import Kind, sides

# Allowed by name: a field that is added later is secret until somebody says otherwise. The evidence is secret
# since a chapter id answers a moment question; its strength and the references can hint as well.
_OPEN = ("id", "kind", "lesson", "audience", "critical", "stem", "picture", "video", "unit", "limit")
_PARTS = ("gaps", *PINS.values())  # fields of the document that are open as well


def body(item: Item) -> dict[str, Any]:
    """What may be shown: always the same names, empty where the kind has no such thing.

    id, kind, lesson, audience, critical, stem, options [{id, text, last}], prompts [{id, text}],
    picture {name, width, height, alt, hidden} or None, video or None, unit, limit or None, gaps [{id, kind,
    label, unit}], pins [{id, text, x, y}], hint_count.
    """
    picture = item.picture
    return {
        "id": item.id,
        "kind": item.kind.value,
        "lesson": item.lesson,
        "audience": item.audience.value,
        "critical": item.critical,
        "stem": item.stem,
        "options": [_option(option) for option in item.options],
        "prompts": [{"id": prompt.id, "text": prompt.text} for prompt in item.prompts],
        "picture": picture
        and {
            "name": picture.name,
            "width": picture.width,
            "height": picture.height,
            "alt": picture.alt,
            "hidden": list(picture.hidden),
        },
        "video": item.video,
        "unit": item.unit,
        "limit": item.limit,
        "gaps": [plain_gap(gap, ()) for gap in item.gaps],
        "pins": [plain_pin(pin) for pin in item.pins],
        "hint_count": len(item.hints),
    }


def secret(item: Item) -> dict[str, Any]:
    """What stays on the server: key, weights, harm, tolerance, zones, feedback, why, evidence, references."""
    shown = {*_OPEN, *_PARTS, "last", *sides(item.kind)}
    return {name: value for name, value in plain(item).items() if name not in shown}


def from_parts(body: Mapping[str, Any], secret: Mapping[str, Any]) -> Item:
    """The item again, from its two parts. Raises QuizError when they do not make one."""
    kind = Kind(body["kind"])
    left, right = sides(kind)
    form = {name: body[name] for name in _OPEN if body[name] not in (None, "", False)}
    form |= {
        "last": [option["id"] for option in body["options"] if option["last"]],
        right: {option["id"]: option["text"] for option in body["options"]},
        left: {prompt["id"]: prompt["text"] for prompt in body["prompts"]},
    }
    if kind in PINS:
        form[PINS[kind]] = body["pins"]
    if kind is Kind.CLOZE:
        form |= {"gaps": [_with_options(gap, body["options"]) for gap in body["gaps"]], right: {}, "last": []}
    known = {name: value for name, value in form.items() if value not in ([], {})}
    with Fields({**known, **secret}) as fields:
        return read_item(fields)


def _with_options(gap: Mapping[str, Any], options: list[dict[str, Any]]) -> dict[str, Any]:
    """The document table of a gap: with its own options, where it is filled from a list."""
    mark = f"{gap['id']}."
    own = {o["id"].removeprefix(mark): o["text"] for o in options if o["id"].startswith(mark)}
    return {**gap, "options": own} if own else dict(gap)


def _option(option: Option) -> dict[str, Any]:
    return {"id": option.id, "text": option.text, "last": option.last}
