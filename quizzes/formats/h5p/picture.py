"""H5P's ImageHotspotQuestion as the document form of a hotspot."""

from collections.abc import Mapping
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.formats.h5p.task import Task, inner

PER_CENT = 100


def read_hotspot(task: Task) -> dict[str, Any]:
    """The right zones of a picture. The picture itself is not taken over, only its name and size."""
    whole = task.fields.table("imageHotspotQuestion")
    background = whole.table("backgroundImageSettings")
    image = background.table("backgroundImage")
    settings = whole.table("hotspotSettings")
    width, height = image.integer("width"), image.integer("height")
    name = image.text("path")
    zones = [zone for zone in (_zone(task, spot, width, height) for spot in _spots(settings)) if zone]
    task.not_kept(f"the picture {name[:200]} itself")
    if len(zones) > 1:
        task.not_kept("that one of the right zones is enough")
    text = task.prose(settings, "noneSelectedFeedback")
    stem = (task.prose(background, "questionTitle"), task.prose(settings, "taskDescription"))
    return {
        "kind": "hotspot",
        "stem": "\n\n".join(part for part in stem if part),
        "picture": {"name": name, "width": width, "height": height},
        "key": zones,
        "limit": max(1, len(zones)),
        "if_wrong": text,
    }


def _spots(settings: Fields) -> list[Fields]:
    found = []
    for place, value in settings.tables("hotspot"):
        if not isinstance(value, Mapping):
            raise refusal(Reason.WRONG_TYPE, place, expected="a table")
        found.append(Fields(value, place))
    return found


def _zone(task: Task, spot: Fields, width: int, height: int) -> dict[str, Any] | None:
    """A right zone in pixels; None for a wrong one. H5P's circle is as wide and as high as it is told."""
    user = inner(spot, "userSettings")
    text = task.prose(user, "feedbackText")
    if text:
        task.not_kept(f"the feedback of a zone: {text[:200]}")
    if not user.flag("correct", False):
        task.not_kept("a zone for a wrong answer")
        return None
    place = spot.table("computedSettings")
    left, top = place.number("x") * width / PER_CENT, place.number("y") * height / PER_CENT
    wide, high = place.number("width") * width / PER_CENT, place.number("height") * height / PER_CENT
    if place.text("figure", "rectangle") == "circle":
        return {
            "shape": "ellipse",
            "x": left + wide / 2,
            "y": top + high / 2,
            "rx": wide / 2,
            "ry": high / 2,
        }
    return {"shape": "rect", "x0": left, "x1": left + wide, "y0": top, "y1": top + high}
