"""What was typed, read as a question: nothing in it is an error, and only quotes are operators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.services.searching import asking, counting
from edu.services.searching.asking import MOST_TERMS, Term, read


def terms(text: str) -> list[tuple[str, bool]]:
    return [(" ".join(term.words), term.is_beginning) for term in read(text).terms]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("needle ang", [("needle", False), ("ang", True)]),
        ("  Needle  ", [("needle", True)]),
        ('"loss of resistance" feel', [("loss of resistance", False), ("feel", True)]),
        ("feel “loss of resistance”", [("feel", False), ("loss of resistance", False)]),
        ('"never closed', [("never closed", False)]),
        ("well-being 0.5", [("well being", False), ("0 5", False)]),
        ("a", [("a", False)]),
        ("the the THE", [("the", False), ("the", True)]),
        ("* NEAR( AND ^ -x", [("near", False), ("and", False), ("x", False)]),
        ('" " - *', []),
        ("", []),
    ],
)
def test_a_question_is_read(text: str, found: list[tuple[str, bool]]) -> None:
    assert terms(text) == found
    assert bool(read(text)) is bool(found)


def test_more_than_eight_terms_are_not_asked() -> None:
    assert len(read(" ".join(f"word{number}" for number in range(20))).terms) == MOST_TERMS


def test_a_needle_stands_between_spaces_but_for_a_beginning() -> None:
    assert Term(("loss", "of")).needles == (" loss of ",)
    assert Term(("loss",), is_beginning=True, others=(("a", "b"),)).needles == (" loss", " a b ")


def test_engines_are_asked_in_their_own_tongues() -> None:
    question = read('"loss of" feel')

    assert counting.fts(question) == '"loss of" AND "feel"*'
    assert counting.tsquery(question) == "'loss' & 'of' & 'feel':*"


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_question_of_letters_and_digits(text: str) -> None:
    for term in read(text).terms:
        assert term.words
        assert all(word and all(letter.isalnum() for letter in word) for word in term.words)
    assert len(text[: asking.MOST_LETTERS]) <= asking.MOST_LETTERS
