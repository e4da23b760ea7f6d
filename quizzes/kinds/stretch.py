"""Stretch: from one time of a film to another; what the keys of moment and interval questions are."""

from dataclasses import dataclass
from typing import Any, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import LARGEST_INTEGER, Fields
from quizzes.item import Item


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` to `end` in milliseconds, in the film that the item names."""

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
