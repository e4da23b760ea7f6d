"""What a translation keeps of its original: its paragraphs, lists, boxes, tags, sources, steps, and numbers.

Words cannot be compared, but their frame can. A caution that was left out, a box that became another, a sign
that fell out of a list, a grade that moved behind another statement, 5 cm that became 3: each is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from markdown_it.token import Token

from edu.courseware.board import MARK as BOARD
from edu.courseware.course import CalloutKind
from edu.courseware.external import MARK as EXTERNAL
from edu.courseware.marks import LESSON_SCHEME, parser

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class PartKind(StrEnum):
    """What is compared."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table
    BOX = "box"
    END = "end"  # of a box
    FIGURE = "figure"  # the board, or a video of another site
    GRADE = "grade"
    CITATION = "citation"
    STEP = "step"
    LESSON = "lesson"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: `value` is what it says where that is the same in every language; `line` from 1."""

    kind: PartKind
    value: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A part that the original has on `original_line` and the translation has not, or the other way round.

    `line` is where it stands in the translation, or where it should; `original_line` is 0 for one too many.
    """

    line: int
    kind: PartKind
    value: str
    original_line: int

    @property
    def is_missing(self) -> bool:
        """Whether the translation lacks it; else it has it and its original does not."""
        return self.original_line > 0


_FRAME = {
    "heading_open": PartKind.HEADING,
    "paragraph_open": PartKind.PARAGRAPH,
    "list_item_open": PartKind.ITEM,
    "tr_open": PartKind.ROW,
    **{f"container_{kind}_open": PartKind.BOX for kind in CalloutKind},
    **{f"container_{kind}_close": PartKind.END for kind in CalloutKind},
    f"container_{BOARD}_open": PartKind.FIGURE,
    f"container_{EXTERNAL}_open": PartKind.FIGURE,
}


def parts(text: str) -> tuple[Part, ...]:
    """The parts of a Markdown text, in order; the numbers of a paragraph after all else in it, by size."""
    return tuple(_parts(text))


def differences(original: str, translated: str) -> tuple[Difference, ...]:
    """What of the frame of the original the translation has not, and the other way round, by line."""
    before, after = parts(original), parts(translated)
    matcher = SequenceMatcher(None, _same(before), _same(after), autojunk=False)
    found: list[Difference] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        found += [Difference(_line(after, start, p), p.kind, p.value, p.line) for p in before[first:last]]
        found += [Difference(p.line, p.kind, p.value, 0) for p in after[start:end]]
    return tuple(sorted(_told(found)))


def _told(found: list[Difference]) -> Iterator[Difference]:
    """Without what goes with another part as a matter of course: the end of a box, the words of an item."""
    boxes = {(each.value, each.is_missing) for each in found if each.kind is PartKind.BOX}
    items = {(each.line, each.original_line) for each in found if each.kind is PartKind.ITEM}
    for each in found:
        is_end = each.kind is PartKind.END and (each.value, each.is_missing) in boxes
        is_words = each.kind is PartKind.PARAGRAPH and (each.line, each.original_line) in items
        if not is_end and not is_words:
            yield each


def _same(found: tuple[Part, ...]) -> list[tuple[PartKind, str]]:
    return [(part.kind, part.value) for part in found]


_INLINE = {PartKind.GRADE, PartKind.CITATION, PartKind.STEP, PartKind.LESSON, PartKind.NUMBER}


def _line(found: tuple[Part, ...], place: int, missing: Part) -> int:
    """Where the part should stand: in a sentence that of the part before it, else that of the one after."""
    if missing.kind in _INLINE:
        place -= 1
    return found[max(0, min(place, len(found) - 1))].line if found else 1


def _parts(text: str) -> Iterator[Part]:
    boxes: list[int] = []
    for token in parser().parse(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "inline":
            yield from _inline(token, line)
        elif kind := _FRAME.get(token.type):
            value = _value(token, kind)
            if kind is PartKind.END:
                line = boxes.pop()
            elif kind is PartKind.BOX:
                boxes.append(token.map[1] if token.map else line)
            yield Part(kind, value, line)


def _value(token: Token, kind: PartKind) -> str:
    if kind in (PartKind.BOX, PartKind.END):
        return token.type.split("_")[1]
    if kind is PartKind.FIGURE:
        return " ".join(token.info.split())
    return token.tag if kind is PartKind.HEADING else ""


def _inline(token: Token, line: int) -> Iterator[Part]:
    numbers: list[tuple[float, str, int]] = []
    for child in token.children or ():
        line += child.type in ("softbreak", "hardbreak")
        yield from (Part(kind, value, line) for kind, value in _marks(child))
        if child.type in ("text", "code_inline"):
            said = (found.replace(",", ".") for found in _NUMBER.findall(child.content))
            numbers += [(_size(number), number, line) for number in said]
    yield from (Part(PartKind.NUMBER, number, at) for _size_, number, at in sorted(numbers))


def _marks(child: Token) -> list[tuple[PartKind, str]]:
    if child.type == "grade":
        return [(PartKind.GRADE, grade) for grade in child.meta["grades"]]
    if child.type == "citation":
        return [(PartKind.CITATION, key) for key in child.meta["keys"]]
    if child.type == "step":
        return [(PartKind.STEP, child.meta["id"])]
    if child.type == "link_open" and str(child.attrs["href"]).startswith(LESSON_SCHEME):
        return [(PartKind.LESSON, str(child.attrs["href"]).removeprefix(LESSON_SCHEME))]
    return []


def _size(number: str) -> float:
    whole, _point, rest = number.partition(".")
    return float(f"{whole}.{rest.replace('.', '')}" if rest else whole)
