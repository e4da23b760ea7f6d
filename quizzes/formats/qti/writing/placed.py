"""Questions of pairs and of places on a picture."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from quizzes.formats.qti.names import Version, identifier
from quizzes.formats.qti.writing.build import clean, flow, make, number, picture
from quizzes.formats.qti.writing.marking import RESPONSE, declared, mapping
from quizzes.formats.qti.writing.question import MAP, MAP_POINT, Question
from quizzes.item import Item, Option
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.zone import Ellipse, Polygon, Rect, Zone

_REACH = 12  # pixels around a place that stand for it


def matching(item: Item, key: Pairs, _: Version) -> Question:
    """Two columns; every pair is worth the same."""
    left, right = _names(item)
    prompts = [_associable(left[p.id], p, 1) for p in item.prompts]
    options = [_associable(right[o.id], o, 0) for o in item.options]
    attributes = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxAssociations": str(len(prompts))}
    sets = (make("simpleMatchSet", {}, *choices) for choices in (prompts, options))
    pairs = [f"{left[prompt]} {right[option]}" for prompt, option in key.pairs]
    return Question([_paired(pairs)], [make("matchInteraction", attributes, *sets)], MAP)


def draglabels(item: Item, key: Pairs, version: Version) -> Question:
    """Labels for places of a picture; 2.1 has words as labels nowhere but in two columns."""
    if not version.kebab or item.picture is None:
        return matching(item, key, version)
    left, right = _names(item)
    labels = (
        make("gapText", {"identifier": right[option.id], "matchMax": "0"}, option.text)
        for option in item.options
    )
    spots = (
        make(
            "associableHotspot",
            {
                "identifier": left[pin.id],
                "matchMax": "1",
                "shape": "circle",
                "coords": _whole([pin.x, pin.y, _REACH]),
                "hotspotLabel": clean(pin.text),
            },
        )
        for pin in item.pins
    )
    attributes = {"responseIdentifier": RESPONSE}
    asked = make("graphicGapMatchInteraction", attributes, picture(item.picture, version), *labels, *spots)
    pairs = [f"{right[option]} {left[place]}" for place, option in key.pairs]
    return Question([_paired(pairs)], [asked], MAP)


def hotspot(item: Item, key: Zones, version: Version) -> Question:
    """Points in zones; QTI counts each zone once and spare points for nothing."""
    shown = [] if item.picture is None else [picture(item.picture, version)]
    limit = item.limit or 1
    share = number(1 / len(key.zones))
    entries = (make("areaMapEntry", {**_area(zone), "mappedValue": share}) for zone in key.zones)
    areas = make("areaMapping", {"defaultValue": "0"}, *entries)
    attributes = {"responseIdentifier": RESPONSE, "maxChoices": str(limit)}
    answer = declared(RESPONSE, "single" if limit == 1 else "multiple", "point", _middles(key.zones), areas)
    return Question([answer], [make("selectPointInteraction", attributes, *shown)], MAP_POINT)


def _names(item: Item) -> tuple[dict[str, str], dict[str, str]]:
    """Identifiers of prompts and of options, all different within the interaction."""
    right = {option.id: identifier(option.id) for option in item.options}
    mark = ""
    while {f"{mark}{identifier(prompt.id)}" for prompt in item.prompts} & {*right.values()}:
        mark += "p-"
    return {prompt.id: f"{mark}{identifier(prompt.id)}" for prompt in item.prompts}, right


def _paired(pairs: Sequence[str]) -> Element:
    worth = mapping(dict.fromkeys(pairs, 1 / len(pairs)))
    return declared(RESPONSE, "multiple", "directedPair", pairs, worth)


def _associable(name: str, option: Option, most: int) -> Element:
    fixed = {"fixed": "true"} if option.last else {}
    attributes = {"identifier": name, **fixed, "matchMax": str(most)}
    return make("simpleAssociableChoice", attributes, *flow(option.text))


def _middles(zones: Iterable[Zone]) -> list[str]:
    boxes = (zone.box() for zone in zones)
    return [f"{round((left + right) / 2)} {round((top + bottom) / 2)}" for left, top, right, bottom in boxes]


def _area(zone: Zone) -> dict[str, str]:
    """Shape and coordinates, in whole pixels as HTML has them."""
    match zone:
        case Rect(x0, x1, y0, y1):
            return {"shape": "rect", "coords": _whole([x0, y0, x1, y1])}
        case Ellipse(x, y, rx, ry) if rx == ry:
            return {"shape": "circle", "coords": _whole([x, y, max(rx, 1)])}
        case Ellipse(x, y, rx, ry):
            return {"shape": "ellipse", "coords": _whole([x, y, max(rx, 1), max(ry, 1)])}
        case Polygon(points):
            return {"shape": "poly", "coords": _whole([side for point in points for side in point])}
    raise TypeError(f"no such zone in QTI: {zone!r}")


def _whole(values: Iterable[float]) -> str:
    return ",".join(str(round(value)) for value in values)
