"""Asking: the parts of a Canvas question that depend on the kind of the item."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizzes.formats.canvas.types import ABOUT_RIGHT, QuestionType
from quizzes.formats.canvas.writing import elements as xml
from quizzes.item import Item


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a question is written on: its presentation, and its response processing once that is begun."""

    item: Item
    presentation: Element
    processing: Element

    @property
    def says_right(self) -> bool:
        """Whether something is said to a right answer."""
        return bool(self.item.feedback.right)

    def give(self, rule: Element, score: str = "100", *, adds: bool = False) -> None:
        """Let a rule give a score, and say what is said to a right answer."""
        xml.scores(rule, score, adds=adds)
        if self.says_right and not adds:
            xml.shows(rule, ABOUT_RIGHT)


@dataclass(frozen=True, slots=True)
class Asked:
    """The type, the identifiers of the answers, and the feedback about single answers by identifier."""

    type: QuestionType
    answers: tuple[str, ...]
    said: dict[str, str]
    stem: str = ""


def about_answers(sheet: Sheet, answers: dict[str, str], response: str = xml.RESPONSE) -> dict[str, str]:
    """Write the rules for what is said of single answers: (name in the item -> value of the response).

    Gives the feedback by Canvas's identifiers.
    """
    said: dict[str, str] = {}
    for name, value in answers.items():
        text = sheet.item.feedback.about(name)
        if text:
            rule, place = xml.condition(sheet.processing, goes_on=True)
            xml.equal(place, value, response)
            xml.shows(rule, f"{name}_fb")
            said[f"{name}_fb"] = text
    return said


def share(part: float, whole: float) -> str:
    """A part of 100, as Canvas writes it."""
    return f"{100 * part / whole:.2f}"
