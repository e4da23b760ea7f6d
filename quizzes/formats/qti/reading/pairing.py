"""Pairs: matchInteraction, and associateInteraction where its pairs make two columns."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.formats.qti.reading.choosing import read_options, right_values, with_last
from quizzes.formats.qti.reading.declaration import Worth
from quizzes.formats.qti.reading.draft import Asked, Draft, unsupported, without_key
from quizzes.formats.xml_tree import children

Pair = tuple[str, str]


def match(asked: Asked) -> Draft:
    """A right side for each left one; turned round where only that makes a matching."""
    sets, nothing = list(children(asked.element, "simpleMatchSet")), Element("simpleMatchSet")
    left, right = (list(children(each, "simpleAssociableChoice")) for each in (*sets, nothing, nothing)[:2])
    known = {choice.get("identifier") for choice in left}
    pairs = [pair if pair[0] in known else (pair[1], pair[0]) for pair in read_pairs(asked)]
    if _is_many(first for first, _ in pairs):
        if _is_many(second for _, second in pairs):
            raise unsupported("matchInteraction with several answers on both sides", asked.response)
        left, right, pairs = right, left, [(second, first) for first, second in pairs]
    return _matching(asked, left, right, pairs)


def associate(asked: Asked) -> Draft:
    """Pairs within one list: what stands first in the key becomes the left side."""
    choices = list(children(asked.element, "simpleAssociableChoice"))
    pairs = read_pairs(asked)
    if _is_many(name for pair in pairs for name in pair):
        raise unsupported("associateInteraction with several answers", asked.response)
    asked.not_kept("that both halves of the pairs stand in one list")
    prompts = {first for first, _ in pairs}
    left = [choice for choice in choices if choice.get("identifier") in prompts]
    right = [choice for choice in choices if choice.get("identifier") not in prompts]
    return _matching(asked, left, right, pairs)


def read_pairs(asked: Asked) -> list[Pair]:
    """The right pairs. Raises QuizError where there is none."""
    pairs = [tuple(value.split()) for value in dict.fromkeys(right_values(asked))]
    found = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    if not found:
        raise without_key(asked.response)
    return found


def tell_worth(asked: Asked, worth: Worth | None, right: Sequence[Pair]) -> None:
    """Tell where pairs are not all worth the same, or wrong ones cost."""
    if worth is None or asked.processing.maps(asked.response) is False:
        return
    given = {tuple(key.split()): value for key, value in worth.values}
    if len({given.get(pair, worth.default) for pair in right}) > 1:
        asked.not_kept("different weights of pairs")
    if worth.default or any(value for pair, value in given.items() if pair not in right):
        asked.not_kept("marks for wrong pairs")


def _matching(asked: Asked, left: list[Element], right: list[Element], pairs: list[Pair]) -> Draft:
    if asked.declaration.base_type == "directedPair":
        tell_worth(asked, asked.declaration.worth, read_pairs(asked))
    else:
        tell_worth(asked, asked.declaration.worth, pairs)
    answered = dict(pairs)
    for prompt in left:
        if prompt.get("identifier") not in answered:
            asked.not_kept(f"{prompt.get('identifier')}, which has no answer")
    left_names, prompts = read_options(asked, [e for e in left if e.get("identifier") in answered])
    right_names, options = read_options(asked, right)
    key = {left_names.get(one, one): right_names.get(two, two) for one, two in pairs}
    form: dict[str, Any] = {"kind": "matching", "stem": asked.stem, "key": dict(sorted(key.items()))}
    fixed = with_last(right, right_names, options)
    fixed.pop("options")
    return Draft({**form, **fixed, "left": prompts, "right": options}, {**right_names, **left_names})


def _is_many(names: Iterable[str]) -> bool:
    """Whether a name stands there more than once."""
    return any(number > 1 for number in Counter(names).values())
