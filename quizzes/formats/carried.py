"""Facts that a format has no place for, carried in its comments, tags or columns as `edu:<field>=<value>`.

A writer writes what the format can say, reads it back, and carries each document field that came back
different. So our own files read back equal, and other programs pass over what they do not know.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.form import plain, read_item
from quizzes.formats.prose import Lost
from quizzes.item import MOST_HINTS, MOST_OPTIONS, MOST_TAGS, Item
from quizzes.vocabulary import Audience

Form = dict[str, Any]  # the document form of an item

PREFIX = "edu:"
# `ids` and `prompt_ids` name the options and prompts in the order of the file; the others are document fields
_OF_THE_KEY = "kind key weights scoring also harmful limit unit tolerance tolerance_kind tolerance_ms"
_OF_THE_PARTS = "stem options left right cases labels places landmarks gaps last picture video ids prompt_ids"
_AROUND = "id evidence references critical grade bloom lesson audience hints tags open_key"
_SAID = "why if_right if_partly if_wrong feedback"
FIELDS = frozenset(f"{_OF_THE_KEY} {_OF_THE_PARTS} {_AROUND} {_SAID}".split())
LISTS = frozenset({"references", "hints", "last", "harmful", "ids", "prompt_ids"})
LONGEST_TAG = 50  # letters; Moodle cuts off the rest
_LIMITS = {"hints": MOST_HINTS, "tags": MOST_TAGS}
_FACT = re.compile(rf"{PREFIX}([a-z_]+)=(.*)", re.DOTALL)
_BARE = re.compile(r"(?!true$|false$|null$)[A-Za-z][A-Za-z0-9._-]*")
_UNSAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&`\x7f"})  # Moodle takes them out of tags


def spelt(value: Any) -> str:
    """A value as a fact spells it: a plain word as it is, anything else as JSON in ASCII."""
    if isinstance(value, str) and _BARE.fullmatch(value):
        return value
    return json.dumps(value, separators=(",", ":")).translate(_UNSAFE)


def meant(text: str) -> Any:
    """The value that a fact spells. ValueError when it spells none."""
    if _BARE.fullmatch(text):
        return text
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def spelt_facts(facts: Mapping[str, Any]) -> list[str]:
    """The facts as texts; a list too long for a tag of Moodle has a text for each entry."""
    texts: list[str] = []
    for name, value in facts.items():
        whole = f"{PREFIX}{name}={spelt(value)}"
        apart = name in LISTS and len(whole) > LONGEST_TAG
        texts += [f"{PREFIX}{name}={spelt(entry)}" for entry in value] if apart else [whole]
    return texts


def read_facts(texts: Iterable[str], lost: Lost) -> tuple[Form, list[str]]:
    """The facts among the texts, and the texts that are none; a fact cut off on its way is told to `lost`."""
    facts: Form = {}
    others: list[str] = []
    for text in texts:
        match = _FACT.fullmatch(text.strip())
        if match is None or match[1] not in FIELDS:
            others.append(text)
            continue
        try:
            _add(facts, match[1], meant(match[2]))
        except ValueError:
            lost(refusal(Reason.NOT_KEPT, what=text[:80]))
    return facts, others


def _add(facts: Form, name: str, value: Any) -> None:
    """Put a fact to the others; the entries of a list may come one by one."""
    if name in LISTS and isinstance(value, str):
        facts.setdefault(name, []).append(value)
    else:
        facts[name] = value


def differing(form: Mapping[str, Any], native: Mapping[str, Any]) -> Form:
    """The fields of `form` that `native` has not or has otherwise; None for what it should not have."""
    names = dict.fromkeys([*form, *native])
    return {name: form.get(name) for name in names if _same(form.get(name)) != _same(native.get(name))}


def to_carry(item: Item, hints: Form, native: Callable[[Form], Form]) -> Form:
    """The facts without which `item` would not be read back equal: the `hints`, and what came back different.

    `native` gives the form that is read, without facts, from what is written with these facts.
    """
    form = plain(item)
    extra = differing(form, _canonical(native, hints))
    if "kind" in extra and "kind" not in hints:
        hints = {**hints, "kind": form["kind"]}  # with it the rest may be read for what it is
        extra = differing(form, _canonical(native, hints))
    return {**hints, **extra}


def _canonical(native: Callable[[Form], Form], hints: Form) -> Form:
    """What is read natively, as `plain` writes it; where that makes no item, as far as it goes."""
    form: Form = {}
    try:
        form = native(hints)
        return plain(_read(form))
    except QuizError:
        return {"audience": Audience.OPEN.value, **form}


def made(form: Form, facts: Form, lost: Lost) -> Item:
    """The item of a native form with the carried facts over it. Raises QuizError.

    Where they no longer fit, since somebody changed the question elsewhere, they are told to `lost` and left.
    """
    form = {**form, **{name: _most(form, name, most, lost) for name, most in _LIMITS.items() if name in form}}
    fields = {name: value for name, value in facts.items() if name not in {"ids", "prompt_ids"}}
    if fields:
        try:
            return _read({name: value for name, value in {**form, **fields}.items() if value is not None})
        except QuizError:
            lost(refusal(Reason.NOT_KEPT, what=", ".join(f"{PREFIX}{name}" for name in fields)))
    return _read(form)


def identifiers(count: int, given: Any, standard: Iterable[str]) -> list[str]:
    """Ids for `count` things: the carried ones when they are as many and all different, else the standard.

    Raises QuizError for more things than a question may hold.
    """
    if count > MOST_OPTIONS:
        raise refusal(Reason.TOO_MANY, "options", most=MOST_OPTIONS)
    if isinstance(given, list) and len({*map(str, given)}) == len(given) == count:
        return [str(identifier) for identifier in given]
    return [identifier for identifier, _ in zip(standard, range(count), strict=False)]


def letters() -> Iterable[str]:
    """A, B, ... Z, AA, AB, ..."""
    alphabet = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    yield from alphabet
    for first in alphabet:
        yield from (first + second for second in alphabet)


def numbered(mark: str) -> Iterable[str]:
    """mark1, mark2, ..."""
    return (f"{mark}{number}" for number in range(1, 1000))


def by_name(identifier: str) -> tuple[int, str]:
    """Sorts R2 before R10."""
    return (len(identifier), identifier)


def _read(form: Form) -> Item:
    with Fields(form) as fields:
        return read_item(fields)


def _most(form: Form, name: str, most: int, lost: Lost) -> list[str]:
    """As many hints or tags as a question may have; the others are told."""
    texts: list[str] = form[name]
    for text in texts[most:]:
        lost(refusal(Reason.NOT_KEPT, what=f"{name}: {text[:80]}"))
    return texts[:most]


def _same(value: Any) -> str:
    """Comparable text in which the order of a table counts; what is empty is as if it were not there."""
    return json.dumps(None if value in ("", [], {}) else value)


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")
