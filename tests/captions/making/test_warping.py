"""Two sounds that say the same at different paces are laid on each other, at every fineness."""

import numpy as np
import pytest

from captions.making import cepstrum, warping


def series(length: int, seed: int = 1) -> np.ndarray:
    """A walk of twelve numbers, as smooth as speech."""
    steps = np.random.default_rng(seed).normal(size=(length, 12))
    return cepstrum.normalised(np.cumsum(steps, axis=0).astype(np.float32))


@pytest.mark.parametrize("most", [warping.MOST_CELLS, 2000])
def test_a_sound_slowed_and_hurried_is_followed(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warping, "MOST_CELLS", most)
    sound = series(600)
    slower, faster = np.arange(200, 400, 0.5), np.arange(400, 600, 1.6)
    places = np.concatenate((np.arange(200), slower, faster)).astype(int)

    first, last = warping.warp(sound, sound[places])

    middle = (first + last) / 2
    truth = np.interp(np.arange(600), places, np.arange(len(places)))
    assert np.abs(middle - truth).max() < 16
    assert np.median(np.abs(middle - truth)) < 1
    assert (np.diff(first) >= 0).all()
    assert (first[0], last[-1]) == (0, len(places) - 1)


def test_single_frames_are_laid_on_all() -> None:
    first, last = warping.warp(series(1), series(5))

    assert (first.tolist(), last.tolist()) == ([0], [4])
    assert [len(side) for side in warping.warp(series(5), series(1))] == [5, 5]


def test_nothing_cannot_be_laid_on_anything() -> None:
    with pytest.raises(ValueError, match="nothing"):
        warping.warp(series(0), series(5))


def test_a_tone_has_the_same_cepstra_at_two_rates() -> None:
    turns = [2 * np.pi * np.arange(rate) / rate for rate in (16_000, 22_050)]
    sounds = [8000 * np.sin(440 * turn) + 500 * np.sin(2500 * turn) for turn in turns]
    one, two = (cepstrum.frames(sound.astype(np.int16), len(sound)) for sound in sounds)

    assert one.shape == two.shape == (98, 12)
    assert np.abs(one[5:-5] - two[5:-5]).mean() < 0.35 * np.abs(one[5:-5]).mean()
    assert len(cepstrum.frames(np.zeros(10, dtype=np.int16), 16_000)) == 0
