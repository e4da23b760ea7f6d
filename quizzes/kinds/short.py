"""The key of a short answer: patterns, the first that fits gives the mark."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.pattern import Pattern, check_patterns, first_fit, plain_pattern, read_pattern
from quizzes.mark import Mark
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Words:
    """Accepted answers in order: the first that fits gives its fraction, none gives 0.

    The response is a text. Feedback about the answers stands under their places "1", "2", ...
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.SHORT})

    patterns: tuple[Pattern, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.each("key", read_pattern))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": [plain_pattern(pattern) for pattern in self.patterns]}

    def check(self, item: Item) -> None:
        """Refuse patterns that cannot be used. Raises QuizError."""
        check_patterns(self.patterns, "key")

    def places(self) -> tuple[str, ...]:
        """The names under which feedback about the answers stands."""
        return tuple(str(place) for place in range(1, len(self.patterns) + 1))

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        fit = first_fit(self.patterns, response)
        if fit is None:
            return Mark(0.0)
        return Mark(self.patterns[fit].fraction, about=(str(fit + 1),))
