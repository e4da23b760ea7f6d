"""The response processing of a question: which answers earn what and are told what."""

import math
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.types import ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG
from quizzes.formats.xml_tree import attribute, child, children, name_of, outermost, text_of


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of one response: `how` is varequal, vargte, vargt, varlte or varlt."""

    how: str
    response: str
    value: str
    denied: bool
    attributes: tuple[tuple[str, str], ...] = ()

    def attribute(self, name: str) -> str:
        """An attribute such as the margin of a number."""
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True, slots=True)
class Rule:
    """Its tests in order, the score it sets or adds (None when it only says something), and its feedback."""

    tests: tuple[Test, ...]
    score: float | None
    adds: bool
    links: tuple[str, ...]

    @property
    def equal(self) -> tuple[Test, ...]:
        """What the response must be equal to."""
        return tuple(test for test in self.tests if test.how == "varequal" and not test.denied)


def read_rules(question: Element) -> tuple[Rule, ...]:
    """The rules of an `item`, in order. Raises QuizError for a score that is no finite number."""
    return tuple(
        _read_rule(condition)
        for processing in children(question, "resprocessing")
        for condition in children(processing, "respcondition")
    )


def _read_rule(condition: Element) -> Rule:
    setter = child(condition, "setvar")
    links = tuple(attribute(shown, "linkrefid") for shown in children(condition, "displayfeedback"))
    tests = tuple(test for place in children(condition, "conditionvar") for test in _tests(place, False))
    return Rule(tests, _score(setter), setter is not None and attribute(setter, "action") == "Add", links)


def _tests(place: Element, denied: bool) -> list[Test]:
    found: list[Test] = []
    for element in place:
        name = name_of(element)
        if name in {"and", "or"}:
            found.extend(_tests(element, denied))
        elif name == "not":
            found.extend(_tests(element, not denied))
        elif name.startswith("var"):
            others = tuple(sorted(element.attrib.items()))
            found.append(
                Test(name, attribute(element, "respident"), text_of(element).strip(), denied, others)
            )
    return found


def _score(setter: Element | None) -> float | None:
    if setter is None:
        return None
    text = text_of(setter).strip()
    try:
        score = float(text)
    except ValueError as error:
        raise refusal(Reason.WRONG_TYPE, "setvar", expected="a number") from error
    if not math.isfinite(score):
        raise refusal(Reason.WRONG_TYPE, "setvar", expected="a finite number")
    return score


@dataclass(frozen=True, slots=True)
class Links:
    """The feedback that rules show: for one answer (response, value), and for a response that is wrong."""

    of_answers: dict[tuple[str, str], list[str]]
    of_mistakes: dict[str, list[str]]


def read_links(rules: tuple[Rule, ...]) -> Links:
    """Which feedback is shown for what, without the three that are about the whole answer."""
    links = Links({}, {})
    for rule in rules:
        shown = [link for link in rule.links if link not in {ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG}]
        equal = rule.equal
        if len(equal) == 1:
            links.of_answers.setdefault((equal[0].response, equal[0].value), []).extend(shown)
        for response in {test.response for test in rule.tests if test.denied}:
            links.of_mistakes.setdefault(response, []).extend(shown)
    return links


def read_feedback(question: Element) -> dict[str, list[Element]]:
    """The `mattext` elements of each feedback by its identifier."""
    found: dict[str, list[Element]] = {}
    for feedback in children(question, "itemfeedback"):
        found.setdefault(attribute(feedback, "ident"), []).extend(outermost(feedback, "mattext"))
    return found
