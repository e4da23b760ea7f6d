"""Keys of choices: the one best answer, and all that apply."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.response import one_of, some_of
from quizzes.mark import Mark
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import Kind, sides


@dataclass(frozen=True, slots=True)
class Choice:
    """One best answer: 1 or 0. The response is its id."""

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.SINGLE})

    option: str

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.text("key"))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": self.option}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        known_option(self.option, item, "key")

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        chosen = one_of(response, item.option_ids)
        return Mark(1.0 if chosen == self.option else 0.0, about=(chosen,))


@dataclass(frozen=True, slots=True)
class Choices:
    """All that apply: (right ticks - wrong ticks) / right options, never below 0.

    The rule of H5P.MultiChoice without its single point. The response is a list of ids.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.MULTIPLE})

    options: tuple[str, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.texts("key"))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": list(self.options)}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        if not self.options:
            raise refusal(Reason.TOO_FEW, "key", least=1)
        refuse_duplicates(self.options, "key")
        for index, option in enumerate(self.options):
            known_option(option, item, f"key[{index}]")

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        chosen = some_of(response, item.option_ids)
        right = len(set(chosen) & set(self.options))
        fraction = max(0, 2 * right - len(chosen)) / len(self.options)
        return Mark(fraction, about=chosen)


def check_choosable(item: Item, least: int = 2) -> None:
    """Refuse a choice between fewer than two things."""
    if len(item.options) < least:
        raise refusal(Reason.TOO_FEW, sides(item.kind)[1], least=least)


def known_option(option: str, item: Item, place: str) -> None:
    """Refuse a key that names an option which is not there."""
    if option not in item.option_ids:
        raise refusal(Reason.UNKNOWN_OPTION, place, value=option)
