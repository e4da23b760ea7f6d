"""A zone as a row of the form: the box around it, or its corners, in pixels of the picture."""

from __future__ import annotations

from quizzes.kinds.zone import Ellipse, Polygon, Zone


def zone_row(zone: Zone) -> dict[str, str]:
    """The row that describes the zone."""
    if isinstance(zone, Polygon):
        return {"shape": "polygon", "points": " ".join(f"{x:.10g},{y:.10g}" for x, y in zone.points)}
    left, top, right, bottom = zone.box()
    box = {"left": left, "top": top, "width": right - left, "height": bottom - top}
    return {"shape": _shape(zone), **{side: f"{value:.10g}" for side, value in box.items()}}


def _shape(zone: Zone) -> str:
    if isinstance(zone, Ellipse):
        return "circle" if zone.rx == zone.ry else "ellipse"
    return "rect"
