"""Numbers as they are said."""

import pytest

from captions.making.numbers import say_number, say_ordinal


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "zero"),
        ("13", "thirteen"),
        ("40", "forty"),
        ("99", "ninety nine"),
        ("100", "one hundred"),
        ("115", "one hundred and fifteen"),
        ("1,000", "one thousand"),
        ("1005", "one thousand and five"),
        ("2,350", "two thousand three hundred and fifty"),
        ("1,000,000", "one million"),
        ("007", "zero zero seven"),
        ("2.5", "two point five"),
        (".25", "zero point two five"),
        ("10-15", "ten to fifteen"),
        ("0.5–1", "zero point five to one"),
        ("1:2,000", "one in two thousand"),
        ("1/2", "one half"),
        ("3/4", "three quarters"),
        ("2/3", "two thirds"),
        ("120/80", None),
        ("12/10", "twelve over ten"),
        ("3rd", "third"),
        ("1990s", "nineteen nineties"),
    ],
)
def test_a_number_is_said_in_words(written: str, said: str | None) -> None:
    assert say_number(written) == (said.split() if said else None)


@pytest.mark.parametrize("text", ["", "mg", "L4", "1.2.3", "-", "1-", "4x4", "--5"])
def test_what_is_no_number_is_left_to_others(text: str) -> None:
    assert say_number(text) is None


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("1998", "nineteen ninety eight"),
        ("2005", "two thousand and five"),
        ("2024", "twenty twenty four"),
        ("1900", "nineteen hundred"),
        ("1906", "nineteen oh six"),
        ("3000", "three thousand"),
    ],
)
def test_a_year_is_said_in_two_halves(year: str, said: str) -> None:
    assert say_number(year, is_year=True) == said.split()


@pytest.mark.parametrize(
    ("place", "said"),
    [("1", "first"), ("12", "twelfth"), ("20", "twentieth"), ("25", "twenty fifth"), ("4", "fourth")],
)
def test_a_place_in_a_row_is_an_ordinal(place: str, said: str) -> None:
    assert say_ordinal(place) == said.split()


def test_a_row_of_digits_without_end_is_said_digit_by_digit() -> None:
    assert say_number("9" * 400) == ["nine"] * 400
