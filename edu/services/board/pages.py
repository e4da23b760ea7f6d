"""The board as a page: which layers are on, and what is said of each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from edu.courseware.board import BUNDLED, Board, Layer, bundled
from edu.policy import Viewer
from edu.services.coursing import outline

COURSE = BUNDLED.name  # the course that the drawing belongs to
WORDS = "board/layers.toml"


@dataclass(frozen=True, slots=True)
class LayerView:
    """A layer with its switch."""

    layer: Layer
    is_on: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board with the layers that were asked for.

    `note` and `about` are Markdown with grades and citations; `language` is theirs.
    """

    course_id: int
    course_title: str
    course_url: str
    board: Board
    language: str
    note: str
    about: str
    layers: tuple[LayerView, ...]
    has_words: bool

    @property
    def shown(self) -> tuple[Layer, ...]:
        """The layers that are on."""
        return tuple(view.layer for view in self.layers if view.is_on)


def page(
    session: Session, viewer: Viewer, asked: Sequence[str], *, is_chosen: bool, has_words: bool
) -> BoardPage:
    """The board; NotFound where its course is not there for the viewer.

    `asked` are names of layers, of which unknown ones are nobody's loss; when the reader has not chosen
    (`is_chosen`) all are on but the ruler.
    """
    course = outline.course_of(session, viewer, COURSE)
    words = _words()
    usual = set(Layer) - {Layer.RULER}
    chosen = set(asked) if is_chosen or asked else usual
    return BoardPage(
        course_id=course.id,
        course_title=course.title,
        course_url=f"/courses/{course.slug}",
        board=bundled(),
        language=str(words["language"]),
        note=str(words["note"]),
        about="\n\n".join(_section(words[layer.value]) for layer in Layer),
        layers=tuple(LayerView(layer, layer in chosen) for layer in Layer),
        has_words=has_words,
    )


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return tomllib.loads((BUNDLED / WORDS).read_text(encoding="utf-8"))


def _section(layer: Mapping[str, str]) -> str:
    return f"### {layer['title']}\n\n{layer['text']}"
