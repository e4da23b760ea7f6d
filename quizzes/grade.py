"""Grading: an item and a response in, an outcome out."""

from dataclasses import dataclass
from typing import Any

from quizzes.item import Item
from quizzes.mark import Mark
from quizzes.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell the learner: about one option or prompt, or (empty `about`) the explanation."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a response earned: `fraction` from 0 to 1.

    `feedback` is what to read, the explanation last; `moments` are the steps (chapter ids) to watch again,
    none after a right answer unless it was given with certainty 1. `certainty_mark` is counted apart from the
    fraction and is None where no certainty was asked. `harmful` tells that an action would do harm.
    """

    fraction: float
    feedback: tuple[Remark, ...]
    moments: tuple[str, ...]
    certainty_mark: int | None = None
    harmful: bool = False


def grade(item: Item, response: Any) -> Outcome:
    """Mark a response, a JSON value whose shape depends on the kind; None means not answered and earns 0.

    The shapes stand with each key in `quizzes.kinds`. Raises QuizError for a malformed response, an option
    that does not exist or more choices than allowed, and never marks such a one.
    """
    mark = _unanswered(item) if response is None else item.key.mark(item, response)
    about = [(identifier, item.feedback.about(identifier)) for identifier in mark.about]
    remarks = [Remark(text, identifier) for identifier, text in about if text]
    if response is not None and (said := item.feedback.overall(mark.fraction)):
        remarks.append(Remark(said))
    if item.feedback.why:
        remarks.append(Remark(item.feedback.why))
    again = item.evidence is not None and (mark.fraction < 1 or mark.unsure)
    return Outcome(
        mark.fraction,
        tuple(remarks),
        (item.evidence,) if again and item.evidence else (),
        mark.certainty_mark,
        mark.harmful,
    )


def _unanswered(item: Item) -> Mark:
    return Mark(0.0, certainty_mark=0 if item.kind is Kind.TRUEFALSE else None)
