"""The key of script concordance: what a panel of people with experience answered."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.response import malformed
from quizzes.mark import Mark
from quizzes.vocabulary import Kind

SCALE = (-2, -1, 0, 1, 2)
LEAST_PANEL = 10  # below, the marks are too unsteady: alpha 0.62 with 5 members, 0.70 with 10 (Gagnon 2005)
LARGEST_PANEL = 1000


@dataclass(frozen=True, slots=True)
class Panel:
    """How many members chose each place of the scale from -2 to 2, in this order.

    The mark is the number of members who gave this answer over that of the most frequent answer, as in script
    concordance tests (Charlin 2000). The response is a whole number from -2 to 2.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.CONCORDANCE})

    votes: tuple[int, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        with fields.table("key") as key:
            return cls(tuple(key.integer(str(place), 0) for place in SCALE))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": {str(place): count for place, count in zip(SCALE, self.votes, strict=True) if count}}

    @property
    def size(self) -> int:
        """How many members there are."""
        return sum(self.votes)

    def check(self, item: Item) -> None:
        """Refuse a panel that is too small to mark by. Raises QuizError."""
        if len(self.votes) != len(SCALE) or min(self.votes) < 0:
            raise refusal(Reason.OUT_OF_RANGE, "key", low=0, high=LARGEST_PANEL)
        if not LEAST_PANEL <= self.size <= LARGEST_PANEL:
            raise refusal(Reason.PANEL_SIZE, "key", least=LEAST_PANEL, most=LARGEST_PANEL)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if type(response) is not int or response not in SCALE:
            raise malformed("a whole number from -2 to 2")
        fraction = self.votes[SCALE.index(response)] / max(self.votes)
        return Mark(fraction, about=(str(response),))
