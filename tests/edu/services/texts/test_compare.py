"""Two states of a track: which cues are the same ones, and what became of them."""

from __future__ import annotations

from captions import Cue
from edu.services.texts.compare import Difference, Sort, differences

FIND, PRESS = Cue(1000, 2000, "Find."), Cue(3000, 4000, "Press.")


def test_a_cue_is_known_again_by_its_words_or_else_by_its_time():
    moved, reworded = Cue(9000, 9500, "Find."), Cue(3400, 4000, "Press gently.")

    found, same = differences((FIND, PRESS), (reworded, moved))

    assert same == 0
    assert found == (
        Difference(Sort.CHANGED, PRESS, reworded, is_retimed=True, is_reworded=True),
        Difference(Sort.CHANGED, FIND, moved, is_retimed=True),
    )


def test_what_came_and_what_went_is_told_in_the_order_of_time():
    late = Cue(60_000, 61_000, "Ask.")

    found, same = differences((FIND, PRESS), (FIND, late))

    assert same == 1
    assert found == (Difference(Sort.REMOVED, PRESS, None), Difference(Sort.ADDED, None, late))


def test_twenty_thousand_captions_and_their_translation_are_compared_at_once():
    old = tuple(Cue(n * 4000, n * 4000 + 3000, f"Line {n}") for n in range(20_000))
    new = tuple(Cue(n * 4000 + 2000, n * 4000 + 3000, f"Renglón {n}") for n in range(20_000))

    found, same = differences(old, new)  # looking through all for each would take half a minute

    assert (len(found), same) == (40_000, 0)
