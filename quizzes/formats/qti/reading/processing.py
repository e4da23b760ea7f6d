"""Processing: what can be read of the rules by which an item is marked and its feedback is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizzes.formats.qti.reading.declaration import number
from quizzes.formats.xml_tree import child, children, descendant, descendants, text_of

_TEMPLATES = frozenset({"match_correct", "map_response", "map_response_point", ""})
_BRANCHES = ("responseIf", "responseElseIf", "responseElse")
# what takes part in rules that come to the same as a template, or that only choose a feedback
_UNDERSTOOD = frozenset(
    {
        *("responseProcessing", "responseCondition", "responseIf", "responseElseIf", "responseElse"),
        *("setOutcomeValue", "match", "variable", "correct", "baseValue", "mapResponse", "mapResponsePoint"),
        *("isNull", "not", "and", "sum", "multiple", "equal", "equalRounded", "stringMatch", "patternMatch"),
        *("product", "divide", "gt", "gte"),
    }
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a number must be: `absolute` or `relative` (per cent) with a distance down and one up."""

    mode: str
    down: float
    up: float


@dataclass
class Processing:
    """The rules of an item, gathered in one pass.

    `template` is the name of a standard template. `said` tells when a feedback is shown: by (outcome,
    identifier) right or wrong. `unread` names operators that no mark of ours can follow.
    """

    template: str = ""
    said: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    _mapped: set[str] = field(default_factory=set)
    _compared: set[str] = field(default_factory=set)
    _near: dict[str, Nearness] = field(default_factory=dict)
    _matched: dict[str, list[tuple[tuple[str, ...], float]]] = field(default_factory=dict)

    def maps(self, response: str) -> bool | None:
        """Whether the mapping marks this response; None when nothing says how it is marked."""
        if self.template:
            return self.template.startswith("map_response")
        if response in self._mapped:
            return True
        return False if response in self._compared else None

    def nearness(self, response: str) -> Nearness | None:
        """How near a number must be to the right one, where a rule says so."""
        return self._near.get(response)

    def matched(self, response: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        """Values that a rule compares the response with, and the score it then sets."""
        return tuple(self._matched.get(response, ()))

    def take(self, rule: Element) -> None:
        """Take up an element of the rules."""
        match rule.tag:
            case "mapResponse":
                self._mapped.add(rule.get("identifier", ""))
            case "correct":
                self._compared.add(rule.get("identifier", ""))
            case "equal" | "equalRounded":
                compared = {e.get("identifier", "") for e in children(rule, "variable", "correct")}
                if len(compared) == 1 and child(rule, "correct") is not None:
                    self._near.setdefault(compared.pop(), _nearness(rule))
            case "responseIf" | "responseElseIf":
                self._take_branch(rule)

    def _take_branch(self, branch: Element) -> None:
        score = _score(branch)
        for rule in () if score is None else _conditions(branch):
            tested, values = child(rule, "variable"), tuple(_values(rule))
            if score is not None and tested is not None and values:
                self._matched.setdefault(tested.get("identifier", ""), []).append((values, score))


def processing(item: Element) -> Processing:
    """The rules of an item. Raises QuizError for numbers that are none."""
    rules = child(item, "responseProcessing")
    if rules is None:
        return Processing()
    template = re.split(r"[/#]", rules.get("template", ""))[-1].removesuffix(".xml")
    names = {str(element.tag) for element in rules.iter()}
    unread = () if len(rules) or template in _TEMPLATES else (template[:80],)
    found = Processing("" if len(rules) else template, unread=(*unread, *sorted(names - _UNDERSTOOD)))
    for rule in rules.iter():
        found.take(rule)
    _read_said(rules, found.said)
    return found


def _read_said(rules: Element, said: dict[tuple[str, str], str]) -> None:
    """Which outcomes mean that the answer was right or wrong."""
    for condition in descendants(rules, "responseCondition"):
        about_correct = False
        for branch in children(condition, *_BRANCHES):
            right = _is_right(branch)
            if right or (about_correct and branch.tag == "responseElse"):
                about_correct = True
                _note(branch, "right" if right else "wrong", said)
    for outcome in children(rules, "setOutcomeValue"):  # a flag that stands for one of those
        rule = descendant(outcome, "match")
        tested = None if rule is None else child(rule, "variable")
        if rule is None or tested is None:
            continue
        known = said.get((tested.get("identifier", ""), next(_values(rule), "")))
        if known:
            said.setdefault((outcome.get("identifier", ""), ""), known)


def _is_right(branch: Element) -> bool:
    """Whether a branch is for the right answer."""
    tested = child(branch, "match", "equal", "equalRounded")
    return tested is not None and child(tested, "correct") is not None


def _note(branch: Element, meaning: str, said: dict[tuple[str, str], str]) -> None:
    for outcome in children(branch, "setOutcomeValue"):
        for given in descendants(outcome, "baseValue"):
            said.setdefault((outcome.get("identifier", ""), text_of(given).strip()), meaning)


def _conditions(branch: Element) -> Iterator[Element]:
    for test in branch:
        if test.tag == "match":
            yield test
        elif test.tag == "or":
            yield from children(test, "match")


def _values(rule: Element) -> Iterator[str]:
    holder = child(rule, "multiple", "ordered")
    for value in children(rule if holder is None else holder, "baseValue"):
        yield text_of(value).strip()


def _score(branch: Element) -> float | None:
    for outcome in children(branch, "setOutcomeValue"):
        value = child(outcome, "baseValue")
        if outcome.get("identifier", "").startswith("SCORE") and value is not None:
            return number(text_of(value), "responseProcessing")
    return None


def _nearness(rule: Element) -> Nearness:
    if rule.tag == "equalRounded":
        figures = number(rule.get("figures", "0"), "responseProcessing")
        mode = rule.get("roundingMode", "significantFigures")
        half = 0.5 * 10 ** -min(max(figures, -300), 300)
        # n significant figures: half a unit of the last one, at most 5 / 10^n of the number
        return Nearness("absolute", half, half) if mode == "decimalPlaces" else _relative(1000 * half)
    mode = rule.get("toleranceMode", "exact")
    if mode == "exact":
        return Nearness("absolute", 0.0, 0.0)
    found = [number(part, "responseProcessing") for part in rule.get("tolerance", "0").split()] or [0.0]
    return Nearness("relative" if mode == "relative" else "absolute", found[0], found[-1])


def _relative(per_cent: float) -> Nearness:
    return Nearness("relative", per_cent, per_cent)
