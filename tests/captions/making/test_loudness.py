"""Loudness: where a sound can be cut and where it may be speech."""

import tempfile

import numpy as np
import numpy.typing as npt

from captions.audio import PER_MS, Sound
from captions.making.loudness import Loudness, measure


def measured(pieces: list[tuple[int, float]]) -> Loudness:
    """Noise of these strengths, each for so many milliseconds."""
    rng = np.random.default_rng(1)
    rows: list[npt.NDArray[np.float64]] = [rng.normal(0, strength, ms * PER_MS) for ms, strength in pieces]
    samples = np.concatenate([*rows, np.zeros(0)]).astype(np.int16)
    with tempfile.TemporaryFile() as file:
        file.write(samples.tobytes())
        file.flush()
        return measure(Sound(file, len(samples) // PER_MS))


def test_a_long_sound_is_cut_in_its_pauses() -> None:
    found = measured([(9000, 2000), (500, 20), (12_000, 2000), (500, 20), (9000, 2000)])

    cuts = found.cuts()

    assert cuts[0] == 0
    assert 9000 <= cuts[1] <= 9500
    assert 21_500 <= cuts[2] <= 22_000
    assert cuts[-1] == 31_000


def test_speech_without_pauses_is_cut_all_the_same() -> None:
    cuts = measured([(70_000, 2000)]).cuts()

    steps = np.diff(cuts)
    assert cuts[-1] == 70_000
    assert steps[:-1].min() >= 4000
    assert steps.max() <= 20_000


def test_a_pause_is_told_from_speech_also_over_noise() -> None:
    found = measured([(3000, 2000), (1000, 300), (3000, 2000), (1000, 300)])

    assert found.loud_share(500, 2500) > 0.95
    assert found.loud_share(3100, 3900) < 0.05


def test_when_all_is_equally_loud_loudness_says_nothing() -> None:
    assert measured([(3000, 500)]).loud_share(1000, 1500) == 1.0


def test_a_sound_of_no_length_has_no_cuts_inside() -> None:
    assert measured([]).cuts() == [0]
