"""Facts: what our questions hold beyond QTI, kept in the manifest beside each item.

A fact is a field of the document form with its value and a digest of what the QTI said for that field when it
was written. Where the file was edited elsewhere, the digest no longer fits and the file wins.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from quizzes.errors import QuizError, Reason, refusal

NAMESPACE = "urn:edu:question"
ELEMENT = "facts"
LARGEST = 500_000  # characters
_RENAMED = {"emq": {"left": "cases", "right": "options"}, "draglabels": {"right": "labels"}}
_ALWAYS = {"lesson": "", "audience": "open"}  # what a form holds even when it says nothing


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields as (digest of the QTI's own value, value); a value None means that the field is not there.

    `whole` is the digest of all that the QTI said.
    """

    fields: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    kind: str = ""
    whole: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind)


def facts_of(native: Mapping[str, Any], wanted: Mapping[str, Any]) -> Facts:
    """What must be added to the form that the QTI gives to come to the wanted one."""
    kind = str(wanted["kind"])
    own = _recast(native, kind)
    target = {name: value for name, value in wanted.items() if _ALWAYS.get(name) != value}
    names = [*target, *(name for name in own if name not in target)]
    return Facts(
        {
            name: (_digest(own.get(name)), target.get(name))
            for name in names
            if name != "id" and _text(own.get(name)) != _text(target.get(name))
        },
        kind,
        _digest(native),
    )


def is_untouched(native: Mapping[str, Any], facts: Facts) -> bool:
    """Whether the file still says all that it said when we wrote it."""
    return _digest(native) == facts.whole


def with_facts(native: Mapping[str, Any], facts: Facts) -> tuple[dict[str, Any], list[QuizError]]:
    """The form that the QTI gives with our facts, and a loss for each field that was edited since."""
    form = _recast(native, facts.kind)
    stale = []
    for name, (digest, value) in facts.fields.items():
        if digest != _digest(form.get(name)):
            stale.append(refusal(Reason.NOT_KEPT, name, what=f"our own note on {name}: the file was changed"))
        elif value is None:
            form.pop(name, None)
        else:
            form[name] = value
    return form, stale


def write_facts(facts: Facts) -> str:
    """The facts as a text of ASCII characters."""
    plain = {
        "kind": facts.kind,
        "whole": facts.whole,
        "fields": {name: list(pair) for name, pair in facts.fields.items()},
    }
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def read_facts(text: str) -> Facts:
    """Facts from their text. Raises QuizError for what is none."""
    try:
        if len(text) > LARGEST:
            raise ValueError(f"more than {LARGEST} characters")
        plain = json.loads(text, parse_constant=_no_number)
        fields = {str(name): (str(digest), value) for name, (digest, value) in plain["fields"].items()}
        return Facts(fields, str(plain["kind"]), str(plain["whole"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise refusal(Reason.NOT_KEPT, what="our own notes, which cannot be read") from error


def _recast(native: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The form under the names of a kind that is asked with the same interaction."""
    names = _RENAMED.get(kind, {}) if native.get("kind") == "matching" else {}
    return {names.get(name, name): value for name, value in native.items()}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True)


def _digest(value: Any) -> str:
    return sha256(_text(value).encode()).hexdigest()[:12]


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")
