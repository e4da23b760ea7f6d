"""The anatomy layers over the films: shapes at the places of board.py, in the shots that show the board.

`python3 layers.py ../videos` writes them; it needs nothing but Python: board.py and tissue.py are read as
text, for their numbers alone, since they need the drawing library. Times and movements are those of the
scenes.
"""

import ast
import json
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Place = Callable[[Point], Point]
HERE = Path(__file__).parent
WIDTH, HEIGHT = 1280, 720
SIDES = (("left", -1), ("right", 1))
LABELS = {
    "crest": ("Iliac crest", "bone"),
    "sacrum": ("Sacrum", "bone"),
    "dimple": ("Posterior superior iliac spine (dimple)", "bone"),
    "spines": ("Spinous processes L1 to S2", "bone"),
    "triangle": ("Sacroiliac triangle", "other"),
    "nodules": ("Usual zone of nodules, 5\u20137 cm", "zone"),
    "nerves": ("Superior cluneal nerves", "nerve"),
    "nodule": ("Nodule", "nodule"),
    "fascia": ("Fascia", "fascia"),
    "fat": ("Fat under the skin", "other"),
    "no-bone": ("Never deep above the crest: no bone behind", "danger"),
}
NODULE_SIZE = (2.0, 1.4)  # cm, as marks.nodule draws it
SLIP, SLIP_PERIOD, SLIP_TIMES = 0.5, 1600, 3  # cm, ms: find_palpate.painful_side
SLIP_PIECES = 8  # lines for one slip
PORTIONS, PORTION_EVERY, PORTION_MS = 5, 850, 450  # infiltrate_needle._portions
SLICE, CLOSE = (676.0, 66.0, 590.0, 572.0), (270.0, 66.0, 560.0, 572.0)  # infiltrate_needle
PANEL = (14.0, 66.0, 640.0, 572.0)  # infiltrate_needle._from_behind
ENLARGED = 1.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A layer's shape from `start` to `end` in milliseconds; points in pixels of the film."""

    start: int
    end: int
    layer: str
    shape: str
    points: tuple[Point, ...]
    side: str = ""
    to: tuple[Point, ...] = ()


def numbers(name: str) -> dict[str, Any]:
    """The numbers of a file of the renderer by their names."""
    found: dict[str, Any] = {}
    for node in ast.parse((HERE / name).read_text("utf-8")).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        names = target.elts if isinstance(target, ast.Tuple) else [target]
        try:
            value = ast.literal_eval(getattr(node, "value", None))
        except (ValueError, TypeError):
            continue
        values = value if isinstance(target, ast.Tuple) else [value]
        found |= {each.id: v for each, v in zip(names, values, strict=True) if isinstance(each, ast.Name)}
    return found


BOARD, TISSUE = numbers("board.py"), numbers("tissue.py")


def px(point: Point) -> Point:
    """Centimetres on the board to pixels of the film."""
    (x0, y0), scale = BOARD["ORIGIN"], BOARD["SCALE"]
    return x0 + scale * point[0], y0 - scale * point[1]


def flip(points: Iterable[Point], sign: int) -> list[Point]:
    """Centimetres on the side of that sign."""
    return [(x * sign, y) for x, y in points]


