"""The key of a key-feature question: what must be done, and what would do harm."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.item import Item
from quizzes.kinds.choice import check_choosable, known_option
from quizzes.kinds.response import some_of
from quizzes.mark import Mark
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Actions:
    """Right actions as (option, weight), sorted, with weights that add up to 1, and the harmful ones.

    The mark is the sum of the weights of the right actions chosen; any harmful action makes it 0. The
    response is a list of at most `limit` ids.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.KEYFEATURE})

    weights: tuple[tuple[str, float], ...]
    harmful: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(sorted(self.weights)))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(tuple(fields.table_of_numbers("key").items()), fields.texts("harmful", ()))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        plain: dict[str, Any] = {"key": {option: tidy(weight) for option, weight in self.weights}}
        if self.harmful:
            plain["harmful"] = list(self.harmful)
        return plain

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        right = dict(self.weights)
        for option in right:
            known_option(option, item, f"key.{option}")
        if not all(weight > 0 for weight in right.values()) or not math.isclose(
            sum(right.values()), 1, abs_tol=1e-6
        ):
            raise refusal(Reason.WEIGHTS, "key")
        refuse_duplicates(self.harmful, "harmful")
        for index, option in enumerate(self.harmful):
            known_option(option, item, f"harmful[{index}]")
            if option in right:
                raise refusal(Reason.RIGHT_AND_HARMFUL, f"harmful[{index}]", value=option)
        if item.limit is None:
            raise refusal(Reason.MISSING, "limit", field="limit")
        if item.limit < len(right):
            raise refusal(Reason.LIMIT_TOO_LOW, "limit", least=len(right))

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        chosen = some_of(response, item.option_ids)
        if item.limit is not None and len(chosen) > item.limit:
            raise refusal(Reason.TOO_MANY, "response", most=item.limit)
        if set(chosen) & set(self.harmful):
            return Mark(0.0, about=chosen, harmful=True)
        right = dict(self.weights)
        if set(chosen) >= right.keys():
            return Mark(1.0, about=chosen)  # not the sum: 0.4 + 0.3 + 0.3 need not be 1 in binary
        return Mark(min(1.0, math.fsum(right.get(option, 0.0) for option in chosen)), about=chosen)
