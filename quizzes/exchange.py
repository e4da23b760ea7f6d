"""Reading and writing items in the formats that people bring; what cannot be kept is listed, not dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.document import read_bank, write_bank
from quizzes.errors import Parameter, QuizError, Reason, refusal
from quizzes.item import Item


class Format(StrEnum):
    """The formats that can be read and written."""

    TOML = "toml"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that could not be read: where, why, and the code and parameters to translate from."""

    place: str
    reason: str
    code: Reason
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Imported:
    """The items of a file and what was lost."""

    items: tuple[Item, ...]
    losses: tuple[Loss, ...] = ()


def read(data: bytes, format: str) -> Imported:  # noqa: A002 - the public name of the argument
    """The items of a file; a question that cannot be used becomes a loss and the rest is still read.

    Raises QuizError when nothing can be read, when the file is hostile or the format unknown.
    """
    _known(format)
    lost: list[QuizError] = []
    try:
        items = read_bank(data, lost.append)
    except QuizError as error:  # of the whole; where questions were lost before, they are the better reason
        raise lost[0] if lost else error from error.__cause__
    if lost and not items:
        raise lost[0]
    return Imported(items, tuple(Loss(e.place, e.reason, e.code, e.parameters) for e in lost))


def write(items: Sequence[Item], format: str) -> bytes:  # noqa: A002 - the public name of the argument
    """A file of these items. Raises QuizError when the format is unknown."""
    _known(format)
    return write_bank(tuple(items))


def _known(name: str) -> Format:
    try:
        return Format(name)
    except ValueError as error:
        raise refusal(Reason.UNKNOWN_FORMAT, format=name) from error
