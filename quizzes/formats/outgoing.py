"""Items as answers with what each earns: what writers of several formats start from."""

from collections.abc import Iterable, Sequence
from itertools import islice

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form, letters
from quizzes.formats.prose import Lost
from quizzes.formats.weighted import Answer, Number, standard_sides
from quizzes.item import Item, Option
from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.order import Order
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.vocabulary import Kind, MultipleScoring, ToleranceKind

HARM = -1.0  # what a harmful action takes away where a format adds weights: everything


def choices(item: Item) -> list[Answer]:
    """The options of a single, multiple or key-feature question with what choosing each earns."""
    earned = _earned(item)
    return [
        Answer(option.text, earned.get(option.id, 0.0), item.feedback.about(option.id))
        for option in item.options
    ]


def _earned(item: Item) -> dict[str, float]:
    match item.key:
        case Choice(option, weights):
            return {option: 1.0, **dict(weights)}
        case Choices(options, weights):
            if item.scoring.multiple is MultipleScoring.WEIGHTS:
                return dict(weights)
            share = 1 / len(options)
            return {i: share if i in options else -share for i in item.option_ids}
        case Actions(weights, harmful):
            return {**dict(weights), **dict.fromkeys(harmful, HARM)}
    raise TypeError(f"a {item.kind} has no weighted options")


def shorts(item: Item) -> list[Answer]:
    """The accepted answers of a short answer."""
    patterns = item.key.patterns if isinstance(item.key, Words) else ()
    return [
        Answer(pattern.text, pattern.fraction, item.feedback.about(str(place)))
        for place, pattern in enumerate(patterns, start=1)
    ]


def numbers(item: Item) -> list[Number]:
    """The accepted numbers, the key first; a tolerance that is a share or a factor becomes a distance."""
    if not isinstance(item.key, Quantity):
        raise TypeError(f"a {item.kind} has no numbers")
    tolerance = item.scoring.tolerance
    if item.scoring.tolerance_kind is not ToleranceKind.ABSOLUTE:
        tolerance *= abs(item.key.value)
    partly = item.feedback.partly if len(item.key.also) == 1 else ""
    first = Number(item.key.value, tolerance, 1.0, item.feedback.right)
    return [first, *(Number(n.value, n.tolerance, n.fraction, partly) for n in item.key.also)]


def pairs(item: Item) -> list[tuple[str, Option]]:
    """(text of the prompt, option) for each prompt, then ("", option) for options that fit none."""
    key = dict(item.key.pairs) if isinstance(item.key, Pairs) else {}
    options = {option.id: option for option in item.options}
    asked = [(prompt.text, options[key[prompt.id]]) for prompt in item.prompts]
    used = {option.id for _, option in asked}
    return [*asked, *(("", option) for option in item.options if option.id not in used)]


def in_order(item: Item) -> list[Option]:
    """The options of an ordering in the right order."""
    order: Sequence[str] = item.key.options if isinstance(item.key, Order) else item.option_ids
    options = {option.id: option for option in item.options}
    return [options[identifier] for identifier in order]


def hints(item: Item) -> Form:
    """The facts that a reader needs to name options and prompts as the item does, and to know its kind."""
    facts: Form = {"kind": item.kind.value} if item.kind in {Kind.KEYFEATURE, Kind.EMQ} else {}
    match item.kind:
        case Kind.SINGLE | Kind.MULTIPLE | Kind.KEYFEATURE:
            facts |= unless(item.option_ids, letters(), "ids")
        case Kind.ORDERING:
            facts |= unless([option.id for option in in_order(item)], letters(), "ids")
        case Kind.MATCHING | Kind.EMQ:
            order = dict.fromkeys(option.id for _, option in pairs(item))
            prompts, options = standard_sides(item.kind)
            facts |= unless(list(order), options, "ids")
            facts |= unless(item.prompt_ids, prompts, "prompt_ids")
    return facts


def unless(ids: Sequence[str], standard: Iterable[str], name: str) -> Form:
    """The fact of these ids, where they are not the standard ones."""
    return {} if list(ids) == list(islice(standard, len(ids))) else {name: list(ids)}


def report_marking(item: Item, lost: Lost) -> None:
    """Tell where others will mark a question in another way than we do, though we read it back as it was."""
    marking = item.scoring.multiple
    if marking in {MultipleScoring.EACH, MultipleScoring.ALL}:
        lost(refusal(Reason.NOT_KEPT, item.id, what=f"marking by {marking} (elsewhere right minus wrong)"))
    if item.scoring.tolerance_kind is ToleranceKind.GEOMETRIC:
        lost(refusal(Reason.NOT_KEPT, item.id, what="a tolerance that is a factor (elsewhere a distance)"))
    if item.kind is Kind.KEYFEATURE:
        lost(refusal(Reason.NOT_KEPT, item.id, what="the largest number of actions"))
