"""Units and their conversion."""

import pytest

from quizzes.kinds.units import UNITS, converted, find_unit


@pytest.mark.parametrize(
    ("value", "given", "wanted", "expected"),
    [
        (1, "L", "mL", 1000),
        (1, "mL", "cc", 1),
        (5, "uL", "ml", 0.005),
        (7, "cm", "mm", 70),
        (0.07, "m", "mm", 70),
        (1, "g", "mg", 1000),
        (2, "min", "s", 120),
        (5, "", "mg", 5),
        (5, "spines", "spines", 5),
    ],
)
def test_a_value_is_carried_over_to_another_unit_of_its_dimension(value, given, wanted, expected):
    assert converted(value, given, wanted) == pytest.approx(expected)


@pytest.mark.parametrize(("given", "wanted"), [("mL", "mg"), ("spines", "mg"), ("mg", ""), ("mg", "spines")])
def test_a_value_of_another_dimension_cannot_be_carried_over(given, wanted):
    assert converted(1, given, wanted) is None


def test_names_are_found_in_any_case_and_no_name_means_two_units():
    assert find_unit("ML") == find_unit("ml") == find_unit("Millilitres")
    assert all(name == name.lower() for name in UNITS)
