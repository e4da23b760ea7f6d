"""Reading and writing items in the formats that people bring; what cannot be kept is listed, not dropped."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast

from quizzes.errors import Parameter, QuizError, Reason, refusal
from quizzes.formats.whose import OwnLoss
from quizzes.item import Item

LARGEST_FILE = 20 * 1024 * 1024  # bytes; formats of text have a smaller limit of their own
MOST_LOSSES = 25_000  # five for each of as many questions as a file may hold
Lost = Callable[[QuizError], None]


class Format(StrEnum):
    """The formats that can be read, and all but H5P written.

    `qti21` is 2.1 and 2.2; `qti*` and `h5p` are an XML document or a zip, `qti12canvas` what Canvas exports.
    """

    TOML = "toml"
    GIFT = "gift"
    AIKEN = "aiken"
    CSV = "csv"
    MOODLEXML = "moodlexml"
    QTI21 = "qti21"
    QTI30 = "qti30"
    QTI12CANVAS = "qti12canvas"
    H5P = "h5p"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that could not be kept: where, why, and the code and parameters to translate from.

    `item` is the id of the question that lost it and `question` its name in the file, as far as they are
    known. `is_left_out`: for this reason the whole question is not among the items.
    """

    place: str
    reason: str
    code: Reason
    parameters: Mapping[str, Parameter]
    item: str = ""
    question: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The items of a file and what was lost."""

    items: tuple[Item, ...]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of items and what of them it does not hold."""

    data: bytes
    losses: tuple[Loss, ...] = ()


class _Room(Protocol):
    """What each format's package offers."""

    def read(self, data: bytes, lost: Lost) -> tuple[Item, ...]:
        """The items of a file; tells `lost` of what cannot be kept."""

    def write(self, items: Sequence[Item], lost: Lost) -> bytes:
        """A file of the items; tells `lost` of what it does not hold. H5P has none."""


_ROOMS: Mapping[Format, str] = {
    Format.TOML: "quizzes.document",
    Format.GIFT: "quizzes.formats.gift",
    Format.AIKEN: "quizzes.formats.aiken",
    Format.CSV: "quizzes.formats.csv_table",
    Format.MOODLEXML: "quizzes.formats.moodlexml",
    Format.QTI21: "quizzes.formats.qti.qti21",
    Format.QTI30: "quizzes.formats.qti.qti30",
    Format.QTI12CANVAS: "quizzes.formats.canvas",
    Format.H5P: "quizzes.formats.h5p",
}
WRITABLE = tuple(name for name in Format if name is not Format.H5P)


def _room(name: Format) -> _Room:
    # Not at the top: who reads no such file should neither wait for that much code nor keep it.
    return cast(_Room, importlib.import_module(_ROOMS[name]))


def read(data: bytes, format: str) -> Imported:  # noqa: A002 - the public name of the argument
    """The items of a file; a question that cannot be used becomes a loss and the rest is still read.

    Raises QuizError when nothing can be read, when the file is hostile or the format unknown. Hostile is as
    well what cannot be kept in more than MOST_LOSSES places: nobody could look through them.
    """
    room = _room(_known(format))
    if len(data) > LARGEST_FILE:
        raise refusal(Reason.TOO_LARGE, limit=LARGEST_FILE)
    lost: list[QuizError] = []

    def lose(error: QuizError) -> None:
        if len(lost) >= MOST_LOSSES:
            detail = f"more than {MOST_LOSSES} things in it cannot be kept"
            raise refusal(Reason.HOSTILE, detail=detail)
        lost.append(error)

    try:
        items = room.read(data, lose)
    except QuizError as error:
        # of the whole; where questions were lost before, they are the better reason
        raise lost[0] if lost and error.code is not Reason.HOSTILE else error from error.__cause__
    if lost and not items:
        raise lost[0]
    return Imported(items, tuple(_loss(error, format) for error in lost))


def write(items: Sequence[Item], format: str) -> bytes:  # noqa: A002 - the public name of the argument
    """A file of these items; `export` tells as well what it does not hold. Raises QuizError."""
    return export(items, format).data


def export(items: Sequence[Item], format: str) -> Exported:  # noqa: A002 - as above
    """A file of these items, with what of them it does not hold. Raises QuizError for an unknown format."""
    name = _known(format)
    if name not in WRITABLE:
        raise refusal(Reason.UNKNOWN_FORMAT, format=format)
    lost: list[QuizError] = []
    data = _room(name).write(tuple(items), lost.append)
    return Exported(data, tuple(_loss(error) for error in lost))


def _loss(error: QuizError, format_: str = "") -> Loss:
    told = error.place, error.reason, error.code, error.parameters
    if isinstance(error, OwnLoss):
        return Loss(*told, error.whose.item, error.whose.name, error.is_whole)
    # our own documents hold every part of a question, or the question is of no use
    return Loss(*told, is_left_out=format_ == Format.TOML and error.place.startswith("questions["))


def _known(name: str) -> Format:
    try:
        return Format(name)
    except ValueError as error:
        raise refusal(Reason.UNKNOWN_FORMAT, format=name) from error
