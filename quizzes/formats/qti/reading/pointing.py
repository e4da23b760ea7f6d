"""Pictures: points and areas to find, and labels to put on them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.qti.names import own_ids
from quizzes.formats.qti.reading.choosing import right_values
from quizzes.formats.qti.reading.declaration import Area, coordinates
from quizzes.formats.qti.reading.draft import Asked, Draft, count, unsupported, without_key
from quizzes.formats.qti.reading.pairing import read_pairs, tell_worth
from quizzes.formats.xml_tree import attribute, child, children, descendants, text_of

_PICTURES = ("object", "img")
_LEAST = {"circle": 3, "ellipse": 4, "rect": 4, "poly": 6}


def select_point(asked: Asked) -> Draft:
    """Points in the areas of the areaMapping: each area is a zone."""
    picture = _picture(asked, asked.element)
    declared = asked.declaration
    if declared.area_default or any(area.shape == "default" and area.value for area in declared.areas):
        asked.not_kept("marks for points outside every area")
    worth = [area for area in declared.areas if area.value > 0 and area.shape != "default"]
    if len({area.value for area in worth}) > 1:
        asked.not_kept("different weights of areas")
    if any(area.value <= 0 and area.shape != "default" for area in declared.areas):
        asked.not_kept("areas that earn nothing or cost")
    if not worth:
        raise without_key(asked.response)
    return _hotspot(asked, picture, worth, count(asked.element, "maxChoices", 1))


def position_object(asked: Asked) -> Draft:
    """Objects to put in their places on a stage: places to find, one point each."""
    found = list(children(asked.element, "positionObjectInteraction"))
    if len(found) != 1:
        raise unsupported("positionObjectStage with several objects", "positionObjectStage")
    asked.not_kept("the picture of the object that is placed", found[0].get("responseIdentifier", ""))
    stage = asked.element
    inner = Asked(found[0], asked.stem, asked.declarations, asked.processing, asked.lost, asked.said)
    for picture in list(children(found[0], *_PICTURES)):
        found[0].remove(picture)
    found[0].extend(list(children(stage, *_PICTURES)))
    return select_point(inner)


def hotspot(asked: Asked) -> Draft:
    """Areas to choose: the right ones are zones, named ones become landmarks."""
    picture = _picture(asked, asked.element)
    choices = list(children(asked.element, "hotspotChoice"))
    right = right_values(asked)
    areas = [_area(choice) for choice in choices if choice.get("identifier") in right]
    worth = asked.declaration.worth
    if worth is not None and asked.processing.maps(asked.response) is not False:
        asked.not_kept("what the areas are worth")
    draft = _hotspot(asked, picture, areas, count(asked.element, "maxChoices", 1) or len(choices))
    names = own_ids(choice.get("identifier", "") for choice in choices)
    labels = [_label(choice) for choice in choices]
    if all(labels):
        pins = [
            _pin(names[c.get("identifier", "")], label, _area(c))
            for c, label in zip(choices, labels, strict=True)
        ]
        draft.form["landmarks"] = pins
    return Draft(draft.form, {})


def graphic_gap_match(asked: Asked) -> Draft:
    """Labels for the places of a picture; a picture that serves as a label becomes its words."""
    picture = _picture(asked, asked.element)
    labels = list(children(asked.element, "gapImg", "gapText"))
    known = {label.get("identifier") for label in labels}
    pairs = [pair if pair[0] in known else (pair[1], pair[0]) for pair in read_pairs(asked)]
    if len({place for _, place in pairs}) < len(pairs):
        raise unsupported("graphicGapMatchInteraction with several labels in one place", asked.response)
    if asked.declaration.base_type == "directedPair":
        tell_worth(asked, asked.declaration.worth, pairs)
    answers = {place: label for label, place in pairs}
    spots = list(children(asked.element, "associableHotspot"))
    for spot in spots:
        if spot.get("identifier") not in answers:
            asked.not_kept(f"the place {spot.get('identifier')}, which has no answer")
    used = [spot for spot in spots if spot.get("identifier") in answers]
    names = own_ids(label.get("identifier", "") for label in labels)
    places = own_ids(spot.get("identifier", "") for spot in used)
    pins = [
        _pin(places[s.get("identifier", "")], _label(s) or s.get("identifier", ""), _area(s)) for s in used
    ]
    form = {
        "kind": "draglabels",
        "stem": asked.stem,
        "picture": picture,
        "key": {
            places.get(place, place): names.get(label, label) for place, label in sorted(answers.items())
        },
        "labels": {names[e.get("identifier", "")]: words(asked, e) for e in labels},
        "places": pins,
    }
    return Draft(form, {**names, **places})


def words(asked: Asked, element: Element) -> str:
    """The text of a label; that of its picture where it is one, at worst its identifier."""
    if element.tag != "gapImg":
        return asked.text(element)
    found = child(element, *_PICTURES)
    alt = "" if found is None else found.get("alt", "") or text_of(found).strip()
    asked.not_kept("a picture that serves as a label")
    return element.get("objectLabel", "") or alt or element.get("identifier", "")


def _hotspot(asked: Asked, picture: dict[str, Any], areas: Iterable[Area], most: int) -> Draft:
    zones = [_zone(asked, area) for area in areas]
    form = {"kind": "hotspot", "stem": asked.stem, "picture": picture}
    return Draft({**form, "limit": max(most, len(zones)), "key": zones})


def _picture(asked: Asked, holder: Element) -> dict[str, Any]:
    """The picture that an interaction is about; its file is not taken over. Raises QuizError."""
    form = read_picture(holder, asked.response)
    asked.not_kept(f"the file of the picture {form['name'][:80]}")
    return form


def read_picture(holder: Element, place: str) -> dict[str, Any]:
    """The document table of the first picture in an element. Raises QuizError where its size is not said."""
    found = next(descendants(holder, *_PICTURES), None)
    name = "" if found is None else unquote(found.get("data", "") or found.get("src", ""))
    sizes = [] if found is None else [count(found, side) for side in ("width", "height")]
    if found is None or not name or not all(sizes):
        raise refusal(Reason.MISSING, f"{place}.picture", field="width, height")
    form: dict[str, Any] = {"name": name, "width": sizes[0], "height": sizes[1]}
    alt = found.get("alt", "") or " ".join(text_of(found).split())
    return {**form, "alt": alt} if alt else form


def _area(element: Element) -> Area:
    place = element.get("identifier", "coords")
    return Area(element.get("shape", ""), coordinates(element.get("coords", ""), place))


def _zone(asked: Asked, area: Area) -> dict[str, Any]:
    least = _LEAST.get(area.shape, 0)
    if len(area.coords) < least:
        raise refusal(Reason.TOO_FEW, f"{asked.response}.coords", least=least)
    at = [tidy(value) for value in area.coords]
    match area.shape:
        case "circle":
            return {"shape": "circle", "x": at[0], "y": at[1], "r": at[2]}
        case "ellipse":
            return {"shape": "ellipse", "x": at[0], "y": at[1], "rx": at[2], "ry": at[3]}
        case "rect":
            return {"shape": "rect", "x0": at[0], "x1": at[2], "y0": at[1], "y1": at[3]}
        case "poly":
            return {"shape": "polygon", "points": _corners(at)}
    raise unsupported(f"an area of the shape {area.shape[:20]}", asked.response)


def _corners(at: list[float]) -> list[list[float]]:
    """The corners of a polygon; the last is often the first once more."""
    corners = [list(corner) for corner in zip(at[::2], at[1::2], strict=False)]
    return corners[:-1] if len(corners) > 3 and corners[0] == corners[-1] else corners


def _pin(name: str, text: str, area: Area) -> dict[str, Any]:
    """The middle of an area, under its name."""
    if area.shape in {"circle", "ellipse"} and len(area.coords) > 1:
        x, y = area.coords[:2]
    elif len(area.coords) > 1:
        across, down = area.coords[::2], area.coords[1::2]
        x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    else:
        raise refusal(Reason.MISSING, f"{name}.coords", field="coords")
    return {"id": name, "text": text, "x": tidy(x), "y": tidy(y)}


def _label(element: Element) -> str:
    return attribute(element, "hotspotLabel") or element.get("aria-label", "")
