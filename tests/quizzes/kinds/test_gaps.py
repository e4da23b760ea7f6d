"""Cloze: each gap filled from a list, with words or with a number."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from quizzes.shuffle import undisguise
from tests.quizzes.samples import RIGHT, sample

CLOZE = sample(Kind.CLOZE)


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (RIGHT[Kind.CLOZE], 1),
        ({"how": "how.A", "where": "iliac crest", "much": "2"}, (0.25 + 1 + 2) / 4),
        ({"how": "how.B", "where": "the bone", "much": "3"}, 1 / 4),
        ({"where": "BONE"}, 0.5 / 4),
        ({"how": "", "where": "", "much": ""}, 0),
        ({}, 0),
    ],
)
def test_a_text_earns_the_weighted_mean_of_its_gaps(response, fraction):
    assert grade(CLOZE, response).fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    "response",
    ["how.B", {"elsewhere": "x"}, {"how": "where.B"}, {"how": 3}, {"where": ["crest"]}, {"much": "a lot"}],
)
def test_what_cannot_be_in_a_gap_is_refused(response):
    with pytest.raises(QuizError):
        grade(CLOZE, response)


def test_shown_ids_are_given_back_for_lists_and_typed_words_stay():
    order = ("how.B", "how.A")

    assert undisguise(Kind.CLOZE, {"how": "2", "where": "1", "much": "2"}, order) == {
        "how": "how.A",
        "where": "1",
        "much": "2",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"stem": "No gap at all."}, Reason.GAPS),
        ({"stem": "[[how]] [[how]] [[where]] [[much]]"}, Reason.GAPS),
        ({"key": [{"gap": "how", "options": {"B": 1}}]}, Reason.KEY_INCOMPLETE),
    ],
)
def test_gaps_text_and_key_belong_together(changes, reason):
    with pytest.raises(QuizError) as caught:
        sample(Kind.CLOZE, **changes)

    assert caught.value.code is reason
