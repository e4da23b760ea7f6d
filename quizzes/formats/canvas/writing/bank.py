"""Writing a zip for Canvas."""

from collections.abc import Sequence

from quizzes.errors import QuizError
from quizzes.formats.canvas.writing.item import write_canvas_item
from quizzes.formats.canvas.writing.package import pack
from quizzes.formats.prose import Lost
from quizzes.item import Item


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """A zip as Canvas imports it; reading it gives equal items. The same items give the same bytes.

    An item of a kind that Canvas does not have is told to `lost` and left out. What only this platform can
    read back is told too, where it changes how the question is marked or shown in Canvas.
    """
    written = []
    for item in items:
        try:
            written.append(write_canvas_item(item, lost))
        except QuizError as error:
            lost(error)
    return pack(written)
