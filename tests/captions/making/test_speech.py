"""Speech found at any level, over hum and noise; silence, noise and a steady tone are none."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from captions.hearing import Speech
from captions.making import speech

RATE = 16_000
SAID = ((500, 1700), (2300, 3100), (3350, 5200), (6400, 7000))
DURATION = 8000

Sound = np.ndarray


@cache
def buzz(duration: int, rate: int) -> Sound:
    """Something like a voice: a buzz of 120 Hz whose formants move, four syllables a second."""
    time = np.arange(duration * rate // 1000) / rate
    sound = np.zeros(len(time))
    for number in range(1, 30):
        pitch = 120 * number
        loud = sum(
            np.exp(-(((pitch - formant * (1 + 0.2 * np.sin(8 * time + formant))) / 150) ** 2))
            for formant in (500, 1500, 2500)
        )
        sound += loud * np.sin(2 * np.pi * pitch * time)
    return sound * (0.3 + 0.7 * np.abs(np.sin(4 * np.pi * time))) * 4000


def voice(spans: tuple[tuple[int, int], ...] = SAID, duration: int = DURATION, rate: int = RATE) -> Sound:
    """The voice during `spans` (milliseconds) and silence else."""
    sound = buzz(duration, rate)
    loud = np.zeros(len(sound))
    for start, end in spans:
        loud[start * rate // 1000 : end * rate // 1000] = 1
    return sound * loud


def noise(sound: Sound, db: float, seed: int = 1) -> Sound:
    """White noise so much below the speech in `sound`."""
    power = np.mean(sound[sound != 0] ** 2) / 10 ** (db / 10)
    return np.random.default_rng(seed).normal(0, np.sqrt(power), len(sound))


def hum(sound: Sound, db: float) -> Sound:
    time = np.arange(len(sound)) / RATE
    wave = sum(np.sin(2 * np.pi * 50 * number * time) / number for number in (1, 2, 3, 5))
    return wave * np.sqrt(np.mean(sound[sound != 0] ** 2) / 10 ** (db / 10) / np.mean(wave**2))


def whole(sound: Sound) -> np.ndarray:
    return np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)


@pytest.mark.parametrize(
    "heard",
    [
        lambda sound: sound,
        lambda sound: sound / 50,
        lambda sound: sound * 6,
        lambda sound: sound + noise(sound, 15),
        lambda sound: sound + hum(sound, 5),
        lambda sound: sound / 20 + 2000 * np.sin(2 * np.pi * 330 * np.arange(len(sound)) / RATE),
    ],
    ids=["clean", "soft", "clipped", "noise of 15 dB", "hum", "under a tone"],
)
def test_each_stretch_begins_and_ends_where_it_does(heard: Callable[[Sound], Sound]) -> None:
    found = speech.find(whole(heard(voice())))

    assert len(found) == len(SAID)
    for one, (start, end) in zip(found, SAID, strict=True):
        assert abs(one.start - start) <= 60
        assert abs(one.end - end) <= 130


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros(100),
        np.zeros(10 * RATE),
        np.random.default_rng(3).normal(0, 500, 20 * RATE),
        8000 * np.sin(2 * np.pi * 330 * np.arange(10 * RATE) / RATE),
    ],
    ids=["nothing", "too short", "silence", "noise", "tone"],
)
def test_where_nobody_speaks_nothing_is_found(sound: Sound) -> None:
    assert speech.find(whole(sound)) == ()


def test_a_click_is_no_speech_and_a_short_closure_no_pause() -> None:
    clicking = voice(((1000, 2000), (2080, 3000)))
    clicking[6 * RATE : 6 * RATE + 300] += 8000

    assert [one.duration // 1000 for one in speech.find(whole(clicking))] == [2]


def test_other_rates_give_the_same_times() -> None:
    found = speech.find(whole(voice(((1000, 3000),), 4000, 22_050)), rate=22_050)

    assert len(found) == 1
    assert abs(found[0].start - 1000) <= 30
    with pytest.raises(ValueError, match="4000"):
        speech.find(np.zeros(10, dtype=np.int16), rate=4000)


def test_a_block_border_is_heard_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = whole(voice())
    expected = speech.find(sound)
    monkeypatch.setattr(speech, "BLOCK_SECONDS", 1)

    assert speech.find(sound) == expected
    assert isinstance(expected[0], Speech)
