"""Numbers with a tolerance and a unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import Item, Kind, QuizError, Reason, grade
from quizzes.kinds.quantity import Quantity
from tests.quizzes.samples import sample, steady


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        ("40 mg", 1),
        ("40mg", 1),
        ("  40  ", 1),
        ("40.0 MG", 1),
        ("4e1 mg", 1),
        ("+40", 1),
        ("0,04 g", 1),
        ("0.04g", 1),
        (",04 g", 1),
        ("40000 µg", 1),
        ("40000 \u03bcg", 1),
        ("40\u202fmg", 1),
        ("40 milligrams", 1),
        ("\u221240 mg", 0),
        ("-40 mg", 0),
        ("41 mg", 0),
        ("40 g", 0),
        ("40 mL", 0),
        ("40 apples", 0),
        ("nan", 0),
        ("inf", 0),
        ("1e999", 0),
    ],
)
def test_a_number_is_read_with_or_without_its_unit(response, fraction):
    assert grade(sample(Kind.NUMERIC), response).fraction == fraction


@pytest.mark.parametrize(
    "response",
    [
        "",
        " ",
        "forty",
        "mg",
        "4.000,5",
        "40 50",
        "1/2",
        "40-50 mg",
        "40 mg mg 5 5",
        40,
        40.0,
        True,
        ["40"],
        "4" * 101,
    ],
)
def test_what_is_no_number_in_a_text_is_refused_not_marked_wrong(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.NUMERIC), response)


@pytest.mark.parametrize(
    ("kind", "tolerance", "inside", "outside"),
    [
        ("absolute", 2, ["38", "42"], ["37.99", "42.01"]),
        ("relative", 0.1, ["36", "44"], ["35.99", "44.01"]),
        ("geometric", 1, ["20", "80"], ["19.99", "80.01"]),
    ],
)
def test_the_edges_of_the_tolerance_count_as_inside(kind, tolerance, inside, outside):
    item = sample(Kind.NUMERIC, tolerance=tolerance, tolerance_kind=kind)

    assert [grade(item, text).fraction for text in inside] == [1, 1]
    assert [grade(item, text).fraction for text in outside] == [0, 0]


def test_binary_fractions_do_not_push_an_edge_outside():
    assert grade(sample(Kind.NUMERIC, key=0.1, tolerance=0.2, unit=""), "0.3").fraction == 1


def test_a_unit_that_nobody_knows_is_still_equal_to_itself():
    item = sample(Kind.NUMERIC, unit="10^9/L")

    assert grade(item, "40 10^9/L").fraction == 1
    assert grade(item, "40").fraction == 1
    assert grade(item, "40 mg").fraction == 0


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"key": "40"}, Reason.WRONG_TYPE, "key"),
        ({"key": True}, Reason.WRONG_TYPE, "key"),
        ({"key": float("nan")}, Reason.WRONG_TYPE, "key"),
        ({"key": 10**400}, Reason.OUT_OF_RANGE, "key"),
        ({"tolerance": -1}, Reason.OUT_OF_RANGE, "tolerance"),
        ({"key": 0, "tolerance_kind": "geometric"}, Reason.OUT_OF_RANGE, "key"),
        ({"tolerance_kind": "wide"}, Reason.NOT_ONE_OF, "tolerance_kind"),
    ],
)
def test_a_key_that_is_no_usable_number_is_refused(changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(Kind.NUMERIC, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)


@steady
@given(st.floats(-1e9, 1e9))
def test_the_key_itself_is_always_right_written_either_way(value):
    item = sample(Kind.NUMERIC, key=value)

    assert grade(item, repr(value)).fraction == 1
    assert grade(item, repr(value).replace(".", ",") + " mg").fraction == 1


def test_a_key_made_by_a_programme_is_checked_as_well():
    with pytest.raises(QuizError, match="finite"):
        Item("Q1", Kind.NUMERIC, "How many?", (), Quantity(float("inf")))


def fraction_or_code(response):
    """The mark of a response to the sample, or the code with which it is refused."""
    try:
        return grade(sample(Kind.NUMERIC), response).fraction
    except QuizError as error:
        return error.code


@steady
@given(st.text(max_size=20))
def test_any_text_is_marked_or_refused(text):
    assert fraction_or_code(text) in {0, 1, Reason.NOT_A_NUMBER}
