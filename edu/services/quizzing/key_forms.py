"""KeyForm: the key of a question as a form for people, kind by kind, and back to a checked item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import quizzes
from edu.errors import Invalid
from edu.services import typed
from quizzes import Item, QuizError, Scoring, ToleranceKind, toml
from quizzes.fields import tidy
from quizzes.item import Key
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.order import Order
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.truth import Truth

MOST_TEXT = 10_000
MOST_DOCUMENT = 100_000


class Control(StrEnum):
    """How a key is corrected in the page."""

    ONE = "one"
    SEVERAL = "several"
    TRUTH = "truth"
    NUMBER = "number"
    ORDER = "order"
    DOCUMENT = "document"  # its fields as TOML, for kinds that have no controls of their own


@dataclass(frozen=True, slots=True)
class KeyForm:
    """What the form says: `right` are ids of options, `places` the place of each option in an order, numbers
    and places as typed; `document` is TOML of the key alone. `said` is what is said to someone who gave an
    answer, by its id; ids that are left out keep their words. `weights` are parts of the mark that other
    options give: they are shown and not typed.
    """

    control: Control
    right: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    truth: str = ""
    number: str = ""
    tolerance: str = ""
    tolerance_kind: str = ToleranceKind.ABSOLUTE.value
    document: str = ""
    why: str = ""
    said: tuple[tuple[str, str], ...] = ()
    weights: tuple[tuple[str, float], ...] = ()

    @property
    def counted(self) -> frozenset[str]:
        """The ids of the answers that count as wholly right, where single ones do."""
        return frozenset([self.truth] if self.control is Control.TRUTH else self.right)


EMPTY = KeyForm(Control.DOCUMENT)
# What the secret part of an item holds besides its key: corrected elsewhere, or in a field of its own.
_BESIDE = frozenset(
    {"why", "feedback", "evidence", "references", "grade", "bloom", "tags", "hints"}
    | {"if_right", "if_partly", "if_wrong"}
)


def item_of(body: Mapping[str, Any], secret: Mapping[str, Any]) -> Item:
    """The item of a version's two parts."""
    return quizzes.from_parts(body, secret)


def form_of(item: Item) -> KeyForm:
    """The form as it stands for a key."""
    return replace(_of_kind(item), why=item.feedback.why, said=item.feedback.options)


def contradicted(before: KeyForm, form: KeyForm) -> frozenset[str]:
    """The answers that come to be right, or wrong, and of which the same is said as before."""
    words = dict(before.said)
    said = {**words, **dict(form.said)}
    return frozenset(
        each for each in before.counted ^ form.counted if words.get(each) and said[each] == words[each]
    )


def _of_kind(item: Item) -> KeyForm:
    key = item.key
    match key:
        case Choice():
            return KeyForm(Control.ONE, right=(key.option,), weights=key.weights)
        case Choices() if not key.weights:
            return KeyForm(Control.SEVERAL, right=key.options)
        case Truth():
            return KeyForm(Control.TRUTH, truth="true" if key.value else "false")
        case Order():
            places = tuple((option, str(place)) for place, option in enumerate(key.options, start=1))
            return KeyForm(Control.ORDER, places=places)
        case Quantity():
            return KeyForm(
                Control.NUMBER,
                number=repr(tidy(key.value)),
                tolerance=repr(tidy(item.scoring.tolerance)),
                tolerance_kind=item.scoring.tolerance_kind.value,
            )
    return KeyForm(Control.DOCUMENT, document=toml.dump(_of_key(item)).decode())


def corrected(item: Item, form: KeyForm) -> Item:
    """The item with the key of the form. Invalid, with the field that is wrong."""
    why = typed.text(form.why, "why", most=MOST_TEXT)
    item = replace(item, feedback=replace(item.feedback, why=why, options=_said(item, form)))
    control = form_of(item).control
    if form.control is not control:
        raise Invalid("This form does not fit the question. Reload the page.", code="other_control")
    try:
        if control is Control.DOCUMENT:
            return _from_document(item, form.document)
        key, scoring = _KEYS[control](item, form)
        return replace(item, key=key, scoring=scoring)
    except QuizError as error:
        field = _FIELDS.get(error.place.split(".")[0].split("[")[0], _FIELD_OF[control])
        sentence = str(error) if control is Control.DOCUMENT else error.reason
        raise Invalid("%(words)s", code=error.code, field=field, words=sentence) from error


