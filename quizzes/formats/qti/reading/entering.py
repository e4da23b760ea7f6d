"""What is typed: text, numbers and sliders."""

from typing import Any

from quizzes.fields import tidy
from quizzes.formats.qti.reading.declaration import Declaration, number
from quizzes.formats.qti.reading.draft import Asked, Draft, unsupported, without_key

_CENT = 100


def extended_text(asked: Asked) -> Draft:
    """An essay; with a key it is a short answer."""
    if not asked.declaration.correct and asked.declaration.worth is None:
        raise unsupported("extendedTextInteraction", asked.response)
    return entry(asked)


def entry(asked: Asked) -> Draft:
    """A text or a number to type, by the type of its variable."""
    if asked.element.get("patternMask"):
        asked.not_kept("the pattern that an answer must have")
    if asked.declaration.is_number:
        return Draft({"kind": "numeric", "stem": asked.stem, **quantity(asked)})
    return Draft({"kind": "short", "stem": asked.stem, "key": patterns(asked)})


def slider(asked: Asked) -> Draft:
    """A number to set with a slider."""
    bounds = [asked.element.get(name, "") for name in ("lowerBound", "upperBound", "step")]
    asked.not_kept(f"the slider from {bounds[0]} to {bounds[1]}" + (f" by {bounds[2]}" if bounds[2] else ""))
    return Draft({"kind": "numeric", "stem": asked.stem, **quantity(asked)})


def quantity(asked: Asked) -> dict[str, Any]:
    """The fields of a number: key, tolerance and what else earns something."""
    declared = asked.declaration
    value = _right_number(asked)
    near = asked.processing.nearness(asked.response)
    form: dict[str, Any] = {"key": tidy(value)}
    if near is not None and near.mode == "relative":
        if near.down != near.up:
            asked.not_kept("another tolerance downwards than upwards")
        form |= {"tolerance": tidy(near.up / _CENT), "tolerance_kind": "relative"}
    elif near is not None and near.down == near.up:
        form["tolerance"] = tidy(near.up)
    elif near is not None:  # the same numbers are accepted from the middle
        asked.not_kept("another tolerance downwards than upwards")
        form = {"key": tidy(value + (near.up - near.down) / 2), "tolerance": tidy((near.up + near.down) / 2)}
    also = _also(asked, declared, value)
    return {name: given for name, given in {**form, "also": also}.items() if given or name == "key"}


def patterns(asked: Asked) -> list[dict[str, Any]]:
    """Accepted texts and what they earn, the right one first."""
    declared = asked.declaration
    mapped = declared.worth if asked.processing.maps(asked.response) is not False else None
    shares: dict[str, float] = dict.fromkeys((text for text in declared.correct if text), 1.0)
    if mapped is not None and mapped.most > 0:
        most = max(value for _, value in mapped.values)
        found = {text: value / most for text, value in mapped.values if text.strip()}
        shares = {text: found.get(text, 1.0) for text in shares} | found
        if mapped.exact:
            asked.not_kept("that capitals count")
        if mapped.default or min(found.values(), default=0) < 0:
            asked.not_kept("marks below 0 and marks for any other answer")
    ruled = asked.processing.matched(asked.response)
    best = max((score for _, score in ruled), default=0)
    for values, score in ruled:
        for text in values if best > 0 else ():
            shares.setdefault(text, score / (best if not declared.correct else max(best, 1.0)))
    if not shares:
        raise without_key(asked.response)
    return [_pattern(text, min(1.0, max(0.0, share))) for text, share in shares.items()]


def _pattern(text: str, share: float) -> dict[str, Any]:
    """A pattern of just this text: a star in it is a star."""
    form: dict[str, Any] = {"text": text.replace("*", "\\*")}
    return form if share == 1 else {**form, "fraction": tidy(share)}


def _right_number(asked: Asked) -> float:
    declared = asked.declaration
    if declared.correct:
        if len(declared.correct) > 1:
            asked.not_kept("other right answers")
        return number(declared.correct[0], asked.response)
    ruled = asked.processing.matched(asked.response)
    if ruled:
        return number(max(ruled, key=lambda rule: rule[1])[0][0], asked.response)
    if declared.worth is not None and declared.worth.most > 0:
        return number(max(declared.worth.values, key=lambda entry: entry[1])[0], asked.response)
    raise without_key(asked.response)


def _also(asked: Asked, declared: Declaration, value: float) -> list[dict[str, Any]]:
    """Other numbers that the mapping rewards."""
    worth = declared.worth
    if worth is None or worth.most <= 0 or asked.processing.maps(asked.response) is False:
        return []
    if worth.default or any(earned < 0 for _, earned in worth.values):
        asked.not_kept("marks below 0 and marks for any other answer")
    most = max(earned for _, earned in worth.values)
    others = ((number(key, asked.response), earned / most) for key, earned in worth.values)
    return [
        {"value": tidy(other), "tolerance": 0, "fraction": tidy(min(1.0, share))}
        for other, share in others
        if share > 0 and other != value
    ]
