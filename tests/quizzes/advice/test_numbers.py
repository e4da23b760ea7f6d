"""Rules about numbers."""

import pytest

from quizzes.advice import Rule
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import said, single
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("language", "options"),
    [
        ("en", ("10-20 %", "20-30 %", "30\u201340 %")),
        ("en", ("under 5 mm", "4 to 6 mm", "over 7 mm")),
        ("en", ("less than 10", "8", "more than 12")),
        ("en", ("at least 10", "10", "under 4")),
        ("de", ("unter 5 mm", "4 bis 6 mm", "über 7 mm")),
        ("fr", ("moins de 5", "4 à 6", "plus de 7")),
        ("es", ("menos de 5", "4 a 6", "más de 7")),
        ("en", ("1.5-2.5 cm", "2,4-3 cm", "4 cm")),
    ],
)
def test_options_whose_numbers_overlap_are_found(language, options):
    assert Rule.OVERLAPPING_NUMBERS in said(single("?", *options), language)


@pytest.mark.parametrize(
    "options",
    [
        ("10-19 %", "20-29 %", "30-39 %"),
        ("under 5 mm", "5 to 6 mm", "over 6 mm"),
        ("< 5", "5-7", "> 7"),
        ("2 %", "14 %", "32 %"),
        ("10-20 %", "20-30 %", "It is not known"),
        ("L1-L2", "L2-L3", "L3-L4"),
    ],
)
def test_numbers_side_by_side_and_options_that_are_no_numbers_are_left_alone(options):
    assert said(single("?", *options)) == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"key": 40, "unit": "mg", "tolerance": 1}, {}),
        ({"key": 40, "unit": "", "tolerance": 1}, {Rule.NO_UNIT: "unit"}),
        ({"key": 40, "unit": "mg"}, {Rule.EXACT_NUMBER: "tolerance"}),
        ({"key": 0.3, "unit": "mg"}, {Rule.EXACT_FRACTION: "tolerance"}),
    ],
)
def test_a_number_to_be_typed_has_a_unit_and_a_tolerance(changes, found):
    assert said(sample(Kind.NUMERIC, **changes)) == found
