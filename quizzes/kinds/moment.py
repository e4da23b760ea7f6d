"""The key of a moment question: a window of the video."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import LARGEST_INTEGER, Fields
from quizzes.item import Item
from quizzes.kinds.response import is_number, malformed
from quizzes.mark import Mark
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end` in milliseconds, both included: 1 inside (with the item's tolerance), else 0.

    The response is the time at which the learner stopped, in milliseconds.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.MOMENT})

    start: int
    end: int

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        with fields.table("key") as key:
            return cls(key.integer("start_ms"), key.integer("end_ms"))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": {"start_ms": self.start, "end_ms": self.end}}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        if item.video is None:
            raise refusal(Reason.MISSING, "video", field="video")
        if not 0 <= self.start < self.end:
            raise refusal(Reason.EMPTY_WINDOW, "key")
        if item.scoring.tolerance < 0:
            raise refusal(Reason.OUT_OF_RANGE, "tolerance_ms", low=0, high=LARGEST_INTEGER)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if not is_number(response) or response < 0:
            raise malformed("a time in milliseconds")
        tolerance = item.scoring.tolerance
        return Mark(1.0 if self.start - tolerance <= response <= self.end + tolerance else 0.0)
