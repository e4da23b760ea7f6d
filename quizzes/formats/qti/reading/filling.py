"""Gaps in a text: inlineChoice, textEntry and gapMatch interactions as a cloze."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quizzes.fields import tidy
from quizzes.formats.qti.names import own_ids
from quizzes.formats.qti.reading.choosing import read_options, right_values
from quizzes.formats.qti.reading.declaration import Declaration, Worth
from quizzes.formats.qti.reading.draft import Asked, Blank, Draft, without_key
from quizzes.formats.qti.reading.entering import patterns, quantity
from quizzes.formats.qti.reading.pointing import words
from quizzes.formats.xml_tree import children
from quizzes.gap import gaps_in
from quizzes.vocabulary import GapKind

_NO_ANSWER = "____"


def cloze(asked: Asked, blanks: Mapping[str, Blank], units: Mapping[str, str]) -> Draft:
    """The gaps of a text; one without an answer becomes a line. `asked.element` is any of them."""
    stem, gaps, key = asked.stem, [], []
    for name in dict.fromkeys(gaps_in(asked.stem)):
        blank = blanks.get(name)
        if blank is None:
            continue
        one = replace(asked, element=blank.element)
        found = _gap(one, blank)
        if found is None:
            one.not_kept(f"the gap {blank.gap or name}, which has no answer")
            stem = stem.replace(f"[[{name}]]", _NO_ANSWER)
        else:
            unit = {"unit": units[name]} if units.get(name) else {}
            gaps.append({"id": name, **found[0], **unit})
            key.append({"gap": name, **found[1]})
    if not gaps:
        raise without_key(asked.response)
    if any(blank.gap for blank in blanks.values()):
        asked.not_kept("that each word is used once")
    return Draft({"kind": "cloze", "stem": stem, "gaps": gaps, "key": key})


def _gap(asked: Asked, blank: Blank) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The document tables of a gap and of its key; None where nothing says what is right."""
    if blank.gap:
        return _of_words(asked, blank)
    if asked.element.tag == "inlineChoiceInteraction":
        return _of_choices(asked)
    if not _has_key(asked):
        return None
    if asked.declaration.is_number:
        found = quantity(asked)
        if found.get("tolerance_kind"):
            found = {"key": found["key"], "tolerance": tidy(abs(found["key"]) * found["tolerance"])}
        if "also" in found:
            asked.not_kept("other numbers that earn something")
        kept = {name: found[name] for name in ("tolerance",) if found.get(name)}
        return {"kind": GapKind.NUMERIC.value}, {**_weight(asked.declaration), "value": found["key"], **kept}
    texts = patterns(asked)
    return {"kind": GapKind.SHORT.value}, {**_weight(asked.declaration), "answers": texts}


def _has_key(asked: Asked) -> bool:
    declared = asked.declaration
    return bool(declared.correct or declared.worth or asked.processing.matched(asked.response))


def _of_choices(asked: Asked) -> tuple[dict[str, Any], dict[str, Any]] | None:
    if not _has_key(asked):
        return None
    names, options = read_options(asked, list(children(asked.element, "inlineChoice")))
    worth = asked.declaration.worth if asked.processing.maps(asked.response) is not False else None
    right = right_values(asked)[0]
    shares = {right: 1.0}
    if worth is not None and worth.most > 0:
        most = max(value for _, value in worth.values)
        shares |= {
            name: min(1.0, value / most) for name, value in worth.values if value > 0 and name in names
        }
        if worth.default or any(value < 0 for _, value in worth.values):
            asked.not_kept("marks below 0 and marks for any other answer")
    short = {name: _short(own) for name, own in names.items()}
    form = {"kind": GapKind.CHOICE.value, "options": {_short(own): text for own, text in options.items()}}
    key = {short.get(name, name): tidy(share) for name, share in shares.items()}
    return form, {**_weight(asked.declaration), "options": key}


def _of_words(asked: Asked, blank: Blank) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """A gap of a gapMatchInteraction: every word may go into it."""
    pairs = [value.split() for value in asked.declaration.correct]
    right = [pair[0] for pair in pairs if len(pair) == 2 and pair[1] == blank.gap]
    if not right:
        return None
    elements = list(children(asked.element, "gapText", "gapImg"))
    names = own_ids(element.get("identifier", "") for element in elements)
    texts = {_short(names[e.get("identifier", "")]): words(asked, e) for e in elements}
    worth = asked.declaration.worth if asked.processing.maps(asked.response) is not False else None
    values = {} if worth is None else {tuple(key.split()): value for key, value in worth.values}
    if worth is not None and worth.default < 0:
        asked.not_kept("marks for wrong pairs")
    weight = values.get((right[0], blank.gap), 1.0)
    key = {_short(names.get(name, name)): 1 for name in right}
    return (
        {"kind": GapKind.CHOICE.value, "options": texts},
        {**({"weight": tidy(weight)} if weight > 0 and weight != 1 else {}), "options": key},
    )


def _weight(declared: Declaration) -> dict[str, Any]:
    """What the gap counts, where the mapping says something else than 1."""
    worth: Worth | None = declared.worth
    most = 1.0 if worth is None else max((value for _, value in worth.values), default=1.0)
    return {"weight": tidy(most)} if most > 0 and most != 1 else {}


def _short(own: str) -> str:
    """An option's name within its gap: together they must be an id."""
    return own[:40]
