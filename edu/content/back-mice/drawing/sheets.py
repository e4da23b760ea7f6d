"""The board as SVG for questions: a ground and each layer in a file of its own, from the places in board.py.

`python3 sheets.py ../../../static/img/board` writes them; it needs nothing but Python: board.py is read as
text, for its places alone, since it needs the drawing library. Outside of the body the ground is clear, and
every word stands on a plate, so that the sheets suit a light page and a dark one.
"""

import ast
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Point = tuple[float, float]
HERE = Path(__file__).parent
SIDES = (-1, 1)
INK, WHITE, STRIP = "#1c2a31", "#ffffff", "#1d3f4a"
SKIN, SKIN_EDGE = "#ebc8ae", "#6b4632"
BONE, BONE_SHADE, BONE_EDGE = "#f7f2e4", "#d9cfb8", "#675f4e"
NERVE, ZONE, AMBER, AMBER_EDGE = "#6a1b9a", "#2a6496", "#f0b54a", "#5e3b00"
TEXT = 'font-family="sans-serif" font-weight="600"'


def places() -> dict[str, Any]:
    """The numbers of board.py by their names."""
    found = {}
    for node in ast.parse((HERE / "board.py").read_text("utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and getattr(node, "value", None) is not None:
            try:
                found[target.id] = ast.literal_eval(node.value)
            except ValueError:
                continue
    return found


PLACES = places()


def px(point: Point, side: int = 1) -> Point:
    """Centimetres to pixels; side -1 mirrors to the patient's left."""
    (x0, y0), scale = PLACES["ORIGIN"], PLACES["SCALE"]
    return x0 + scale * point[0] * side, y0 - scale * point[1]


def line(points: Iterable[Point], side: int = 1) -> list[Point]:
    """Many points to pixels."""
    return [px(point, side) for point in points]


def num(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return f"{round(value, 1):g}"


def at(point: Point) -> str:
    """A place in a path."""
    return f"{num(point[0])} {num(point[1])}"


def curve(points: Sequence[Point], *, closed: bool = False) -> str:
    """A smooth line through the points (Catmull-Rom, as cubics), as in pen.py."""
    count, made = len(points), [f"M{at(points[0])}"]
    for i in range(count if closed else count - 1):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = (
            points[(i + k) % count] if closed else points[max(0, min(count - 1, i + k))]
            for k in (-1, 0, 1, 2)
        )
        first = (bx + (cx - ax) / 6, by + (cy - ay) / 6)
        second = (cx - (dx - bx) / 6, cy - (dy - by) / 6)
        made.append(f"C{at(first)} {at(second)} {at((cx, cy))}")
    return "".join(made) + ("Z" if closed else "")


def path(d: str, fill: str = "none", stroke: str = "none", width: float = 0, more: str = "") -> str:
    """A path element."""
    edge = f' stroke="{stroke}" stroke-width="{num(width)}"' if width else ""
    return f'<path d="{d}" fill="{fill}"{edge}{more}/>'


def plate(words: str, x: float, y: float, *, size: int = 17, dark: bool = False) -> str:
    """Words on a plate, with their middle at x; as wide as its letters are at most."""
    width = size * 0.62 * len(words) + 18
    ground, ink = (STRIP, WHITE) if dark else (WHITE, INK)
    return (
        f'<rect x="{num(x - width / 2)}" y="{num(y - size * 0.95)}" width="{num(width)}"'
        f' height="{num(size * 1.6)}" rx="6" fill="{ground}" fill-opacity=".94" stroke="{INK}"/>'
        f'<text x="{num(x)}" y="{num(y + size * 0.2)}" font-size="{size}" fill="{ink}" {TEXT}'
        f' text-anchor="middle">{words}</text>'
    )


def trunk() -> Iterable[str]:
    """The body with its cleft; a little longer than the picture, so that it has no foot."""
    right = line(((11.9, 24), *PLACES["TRUNK"], (15.9, -13), (15.4, -18)))
    left = [(2 * PLACES["ORIGIN"][0] - x, y) for x, y in reversed(right)]
    yield path(curve([*right, *left], closed=True), SKIN, SKIN_EDGE, 2.5)
    yield path(curve(line(((0, -8), (0.1, -9.5), (0, -13)))), "none", SKIN_EDGE, 3, ' stroke-opacity=".8"')


def bones() -> Iterable[str]:
    """Crests, sacrum, spinous processes and the two dimples."""
    for side in SIDES:
        top = line(PLACES["CREST"], side)
        blade = curve([*top, *line(((13.5, 0.5), (10, -2.5), (6, -3.4), (4.4, -2.2)), side)], closed=True)
        yield path(blade, BONE, more=' fill-opacity=".45"')
        for colour, width in ((BONE_EDGE, 15), (BONE_SHADE, 11), (BONE, 7)):
            yield path(curve(top), "none", colour, width, ' stroke-linecap="round"')
    yield path(curve(line(PLACES["SACRUM"]), closed=True), BONE_SHADE, BONE_EDGE, 2.2, ' fill-opacity=".85"')
    for point in PLACES["SPINES"].values():
        x, y = px(point)
        yield (
            f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="8" ry="14.5" fill="{BONE}"'
            f' stroke="{BONE_EDGE}" stroke-width="2.2"/>'
        )
    for side in SIDES:
        x, y = px(PLACES["PSIS"], side)
        yield (
            f'<circle cx="{num(x)}" cy="{num(y)}" r="9" fill="{BONE}" stroke="{BONE_EDGE}"'
            ' stroke-width="2.4"/>'
        )


def triangle() -> Iterable[str]:
    """The sacroiliac triangles, dotted."""
    for side in SIDES:
        corners = "".join(f"L{at(px(corner, side))}" for corner in ((0, 8.5), (0, 0)))
        dots = ' stroke-linecap="round" stroke-dasharray=".1 8" stroke-opacity=".85"'
        yield path(curve(line(PLACES["CREST"][:7], side)) + corners + "Z", "none", INK, 3.2, dots)


def always() -> Iterable[str]:
    """What stays whatever is off: the sides, the scale, and what this is."""
    for letter, words, x in (("L", "patient LEFT", 52), ("R", "patient RIGHT", 1228)):
        yield f'<circle cx="{x}" cy="56" r="40" fill="{STRIP}" stroke="{WHITE}" stroke-width="4"/>'
        middle = f'{TEXT} text-anchor="middle"'
        yield f'<text x="{x}" y="73" font-size="50" fill="{WHITE}" {middle}>{letter}</text>'
        yield plate(words, 178 if letter == "L" else 1096, 58, size=20, dark=True)
    yield f'<rect x="1116" y="648" width="138" height="56" rx="8" fill="{WHITE}" fill-opacity=".94"/>'
    yield path("M1130 684V696M1130 690H1240M1240 684V696", "none", INK, 2)
    yield f'<text x="1185" y="676" font-size="17" fill="{INK}" {TEXT} text-anchor="middle">5 cm</text>'
    yield plate("Schematic drawing - teaching only", 186, 694, size=16)


def zone() -> Iterable[str]:
    """The band from 5 to 7 cm, within 1.5 cm of the crest line, on both sides."""
    for side in SIDES:
        (ax, ay), (bx, by) = px((5, 5), side), px((7, 0.5), side)
        near, name = curve(line(PLACES["CREST"], side)), f"near{side:+d}"
        yield f'<mask id="{name}" maskUnits="userSpaceOnUse" x="0" y="0" width="1280" height="720">'
        yield path(near, "none", WHITE, PLACES["SCALE"] * 3)
        yield "</mask>"
        box = f'x="{num(min(ax, bx))}" y="{num(ay)}" width="{num(abs(bx - ax))}" height="{num(by - ay)}"'
        yield (
            f'<rect {box} fill="{ZONE}" fill-opacity=".3" stroke="{ZONE}" stroke-width="2.5"'
            f' stroke-dasharray="5 5" mask="url(#{name})"/>'
        )


def nerves() -> Iterable[str]:
    """The superior cluneal branches, dashed."""
    for side in SIDES:
        for branch in PLACES["NERVES"]:
            dashes = ' stroke-dasharray="9 6"'
            yield path(curve(line(branch, side)), "none", NERVE, 2.8, dashes)


def nodules() -> Iterable[str]:
    """One nodule on each side, 2.0 by 1.4 cm."""
    for side in SIDES:
        x, y = px(PLACES["NODULE"], side)
        yield (
            f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="22" ry="15.4" fill="{AMBER}"'
            f' stroke="{AMBER_EDGE}" stroke-width="2.5"/>'
        )


def ruler() -> Iterable[str]:
    """A ruler from the midline to both sides, above the crests, in centimetres."""
    (x0, y0), scale = px((0, 11.2)), PLACES["SCALE"]
    reach = 9
    left, width = x0 - reach * scale - 6, 2 * reach * scale + 12
    yield (
        f'<rect x="{num(left)}" y="{num(y0 - 4)}" width="{num(width)}" height="34" rx="4" fill="#fff6d6"'
        f' fill-opacity=".95" stroke="{INK}" stroke-width="1.6"/>'
    )
    ticks = "".join(
        f"M{num(x0 + cm * scale)} {num(y0 - 4)}V{num(y0 + (9 if cm % 5 else 13))}"
        for cm in range(-reach, reach + 1)
    )
    yield path(ticks, "none", INK, 1.8)
    for cm in range(-reach + 1, reach):
        yield (
            f'<text x="{num(x0 + cm * scale)}" y="{num(y0 + 26)}" font-size="14" fill="{INK}" {TEXT}'
            f' text-anchor="middle">{abs(cm)}</text>'
        )


def labels() -> Iterable[str]:
    """Names with lines to what they name."""
    for name, point in PLACES["SPINES"].items():
        x, y = px(point)
        yield (f'<text x="{num(x + 17)}" y="{num(y + 6)}" font-size="17" fill="{INK}" {TEXT}>{name}</text>')
    named = (
        ("iliac crest", (1150, 300), (9.9, 7.8)),
        ("5-7 cm zone", (1150, 400), (7, 2)),
        ("cluneal nerves", (1150, 500), (9.4, 0)),
        ("sacroiliac triangle", (1140, 210), (6.8, 8.5)),
        ("dimple (PSIS)", (1150, 590), (4.2, -0.3)),
        ("nodule", (130, 404), (-7, 3)),
        ("sacrum", (130, 560), (-2.2, -3.5)),
    )
    for _, place, to in named:
        for colour, width in ((WHITE, 4.0), (INK, 1.6)):  # seen on skin and on any page
            yield path(f"M{at(place)}L{at(px(to))}", "none", colour, width)
    for words, place, _ in named:
        yield plate(words, *place)


LAYERS = {
    "ground": (trunk, bones, triangle, always),
    "zone": (zone,),
    "nerves": (nerves,),
    "nodules": (nodules,),
    "ruler": (ruler,),
    "labels": (labels,),
}


def sheet(name: str) -> str:
    """A layer as an SVG document."""
    drawn = "\n".join(piece for draw in LAYERS[name] for piece in draw())
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720">\n{drawn}\n</svg>\n'


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for layer in LAYERS:
        (folder / f"{layer}.svg").write_text(sheet(layer), "utf-8")
