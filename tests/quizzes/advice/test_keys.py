"""Rules about keys of one kind."""

from dataclasses import replace

import pytest

from quizzes.advice import Rule, advise
from quizzes.item import Item
from quizzes.kinds.panel import Panel
from quizzes.kinds.pattern import Pattern
from quizzes.kinds.short import Words
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import said, single
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("item", "place"),
    [
        (sample(Kind.TRUEFALSE, stem="Brown fat hurts [?]"), "stem"),
        (single("?", "It is the weather [?]", "beta", "gamma"), "options.A"),
        (sample(Kind.SINGLE, why="No study shows it [?]."), "why"),
        (replace(sample(Kind.SINGLE), tags=("?",)), "tags"),
    ],
)
def test_a_key_whose_truth_is_open_blocks(item, place):
    (found,) = [advice for advice in advise(item) if advice.blocks]

    assert (found.rule, found.place) == (Rule.OPEN_TRUTH, place)


def test_an_open_statement_among_the_wrong_options_is_allowed():
    assert Rule.OPEN_TRUTH not in said(single("?", "alpha", "It is the weather [?]", "gamma"))


def test_actions_without_harm_and_without_a_limit_are_told():
    item = sample(Kind.KEYFEATURE, harmful=[], limit=4)

    assert said(item) == {Rule.NO_HARMFUL_ACTION: "harmful", Rule.LIMIT_OF_ALL: "limit"}
    assert said(sample(Kind.KEYFEATURE)) == {}


def test_pairs_that_come_out_even_give_the_last_away():
    even = {"key": {"L1": "R2", "L2": "R1", "L3": "R3"}}
    even |= {"left": {"L1": "1", "L2": "2", "L3": "3"}, "right": {"R1": "a", "R2": "b", "R3": "c"}}

    assert said(sample(Kind.MATCHING, **even)) == {Rule.LAST_PAIR_GIVEN: "right"}
    assert said(sample(Kind.MATCHING)) == {}


@pytest.mark.parametrize(("end", "tolerance", "found"), [(36_900, 500, True), (36_900, 600, False)])
def test_a_window_that_no_hand_can_meet_is_told(end, tolerance, found):
    window = {"key": {"start_ms": 36_000, "end_ms": end}, "tolerance_ms": tolerance}

    assert (Rule.SHORT_WINDOW in said(sample(Kind.MOMENT, **window))) is found


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        ((Pattern("iliac crest"),), {Rule.ONE_SPELLING: "key"}),
        ((Pattern("iliac cre*"),), {}),
        ((Pattern("crest"), Pattern("iliac crest")), {}),
        ((Pattern("crest"), Pattern(" * ")), {Rule.ANYTHING_FITS: "key[1]"}),
        ((Pattern("crest"), Pattern("iliac crest"), Pattern("*", 0.0)), {}),
    ],
)
def test_typed_answers_have_more_than_one_spelling_and_not_all(patterns, found):
    item = Item("Q1", Kind.SHORT, "Where?", (), Words(patterns), feedback=sample(Kind.SINGLE).feedback)

    assert said(item) == found


@pytest.mark.parametrize(
    ("votes", "found"),
    [
        ((1, 2, 3, 4, 5), {}),
        ((0, 2, 3, 4, 1), {Rule.SMALL_PANEL: "key"}),
        ((0, 0, 0, 0, 15), {Rule.PANEL_OF_ONE_MIND: "key"}),
    ],
)
def test_a_panel_is_large_and_of_several_minds(votes, found):
    item = Item("Q1", Kind.CONCORDANCE, "And then?", (), Panel(votes), feedback=sample(Kind.SINGLE).feedback)

    assert said(item) == found


def test_options_of_the_kinds_without_a_choice_are_no_reason_to_speak():
    assert said(sample(Kind.EMQ)) == {}
