"""Choices and orders: choiceInteraction, hottextInteraction and orderInteraction."""

import math
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.fields import tidy
from quizzes.formats.qti.names import own_ids
from quizzes.formats.qti.reading.declaration import Worth
from quizzes.formats.qti.reading.draft import Asked, Draft, count, without_key
from quizzes.formats.xml_tree import children, descendants

_YES = frozenset({"true", "1"})


def choice(asked: Asked) -> Draft:
    """One best answer, all that apply, or true and false."""
    return _chosen(asked, list(children(asked.element, "simpleChoice")))


def hottext(asked: Asked) -> Draft:
    """A choice between words of a text; the text is the stem."""
    return _chosen(asked, list(descendants(asked.element, "hottext")))


def order(asked: Asked) -> Draft:
    """An order of all choices; QTI marks it all or nothing."""
    elements = list(children(asked.element, "simpleChoice"))
    names, options = read_options(asked, elements)
    key = asked.declaration.correct
    if not key:
        raise without_key(asked.response)
    if asked.element.get("shuffle") == "false":
        asked.not_kept("that the choices are shown in the order of the file")
    _tell_bounds(asked, len(elements))
    form = {"kind": "ordering", "stem": asked.stem, "key": [names.get(value, value) for value in key]}
    return Draft({**form, "scoring": "all", **with_last(elements, names, options)}, names)


def read_options(asked: Asked, elements: Sequence[Element]) -> tuple[dict[str, str], dict[str, str]]:
    """Our ids of the choices by QTI's, and their texts by our ids."""
    found = [element for element in elements if element.get("identifier")]
    if len(found) < len(elements):
        asked.not_kept("a choice without an identifier")
    names = own_ids(element.get("identifier", "") for element in found)
    return names, {names[element.get("identifier", "")]: asked.text(element) for element in found}


def with_last(
    elements: list[Element], names: Mapping[str, str], options: dict[str, str], *, still: bool = False
) -> dict[str, Any]:
    """The fields of the options, and of those that stay at the end: the fixed ones, or all (`still`)."""
    named = [(names.get(e.get("identifier", "")), e.get("fixed") in _YES) for e in elements]
    last = [own for own, fixed in named if own is not None and (still or fixed)]
    return {"last": last, "options": options} if last else {"options": options}


def right_values(asked: Asked) -> tuple[str, ...]:
    """The right values of the response: as declared, else the best that the rules or the mapping name."""
    declared = asked.declaration
    if declared.correct:
        if declared.cardinality == "single" and len(declared.correct) > 1:
            asked.not_kept("other right answers")
        return declared.correct
    ruled = asked.processing.matched(asked.response)
    if ruled:
        best = max(ruled, key=lambda rule: rule[1])
        if len([rule for rule in ruled if rule[1] > 0]) > 1:
            asked.not_kept("other answers that the rules accept")
        return best[0]
    if declared.worth is not None and declared.worth.most > 0:
        most = max(value for _, value in declared.worth.values)
        single = declared.cardinality == "single"
        return tuple(key for key, value in declared.worth.values if (value == most if single else value > 0))
    raise without_key(asked.response)


def _chosen(asked: Asked, elements: list[Element]) -> Draft:
    names, options = read_options(asked, elements)
    declared = asked.declaration
    right = right_values(asked)
    most = count(asked.element, "maxChoices", 1)
    single = declared.cardinality == "single" or (most == 1 and len(right) == 1)
    truth = _truth(asked, names, options, right) if single else None
    if truth is not None:
        return truth
    _tell_bounds(asked, len(elements))
    worth = _used_worth(asked)
    known = [names.get(value, value) for value in right]
    if single:
        marks: dict[str, Any] = {"kind": "single", "stem": asked.stem, "key": known[0]}
        marks |= _second_best(asked, names, right[0], worth)
    else:
        marks = {"kind": "multiple", "stem": asked.stem, "key": known}
        marks |= _weights(asked, names, right, worth)
    still = asked.element.get("shuffle") == "false" and asked.element.tag == "choiceInteraction"
    fixed = [e for e in elements if e.get("fixed") in _YES]
    if fixed and not still and fixed != elements[-len(fixed) :]:
        asked.not_kept("the places of fixed choices: they come last")
    return Draft({**marks, **with_last(elements, names, options, still=still)}, names)


def _truth(
    asked: Asked, names: Mapping[str, str], options: Mapping[str, str], right: tuple[str, ...]
) -> Draft | None:
    """A question that is answered by true or false, said in these words."""
    if {name.casefold() for name in options} != {"true", "false"} or _used_worth(asked) is not None:
        return None
    if any(text.strip().casefold() != name.casefold() for name, text in options.items()):
        return None
    truth = {"kind": "truefalse", "stem": asked.stem, "key": right[0].casefold() == "true"}
    return Draft(truth, {given: own.casefold() for given, own in names.items()})


def _used_worth(asked: Asked) -> Worth | None:
    """The mapping, where the response is marked by it."""
    worth = asked.declaration.worth
    return None if asked.processing.maps(asked.response) is False else worth


def _second_best(
    asked: Asked, names: Mapping[str, str], best: str, worth: Worth | None
) -> dict[str, dict[str, float]]:
    if worth is None or worth.most <= 0:
        return {}
    most = max(value for _, value in worth.values)
    given = dict(worth.values)
    if given.get(best, most) < most:
        asked.not_kept("that another answer is worth more than the right one")
    if worth.default or any(value < 0 for value in given.values()):
        asked.not_kept("marks below 0 and marks for any other answer")
    shares = {own: given[name] / most for name, own in names.items() if name != best and name in given}
    found = {own: tidy(min(1.0, share)) for own, share in shares.items() if share > 0}
    return {"weights": dict(sorted(found.items()))} if found else {}


def _weights(
    asked: Asked, names: Mapping[str, str], right: tuple[str, ...], worth: Worth | None
) -> dict[str, Any]:
    """How several ticks are marked: the fields `scoring` and `weights`."""
    if worth is None or worth.most <= 0:
        return {"scoring": "all"}
    given = {name: dict(worth.values).get(name, worth.default) for name in names}
    if (worth.lower is None and any(value < 0 for value in given.values())) or (worth.lower or 0) < 0:
        asked.not_kept("marks below 0")
    if (worth.lower or 0) > 0:
        asked.not_kept("marks for no answer")
    if _is_net(given, right, worth):
        return {}
    shares = {own: given[name] / worth.most for name, own in names.items() if given[name]}
    if any(abs(share) > 1 for share in shares.values()):
        asked.not_kept("weights beyond the whole mark")
    weights = {own: tidy(max(-1.0, min(1.0, share))) for own, share in shares.items()}
    return {"scoring": "weights", "weights": dict(sorted(weights.items()))}


def _is_net(given: Mapping[str, float], right: tuple[str, ...], worth: Worth) -> bool:
    """Whether each right tick earns the same and each wrong one costs as much."""
    share = worth.most / len(right)
    expected = {name: share if name in right else -share for name in given}
    return worth.lower == 0 and all(math.isclose(given[name], expected[name], rel_tol=1e-9) for name in given)


def _tell_bounds(asked: Asked, choices: int) -> None:
    most, least = count(asked.element, "maxChoices", 0), count(asked.element, "minChoices", 0)
    if 1 < most < choices:
        asked.not_kept(f"that at most {most} may be chosen")
    if least > 1:
        asked.not_kept(f"that at least {least} must be chosen")
