"""What a file of questions lost, in words: the questions left out, and parts of those in the list below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from edu.services.quizzing.exchanging.looking import LookPage
from edu.web.studio import exchange_words as words
from edu.web.words import gettext as _
from quizzes import Loss, Reason

_OF_A_QUESTION = re.compile(r"questions\[([0-9]+)\]")
_NO_KEY = frozenset({"key", "ANSWER"})


@dataclass(frozen=True, slots=True)
class Told:
    """Where something was lost, by the numbers of the list below; the question's name; and why."""

    place: str
    name: str
    sentence: str


def left_out(page: LookPage) -> list[Told]:
    """The questions that are not in the list, each with the reason."""
    return [Told(_in_the_file(loss), loss.question, _why(loss)) for loss in page.losses if loss.is_left_out]


def smaller(page: LookPage) -> list[Told]:
    """What the file as a whole lost, and questions that were read: in the list, or dealt with already."""
    numbers = {line.item.id: line.place for line in page.lines}
    return [
        Told(_in_the_list(loss, numbers), loss.question or loss.item, words.sentence(loss))
        for loss in page.losses
        if not loss.is_left_out and not _is_idle(loss)
    ]


def _is_idle(loss: Loss) -> bool:
    """Whether it is a part of a question that is left out: nobody needs to know of it."""
    return bool(loss.question) and not loss.item


def _in_the_file(loss: Loss) -> str:
    """The line or the file; a number only where there is no name, as the list below counts others."""
    if found := _OF_A_QUESTION.match(loss.place):
        return "" if loss.question else _("Number %(n)s in the file", n=int(found[1]) + 1)
    return words.place(loss.place)


def _in_the_list(loss: Loss, numbers: Mapping[str, int]) -> str:
    found = _OF_A_QUESTION.match(loss.place)
    number = numbers.get(loss.item)
    if found is None:
        place = words.place(loss.place)
        return place if number is None else f"{_('Question %(n)s', n=number + 1)} · {place}"
    inside = loss.place[found.end() :]
    if number is not None:
        return words.place(f"questions[{number}]{inside}")
    return "" if loss.question or loss.item else words.place("")


def _why(loss: Loss) -> str:
    """The reason, said of one question where the library's sentence speaks of the file or of a field."""
    if loss.code is Reason.UNREADABLE and "detail" in loss.parameters:
        return _("It cannot be read: %(detail)s.", detail=loss.parameters["detail"])
    if loss.code is Reason.MISSING and loss.parameters.get("field") in _NO_KEY:
        return _("No answer is marked as wholly right.")
    return words.sentence(loss)
