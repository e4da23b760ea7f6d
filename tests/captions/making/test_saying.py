"""What is said for a token of a script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions.making.pronounce import SPELLING
from captions.making.saying import say

WORDS = frozenset(
    [
        "it",
        "is",
        "not",
        "never",
        "stop",
        "us",
        "and",
        "or",
        "fatty",
        "fibro",
        "the",
        "end",
        "then",
        "doctor",
        "patient",
    ]
)


@pytest.mark.parametrize(
    ("token", "before", "said"),
    [
        ("Press", "", "press"),
        ("gently,", "", "gently"),
        ("“It’s", "", "it's"),
        ("patient’s", "", "patient's"),
        ("fibro-fatty", "", "fibro fatty"),
        ("and/or", "", "and or"),
        ("Dr.", "", "doctor"),
        ("e.g.,", "", "for example"),
        ("&", "", "and"),
        ("café", "", "cafe"),
        ("40", "", "forty"),
        ("mg", "40", "milligrams"),
        ("mg", "1", "milligram"),
        ("mg.", "0.5", "milligrams"),
        ("2ml", "", "two milliliters"),
        ("cm", "about", "cm"),
        ("in", "2", "in"),
        ("2in", "", "two inches"),
        ("50%", "", "fifty percent"),
        ("%", "50", "percent"),
        ("37°C", "", "thirty seven degrees celsius"),
        ("25G", "", "twenty five gauge"),
        ("25-gauge", "", "twenty five gauge"),
        ("L4", "", "l four"),
        ("L4-L5.", "", "l four l five"),
        ("1:2,000", "", "one in two thousand"),
        ("PSIS", "", "p s i s"),
        ("NOT", "", "not"),
        ("U.S.", "", "u s"),
        ("https://www.example.org/a", "", "w w w dot example dot org slash a"),
        ("anna@example.org", "", "anna at example dot org"),
        ("end.Then", "", "end then"),
        ("nodule(s)", "", "nodule s"),
        ("Cannula18", "", "cannula eighteen"),
        ("AAAAAA0", "", "aaaaaa zero"),
        ("o'clock5", "", "o'clock five"),
        ("~5", "", "five"),
        ("—", "", ""),
        ("…", "", ""),
        ("привет", "", ""),
    ],
)
def test_a_token_stands_for_the_words_that_are_said(token: str, before: str, said: str) -> None:
    assert say(token, WORDS.__contains__, before=before) == tuple(said.split())


@given(st.text(max_size=40), st.sampled_from(["", "1", "2.5", "a"]))
def test_whatever_is_pasted_only_words_come_out(token: str, before: str) -> None:
    for word in say(token, WORDS.__contains__, before=before):
        assert SPELLING.fullmatch(word), (token, word)
