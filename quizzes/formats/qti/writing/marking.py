"""Marking: response variables, what is right, what it is worth, and the rules that come to our marks."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from quizzes.fields import tidy
from quizzes.formats.qti.writing.build import clean, make, number
from quizzes.kinds.pattern import Pattern

RESPONSE = "RESPONSE"
SCORE = "SCORE"


def declared(
    response: str,
    cardinality: str,
    base_type: str,
    correct: Iterable[str],
    worth: Element | None = None,
) -> Element:
    """A response variable: the right values, then what values are worth."""
    values = [make("value", {}, value) for value in correct]
    inside = [make("correctResponse", {}, *values)] if values else []
    attributes = {"identifier": response, "cardinality": cardinality, "baseType": base_type}
    return make("responseDeclaration", attributes, *inside, *([] if worth is None else [worth]))


def mapping(values: Mapping[str, float], *, bounded: bool = False) -> Element:
    """What values are worth; `bounded` keeps the sum between 0 and 1."""
    bounds = {"lowerBound": "0", "upperBound": "1"} if bounded else {}
    entries = (
        make("mapEntry", {"mapKey": clean(key), "mappedValue": number(value)})
        for key, value in values.items()
    )
    return make("mapping", {**bounds, "defaultValue": "0"}, *entries)


def variable(name: str = RESPONSE) -> Element:
    """The value of a variable."""
    return make("variable", {"identifier": name})


def value(amount: float) -> Element:
    """A number."""
    return make("baseValue", {"baseType": "float"}, number(amount))


def word(text: str) -> Element:
    """An identifier."""
    return make("baseValue", {"baseType": "identifier"}, text)


def earn(*expression: Element) -> Element:
    """Set the score."""
    return make("setOutcomeValue", {"identifier": SCORE}, *expression)


def mapped(response: str = RESPONSE) -> Element:
    """What the mapping gives."""
    return make("mapResponse", {"identifier": response})


def mapped_point() -> Element:
    """What the mapping of areas gives."""
    return make("mapResponsePoint", {"identifier": RESPONSE})


def correct(response: str = RESPONSE) -> Element:
    """The right value."""
    return make("correct", {"identifier": response})


def matches() -> Element:
    """Whether the response is the right one."""
    return make("match", {}, variable(), correct())


def more(amount: Element) -> Element:
    """The score so far and this."""
    return make("sum", {}, variable(SCORE), amount)


def near(response: str, target: Element, down: float, up: float, mode: str = "absolute") -> Element:
    """Whether a number lies within a distance of another; `relative` counts in per cent."""
    attributes = {"toleranceMode": "exact"}
    if down or up:
        attributes = {"toleranceMode": mode, "tolerance": f"{number(down)} {number(up)}"}
    return make("equal", attributes, variable(response), target)


def condition(*branches: tuple[Element, list[Element]], otherwise: Iterable[Element] = ()) -> Element:
    """If, else if, else."""
    names = ["responseIf", *["responseElseIf"] * (len(branches) - 1)]
    found = [make(name, {}, test, *then) for name, (test, then) in zip(names, branches, strict=True)]
    last = list(otherwise)
    return make("responseCondition", {}, *found, *([make("responseElse", {}, *last)] if last else []))


def is_literal(patterns: Iterable[Pattern]) -> bool:
    """Whether the patterns are texts and nothing more, as a mapping can hold them."""
    return all("*" not in pattern.text.replace("\\*", "") for pattern in patterns)


def literal(pattern: Pattern) -> str:
    """The text of a pattern; what a star stands for is left out."""
    return pattern.text.replace("\\*", "\0").replace("*", "").replace("\0", "*")


def text_worth(patterns: Iterable[Pattern], weight: float = 1.0) -> dict[str, float]:
    """What accepted texts are worth; of equal ones the first counts."""
    found: dict[str, float] = {}
    for pattern in patterns:
        found.setdefault(literal(pattern), tidy(weight * pattern.fraction))
    return found


def fits(response: str, pattern: Pattern) -> Element:
    """Whether a text is one that a pattern describes: an XML Schema expression for both cases of letters."""
    hidden = pattern.text.replace("\\*", "\0").split()
    pieces = (
        "".join(".*" if sign == "*" else _either("*" if sign == "\0" else sign) for sign in part)
        for part in hidden
    )
    return make("patternMatch", {"pattern": clean(r"\s+".join(pieces))}, variable(response))


def _either(sign: str) -> str:
    cases = dict.fromkeys((sign, sign.lower(), sign.upper()))
    found = [case for case in cases if len(case) == 1]
    if len(found) > 1:
        return f"[{''.join(found)}]"
    return f"\\{sign}" if sign in r"\|.?*+(){}[]^-$" and sign != "$" else sign
