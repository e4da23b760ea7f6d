"""The screen of CEA-608 captions: 15 rows of 32 characters, and what stood on it for a time."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from captions.formats.styled import Run

LAST_ROW: Final = 15
LAST_COLUMN: Final = 31


# a film shows the same characters again and again
cell = lru_cache(maxsize=4096)(Run)
"""One character on the screen and its style."""

_EMPTY: Final = cell(" ")

Grid = dict[int, dict[int, Run]]
"""The characters by row (1-15) and column (0-31)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has text: its number, its first column, and its characters, without spaces around."""

    number: int
    column: int
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stood on the screen from one time to another, in milliseconds. `line` is that of its words."""

    start: int
    end: int
    rows: list[Row]
    line: int


def rows_of(grid: Grid) -> list[Row]:
    """The rows that have text, from the top."""
    found = []
    for number, cells in sorted(grid.items()):
        columns = [column for column, each in cells.items() if not each.text.isspace()]
        if columns:
            first = min(columns)
            inside = [cells.get(column, _EMPTY) for column in range(first, max(columns) + 1)]
            found.append(Row(number, first, inside))
    return found
