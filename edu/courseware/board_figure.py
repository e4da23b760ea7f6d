"""A board inside a text: a still picture with the layers asked for, and the way to its switches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from urllib.parse import urlencode

from edu.courseware.board import Board, Layer

LAYER_NAMES: Mapping[Layer, str] = MappingProxyType(
    {
        Layer.BONE: "Bone",
        Layer.TRIANGLE: "Sacroiliac triangle",
        Layer.FASCIA: "Thoracolumbar fascia",
        Layer.NERVES: "Superior cluneal nerves",
        Layer.ZONE: "Zone of 5-7 cm",
        Layer.NODULE: "Nodule",
        Layer.RULER: "Ruler from the midline",
    }
)


@dataclass(frozen=True, slots=True)
class BoardWords:
    """The visible words of a board, in one language; `alt` ends where the names of the layers follow."""

    layers: Mapping[Layer, str] = field(default_factory=lambda: LAYER_NAMES)
    alt: str = "Schematic drawing of the low back seen from behind, the patient's right on the right. Shown:"
    open: str = "Open the board with its switches and its ruler"
    unknown: str = "unknown layer"


def address(shown: Sequence[Layer]) -> str:
    """The page of the board with these layers on."""
    chosen = [("layers", layer.value) for layer in shown]
    return "/board?" + urlencode([("shown", "1"), ("words", "1"), *chosen])


def opening(
    board: Board, shown: Sequence[Layer], unknown: Sequence[str], number: int, words: BoardWords
) -> str:
    """The figure up to its caption; `number` tells the boards of one text apart."""
    alt = f"{words.alt} {', '.join(words.layers[layer] for layer in shown)}."
    missing = "".join(f'<p class="missing">{escape(words.unknown)}: {escape(name)}</p>' for name in unknown)
    return (
        f'<figure class="board-figure">{missing}\n<svg class="board-still" '
        f'viewBox="{escape(board.view_box)}" '
        f'role="img" aria-label="{escape(alt)}" lang="en" direction="ltr">'
        f"{board.markup(shown, prefix=f'board{number}-')}</svg>\n<figcaption>\n"
    )


def closing(shown: Sequence[Layer], words: BoardWords) -> str:
    """The end of the caption: the way to the board itself."""
    link = f'<a href="{escape(address(shown))}">{escape(words.open)}</a>'
    return f'<p class="board-way">{link}</p>\n</figcaption></figure>\n'
