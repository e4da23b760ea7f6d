"""Items are checked when they are made."""

import pytest

from quizzes import Item, Kind, Option, QuizError, Reason
from quizzes.kinds.choice import Choice
from quizzes.kinds.truth import Truth
from tests.quizzes.samples import FORMS, sample

OPTIONS = (Option("A", "alpha"), Option("B", "beta"))


def test_an_item_needs_no_more_than_a_stem_options_and_a_key():
    item = Item("Q1", Kind.SINGLE, "Which?", OPTIONS, Choice("A"))

    assert (item.option_ids, item.critical, item.evidence, item.references) == (("A", "B"), False, None, ())


def test_equal_items_are_equal_and_hashable():
    assert len({sample(kind) for kind in FORMS} | {sample(kind) for kind in FORMS}) == len(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"id": "Q 1"}, Reason.BAD_ID, "id"),
        ({"stem": " "}, Reason.BLANK, "stem"),
        ({"why": "a\0"}, Reason.CONTROL_CHARACTER, "why"),
        ({"evidence": "V1"}, Reason.BAD_ID, "evidence"),
        ({"references": ["herz1946", "a b"]}, Reason.BAD_ID, "references[1]"),
        ({"feedback": {"Z": "no"}}, Reason.UNKNOWN_OPTION, "feedback.Z"),
        ({"grade": "E"}, Reason.NOT_ONE_OF, "grade"),
        ({"bloom": "guess"}, Reason.NOT_ONE_OF, "bloom"),
        ({"audience": "vip"}, Reason.NOT_ONE_OF, "audience"),
        ({"kay": 1}, Reason.UNKNOWN_FIELD, "kay"),
    ],
)
def test_what_surrounds_the_key_is_checked_for_every_kind(kind, changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(kind, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE, Kind.ORDERING, Kind.KEYFEATURE, Kind.EMQ])
def test_a_blank_option_is_refused_with_its_place(kind):
    with pytest.raises(QuizError) as caught:
        sample(kind, options={"A": "alpha", "B": "", "C": "gamma", "D": "delta"})
    assert (caught.value.code, caught.value.place) == (Reason.BLANK, "options.B")


def test_more_options_than_anybody_can_read_are_refused():
    options = tuple(Option(f"A{number}", "alpha") for number in range(101))

    with pytest.raises(QuizError) as caught:
        Item("Q1", Kind.SINGLE, "Which?", options, Choice("A1"))
    assert (caught.value.code, caught.value.place) == (Reason.TOO_MANY, "options")


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.TRUEFALSE}))
def test_a_key_of_another_kind_is_refused(kind):
    with pytest.raises(QuizError) as caught:
        Item("Q1", kind, "Which?", OPTIONS, Truth(True))
    assert caught.value.code is Reason.KEY_KIND


def test_two_options_of_one_id_are_refused():
    with pytest.raises(QuizError) as caught:
        Item("Q1", Kind.SINGLE, "Which?", (*OPTIONS, Option("A", "again")), Choice("A"))
    assert (caught.value.code, caught.value.place) == (Reason.DUPLICATE, "options")


@pytest.mark.parametrize(
    ("kind", "field"),
    [(Kind.HOTSPOT, "picture"), (Kind.MOMENT, "video"), (Kind.KEYFEATURE, "limit"), (Kind.HOTSPOT, "limit")],
)
def test_what_the_key_leans_on_must_be_there(kind, field):
    whole = sample(kind)
    parts = {"picture": whole.picture, "video": whole.video, "limit": whole.limit, field: None}

    with pytest.raises(QuizError) as caught:
        Item(whole.id, kind, whole.stem, whole.options, whole.key, whole.scoring, **parts)
    assert (caught.value.code, caught.value.place) == (Reason.MISSING, field)
