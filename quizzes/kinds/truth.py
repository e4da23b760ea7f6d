"""The key of true or false, marked by certainty as well."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.fields import Fields
from quizzes.item import Item
from quizzes.kinds.response import malformed
from quizzes.mark import Mark
from quizzes.vocabulary import Kind

# Gardner-Medwin: certainty -> (right, wrong). Saying 2 pays above a probability of 2/3 of being right,
# saying 3 above 0.8.
WRONG = 5e-8  # at or below, an answer is wrong (Moodle)
CERTAINTY_MARKS = {1: (1, 0), 2: (2, -2), 3: (3, -6)}


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether the statement is true: 1 or 0, and apart from it the certainty mark.

    The response is `{"answer": true, "certainty": 2}`; without "certainty" there is no certainty mark.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.TRUEFALSE})

    value: bool

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.flag("key"))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": self.value}

    def check(self, item: Item) -> None:
        """Nothing can be wrong with it: the statement is the stem."""

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        answer, certainty = _read(response)
        right = answer is self.value
        mark = None if certainty is None else CERTAINTY_MARKS[certainty][0 if right else 1]
        about = ("true" if answer else "false",)
        return Mark(1.0 if right else 0.0, about, certainty_mark=mark, unsure=certainty == 1)


def certainty_mark(fraction: float, certainty: int) -> int:
    """What saying 1, 2 or 3 earns beside a mark: nothing lost or won by an answer that is right in part.

    ValueError for another certainty.
    """
    if certainty not in CERTAINTY_MARKS:
        raise ValueError(f"a certainty is 1, 2 or 3: {certainty}")
    right, wrong = CERTAINTY_MARKS[certainty]
    if fraction >= 1:
        return right
    return wrong if fraction <= WRONG else 0


def _read(response: Any) -> tuple[bool, int | None]:
    if not isinstance(response, dict) or not {"answer"} <= response.keys() <= {"answer", "certainty"}:
        raise malformed("an object with an answer and a certainty")
    answer, certainty = response["answer"], response.get("certainty")
    if not isinstance(answer, bool):
        raise malformed("true or false", "response.answer")
    if certainty is not None and (type(certainty) is not int or certainty not in CERTAINTY_MARKS):
        raise malformed("a certainty of 1, 2 or 3", "response.certainty")
    return answer, certainty