def curve(points: Sequence[Point], *, closed: bool = False, pieces: int = 4) -> list[Point]:
    """Points on the smooth line of pen.curve (Catmull-Rom), `pieces` from each point to the next."""
    count, made = len(points), []
    for i in range(count if closed else count - 1):
        a, b, c, d = (
            points[(i + k) % count] if closed else points[max(0, min(count - 1, i + k))]
            for k in (-1, 0, 1, 2)
        )
        for piece in range(pieces):
            t = piece / pieces
            made.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return made if closed else [*made, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def zone() -> list[Point]:
    """The band 5 to 7 cm from the midline and within 1.5 cm of the crest line, as board.band has it."""
    crest = curve(BOARD["CREST"], pieces=12)
    upper, lower = [], []
    for step in range(11):
        x = 5 + step / 5
        heights = [0.5 + n / 50 for n in range(226)]
        near = [y for y in heights if min(math.dist((x, y), point) for point in crest) <= 1.5]
        upper.append((x, near[-1]))
        lower.append((x, near[0]))
    return [*upper, *reversed(lower)]


def ellipse(middle: Point, half: Point) -> tuple[Point, Point]:
    """The corners of the box around it."""
    return (middle[0] - half[0], middle[1] - half[1]), (middle[0] + half[0], middle[1] + half[1])


def bones(start: int, end: int, place: Place = px) -> Iterable[Shape]:
    """What bones of the board are seen through the skin."""
    for side, sign in SIDES:
        crest = tuple(map(place, flip(curve(BOARD["CREST"]), sign)))
        yield Shape(start, end, "crest", "polyline", crest, side)
    sacrum = tuple(map(place, curve(BOARD["SACRUM"], closed=True)))
    yield Shape(start, end, "sacrum", "polygon", sacrum)
    for side, sign in SIDES:
        yield Shape(start, end, "dimple", "point", (place(flip([BOARD["PSIS"]], sign)[0]),), side)


def marks(start: int, end: int) -> Iterable[Shape]:
    """The spinous processes and the sacroiliac triangles."""
    for point in BOARD["SPINES"].values():
        yield Shape(start, end, "spines", "point", (px(point),))
    for side, sign in SIDES:
        corners = flip([*curve(BOARD["CREST"][:7]), (0, 8.5), (0, 0)], sign)
        yield Shape(start, end, "triangle", "polygon", tuple(map(px, corners)), side)


def zones(start: int, end: int) -> Iterable[Shape]:
    """Where nodules usually lie, on both sides."""
    for side, sign in SIDES:
        yield Shape(start, end, "nodules", "polygon", tuple(map(px, flip(zone(), sign))), side)


def nerves(start: int, end: int) -> Iterable[Shape]:
    """The superior cluneal branches, on both sides."""
    for side, sign in SIDES:
        for branch in BOARD["NERVES"]:
            yield Shape(start, end, "nerves", "polyline", tuple(map(px, flip(curve(branch), sign))), side)


def nodule(start: int, end: int, slip: float = 0.0, to: float | None = None) -> Shape:
    """The nodule on the right, `slip` cm above its place, and `to` at the end."""

    def at(up: float) -> tuple[Point, Point]:
        scale, (x, y) = BOARD["SCALE"], BOARD["NODULE"]
        return ellipse(px((x, y + up)), (NODULE_SIZE[0] * scale / 2, NODULE_SIZE[1] * scale / 2))

    return Shape(start, end, "nodule", "ellipse", at(slip), "right", at(to) if to is not None else ())


def slipping(start: int) -> Iterable[Shape]:
    """Up by half a centimetre and back, three times, in short even pieces."""
    heights = [SLIP * math.sin(math.pi * n / SLIP_PIECES) ** 2 for n in range(SLIP_PIECES + 1)]
    piece = SLIP_PERIOD // SLIP_PIECES
    for n in range(SLIP_TIMES * SLIP_PIECES):
        low, high = heights[n % SLIP_PIECES], heights[n % SLIP_PIECES + 1]
        yield nodule(start + n * piece, start + (n + 1) * piece, low, high)


def enlarged(point: Point) -> Point:
    """A place of the board in the enlarged panel of the shot with the needle."""
    (x, y), (nx, ny) = px(point), px(BOARD["NODULE"])
    return 330 + (x - nx) * ENLARGED, 330 + (y - ny) * ENLARGED


def panel(start: int, end: int) -> Iterable[Shape]:
    """The crest and the nodule in that panel, as far as it shows them."""
    left, top, width, height = PANEL
    crest = [enlarged(point) for point in curve(BOARD["CREST"], pieces=12)]
    seen = tuple(p for p in crest if left < p[0] < left + width and top < p[1] < top + height)
    yield Shape(start, end, "crest", "polyline", seen, "right")
    scale = BOARD["SCALE"] * ENLARGED
    half = (NODULE_SIZE[0] * scale / 2, NODULE_SIZE[1] * scale / 2)
    yield Shape(start, end, "nodule", "ellipse", ellipse(enlarged(BOARD["NODULE"]), half), "right")


def tissue(start: int, end: int, box: tuple[float, float, float, float]) -> Iterable[Shape]:
    """The slice: bone, fascia, fat, and where there is no bone behind a needle."""
    x, y, _, height = box
    crest, fascia, skin = TISSUE["CREST"], x + TISSUE["FASCIA_AT"], x + TISSUE["SKIN_AT"] - 7
    edge = (
        (308, crest + 70), (270, crest + 6), (216, crest + 2), (178, crest + 60), (168, 420),
        (160, height + 60), (290, height + 60), (306, 420),
    )  # fmt: skip
    bone = [(x + dx, min(y + dy, y + height)) for dx, dy in curve(edge, closed=True, pieces=5)]
    yield Shape(start, end, "crest", "polygon", tuple(bone), "right")
    yield Shape(start, end, "fascia", "polyline", ((fascia, y), (fascia, y + height)))
    fat = ((fascia, y), (skin, y), (skin, y + height), (fascia, y + height))
    yield Shape(start, end, "fat", "polygon", fat)
    above = ((x, y), (fascia, y), (fascia, y + crest), (x, y + crest))
    yield Shape(start, end, "no-bone", "polygon", above)


def cut_nodule(box: tuple[float, float, float, float], swell: float) -> tuple[Point, Point]:
    """The nodule in the slice; what is injected makes it swell."""
    middle = (box[0] + TISSUE["FASCIA_AT"] + 34, box[1] + TISSUE["LEVEL"])
    return ellipse(middle, (29 + 4 * swell, 46 + 7 * swell))


def swelling(start: int, first: int, end: int) -> Iterable[Shape]:
    """The nodule in the slice before and while five portions come, the first of them at `first`."""
    yield Shape(start, first, "nodule", "ellipse", cut_nodule(CLOSE, 0), "right")
    for n in range(PORTIONS):
        begin, done = first + n * PORTION_EVERY, first + n * PORTION_EVERY + PORTION_MS
        sizes = [cut_nodule(CLOSE, (n + k) / PORTIONS) for k in (0, 1)]
        yield Shape(begin, done, "nodule", "ellipse", sizes[0], "right", sizes[1])
        still = end if n == PORTIONS - 1 else begin + PORTION_EVERY
        yield Shape(done, still, "nodule", "ellipse", sizes[1], "right")


def find() -> Iterable[Shape]:
    """V1: the board fades in at 13.4 s, is under clothes from 18 to 21.6 s, and goes at 82 s."""
    for start, end in ((13_400, 18_000), (21_600, 82_000)):
        yield from bones(start, end)
        yield from marks(start, end)
    yield from zones(36_000, 82_000)
    yield from nerves(36_000, 82_000)
    yield nodule(50_100, 50_600)
    yield from slipping(50_600)
    yield nodule(50_600 + SLIP_TIMES * SLIP_PERIOD, 82_000)


def infiltrate() -> Iterable[Shape]:
    """V2: the board from 28 to 45 s and from 65 to 72 s, the slice from 45 to 65 s."""
    for start, end, seen, gone in ((28_000, 45_000, 31_000, 45_000), (65_000, 72_000, 65_000, 68_100)):
        yield from bones(start, end)
        yield from nerves(start, end)
        yield nodule(seen, gone)
    yield from panel(45_000, 55_000)
    yield from tissue(45_000, 55_000, SLICE)
    yield Shape(45_000, 55_000, "nodule", "ellipse", cut_nodule(SLICE, 0), "right")
    yield from tissue(55_000, 65_000, CLOSE)
    yield from swelling(55_000, 60_500, 65_000)


FILMS = {"find": find, "infiltrate": infiltrate}


def track(name: str) -> str:
    """The layers of a film as WebVTT: a JSON object for each shape, in fractions of the picture."""
    shapes = sorted(FILMS[name](), key=lambda shape: shape.start)
    blocks = [f"{_stamp(s.start)} --> {_stamp(s.end)}\n{_text(s)}" for s in shapes]
    return "\n\n".join(["WEBVTT Kind: metadata; Language: en", *blocks]) + "\n"


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _text(shape: Shape) -> str:
    label, kind = LABELS[shape.layer]
    fields: dict[str, Any] = {"layer": shape.layer, "label": label}
    if shape.side:
        fields["side"] = shape.side
    fields |= {"kind": kind, "shape": shape.shape, "points": _fractions(shape.points)}
    if shape.to:
        fields["to"] = _fractions(shape.to)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _fractions(points: Iterable[Point]) -> list[list[float]]:
    return [[round(x / WIDTH, 4), round(y / HEIGHT, 4)] for x, y in points]


if __name__ == "__main__":
    for film in FILMS:
        (Path(sys.argv[1]) / f"{film}.metadata.en.vtt").write_text(track(film), "utf-8")
