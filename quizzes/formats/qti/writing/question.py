"""Question: the parts of an item that ask and mark, one function per kind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.fields import tidy
from quizzes.formats.qti.names import Version, identifier
from quizzes.formats.qti.writing.build import flow, make
from quizzes.formats.qti.writing.marking import (
    RESPONSE,
    condition,
    declared,
    earn,
    mapped,
    mapped_point,
    mapping,
    matches,
    value,
    variable,
)
from quizzes.item import Item, Option
from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.order import Order
from quizzes.kinds.panel import SCALE, Panel
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import MultipleScoring

MATCH, MAP, MAP_POINT = "match_correct", "map_response", "map_response_point"


@dataclass(frozen=True, slots=True)
class Question:
    """Variables, what is shown behind the stem, and the rules: a template, or rules of its own.

    `stem` replaces the item's own; `told` says that the choices have feedback of their own.
    """

    declarations: list[Element]
    interaction: list[Element]
    template: str = ""
    rules: list[Element] = field(default_factory=list)
    stem: list[Element] | None = None
    chosen: bool = False

    def spelt_out(self) -> list[Element]:
        """The rules, also where a template says them."""
        match self.template:
            case "":
                return self.rules
            case "match_correct":
                return [condition((matches(), [earn(value(1))]))]
            case "map_response":
                return [earn(mapped())]
        return [earn(mapped_point())]


Writer = Callable[[Item, Any, Version], Question]


def single(item: Item, key: Choice, _: Version) -> Question:
    """One best answer, marked by its weight where others earn something."""
    right = [identifier(key.option)]
    if not key.weights:
        answer = declared(RESPONSE, "single", "identifier", right)
        return Question([answer], [_choices(item, 1)], MATCH, chosen=True)
    worth = {identifier(name): weight for name, weight in ((key.option, 1.0), *key.weights)}
    answer = declared(RESPONSE, "single", "identifier", right, mapping(worth))
    return Question([answer], [_choices(item, 1)], MAP, chosen=True)


def multiple(item: Item, key: Choices, _: Version) -> Question:
    """All that apply: each of our ways to mark is a sum of mapped values between 0 and 1, or a match."""
    right = [identifier(name) for name in key.options]
    names = [identifier(name) for name in item.option_ids]
    asked = [_choices(item, 0)]
    match item.scoring.multiple:
        case MultipleScoring.ALL:
            answer = declared(RESPONSE, "multiple", "identifier", right)
            return Question([answer], asked, MATCH, chosen=True)
        case MultipleScoring.WEIGHTS:
            worth = {identifier(name): weight for name, weight in key.weights}
        case MultipleScoring.NET:
            worth = {name: (1 if name in right else -1) / len(right) for name in names}
        case MultipleScoring.EACH:
            worth = {name: (1 if name in right else -1) / len(names) for name in names}
    answer = declared(
        RESPONSE,
        "multiple",
        "identifier",
        right,
        mapping(worth, bounded=item.scoring.multiple is not MultipleScoring.EACH),
    )
    if item.scoring.multiple is not MultipleScoring.EACH:
        return Question([answer], asked, MAP, chosen=True)
    left_alone = (len(names) - len(right)) / len(names)  # what no tick at all earns
    rule = condition(
        (make("isNull", {}, variable()), [earn(value(0))]),
        otherwise=[earn(make("sum", {}, value(left_alone), mapped()))],
    )
    return Question([answer], asked, rules=[rule], chosen=True)


def keyfeature(item: Item, key: Actions, _: Version) -> Question:
    """A limited number of actions; a harmful one takes away as much as there is to earn."""
    worth = {identifier(name): weight for name, weight in key.weights}
    worth |= dict.fromkeys((identifier(name) for name in key.harmful), -1.0)
    right = [identifier(name) for name, _ in key.weights]
    answer = declared(RESPONSE, "multiple", "identifier", right, mapping(worth, bounded=True))
    return Question([answer], [_choices(item, item.limit or 0)], MAP, chosen=True)


def truefalse(_: Item, key: Truth, __: Version) -> Question:
    """True or false."""
    words = [Option("true", "True"), Option("false", "False")]
    answer = declared(RESPONSE, "single", "identifier", ["true" if key.value else "false"])
    return Question([answer], [_choice(words, 1)], MATCH, chosen=True)


def concordance(_: Item, key: Panel, __: Version) -> Question:
    """The scale of a panel: each place is worth its share of the most frequent one."""
    places = [Option(f"s{place}", str(number)) for place, number in enumerate(SCALE)]
    most = max(key.votes)
    worth = {f"s{place}": tidy(votes / most) for place, votes in enumerate(key.votes) if votes}
    best = next(name for name, share in worth.items() if share == 1)
    answer = declared(RESPONSE, "single", "identifier", [best], mapping(worth))
    return Question([answer], [_choice(places, 1)], MAP)


def ordering(item: Item, key: Order, _: Version) -> Question:
    """An order: QTI knows all or nothing."""
    choices = [_simple(option) for option in item.options]
    asked = make("orderInteraction", {"responseIdentifier": RESPONSE, "shuffle": "true"}, *choices)
    answer = declared(RESPONSE, "ordered", "identifier", [identifier(name) for name in key.options])
    return Question([answer], [asked], MATCH)


def _choices(item: Item, most: int) -> Element:
    return _choice(item.options, most)


def _choice(options: Any, most: int) -> Element:
    attributes = {"responseIdentifier": RESPONSE, "shuffle": "true", "maxChoices": str(most)}
    return make("choiceInteraction", attributes, *(_simple(option) for option in options))


def _simple(option: Option) -> Element:
    fixed = {"fixed": "true"} if option.last else {}
    return make("simpleChoice", {"identifier": identifier(option.id), **fixed}, *flow(option.text))
