"""Words as the index holds them: folded alike in texts and in questions."""

from __future__ import annotations

import pytest

from edu.services.searching.words import LONGEST, folded, origins, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The L5/S1 dimple, 0.5 ml!", ["the", "l5", "s1", "dimple", "0", "5", "ml"]),
        ("Nädel É naïve Łódź Ærø ŒUVRE", ["nadel", "e", "naive", "lodz", "aero", "oeuvre"]),
        ("STRASSE Straße İstanbul ﬁx", ["strasse", "strasse", "istanbul", "fix"]),
        ("n\u0061\u0308del", ["nadel"]),
        ("针刺 の角度", ["针", "刺", "の", "角", "度"]),
        ("كَتَبَ שָׁלוֹם", ["كتب", "שלום"]),
        ("a_b * \" ' ( ) : - \0", ["a", "b"]),
        ("", []),
    ],
)
def test_a_text_is_folded_into_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_word_without_end_is_cut() -> None:
    assert words("x" * 5000) == ["x" * LONGEST]


def test_each_folded_letter_knows_its_place() -> None:
    text = "aßé\u0301z"

    assert folded(text) == "assez"
    assert origins(text) == [0, 1, 1, 2, 4, 5]
