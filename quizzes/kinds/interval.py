"""The key of an interval question: a stretch of the video."""

from dataclasses import dataclass
from typing import Any, ClassVar

from quizzes.item import Item
from quizzes.kinds.response import is_number, malformed
from quizzes.kinds.stretch import Stretch
from quizzes.mark import Mark
from quizzes.vocabulary import IntervalScoring, Kind


@dataclass(frozen=True, slots=True)
class Interval(Stretch):
    """From `start` to `end` in milliseconds.

    The response is [a, b]. Marked by overlap (intersection over union), or (`ends`) a half for each end that
    lies within the item's tolerance.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.INTERVAL})

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        start, end = _read(response)
        if item.scoring.interval is IntervalScoring.ENDS:
            reach = item.scoring.tolerance
            return Mark((abs(start - self.start) <= reach) / 2 + (abs(end - self.end) <= reach) / 2)
        shared = max(0.0, min(end, self.end) - max(start, self.start))
        return Mark(shared / (max(end, self.end) - min(start, self.start)))


def _read(response: Any) -> tuple[float, float]:
    if not isinstance(response, list | tuple) or len(response) != 2:
        raise malformed("the start and the end in milliseconds")
    if not all(is_number(value) and value >= 0 for value in response):
        raise malformed("the start and the end in milliseconds")
    start, end = response
    if start >= end:
        raise malformed("a start before its end")
    return float(start), float(end)
