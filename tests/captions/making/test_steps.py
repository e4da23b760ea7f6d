"""Chapter suggestions: where signs agree, and nowhere else."""

from itertools import pairwise

import pytest

from captions import Cue, Hearing, Speech, Term, TextTrack
from captions.making.steps import Sign, Suggestion, suggest

SUBJECTS = (
    "wash your hands with soap and dry the hands on a towel",
    "find the iliac crest with your fingers and follow the crest to the dimple",
    "draw up lidocaine with a needle and push the air out of the needle",
)
TRACK = TextTrack(
    language="en",
    cues=tuple(
        Cue(20_000 * part + 4000 * place, 20_000 * part + 4000 * place + 3500, f"Now {subject}.")
        for part, subject in enumerate(SUBJECTS)
        for place in range(4)
    ),
)
DURATION = 60_000
FLOWING = tuple(Speech(cue.start, cue.end) for cue in TRACK.cues)
CUTS = (19_500, 30_000, 40_200)


def starts(hearing: Hearing, track: TextTrack = TRACK, *, least: int = 10_000) -> list[int]:
    return [each.start for each in suggest(track, hearing, duration=DURATION, least=least)]


def test_a_chapter_begins_where_pause_cut_and_words_agree() -> None:
    found = suggest(TRACK, Hearing(FLOWING, CUTS), duration=DURATION)

    assert found == (
        Suggestion(0, "Now wash your hands with soap", (Sign.BEGINNING,)),
        Suggestion(19_500, "Now find the iliac crest", (Sign.PAUSE, Sign.CUT, Sign.WORDS)),
        Suggestion(40_200, "Now draw up lidocaine", (Sign.PAUSE, Sign.CUT, Sign.WORDS)),
    )


def test_two_signs_are_enough_and_one_is_not() -> None:
    without_words = TextTrack(
        language="en", cues=tuple(Cue(cue.start, cue.end, "Press.") for cue in TRACK.cues)
    )

    assert starts(Hearing(FLOWING)) == [0, 20_000, 40_000]
    assert starts(Hearing(FLOWING, CUTS), without_words) == [0, 19_500, 40_200]
    assert starts(Hearing(FLOWING), without_words) == [0]
    assert starts(Hearing((Speech(0, 60_000),), (30_000,)), without_words) == [0]


def test_pauses_are_those_of_the_captions_when_nothing_was_heard() -> None:
    assert starts(Hearing()) == [0, 20_000, 40_000]


@pytest.mark.parametrize("least", [15_000, 25_000, 61_000])
def test_no_chapter_is_shorter_than_the_least(least: int) -> None:
    found = starts(Hearing(FLOWING, CUTS), least=least)

    assert all(below - above >= least for above, below in pairwise([*found, DURATION])) or found == [0]


def test_a_title_is_the_term_that_is_said_most_and_each_once() -> None:
    terms = (Term("iliac crest"), Term("needle"))

    found = suggest(TRACK, Hearing(FLOWING, CUTS), duration=DURATION, terms=terms)

    assert [each.title for each in found] == ["Now wash your hands with soap", "Iliac crest", "Needle"]


def test_a_film_without_captions_gets_no_proposal() -> None:
    assert suggest(TextTrack(), Hearing(cuts=(5000,)), duration=DURATION) == ()
    assert suggest(TextTrack(cues=(Cue(0, 1000, ""),)), Hearing(), duration=DURATION) == ()
