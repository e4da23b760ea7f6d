"""The key of matching, of extended matching (EMQ) and of labels on a picture: an option for each prompt."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.choice import check_choosable, known_option
from quizzes.kinds.response import malformed, one_of
from quizzes.mark import Mark
from quizzes.vocabulary import Kind, sides


@dataclass(frozen=True, slots=True)
class Pairs:
    """(prompt, option) for each prompt, sorted by prompt: share of right pairs.

    The response is an object from prompt to option; a prompt left out is not answered and earns nothing.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.MATCHING, Kind.EMQ, Kind.DRAGLABELS})

    pairs: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "pairs", tuple(sorted(self.pairs)))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(tuple(fields.table_of_texts("key").items()))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": dict(self.pairs)}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        check_choosable(item)
        if item.kind is Kind.DRAGLABELS and item.picture is None:
            raise refusal(Reason.MISSING, "picture", field="picture")
        if not item.prompts:
            raise refusal(Reason.TOO_FEW, sides(item.kind)[0], least=1)
        for prompt, option in self.pairs:
            if prompt not in item.prompt_ids:
                raise refusal(Reason.UNKNOWN_OPTION, f"key.{prompt}", value=prompt)
            known_option(option, item, f"key.{prompt}")
        answered = dict(self.pairs)
        for prompt in item.prompt_ids:
            if prompt not in answered:
                raise refusal(Reason.KEY_INCOMPLETE, "key", value=prompt)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if not isinstance(response, dict):
            raise malformed("an object from prompt to option")
        given = {
            one_of(prompt, item.prompt_ids): one_of(option, item.option_ids, f"response.{prompt}")
            for prompt, option in response.items()
        }
        wrong = tuple(prompt for prompt, option in self.pairs if given.get(prompt) != option)
        return Mark(1 - len(wrong) / len(self.pairs), about=wrong)
