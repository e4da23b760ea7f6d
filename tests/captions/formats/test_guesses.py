"""Guesses: ends and languages that a file leaves open."""

from collections import Counter

import pytest

from captions.formats import guesses


@pytest.mark.parametrize(
    ("text", "length"), [("short", 1500), ("<b>x</b>" * 50, 3000), ("x" * 500, 7000), ("", 1500)]
)
def test_a_caption_that_nothing_ends_lasts_as_long_as_reading_it(text: str, length: int) -> None:
    assert guesses.reading_end(1000, text) == 1000 + length


def test_a_caption_lasts_until_the_next_that_begins_later() -> None:
    assert guesses.next_end(1000, [0, 1000, 1000, 9000], "a") == 9000
    assert guesses.next_end(9000, [0, 1000, 9000], "a") == 10_500


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("", "en"), ("es", "es-MX"), ("ES-mx", "es-MX"), ("es-ES", "es-MX"), ("fr", "en"), ("en", "en")],
)
def test_the_wanted_language_is_taken_else_that_with_most_captions(wanted: str, expected: str) -> None:
    assert guesses.language(Counter({"es-MX": 3, "en": 5}), wanted) == expected


def test_a_language_has_the_form_of_a_tag() -> None:
    assert guesses.tag(" pt_BR ") == "pt-BR"
    assert guesses.tag("klingon!") == guesses.tag("") == ""
