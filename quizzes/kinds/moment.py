"""The key of a moment question: a window of the video."""

from dataclasses import dataclass
from typing import Any, ClassVar

from quizzes.item import Item
from quizzes.kinds.response import is_number, malformed
from quizzes.kinds.stretch import Stretch
from quizzes.mark import Mark
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Window(Stretch):
    """From `start` to `end` in milliseconds, both included: 1 inside (with the item's tolerance), else 0.

    The response is the time at which the learner stopped, in milliseconds.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.MOMENT})

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if not is_number(response) or response < 0:
            raise malformed("a time in milliseconds")
        tolerance = item.scoring.tolerance
        return Mark(1.0 if self.start - tolerance <= response <= self.end + tolerance else 0.0)
