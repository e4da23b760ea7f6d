"""Gaps of a cloze: where they stand in the text and how they are filled."""

import re
from dataclasses import dataclass

from quizzes.errors import Reason, refusal
from quizzes.text import check_id, check_prose
from quizzes.vocabulary import GapKind

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
_IN_TEXT = re.compile(r"\[\[([A-Za-z0-9][A-Za-z0-9_-]{0,19})\]\]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that stands in the text as [[id]]; `label` is its name for a screen reader.

    A choice's options stand among the item's options under "<gap>.<name>". Raises QuizError.
    """

    id: str
    kind: GapKind
    label: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "id", _NAME)
        check_prose(self.label, "label", optional=True)
        check_prose(self.unit, "unit", optional=True)
        if self.unit and self.kind is not GapKind.NUMERIC:
            raise refusal(Reason.UNKNOWN_FIELD, "unit", field="unit")

    def option_id(self, name: str) -> str:
        """The id of this gap's option of that name among the options of the item."""
        return f"{self.id}.{name}"

    def owns(self, option: str) -> bool:
        """Whether an option of the item is one of this gap's."""
        return option.partition(".")[0] == self.id and "." in option


def gaps_in(text: str) -> tuple[str, ...]:
    """The ids of the gaps of a text, in order."""
    return tuple(_IN_TEXT.findall(text))


def parts(text: str) -> tuple[tuple[str, str], ...]:
    """The text cut at its gaps: (words, id of the gap behind them), the last with an empty id."""
    cut = _IN_TEXT.split(text)
    return tuple(zip(cut[::2], [*cut[1::2], ""], strict=True))
