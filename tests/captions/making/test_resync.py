"""Captions of another cut and rate found again by their words, and roughly by when somebody speaks."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from captions.hearing import Hearing, Speech
from captions.making import resync
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack

WORDS = [
    "press",
    "the",
    "nodule",
    "between",
    "two",
    "fingers",
    "and",
    "note",
    "where",
    "the",
    "familiar",
    "pain",
    "appears",
    "under",
    "gentle",
    "pressure",
]


def spoken(count: int = 24) -> list[tuple[int, int, str]]:
    """Sentences with their true times in the sound; no two pauses are alike."""
    rng, at, found = Random(7), 1000, []
    for _ in range(count):
        tokens = [rng.choice(WORDS) for _ in range(rng.randint(4, 9))]
        end = at + 400 * len(tokens)
        found.append((at, end, " ".join(tokens)))
        at = end + rng.randint(300, 2500)
    return found


def heard(wrong: float = 0.0) -> list[TimedWord]:
    rng = Random(3)
    return [
        TimedWord(
            "mumble" if rng.random() < wrong else token,
            start + 400 * number + rng.randint(-30, 30),
            start + 400 * number + 380,
        )
        for start, _, text in spoken()
        for number, token in enumerate(text.split())
    ]


def shown(ratio: Fraction, offset: int) -> TextTrack:
    """Cues that time in the sound = ratio × cue + offset brings home."""
    return TextTrack(
        cues=tuple(
            Cue(
                round((start - offset) / ratio), round((end - offset) / ratio), f"<v Ann>{text.capitalize()}."
            )
            for start, end, text in spoken()
        )
    )


def farthest(sync: resync.Sync, track: TextTrack) -> int:
    done = resync.apply(track, sync).track
    return max(abs(cue.start - start) for cue, (start, _, _) in zip(done.cues, spoken(), strict=True))


@pytest.mark.parametrize("name", resync.KNOWN)
def test_offset_and_ratio_are_found_by_the_words(name: str) -> None:
    track = shown(resync.KNOWN[name], -20_000)

    found = resync.find(track, heard(wrong=0.25))

    assert found.name == name
    assert found.ratio == resync.KNOWN[name]
    assert found.confidence > 0.9
    assert found.residual_ms < 40
    assert farthest(found, track) < 60


def test_a_ratio_that_no_film_has_is_measured() -> None:
    track = shown(Fraction(1013, 1000), -20_000)

    found = resync.find(track, heard())

    assert found.name == ""
    assert farthest(found, track) < 60


def test_wrong_anchors_do_not_pull() -> None:
    track = shown(Fraction(1), -5000)
    moved = tuple(
        Cue(cue.start + 9000, cue.end + 9000, cue.text) if number % 6 == 0 else cue
        for number, cue in enumerate(track.cues)
    )

    found = resync.find(TextTrack(cues=moved), heard())

    assert found.ratio == 1
    assert abs(found.offset_ms + 5000) < 30
    assert found.confidence < 0.9


def test_captions_of_another_film_are_not_believed() -> None:
    other = TextTrack(
        cues=tuple(Cue(number * 3000, number * 3000 + 2000, "Quite something else.") for number in range(20))
    )

    assert resync.find(other, heard()) == resync.NOTHING
    assert resync.find(TextTrack(), heard()).confidence == 0.0


@pytest.mark.parametrize("name", ["1", "25/24", "23.976/25"])
def test_speech_alone_gives_a_first_guess(name: str) -> None:
    track = shown(resync.KNOWN[name], -20_000)
    hearing = Hearing(tuple(Speech(start, end) for start, end, _ in spoken()), duration=130_000)

    found = resync.guess(track, hearing)

    assert 0.25 < found.confidence <= 0.6
    assert farthest(found, track) < 300


def test_nonstop_speech_and_captions_without_pauses_give_no_guess_to_trust() -> None:
    track, sentences = shown(Fraction(1), 0), spoken()
    hearing = Hearing((Speech(500, 60_000), Speech(60_300, 120_000)), duration=121_000)
    gapless = tuple(Cue(one[0], two[0], one[2]) for one, two in pairwise(sentences))
    pauses = Hearing(tuple(Speech(start, end) for start, end, _ in sentences), duration=130_000)

    assert resync.guess(track, hearing).confidence < 0.25
    assert resync.guess(TextTrack(cues=gapless), pauses).confidence < 0.25
    assert resync.guess(TextTrack(), pauses) == resync.NOTHING
