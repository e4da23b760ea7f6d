"""The text of an ASS or SSA event: override tags, line breaks and drawings (libass and Aegisub documents)."""

import re
from dataclasses import dataclass, field
from typing import Final

from captions.findings import DropCode, Findings, RepairCode
from captions.formats.markup import ALIGNMENTS
from captions.formats.styled import Run

WORD_JOINER: Final = "\u2060"
"""Stands after a backslash that is text, so that no player takes the two characters for a command."""

_TAG: Final = re.compile(r"\\[ \t]*([^\\()]*)(?:\(([^)]*)\)?)?")
_STYLE_TAG: Final = re.compile(r"([biu])(\d{0,4})", re.ASCII)
_PLACE: Final = re.compile(r"(an?)(\d{1,2})", re.ASCII)
_DRAWING: Final = re.compile(r"p(\d{1,3})", re.ASCII)
_KARAOKE: Final = re.compile(r"(?:k|K|kf|ko|kt)\d", re.ASCII)
_ESCAPE: Final = re.compile(rf"\\(?:[Nnh{{}}]|{WORD_JOINER})")
_BOLD_FROM: Final = 600

_LEGACY_ROWS: Final = {0: 0, 4: 6, 8: 3}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says that cue text can say: the tags it puts around text, and a place (1-9, 0 = usual)."""

    tags: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An event's text as runs, the WebVTT settings of its place, and if it was nothing but a drawing."""

    runs: list[Run]
    settings: str
    is_drawing: bool


def from_legacy(number: int) -> int:
    r"""The place of a number pad for an alignment of SSA (`\a`): 1-3 below, 5-7 above, 9-11 in the middle."""
    row, column = number & 12, number & 3
    return _LEGACY_ROWS[row] + column if column and row in _LEGACY_ROWS else 0


def read(text: str, look: Look, styles: dict[str, Look], soft_break: str, line: int, notes: Findings) -> Said:
    r"""Read the text of one event. `soft_break` is what `\n` means in this file, a space or a line break."""
    reader = _Reader(look, styles, soft_break, line, notes)
    at = 0
    while at < len(text):
        opening = _next_brace(text, at)
        closing = text.find("}", opening) if opening >= 0 else -1
        if closing < 0:
            # a brace that is never closed is text, as players show it
            reader.plain(text[at:])
            break
        reader.plain(text[at:opening])
        reader.block(text[opening + 1 : closing])
        at = closing + 1
    return reader.said()


def _next_brace(text: str, at: int) -> int:
    opening = text.find("{", at)
    while opening > 0 and text[opening - 1] == "\\":
        opening = text.find("{", opening + 1)
    return opening


@dataclass(slots=True)
class _Reader:
    look: Look
    styles: dict[str, Look]
    soft_break: str
    line: int
    notes: Findings
    runs: list[Run] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    place: int = 0
    is_placed: bool = False
    draws: bool = False
    has_drawn: bool = False
    gone: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tags = list(self.look.tags)
        self.place = self.look.place

    def said(self) -> Said:
        has_text = any(run.text.strip() for run in self.runs)
        return Said(self.runs, ALIGNMENTS.get(self.place, ""), self.has_drawn and not has_text)

    def plain(self, text: str) -> None:
        if self.draws:
            if text.strip():
                self.has_drawn = True
                self.notes.drop(self.line, DropCode.PICTURE, text)
        elif text:
            self.runs.append(Run(_ESCAPE.sub(self._escape, text), tuple(self.tags)))

    def block(self, inside: str) -> None:
        """The commands between two braces; what stands before the first backslash is a note."""
        note, _, _ = inside.partition("\\")
        if note.strip():
            self.notes.drop(self.line, DropCode.COMMENT, note)
        self.gone = []
        for match in _TAG.finditer(inside, len(note)):
            self._command(match[1].strip(), match[0])
        karaoke = [tag for tag in self.gone if _KARAOKE.match(tag[1:])]
        others = [tag for tag in self.gone if not _KARAOKE.match(tag[1:])]
        if karaoke:
            self.notes.drop(self.line, DropCode.WORD_TIMES, "".join(karaoke))
        if others:
            places = all(tag.startswith(("\\pos", "\\move", "\\org", "\\clip", "\\iclip")) for tag in others)
            self.notes.drop(self.line, DropCode.COORDINATES if places else DropCode.MARKUP, "".join(others))

    def _command(self, word: str, whole: str) -> None:
        style, place = _STYLE_TAG.fullmatch(word), _PLACE.fullmatch(word)
        drawing = _DRAWING.fullmatch(word)
        if style:
            self._style(style[1], style[2])
        elif place:
            self._place(place[1], int(place[2]), whole)
        elif drawing:
            self.draws = drawing[1].strip("0") != ""
        elif word.startswith("r") and not word.startswith("rnd"):
            self._reset(word[1:].strip())
        elif word:
            self.gone.append(whole)

    def _style(self, tag: str, value: str) -> None:
        usual = tag in self.look.tags
        number = int(value or "0")
        is_on = usual if not value else (number == 1 or (tag == "b" and number >= _BOLD_FROM))
        if is_on and tag not in self.tags:
            self.tags.append(tag)
        elif not is_on and tag in self.tags:
            self.tags.remove(tag)

    def _place(self, kind: str, number: int, whole: str) -> None:
        place = number if kind == "an" else from_legacy(number)
        if place not in ALIGNMENTS:
            self.gone.append(whole)
        elif not self.is_placed:
            # of several the first counts
            self.place, self.is_placed = place, True
            self.notes.repair(self.line, RepairCode.POSITION, whole, ALIGNMENTS[place])

    def _reset(self, name: str) -> None:
        """Back to the style of the event, or to another that is named."""
        self.tags = list(self.styles.get(name.lower(), self.look).tags)

    def _escape(self, match: re.Match[str]) -> str:
        sign = match[0][1]
        if sign == "N":
            return "\n"
        if sign == "n":
            return self.soft_break
        return {"h": "\u00a0", WORD_JOINER: "\\"}.get(sign, sign)
