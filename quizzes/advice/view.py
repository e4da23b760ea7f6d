"""View: an item as the rules look at it: its language, its right and its wrong options."""

from dataclasses import dataclass

from quizzes.advice.tongues import Tongue
from quizzes.item import Item, Option
from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.vocabulary import sides


@dataclass(frozen=True, slots=True)
class View:
    """An item with the words of its language.

    `right` and `wrong` are the options of a choice (one answer, several answers, actions); both are empty
    for the other kinds.
    """

    item: Item
    tongue: Tongue
    right: tuple[Option, ...]
    wrong: tuple[Option, ...]

    def at(self, option: Option) -> str:
        """The place of an option, as the document names it."""
        return f"{sides(self.item.kind)[1]}.{option.id}"

    @property
    def options_place(self) -> str:
        """The place of all options together."""
        return sides(self.item.kind)[1]


def view(item: Item, tongue: Tongue) -> View:
    """The item as the rules look at it."""
    right = _right(item)
    if right is None:
        return View(item, tongue, (), ())
    return View(
        item,
        tongue,
        tuple(option for option in item.options if option.id in right),
        tuple(option for option in item.options if option.id not in right),
    )


def _right(item: Item) -> frozenset[str] | None:
    match item.key:
        case Choice(option):
            return frozenset({option})
        case Choices(options):
            return frozenset(options)
        case Actions(weights=weights):
            return frozenset(option for option, _ in weights)
        case _:
            return None
