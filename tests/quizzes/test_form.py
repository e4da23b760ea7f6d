"""The document form of items."""

import pytest
from hypothesis import given

from quizzes import Audience, Kind
from quizzes.fields import Fields
from quizzes.form import plain, read_item
from tests.quizzes.samples import items, sample, sample_form, steady


@steady
@given(items())
def test_an_item_is_read_again_from_its_form(item):
    with Fields(plain(item)) as fields:
        assert read_item(fields) == item


@pytest.mark.parametrize("kind", Kind)
def test_a_form_holds_nothing_that_says_nothing(kind):
    form = plain(sample(kind))

    defaults = {"lesson": "", "audience": "open"} | ({"limit": 1} if kind is Kind.HOTSPOT else {})
    assert form == {**defaults, **sample_form(kind)}


def test_a_question_takes_lesson_and_audience_from_its_quiz_unless_it_says_so_itself():
    form = sample_form(Kind.SINGLE)

    inherited = read_item(Fields(form), lesson="L5.1", audience=Audience.PRO)
    own = read_item(
        Fields({**form, "lesson": "L1.1", "audience": "open"}), lesson="L5.1", audience=Audience.PRO
    )

    assert (inherited.lesson, inherited.audience) == ("L5.1", "pro")
    assert (own.lesson, own.audience) == ("L1.1", "open")
