"""The board: the low back from behind in layers, one drawing and one scale for lessons, pages and questions.

`board/board.svg` of a course holds it: groups with `data-layer`, words of a layer in a group of their own
with `data-words`, on the root the pixels of a centimetre, the place of the origin (midline, level of the
dimples) and the crest line of the patient's right in centimetres.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from edu.courseware.drawing import Shape, read_drawing
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.source import read_text

BOARD = "board/board.svg"
BUNDLED = Path(__file__).parents[1] / "content" / "back-mice"
MARK = "board"


class Layer(StrEnum):
    """What can be switched on and off; the trunk, the sides and the scale are always there."""

    BONE = "bone"
    TRIANGLE = "triangle"
    FASCIA = "fascia"
    NERVES = "nerves"
    ZONE = "zone"
    NODULE = "nodule"
    RULER = "ruler"


@dataclass(frozen=True, slots=True)
class Part:
    """A group of the drawing as it lies in it; without a `layer` it is always shown."""

    layer: Layer | None
    is_words: bool
    shape: Shape


@dataclass(frozen=True, slots=True)
class Board:
    """The drawing: `view_box` in pixels, `scale` in pixels for a centimetre, the lowest part first.

    `origin` is in pixels, `crest` in centimetres from it, as the file writes them.
    """

    view_box: str
    scale: str
    origin: str
    crest: str
    parts: tuple[Part, ...]

    def markup(self, shown: Collection[Layer], *, prefix: str, is_whole: bool = False) -> str:
        """The groups as SVG; when it `is_whole` those that are off are there too, marked `data-off`."""
        return "".join(self._groups(shown, prefix, is_whole))

    def _groups(self, shown: Collection[Layer], prefix: str, is_whole: bool) -> Iterator[str]:
        for part in self.parts:
            is_off = part.layer is not None and part.layer not in shown
            if is_off and not is_whole:
                continue
            inside = "".join(child.markup(prefix) for child in part.shape.children)
            given = f' data-layer="{part.layer}"' if part.layer else ""
            given += ' data-words="yes"' if part.is_words else ""
            yield f"<g{given}{' data-off' if is_off else ''}>{inside}</g>"


def read_board(folder: Path) -> Board:
    """The board of a course folder; CourseError with the line of what is wrong in it."""
    text, _ = read_text(folder, BOARD)
    root = read_drawing(text, BOARD)
    given = root.attributes
    for name in ("viewBox", "data-scale", "data-origin", "data-crest"):
        if name not in given:
            raise broken(BOARD, root.line, f"the drawing does not say its {name}", f"Give <svg> {name}=…")
    parts = tuple(_part(shape) for shape in root.children)
    missing = set(Layer) - {part.layer for part in parts}
    if missing:
        message = f"the drawing has no layer {', '.join(sorted(missing))}"
        raise broken(BOARD, 0, message, 'Add <g data-layer="…">', rule="drawing")
    return Board(given["viewBox"], given["data-scale"], given["data-origin"], given["data-crest"], parts)


def look_at_board(folder: Path, lost: list[Finding]) -> None:
    """Add what is wrong with the board of a course folder, if it has one, to `lost`."""
    if not (folder / BOARD).is_file():
        return
    try:
        read_board(folder)
    except CourseError as error:
        lost.extend(error.findings)


@lru_cache(maxsize=1)
def bundled() -> Board:
    """The board that came with the program; read once."""
    return read_board(BUNDLED)


def layers_of(mark: str) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    """The layers that `board bone nerves` names, and the names that are none; none named means bone."""
    names = mark.split()[1:]
    known = tuple(layer for layer in Layer if layer.value in names)
    unknown = tuple(name for name in names if name not in set(Layer))
    return known or (() if unknown else (Layer.BONE,)), unknown


def _part(shape: Shape) -> Part:
    layer = shape.attributes.get("data-layer", "")
    if shape.name != "g":
        raise broken(BOARD, shape.line, "a shape lies in no group", "Put it into a <g>", rule="drawing")
    if layer and layer not in set(Layer):
        remedy = f"Use one of {', '.join(Layer)}"
        raise broken(BOARD, shape.line, f'there is no layer "{layer}"', remedy, rule="drawing")
    return Part(Layer(layer) if layer else None, "data-words" in shape.attributes, shape)
