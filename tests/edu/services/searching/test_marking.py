"""Which sentences of a place are shown, and what is marked in them."""

from __future__ import annotations

import pytest

from edu.services.searching.asking import read
from edu.services.searching.marking import LONGEST, excerpt


def shown(asked: str, *lines: str) -> tuple[int, str]:
    """When it begins, and the text with [marks]."""
    timed = [(number * 1000, number * 1000 + 1000, line) for number, line in enumerate(lines)]
    start, pieces = excerpt(read(asked), timed)
    return start, "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("nee", "The Needle, the needles.", "The [Needle], the [needles]."),
        ("needle ", "needles and a needle", "[needles] and a [needle]"),
        ('"needle"', "needles and a needle", "needles and a [needle]"),
        ("nadel", "Die Nädel", "Die [Nädel]"),
        ("naïve", "so NAIVE!", "so [NAIVE]!"),
        ('"loss of resistance"', "a loss, of\nresistance", "a [loss, of\nresistance]"),
        ("0.5", "give 0.5 ml, 10.5 ml", "give [0.5] ml, 10.5 ml"),
        ("角度", "针の角度は", "针の[角度]は"),
        ("e", "e é\u0301 eel", "[e] [é\u0301] eel"),
        ("the edge", "The edges of the", "[The] [edges] of [the]"),
        ("<b>", "a <b> & c", "a <[b]> & c"),
    ],
)
def test_words_are_marked_as_they_are_written(asked: str, text: str, marked: str) -> None:
    assert shown(asked, text) == (0, marked)


def test_the_line_that_meets_all_is_shown_alone() -> None:
    assert shown("needle angle", "The needle.", "Its angle.", "The needle's angle.") == (
        2000,
        "The [needle]'s [angle].",
    )


def test_lines_that_meet_it_together_are_shown_in_their_order() -> None:
    assert shown("angle needle", "No.", "The needle.", "Yes.", "Its angle.") == (
        1000,
        "The [needle]. … Its [angle].",
    )
    assert shown("angle needle", "The needle.", "Its angle.") == (0, "The [needle]. Its [angle].")


def test_a_phrase_over_several_lines_is_marked_in_all_of_them() -> None:
    assert shown('"of resistance"', "Yes.", "A loss of", "resistance") == (1000, "A loss [of] [resistance]")
    assert shown('"loss of all resistance"', "Ä loss", "of all", "resistance, loss") == (
        0,
        "Ä [loss] [of all] [resistance], loss",
    )


def test_a_hit_begins_shortly_before_its_word_is_said() -> None:
    said = "Sit the patient down, uncover the back, warm your hands, then press the crest."

    for asked, start in (("sit", 20_000), ("uncover", 21_884), ("crest", 29_576)):
        begun, _ = excerpt(read(asked), [(0, 20_000, "Good morning."), (20_000, 32_000, said)])

        assert begun == start, asked


def test_a_long_line_is_cut_round_its_mark_between_words() -> None:
    text = "before " * 60 + "needle " + "after " * 60

    _, cut = shown("needle ", text)

    assert cut.startswith("… before ")
    assert "[needle]" in cut
    assert cut.endswith("after …")
    assert len(cut) < LONGEST + 20
