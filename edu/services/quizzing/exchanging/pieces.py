"""A file of questions cut into pieces: TOML banks in a row, of which only those asked for are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import overload

import quizzes
from edu.errors import Invalid
from quizzes import Item

PIECE = 50
"""Questions of a piece."""
LARGEST_PIECE = 1024 * 1024
"""Bytes: a piece is read within a fifth of a second, while a page waits or the database is held."""
LARGEST_WHOLE = 8 * 1024 * 1024
"""Bytes of all pieces."""
_BETWEEN = b"\0"  # which no TOML holds
_COUNT, _END = b"# ", b"\n"


class Pieces(Sequence[Item]):
    """Questions in the order of their file; a part is read when it is asked for, the rest is only counted."""

    def __init__(self, document: bytes) -> None:
        self._pieces = document.split(_BETWEEN) if document else []
        self._counts = [_count(piece) for piece in self._pieces]

    @property
    def document(self) -> bytes:
        """The pieces as they are kept."""
        return _BETWEEN.join(self._pieces)

    def __len__(self) -> int:
        return sum(self._counts)

    def __iter__(self) -> Iterator[Item]:
        return chain.from_iterable(map(quizzes.read_bank, self._pieces))

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if not isinstance(index, slice):
            place = range(len(self))[index]
            return self._within(place, place + 1)[0]
        start, stop, step = index.indices(len(self))
        if stop == len(self) and step == 1 and (whole := self._whole_from(start)) is not None:
            return whole
        places = range(start, stop, step)
        if not places:
            return ()
        low = min(places)
        found = self._within(low, max(places) + 1)
        return tuple(found[place - low] for place in places)

    def _whole_from(self, start: int) -> Pieces | None:
        """What begins with the question `start`, unread, where that is the first of a piece."""
        at = 0
        for number, count in enumerate(self._counts):
            if at == start:
                return Pieces(_BETWEEN.join(self._pieces[number:]))
            at += count
        return Pieces(b"") if start == at else None

    def _within(self, start: int, stop: int) -> list[Item]:
        """The questions from `start` to before `stop`; other pieces stay unread."""
        found: list[Item] = []
        at = 0
        for piece, count in zip(self._pieces, self._counts, strict=True):
            if at < stop and at + count > start:
                items = quizzes.read_bank(piece)
                found.extend(items[max(0, start - at) : stop - at])
            at += count
        return found


def cut(items: Sequence[Item]) -> Pieces:
    """The questions in pieces. Raises Invalid, for the file's field, where one could not be read again."""
    if isinstance(items, Pieces):
        return items
    written: list[bytes] = []
    whole = 0
    for start in range(0, len(items), PIECE):
        part = tuple(items[start : start + PIECE])
        piece = _COUNT + str(len(part)).encode() + _END + quizzes.write_bank(part)
        whole += len(piece)
        if len(piece) > LARGEST_PIECE or whole > LARGEST_WHOLE:
            raise Invalid(
                "The questions of this file hold more text than can be looked at. Send it in several files.",
                code="too_large", field="file",
            )  # fmt: skip
        written.append(piece)
    return Pieces(_BETWEEN.join(written))


def _count(piece: bytes) -> int:
    """How many questions a piece says that it holds; one of before pieces were cut says nothing."""
    head = piece.partition(_END)[0]
    said = head.removeprefix(_COUNT)
    return int(said) if head.startswith(_COUNT) and said.isdigit() else len(quizzes.read_bank(piece))
