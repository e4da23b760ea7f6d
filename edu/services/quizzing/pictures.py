"""Pictures that questions stand on, as pages show them: where they lie, and the layers drawn over them.

The board is a drawing of this site. Each of its layers is a file of its own, so that a layer which is off is
never sent: it would give the answer away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from edu.services.quizzing.writing.layout import LAYERS
from edu.services.quizzing.writing.still import BOARD

BOARD_FOLDER: Final = "img/board"  # of the static files


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture in pixels. `url` and `layers` begin with a slash, or else are names of static files."""

    url: str
    width: int
    height: int
    alt: str
    layers: tuple[str, ...] = ()
    is_schematic: bool = False


def view(
    body: Mapping[str, Any],
    version_id: int | None = None,
    *,
    hidden: Collection[str] = (),
    is_explained: bool = False,
) -> PictureView | None:
    """The picture of a question's body; None where it has none. `version_id` is the question's version.

    The board's layers that the question keeps off come on when it `is_explained`. `hidden` are those that
    stay off all the same: they would give away another open question.
    """
    picture = body["picture"]
    if picture is None:
        return None
    is_board = picture["name"] == BOARD
    off = {*hidden} if is_explained else {*picture["hidden"], *hidden}
    return PictureView(
        url=address_of(picture["name"], version_id),
        width=picture["width"],
        height=picture["height"],
        alt=picture["alt"],
        layers=board_layers(off) if is_board else (),
        is_schematic=is_board,
    )


def hidden_in(bodies: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The layers of the board that any of these questions keeps off until it is answered."""
    shown = [body["picture"] for body in bodies]
    return frozenset(layer for one in shown if one and one["name"] == BOARD for layer in one["hidden"])


def address_of(name: str, version_id: int | None = None) -> str:
    """Where a picture lies: a static file for the board, else the address that asks who may see the question.

    A picture that belongs to no version yet, as in the studio's preview, is addressed by its own name.
    """
    if name == BOARD:
        return f"{BOARD_FOLDER}/ground.svg"
    return f"/questions/pictures/{version_id}" if version_id else f"/studio/pictures/{name}"


def board_layers(hidden: Collection[str]) -> tuple[str, ...]:
    """The static files of the board's layers that are on, the lowest first."""
    order = ("zone", "nerves", "nodules", "ruler", "labels")
    return tuple(f"{BOARD_FOLDER}/{name}.svg" for name in order if name in LAYERS and name not in hidden)
