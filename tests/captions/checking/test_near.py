"""Words near a term: slips and mis-hearings are found; other forms and other words are not."""

import pytest

from captions.checking.near import Lexicon, distance
from captions.terms import Term

LEXICON = Lexicon(
    (
        Term("lidocaine"),
        Term("chlorhexidine", ("core hexadeen",)),
        Term("palpation"),
        Term("lumbar", ("lumber",)),
        Term("nodule"),
        Term("sacrum"),
        Term("fascia"),
        Term("back mouse", ("black mouse", "back moss")),
        Term("iliac crest"),
        Term("PSIS", ("piss is",)),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Draw up lidocane now.", [("lidocane", "lidocaine")]),
        ("Lidocane first.", [("Lidocane", "Lidocaine")]),
        ("lidociane", [("lidociane", "lidocaine")]),
        (
            "chlorhexadine, clorhexidine",
            [("chlorhexadine", "chlorhexidine"), ("clorhexidine", "chlorhexidine")],
        ),
        ("Use core hexadeen.", [("core hexadeen", "chlorhexidine")]),
        ("the lumber spine", [("lumber", "lumbar")]),
        ("like a black mouse", [("black mouse", "back mouse")]),
        ("a back\nmoss", [("back\nmoss", "back mouse")]),
        ("the iliak crest", [("iliak crest", "iliac crest")]),
        ("the iliac crust", [("iliac crust", "iliac crest")]),
        ("at the piss is", [("piss is", "PSIS")]),
    ],
)
def test_a_slip_or_a_mishearing_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(near.written, near.term) for near in LEXICON.find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "lidocaine, Lidocaine, LIDOCAINE",
        "nodules and nodular tissue, the nodule's edge",
        "palpate, palpated, palpating, palpations",
        "sacral, fasciae, fascial, facial",
        "a module of noise, the crust of bread, a black cat",
        "back mouse and back mice",
        "the crest of the ilium",
        "",
        "1234 % ♪",
    ],
)
def test_other_forms_and_other_words_are_left_alone(text: str) -> None:
    assert list(LEXICON.find(text)) == []


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("", "ab", 2),
        ("same", "same", 0),
        ("form", "from", 1),
        ("lidocane", "lidocaine", 1),
        ("kitten", "sitting", 3),
    ],
)
def test_the_distance_counts_edits(one: str, other: str, edits: int) -> None:
    assert distance(one, other) == distance(other, one) == edits


def test_places_are_those_of_the_text() -> None:
    (near,) = LEXICON.find("Give the lidocane.")

    assert (near.start, near.end) == (9, 17)
