"""Draft: a question as it is read, and what a reader of interactions is given to make one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.prose import Lost, from_html
from quizzes.formats.qti.reading.declaration import Declaration
from quizzes.formats.qti.reading.processing import Processing
from quizzes.formats.xml_tree import markup

FEEDBACKS = ("feedbackInline", "feedbackBlock", "modalFeedback")


@dataclass(frozen=True, slots=True)
class Said:
    """A feedback: shown when the outcome has this value, or (`hides`) when it has another.

    `owner` is the choice that it stands in.
    """

    outcome: str
    identifier: str
    text: str
    owner: str = ""
    hides: bool = False


@dataclass
class Draft:
    """The document form of a question, without an id; `names` are our ids of its choices by QTI's."""

    form: dict[str, Any]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap of a text: an inline interaction, or the place `gap` of a gapMatchInteraction."""

    name: str
    element: Element
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An interaction with its stem, the variable it fills, the rules, and whom to tell of losses."""

    element: Element
    stem: str
    declarations: Mapping[str, Declaration]
    processing: Processing
    lost: Lost
    said: list[Said]

    @property
    def response(self) -> str:
        """The name of the variable that the interaction fills."""
        return self.element.get("responseIdentifier", "")

    @property
    def declaration(self) -> Declaration:
        """That variable."""
        return self.declarations.get(self.response, Declaration(self.response))

    def text(self, element: Element) -> str:
        """The prose of a choice; the feedback that stands in it is put by."""
        owner = element.get("identifier", "")
        for inner in [e for e in element if e.tag in FEEDBACKS]:
            self.said.append(said(inner, self.lost, owner))
            inner.tag, inner.attrib, inner.text = "span", {}, None
            inner[:] = []
        return prose(element, self.lost)

    def not_kept(self, what: str, place: str = "") -> None:
        """Tell of something that our questions have no room for."""
        self.lost(refusal(Reason.NOT_KEPT, place or self.response, what=what))


Reader = Callable[[Asked], Draft]


def said(element: Element, lost: Lost, owner: str = "") -> Said:
    """A feedback with its text."""
    return Said(
        element.get("outcomeIdentifier", ""),
        element.get("identifier", ""),
        prose(element, lost),
        owner,
        element.get("showHide", "show") == "hide",
    )


def prose(element: Element, lost: Lost) -> str:
    """The prose of what stands in an element."""
    return from_html(markup(element).replace("</br>", ""), lost)  # in HTML it would be a second line break


def without_key(place: str) -> QuizError:
    """The error for a question whose right answer is nowhere said."""
    return refusal(Reason.MISSING, f"{place}.key" if place else "key", field="key")


def unsupported(kind: str, place: str) -> QuizError:
    """The error for a question of a kind that we do not have."""
    return refusal(Reason.UNSUPPORTED_KIND, place, kind=kind)


def count(element: Element, name: str, default: int = 0) -> int:
    """A whole number among the attributes; 0 means without a limit."""
    value = element.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else default