def _said(item: Item, form: KeyForm) -> tuple[tuple[str, str], ...]:
    """What is said about single answers: as the form has it for those that can be chosen, else as it was."""
    choosable = {"true", "false"} if isinstance(item.key, Truth) else {*item.option_ids}
    typed_now = {
        each: typed.text(words, f"said-{each}", most=MOST_TEXT, optional=True)
        for each, words in form.said
        if each in choosable
    }
    said = {**dict(item.feedback.options), **typed_now}
    return tuple((each, words) for each, words in said.items() if words)


def _one(item: Item, form: KeyForm) -> tuple[Key, Scoring]:
    if len(form.right) != 1:
        raise Invalid("Tick the one right option.", code="no_key", field="right")
    (option,) = form.right
    weights = item.key.weights if isinstance(item.key, Choice) else ()
    return Choice(option, tuple(pair for pair in weights if pair[0] != option)), item.scoring


def _several(item: Item, form: KeyForm) -> tuple[Key, Scoring]:
    if not form.right:
        raise Invalid("Tick every right option, at least one.", code="no_key", field="right")
    return Choices(tuple(id_ for id_ in item.option_ids if id_ in form.right)), item.scoring


def _truth(item: Item, form: KeyForm) -> tuple[Key, Scoring]:
    if form.truth not in ("true", "false"):
        raise Invalid("Say whether the statement is true.", code="no_key", field="truth")
    return Truth(form.truth == "true"), item.scoring


def _order(item: Item, form: KeyForm) -> tuple[Key, Scoring]:
    at = {place: option for option, place in form.places}
    order = tuple(at.get(str(place), "") for place in range(1, len(item.options) + 1))
    if sorted(order) != sorted(item.option_ids):
        raise Invalid("Give each step a place of its own.", code="no_order", field="order")
    return Order(order), item.scoring


def _number(item: Item, form: KeyForm) -> tuple[Key, Scoring]:
    kind = typed.word(form.tolerance_kind, ToleranceKind, "tolerance_kind")
    tolerance = _decimal(form.tolerance or "0", "tolerance")
    also = item.key.also if isinstance(item.key, Quantity) else ()
    scoring = replace(item.scoring, tolerance=tolerance, tolerance_kind=kind)
    return Quantity(_decimal(form.number, "number"), also), scoring


_KEYS = {
    Control.ONE: _one,
    Control.SEVERAL: _several,
    Control.TRUTH: _truth,
    Control.ORDER: _order,
    Control.NUMBER: _number,
}
_FIELD_OF = {
    Control.ONE: "right",
    Control.SEVERAL: "right",
    Control.TRUTH: "truth",
    Control.ORDER: "order",
    Control.NUMBER: "number",
    Control.DOCUMENT: "document",
}
_FIELDS = {"tolerance": "tolerance", "why": "why"}


def _decimal(text: str, field: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise Invalid("Write a number.", code="not_a_number", field=field) from error


def _of_key(item: Item) -> dict[str, Any]:
    return {name: value for name, value in quizzes.secret(item).items() if name not in _BESIDE}


def _from_document(item: Item, document: str) -> Item:
    if len(document) > MOST_DOCUMENT:
        raise Invalid("This is too long.", code="too_long", field="document")
    fields = toml.parse(document.encode())
    if foreign := sorted(fields.keys() & _BESIDE):
        raise Invalid(
            "The field %(name)s is not part of the key.",
            code="not_of_the_key",
            field="document",
            name=foreign[0],
        )
    beside = {name: value for name, value in quizzes.secret(item).items() if name in _BESIDE}
    return quizzes.from_parts(quizzes.body(item), {**fields, **beside})
