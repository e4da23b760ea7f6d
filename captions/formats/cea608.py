"""A decoder of CEA-608 captions (channel 1 of a field): pop-on, roll-up and paint-on, words in, cues out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from captions.formats.cea608_characters import BASIC, EXTENDED, ROWS, SPECIAL
from captions.formats.cea608_screen import LAST_COLUMN, LAST_ROW, Grid, Shown, cell, rows_of
from captions.limits import check_count

FARTHEST_COLUMN: Final = 127
"""Some programs write rows that are longer than the screen: their words are kept up to here."""


class Mode(StrEnum):
    """How captions come to the screen; `text` is the service for pages of text, which is no captions."""

    NONE = "none"
    POP_ON = "pop-on"
    ROLL_UP = "roll-up"
    PAINT_ON = "paint-on"
    TEXT = "text"


@dataclass(slots=True)
class Decoder:
    """Takes words (two bytes without parity) one by one with their times; `shown` is what came of them."""

    mode: Mode = Mode.NONE
    shown: list[Shown] = field(default_factory=list)
    lost: int = 0
    """Characters that belong to another channel, to pages of text, or to no mode."""
    colours: int = 0
    screen: Grid = field(default_factory=dict)
    memory: Grid = field(default_factory=dict)
    since: int | None = None
    line: int = 0
    memory_line: int = 0
    time: int = 0
    row: int = LAST_ROW
    column: int = 0
    tags: tuple[str, ...] = ()
    last: tuple[int, int] | None = None
    is_first_channel: bool = True
    has_paused: bool = True

    def feed(self, first: int, second: int, time: int, line: int) -> None:
        """Take the word that comes at `time`."""
        self.time = time
        if not 0x10 <= first < 0x20:
            self.last = None
            self._characters(first, second, line)
            return
        # control codes are sent twice, so that a lost one does no harm
        if self.last == (first, second):
            self.last = None
            return
        self.last = (first, second)
        if self._is_ours(first, second):
            self._control(first & 0x17, second, line)

    def pause(self) -> None:
        """A burst of words ends: what is painted later is another caption."""
        if self.mode is Mode.PAINT_ON:
            self.has_paused = True

    def finish(self, end: int) -> bool:
        """The words are over: what still stands ends at `end`, and the answer tells if something did."""
        before = len(self.shown)
        self._close(end)
        return len(self.shown) > before

    def _is_ours(self, first: int, second: int) -> bool:
        """Is the code of the first channel? Codes also say whose the characters after them are."""
        self.is_first_channel = not first & 0x08
        return self.is_first_channel and second >= 0x20

    def _characters(self, first: int, second: int, line: int) -> None:
        for code in (first, second):
            if code >= 0x20:
                self._put(BASIC[code], line)

    def _control(self, first: int, second: int, line: int) -> None:
        if second >= 0x40:
            self._address(first, second)
        elif first == 0x11 and second >= 0x30:
            self._put(SPECIAL[second], line)
        elif first in EXTENDED and second >= 0x20:
            self._back()
            self._put(EXTENDED[first][second], line)
        elif first == 0x11:
            self._restyle(second & 0x0F)
            self._put(" ", line, plain=True)
        elif first in (0x14, 0x15) and second < 0x30:
            command = _COMMANDS.get(second)
            if command is not None:
                command(self, line)
        elif first == 0x17 and 0x21 <= second <= 0x23:
            self.column = max(self.column, min(self.column + second - 0x20, LAST_COLUMN))

    def _address(self, first: int, second: int) -> None:
        """A preamble address code: the row, and an indent or a style."""
        row = ROWS[first][1 if second & 0x20 else 0]
        if self.mode is not Mode.ROLL_UP:
            self.row = row
        elif row != self.row:
            # the whole window moves with its base row
            self.screen = {row: self.screen.get(self.row, {})}
            self.row = row
        attributes = second & 0x1F
        self.column = (attributes & 0x0E) * 2 if attributes & 0x10 else 0
        self._restyle(attributes & 0x01 if attributes & 0x10 else attributes)

    def _restyle(self, code: int) -> None:
        """A style: bit 0 is the underline, 7 in the bits above it is white italics, others are colours."""
        colour = code >> 1
        self.colours += 0 < colour < 7
        self.tags = ("i",) * (colour == 7) + ("u",) * (code & 1)

    def _grid(self) -> Grid:
        return self.memory if self.mode is Mode.POP_ON else self.screen

    def _put(self, character: str, line: int, *, plain: bool = False) -> None:
        if self.mode in (Mode.NONE, Mode.TEXT) or not self.is_first_channel:
            self.lost += character != " "
            return
        if self.mode is Mode.POP_ON:
            self.memory_line = self.memory_line or line
        elif self.since is None or (self.has_paused and self.mode is Mode.PAINT_ON):
            # what was painted before has been a caption: no words come twice
            self._close(self.time)
            self.screen = {}
            self.since, self.line, self.has_paused = self.time, line, False
        if self.column > FARTHEST_COLUMN:
            self.lost += 1
            return
        self._grid().setdefault(self.row, {})[self.column] = cell(character, () if plain else self.tags)
        self.column += 1

    def _back(self) -> None:
        self.column = max(self.column - 1, 0)
        self._grid().get(self.row, {}).pop(self.column, None)

    def _close(self, time: int) -> None:
        """What stands on the screen has stood there until `time`."""
        if self.since is not None:
            rows = rows_of(self.screen)
            if rows:
                self.shown.append(Shown(self.since, time, rows, self.line))
                check_count(len(self.shown), self.line)
        self.since = None

    def _resume_loading(self, line: int) -> None:
        self._leave_roll_up()
        self.mode = Mode.POP_ON

    def _resume_painting(self, line: int) -> None:
        self._leave_roll_up()
        self.mode, self.has_paused = Mode.PAINT_ON, True

    def _leave_roll_up(self) -> None:
        self.tags = ()
        if self.mode is Mode.ROLL_UP and self.since is None:
            self.screen = {}

    def _roll_up(self, line: int) -> None:
        """Rows push each other up. Each row is a caption of its own, so that no words come twice."""
        if self.mode is not Mode.ROLL_UP:
            self._close(self.time)
            self.screen, self.memory = {}, {}
            self.row, self.column = LAST_ROW, 0
        self.mode = Mode.ROLL_UP

    def _return(self, line: int) -> None:
        if self.mode is Mode.ROLL_UP:
            self._close(self.time)
            self.screen, self.column, self.tags = {}, 0, ()

    def _erase_screen(self, line: int) -> None:
        self._close(self.time)
        self.screen, self.has_paused = {}, True

    def _erase_memory(self, line: int) -> None:
        self.memory, self.memory_line = {}, 0

    def _flip(self, line: int) -> None:
        """End of caption: the memory comes to the screen."""
        self._close(self.time)
        self.screen, self.memory = self.memory, {}
        self.mode, self.since, self.line = Mode.POP_ON, self.time, self.memory_line or line
        self.memory_line, self.tags = 0, ()

    def _delete_row(self, line: int) -> None:
        cells = self._grid().get(self.row, {})
        for column in [column for column in cells if column >= self.column]:
            del cells[column]

    def _backspace(self, line: int) -> None:
        self._back()

    def _text_mode(self, line: int) -> None:
        self.mode = Mode.TEXT


_COMMANDS: Final[dict[int, Callable[[Decoder, int], None]]] = {
    0x20: Decoder._resume_loading,
    0x21: Decoder._backspace,
    0x24: Decoder._delete_row,
    0x25: Decoder._roll_up,
    0x26: Decoder._roll_up,
    0x27: Decoder._roll_up,
    0x29: Decoder._resume_painting,
    0x2A: Decoder._text_mode,
    0x2B: Decoder._text_mode,
    0x2C: Decoder._erase_screen,
    0x2D: Decoder._return,
    0x2E: Decoder._erase_memory,
    0x2F: Decoder._flip,
}
