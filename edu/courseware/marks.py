"""The marks of lesson text: grade tags `[C]`, citations `[@key]`, steps `[[V1-c05]]`, boxes `::: caution`.

Grammar, all inside one line of Markdown:

- `[C]`, `[D, ?]`, `[X: for "never"]`: one or more grades, then after a colon a few words on their limits;
- `[@curtis1993]`, `[@curtis1993; @swezey1991]`: one or more references, shown as numbers;
- `[by @curtis1993]`: the same, shown as a name with its number, for use inside a sentence;
- `[[V1-c05]]`, `[[V1-c05: watch the circles]]`: a step, with words of its own if wanted;
- `[text](lesson:L0.2)`: a link to a lesson, wherever it lives.

On lines of its own: `::: board bone nerves`, a caption and `:::` draw these layers of the board;
`::: external https://…`, a caption and `:::` are the card of a video of another site (`external.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from edu.courseware.board import MARK as BOARD
from edu.courseware.course import CalloutKind, Grade
from edu.courseware.external import MARK as EXTERNAL

LESSON_SCHEME = "lesson:"

_GRADES = "".join(re.escape(grade.value) for grade in Grade)
_GRADE = re.compile(rf"\[([{_GRADES}](?:,\s*[{_GRADES}])*)(?::\s*([^\[\]\n]{{1,120}}))?\](?![(\[])")
_CITATION = re.compile(r"\[(by )?(@[A-Za-z0-9_:.-]+(?:\s*;\s*@[A-Za-z0-9_:.-]+)*)\](?!\()")
_STEP = re.compile(r"\[\[([A-Za-z0-9-]+)(?::\s*([^\[\]\n]{1,120}))?\]\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a text: `kind` is grade, citation, step or lesson; `line` counts from 1."""

    kind: str
    value: str
    line: int


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """CommonMark with tables, without raw HTML and without pictures, plus the marks of a lesson."""
    markdown = (
        MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")
    )
    for name, rule in (("step", _step), ("citation", _citation), ("grade", _grade)):
        markdown.inline.ruler.before("link", name, rule)
    for kind in CalloutKind:
        container_plugin(markdown, kind.value)
    container_plugin(markdown, BOARD)
    container_plugin(markdown, EXTERNAL)
    return markdown


def find_marks(text: str) -> tuple[Mark, ...]:
    """All marks of a Markdown text in order; marks inside code are none."""
    marks: list[Mark] = []
    for block in parser().parse(text):
        line = block.map[0] + 1 if block.map else 0
        for token in block.children or ():
            line += token.type in ("softbreak", "hardbreak")
            marks.extend(Mark(kind, value, line) for kind, value in _values(token))
    return tuple(marks)


def grades_of(text: str) -> tuple[str, ...]:
    """The grade tags of a Markdown text, each once, in the order of the grades."""
    written = {mark.value for mark in find_marks(text) if mark.kind == "grade"}
    return tuple(grade.value for grade in Grade if grade.value in written)


def _values(token: Token) -> list[tuple[str, str]]:
    if token.type == "grade":
        return [("grade", grade) for grade in token.meta["grades"]]
    if token.type == "citation":
        return [("citation", key) for key in token.meta["keys"]]
    if token.type == "step":
        return [("step", token.meta["id"])]
    if token.type == "link_open" and str(token.attrs["href"]).startswith(LESSON_SCHEME):
        return [("lesson", str(token.attrs["href"]).removeprefix(LESSON_SCHEME))]
    return []


def _grade(state: StateInline, silent: bool) -> bool:
    def meta(found: re.Match[str]) -> dict[str, object]:
        return {"grades": re.split(r",\s*", found[1]), "note": (found[2] or "").strip()}

    return _mark(state, silent, _GRADE, meta)


def _citation(state: StateInline, silent: bool) -> bool:
    def meta(found: re.Match[str]) -> dict[str, object]:
        return {"keys": re.findall(r"@([^\s;]+)", found[2]), "by_name": bool(found[1])}

    return _mark(state, silent, _CITATION, meta)


def _step(state: StateInline, silent: bool) -> bool:
    return _mark(state, silent, _STEP, lambda found: {"id": found[1], "words": (found[2] or "").strip()})


def _mark(
    state: StateInline,
    silent: bool,
    pattern: re.Pattern[str],
    meta: Callable[[re.Match[str]], dict[str, object]],
) -> bool:
    """A rule of markdown-it: when the pattern stands here, push one token named after the calling rule."""
    found = pattern.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(_NAMES[pattern], "", 0)
        token.meta = meta(found)
        token.content = found[0]
    state.pos = found.end()
    return True


_NAMES = {_GRADE: "grade", _CITATION: "citation", _STEP: "step"}
