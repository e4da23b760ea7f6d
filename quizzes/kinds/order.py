"""The key of an ordering, and the nine ways to mark one.

Formulas as in Moodle's qtype_ordering (G. Bateson). The course uses PAIRS: 1 minus the share of pairs in the
wrong order; each pair of items then counts once.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.choice import check_choosable, known_option
from quizzes.kinds.response import malformed, some_of
from quizzes.mark import Mark
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import Kind, OrderScoring


@dataclass(frozen=True, slots=True)
class Order:
    """The right order, every option once. The response is the list of all ids in the learner's order."""

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.ORDERING})

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
        refuse_duplicates(self.options, "key")
        for index, option in enumerate(self.options):
            known_option(option, item, f"key[{index}]")
        for option in item.option_ids:
            if option not in self.options:
                raise refusal(Reason.KEY_INCOMPLETE, "key", value=option)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        given = some_of(response, item.option_ids)
        if len(given) != len(self.options):
            raise malformed("a list of all option ids")
        ranks = [self.options.index(option) for option in given]
        misplaced = tuple(option for place, option in enumerate(given) if ranks[place] != place)
        return Mark(order_fraction(item.scoring.order, ranks), about=misplaced)


def order_fraction(scoring: OrderScoring, ranks: Sequence[int]) -> float:
    """The fraction of an order: `ranks[i]` is the place in the key of what the learner put at place i."""
    if len(ranks) < 2:
        raise ValueError("an order has at least two items")
    return _MARKING[scoring](ranks)


def _all(ranks: Sequence[int]) -> float:
    return float(list(ranks) == sorted(ranks))


def _absolute(ranks: Sequence[int]) -> float:
    return sum(rank == place for place, rank in enumerate(ranks)) / len(ranks)


def _next(ranks: Sequence[int]) -> float:
    return sum(after == before + 1 for before, after in pairwise(ranks)) / (len(ranks) - 1)


def _next_last(ranks: Sequence[int]) -> float:
    """As `next`, and that nothing follows the last item counts as one more relation."""
    hits = sum(after == before + 1 for before, after in pairwise(ranks))
    return (hits + (ranks[-1] == len(ranks) - 1)) / len(ranks)


def _neighbours(ranks: Sequence[int]) -> float:
    """The item before and the item after each item; "nothing" at both ends counts, so 2n relations."""
    hits = 2 * sum(after == before + 1 for before, after in pairwise(ranks))
    return (hits + (ranks[0] == 0) + (ranks[-1] == len(ranks) - 1)) / (2 * len(ranks))


def _pairs(ranks: Sequence[int]) -> float:
    pairs = list(combinations(ranks, 2))
    return sum(before < after for before, after in pairs) / len(pairs)


def _longest(ranks: Sequence[int]) -> float:
    """The longest increasing subsequence (patience sorting); a length of 1 is no order at all."""
    tails: list[int] = []
    for rank in ranks:
        place = bisect_left(tails, rank)
        tails[place : place + 1] = [rank]
    return _share_of_run(len(tails), len(ranks))


def _run(ranks: Sequence[int]) -> float:
    longest = length = 1
    for before, after in pairwise(ranks):
        length = length + 1 if after == before + 1 else 1
        longest = max(longest, length)
    return _share_of_run(longest, len(ranks))


def _distance(ranks: Sequence[int]) -> float:
    count = len(ranks)
    return sum(max(0, count - 1 - abs(rank - place)) for place, rank in enumerate(ranks)) / (
        count * (count - 1)
    )


def _share_of_run(length: int, count: int) -> float:
    return length / count if length > 1 else 0.0


_MARKING: dict[OrderScoring, Callable[[Sequence[int]], float]] = {
    OrderScoring.ALL: _all,
    OrderScoring.ABSOLUTE: _absolute,
    OrderScoring.NEXT: _next,
    OrderScoring.NEXT_LAST: _next_last,
    OrderScoring.NEIGHBOURS: _neighbours,
    OrderScoring.PAIRS: _pairs,
    OrderScoring.LONGEST: _longest,
    OrderScoring.RUN: _run,
    OrderScoring.DISTANCE: _distance,
}
