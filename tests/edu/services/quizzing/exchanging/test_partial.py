"""Answers worth a part of the mark, kind by kind."""

from __future__ import annotations

import pytest

from edu.services.quizzing.exchanging.partial import partly_right
from quizzes import Item, Kind
from tests.quizzes.samples import sample
from tests.quizzing import items

GAPS = """
[[questions]]
id = "S-gaps"
kind = "cloze"
stem = "Press [[g1]] over the [[g2]]."
gaps = [
    {id = "g1", kind = "choice", options = {a = "gently", b = "softly", c = "hard"}},
    {id = "g2", kind = "short"},
]
key = [
    {gap = "g1", options = {a = 1, b = 0.5}},
    {gap = "g2", answers = [{text = "iliac crest"}, {text = "hip", fraction = 0.25}]},
]
"""


@pytest.mark.parametrize(
    ("item", "worth"),
    [
        (sample(Kind.SINGLE), ()),
        (items(GAPS)[0], (("softly", 0.5), ("hip", 0.25))),
        (sample(Kind.SHORT, key=[{"text": "crest"}, {"text": "hip", "fraction": 0.5}]), (("hip", 0.5),)),
        (sample(Kind.ORDERING), ()),
    ],
    ids=["single", "cloze", "short", "ordering"],
)
def test_what_earns_neither_nothing_nor_all_is_named_with_its_share(
    item: Item, worth: tuple[tuple[str, float], ...]
) -> None:
    assert partly_right(item) == worth


def test_options_with_weights_are_named_in_their_own_words() -> None:
    item = sample(Kind.SINGLE)
    other = next(option for option in item.options if option.id != item.key.plain()["key"])

    assert partly_right(sample(Kind.SINGLE, weights={other.id: 0.5})) == ((other.text, 0.5),)
