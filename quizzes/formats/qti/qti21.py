"""QTI 2.1: reads items and packages of any version (2.1, 2.1.1, 2.2, 3.0), writes 2.1 packages."""

from collections.abc import Sequence

from quizzes.formats.prose import Lost
from quizzes.formats.qti.names import QTI21
from quizzes.formats.qti.reading import reader
from quizzes.formats.qti.writing import writer
from quizzes.item import Item


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The questions of an item or a package; losses are told to `lost`. Raises QuizError."""
    return reader.read(data, lost)


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """A zip with a manifest, a test and one file per item; equal items give equal bytes. Raises QuizError."""
    return writer.write(items, QTI21, lost)
