"""A question element of Moodle XML: its texts, switches and answers."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form
from quizzes.formats.prose import Lost, check_source, from_html
from quizzes.formats.weighted import Answer, allowed_grade
from quizzes.formats.xml_tree import attribute, child, children, text_of
from quizzes.item import MOST_OPTIONS

_LOOKS_LIKE_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#[0-9]+);")
_PLAIN = frozenset({"plain_text", "plain", "2"})
_MARKDOWN = frozenset({"markdown", "4"})
_YES = frozenset({"1", "true", "yes"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question element, the facts of its tags, and who is told of losses.

    `used` notes the names of what was asked for, so that the rest can be told.
    """

    element: Element
    facts: Form
    lost: Lost
    used: set[str] = field(default_factory=set)

    def child(self, name: str) -> Element | None:
        """The first child of this name."""
        self.used.add(name)
        return child(self.element, name)

    def children(self, name: str) -> list[Element]:
        """All children of this name."""
        self.used.add(name)
        return list(children(self.element, name))

    def value(self, name: str, standard: str = "") -> str:
        """The plain text of a child, stripped."""
        found = self.child(name)
        return standard if found is None else text_of(found).strip()

    def is_on(self, name: str, standard: bool = False) -> bool:
        """Whether a switch is on."""
        found = self.value(name).casefold()
        return found in _YES if found else standard

    def prose(self, name: str) -> str:
        """The text of a child as plain prose; empty where there is none."""
        found = self.child(name)
        return "" if found is None else self.prose_of(found)

    def prose_of(self, element: Element) -> str:
        """The text of an element as plain prose; files that belong to it are told as losses."""
        self.report_files(element)
        return as_prose(source_of(element), attribute(element, "format"), self.lost)

    def report_files(self, element: Element) -> None:
        """Tell of the files of an element."""
        for file in children(element, "file"):
            self.lost(refusal(Reason.NOT_KEPT, what=f"the file {attribute(file, 'name')[:80]}"))

    def feedback_of(self, element: Element) -> str:
        """What is said to an answer."""
        found = child(element, "feedback")
        return "" if found is None else self.prose_of(found)

    def answers(self, *, plain: bool = False) -> Iterator[Answer]:
        """The answers with Moodle's grades; `plain` when their text is compared with what is typed.

        Raises QuizError for a fraction that Moodle does not know, and for more answers than we can hold.
        """
        elements = self.children("answer")
        if len(elements) > MOST_OPTIONS:
            raise refusal(Reason.TOO_MANY, "answer", most=MOST_OPTIONS)
        for index, element in enumerate(elements):
            fraction = read_grade(attribute(element, "fraction", "0"), f"answer[{index}].fraction")
            text = source_of(element).strip() if plain else self.prose_of(element)
            yield Answer(text, fraction, self.feedback_of(element))


def source_of(element: Element) -> str:
    """The text of an element as it stands in the file; old files have it without a `text` element."""
    text = child(element, "text")
    return text_of(text) if text is not None else element.text or ""


def as_prose(source: str, kind: str, lost: Lost) -> str:
    """A text in one of Moodle's formats as plain prose. Raises QuizError for one that is too long."""
    is_literal = kind in _PLAIN or kind in _MARKDOWN
    if kind in {"html", "1"} or (not is_literal and _LOOKS_LIKE_HTML.search(source)):
        return from_html(source, lost)
    check_source(source)
    if kind in _MARKDOWN:
        lost(refusal(Reason.NOT_KEPT, what="Markdown (its signs stay in the text)"))
    return source.strip()


def read_grade(text: str, place: str) -> float:
    """The fraction of a percentage, one of those that Moodle lets an answer earn. Raises QuizError."""
    try:
        percent = float(text)
    except ValueError:
        percent = math.nan
    grade = allowed_grade(percent / 100) if math.isfinite(percent) else None
    if grade is None:
        raise refusal(Reason.NOT_ALLOWED, place, value=text[:80])
    return grade
