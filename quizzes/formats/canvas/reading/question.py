"""A Canvas question taken apart: its words, its responses, its rules and its metadata."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.reading.rules import Links, Rule, read_feedback, read_links, read_rules
from quizzes.formats.prose import Lost, from_html
from quizzes.formats.xml_tree import (
    attribute,
    child,
    children,
    descendants,
    markup,
    name_of,
    outermost,
    text_of,
)
from quizzes.text import LONGEST_PROSE

RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")


@dataclass(frozen=True, slots=True)
class Label:
    """One answer to choose: its identifier, its words, and how New Quizzes compares it."""

    ident: str
    text: str
    algorithm: str = ""
    answer_type: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One place to answer; `prompt` are its own words (the left side of a pair, the name of a blank)."""

    ident: str
    kind: str
    cardinality: str
    prompt: str
    labels: tuple[Label, ...]
    is_number: bool

    @property
    def name(self) -> str:
        """The identifier without Canvas's prefix."""
        return self.ident.removeprefix("response_")


@dataclass(frozen=True, slots=True)
class Question:
    """All that a Canvas question says; `feedback` are texts by identifier."""

    ident: str
    metadata: dict[str, str]
    stem: str
    responses: tuple[Response, ...]
    rules: tuple[Rule, ...]
    feedback: dict[str, str]
    links: Links
    is_calculated: bool
    lost: Lost = field(compare=False)

    def not_kept(self, what: str) -> None:
        """Report a part that is left out."""
        self.lost(refusal(Reason.NOT_KEPT, what=what))

    def said_about(self, response: str, value: str, shown: set[str]) -> str:
        """The feedback for choosing one answer, by the rules or by the name that Canvas gives it.

        Its identifiers are added to `shown`.
        """
        named = [*self.links.of_answers.get((response, value), ()), f"{value}_fb"]
        links = dict.fromkeys(link for link in named if link in self.feedback)
        shown.update(links)
        return "\n\n".join(self.feedback[link] for link in links)


def read_question(element: Element, lost: Lost) -> Question:
    """The parts of an `item`. Raises QuizError where one of them cannot be read."""
    presentation = child(element, "presentation")
    places = [] if presentation is None else outermost(presentation, *RESPONSES)
    rules = read_rules(element)
    return Question(
        attribute(element, "ident"),
        read_metadata(element),
        "" if presentation is None else _stem(presentation, lost),
        tuple(_read_response(place, lost) for place in places),
        rules,
        {ident: _words_of(found, lost) for ident, found in read_feedback(element).items()},
        read_links(rules),
        next(descendants(element, "calculated"), None) is not None,
        lost,
    )


def read_metadata(element: Element) -> dict[str, str]:
    """The metadata fields by label; of two with one label the first."""
    found: dict[str, str] = {}
    for place in children(element, "itemmetadata"):
        for entry in descendants(place, "qtimetadatafield"):
            label = text_of(child(entry, "fieldlabel")).strip()
            found.setdefault(label, text_of(child(entry, "fieldentry")).strip())
    return found


def words(mattext: Element, lost: Lost) -> str:
    """The plain prose of a `mattext`, be it HTML as text, HTML as elements, or plain."""
    text = markup(mattext) if len(mattext) else mattext.text or ""
    if len(mattext) or attribute(mattext, "texttype") == "text/html":
        text = from_html(text, lost)
    if len(text) > LONGEST_PROSE:
        raise refusal(Reason.TOO_LONG, "mattext", limit=LONGEST_PROSE)
    return text if attribute(mattext, "texttype") == "text/html" else text.strip()


def _words_of(mattexts: list[Element], lost: Lost) -> str:
    return "\n\n".join(text for text in (words(mattext, lost) for mattext in mattexts) if text)


def _stem(presentation: Element, lost: Lost) -> str:
    """The words of the question: what stands before and between the places to answer."""
    parts: list[str] = []
    for element in presentation:
        name = name_of(element)
        if name == "material":
            parts.append(_material(element, lost))
        elif name in {"flow", "flow_mat"}:
            parts.append(_stem(element, lost))
    return "\n\n".join(part for part in parts if part)


def _material(material: Element, lost: Lost) -> str:
    for medium in children(material, "matimage", "matvideo", "mataudio", "matapplet", "matapplication"):
        lost(refusal(Reason.NOT_KEPT, what=f"a medium {attribute(medium, 'uri')}".rstrip()))
    return _words_of(list(children(material, "mattext", "matemtext")), lost)


def _read_response(element: Element, lost: Lost) -> Response:
    own = [_material(material, lost) for material in children(element, "material")]
    labels = tuple(_read_label(label, lost) for label in descendants(element, "response_label"))
    is_number = any(attribute(fib, "fibtype") == "Decimal" for fib in descendants(element, "render_fib"))
    return Response(
        attribute(element, "ident"),
        name_of(element),
        attribute(element, "rcardinality"),
        " ".join(part for part in own if part),
        labels,
        is_number or name_of(element) == "response_num",
    )


def _read_label(element: Element, lost: Lost) -> Label:
    text = "\n\n".join(filter(None, (_material(place, lost) for place in children(element, "material"))))
    return Label(
        attribute(element, "ident"),
        text,
        attribute(element, "scoring_algorithm"),
        attribute(element, "answer_type"),
    )
