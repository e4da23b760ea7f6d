"""Comparing two recordings by their sound, on speech-like envelopes and on real files."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from media.making.soundmatch import STEP_MS, match, shift_between


def speech(seed: int, seconds: float) -> list[float]:
    """Syllables and pauses as a voice makes them: how loud each forty milliseconds are."""
    chance = random.Random(seed)
    values: list[float] = []
    while len(values) < seconds * 1000 / STEP_MS:
        loud, length = chance.uniform(4, 8), chance.randint(3, 12)
        values += [loud * math.sin(math.pi * (n + 0.5) / length) for n in range(length)]
        values += [chance.uniform(0, 0.6)] * chance.choice((1, 2, 2, 5, 14))
    return values[: int(seconds * 1000 / STEP_MS)]


def noisy(values: list[float], seed: int) -> list[float]:
    chance = random.Random(seed)
    return [value + chance.gauss(0, 0.8) for value in values]


@pytest.mark.parametrize("later", [0, 40, 1240, 30_000])
def test_the_same_take_that_begins_later_is_found(later: int) -> None:
    take = speech(1, 90)

    after = speech(2, later / 1000) + noisy(take, 3)

    assert shift_between(take, after) == pytest.approx(later, abs=STEP_MS)


def test_a_take_whose_beginning_was_cut_is_found() -> None:
    take = speech(4, 90)

    assert shift_between(take, noisy(take, 5)[200:]) == pytest.approx(-200 * STEP_MS, abs=STEP_MS)


@pytest.mark.parametrize("seed", range(10, 20))
def test_another_take_is_not_taken_for_the_same(seed: int) -> None:
    assert shift_between(speech(seed, 60), speech(seed + 100, 70)) is None


@pytest.mark.parametrize(
    ("before", "after"), [([], []), ([1.0] * 100, [1.0] * 100), ([0.0] * 5, [1.0] * 900)]
)
def test_silence_and_shreds_tell_nothing(before: list[float], after: list[float]) -> None:
    assert shift_between(before, after) is None


@pytest.mark.slow
def test_two_files_of_one_take_are_compared(tmp_path: Path, make: Callable[..., Path]) -> None:
    bursts = ("-f", "lavfi", "-i", "aevalsrc='sin(440*2*PI*t)*gt(sin(t*t*2)\\,0.3)':s=48000:d=12")
    whole = make("whole.mp4", *bursts, "-c:a", "aac")
    late = make("late.mp4", *bursts, "-af", "adelay=1500:all=1", "-c:a", "aac", "-b:a", "64k")
    other = make("other.mp4", "-f", "lavfi", "-i", "sine=frequency=300:duration=12", "-c:a", "aac")

    assert match(whole, late, work=tmp_path) == pytest.approx(1500, abs=2 * STEP_MS)
    assert match(whole, other, work=tmp_path) is None
