"""Keys of choices: the one best answer, and all that apply."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.item import Item
from quizzes.kinds.response import one_of, some_of
from quizzes.mark import Mark
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import Kind, MultipleScoring, sides


@dataclass(frozen=True, slots=True)
class Choice:
    """One best answer: 1, or the weight of an acceptable one, or 0. The response is its id."""

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.SINGLE})

    option: str
    weights: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(sorted(self.weights)))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.text("key"), _read_weights(fields))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": self.option, **_plain_weights(self.weights)}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        known_option(self.option, item, "key")
        for option, weight in self.weights:
            known_option(option, item, f"weights.{option}")
            if not 0 < weight <= 1 or option == self.option:
                raise refusal(Reason.OUT_OF_RANGE, f"weights.{option}", low="above 0", high=1)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        chosen = one_of(response, item.option_ids)
        fraction = 1.0 if chosen == self.option else dict(self.weights).get(chosen, 0.0)
        return Mark(fraction, about=(chosen,))


@dataclass(frozen=True, slots=True)
class Choices:
    """All that apply, marked as the item's scoring says (`MultipleScoring`).

    By default (right ticks - wrong ticks) / right options, never below 0: the rule of H5P.MultiChoice without
    its single point. `weights`, from -1 to 1, count under the scoring of that name only (Moodle). The
    response is a list of ids.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.MULTIPLE})

    options: tuple[str, ...]
    weights: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(sorted(self.weights)))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.texts("key"), _read_weights(fields))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": list(self.options), **_plain_weights(self.weights)}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        if not self.options:
            raise refusal(Reason.TOO_FEW, "key", least=1)
        refuse_duplicates(self.options, "key")
        for index, option in enumerate(self.options):
            known_option(option, item, f"key[{index}]")
        if bool(self.weights) != (item.scoring.multiple is MultipleScoring.WEIGHTS):
            raise refusal(Reason.MISSING, "weights", field="weights")
        for option, weight in self.weights:
            known_option(option, item, f"weights.{option}")
            if not -1 <= weight <= 1:
                raise refusal(Reason.OUT_OF_RANGE, f"weights.{option}", low=-1, high=1)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        chosen = some_of(response, item.option_ids)
        return Mark(self._fraction({*chosen}, len(item.options), item.scoring.multiple), about=chosen)

    def _fraction(self, chosen: set[str], count: int, scoring: MultipleScoring) -> float:
        right = {*self.options}
        if scoring is MultipleScoring.WEIGHTS:
            given = dict(self.weights)
            total = math.fsum(given.get(option, 0.0) for option in chosen)
            return 1.0 if math.isclose(total, 1, abs_tol=1e-5) else min(1.0, max(0.0, total))
        if scoring is MultipleScoring.ALL:
            return 1.0 if chosen == right else 0.0
        if scoring is MultipleScoring.EACH:
            return (count - len(chosen ^ right)) / count
        return max(0, 2 * len(chosen & right) - len(chosen)) / len(right)


def _read_weights(fields: Fields) -> tuple[tuple[str, float], ...]:
    return tuple(fields.table_of_numbers("weights").items()) if fields.has("weights") else ()


def _plain_weights(weights: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    return {"weights": {option: tidy(weight) for option, weight in weights}} if weights else {}


def check_choosable(item: Item, least: int = 2) -> None:
    """Refuse a choice between fewer than two things."""
    if len(item.options) < least:
        raise refusal(Reason.TOO_FEW, sides(item.kind)[1], least=least)


def known_option(option: str, item: Item, place: str) -> None:
    """Refuse a key that names an option which is not there."""
    if option not in item.option_ids:
        raise refusal(Reason.UNKNOWN_OPTION, place, value=option)
