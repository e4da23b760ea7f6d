"""Descriptions as one sound in the time of the film: where each begins, and what it runs into."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path

import numpy as np
import pytest

from captions import CaptionError, Cue, ErrorCode, Hearing, Speech
from captions.making import gaps
from captions.making.narration import PAUSE_MS, follow, speak
from captions.making.voice import Spoken, Voice

RATE = 8000
WORD = 500
"""Milliseconds of sound that this voice has for a word."""


def voice(text: str) -> Spoken:
    """A tone for each word; before and after it the silence that real voices leave."""
    count = len(text.split()) * WORD * RATE // 1000
    tone = np.full(count, 9000, dtype=np.int16)
    quiet = np.zeros(400, dtype=np.int16)
    return Spoken(np.concatenate([quiet, tone, quiet]) if count else quiet, RATE)


def samples(path: Path) -> tuple[int, np.ndarray]:
    with wave.open(str(path)) as source:
        assert (source.getnchannels(), source.getsampwidth()) == (1, 2)
        return source.getframerate(), np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")


def write(path: Path, sound: np.ndarray, rate: int = RATE, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(sound.astype("<i2").tobytes())
    return path


def babble(ms: int, rate: int = RATE) -> np.ndarray:
    """Noise in syllables of 120 ms, which is heard as speech."""
    count = ms * rate // 1000
    noise = np.random.default_rng(3).normal(0, 4000, count)
    at = np.arange(count) * 1000 // rate
    return (noise * (at % 200 < 120)).astype(np.int16)


def test_each_description_begins_on_the_sample_of_its_time_and_the_sound_is_as_long_as_the_film(tmp_path):
    cues = (Cue(1001, 2000, "The <i>crest</i>"), Cue(4000, 5000, "Thumb"))

    made = speak(cues, voice, tmp_path / "n.wav", duration=6007)

    rate, sound = samples(made.path)
    loud = np.flatnonzero(sound)
    assert (rate, len(sound)) == (RATE, 6007 * RATE // 1000)
    assert loud[0] == 1001 * RATE // 1000
    assert np.flatnonzero(np.diff(loud) > 1).tolist() == [2 * WORD * RATE // 1000 - 1]
    assert loud[2 * WORD * RATE // 1000] == 4000 * RATE // 1000
    assert loud[-1] == 4500 * RATE // 1000 - 1
    assert made.stretches == ((1001, 2001), (4000, 4500))
    assert [(each.number, each.over, each.late) for each in made.said] == [(0, 0, 0), (1, 0, 0)]


def test_two_are_never_said_at_once_and_how_late_the_second_is_is_told(tmp_path):
    cues = (Cue(1500, 2000, "second"), Cue(1000, 1400, "one two three"))

    made = speak(cues, voice, tmp_path / "n.wav", duration=5000)

    first, second = made.said
    assert (first.number, first.start, first.end, first.late) == (1, 1000, 2500, 0)
    assert (second.number, second.start, second.late) == (0, 2500 + PAUSE_MS, 1000 + PAUSE_MS)


@pytest.mark.parametrize(
    ("start", "words", "over"),
    [(1000, 2, 0), (1000, 4, 0), (1000, 5, 500), (3000, 2, 1000), (2500, 6, 2000)],
)
def test_what_runs_over_its_gap_is_told_by_how_long_the_film_speaks_meanwhile(tmp_path, start, words, over):
    speech = (Speech(0, 1000), Speech(3000, 5000))
    found = gaps.find(Hearing(speech, (), 9000), least=1)

    made = speak((Cue(start, start + 1, "w " * words),), voice, tmp_path / "n.wav", duration=9000, gaps=found)

    assert made.said[0].over == over


def test_what_comes_after_the_end_is_cut_and_left_out(tmp_path):
    cues = (Cue(1800, 1900, "one two"), Cue(2000, 2500, "late"), Cue(1000, 1200, "♪"), Cue(0, 10, " "))

    made = speak(cues, lambda text: voice("" if text == "♪" else text), tmp_path / "n.wav", duration=2000)

    assert made.stretches == ((1800, 2000),)
    assert len(samples(made.path)[1]) == 2000 * RATE // 1000


def test_descriptions_without_a_word_make_no_sound(tmp_path):
    with pytest.raises(CaptionError) as caught:
        speak((Cue(0, 10, ""),), voice, tmp_path / "n.wav", duration=2000)

    assert caught.value.code is ErrorCode.NARRATION_EMPTY
    assert not (tmp_path / "n.wav").exists()


def test_the_work_ends_when_nobody_wants_it(tmp_path):
    with pytest.raises(CaptionError) as caught:
        speak((Cue(0, 10, "one"),), voice, tmp_path / "n.wav", duration=2000, cancelled=lambda: True)

    assert caught.value.code is ErrorCode.WORK_CANCELLED


def test_a_recording_keeps_its_times_and_is_filled_up_to_the_end_of_the_film(tmp_path):
    quiet = np.zeros(2 * RATE, dtype=np.int16)
    source = write(tmp_path / "r.wav", np.concatenate([quiet, babble(1000), quiet, babble(1000)]))
    cues = (Cue(2500, 3000, "Crest"), Cue(5200, 6000, "Thumb"))
    found = gaps.find(Hearing((Speech(2500, 4000),), (), 9000), least=1)

    made = follow(source, cues, tmp_path / "n.wav", duration=9000, gaps=found)

    sound = samples(made.path)[1]
    assert len(sound) == 9 * RATE
    assert np.array_equal(sound[: 6 * RATE], samples(source)[1])
    assert not sound[6 * RATE :].any()
    first, second = made.said
    assert (first.number, second.number) == (0, 1)
    assert first.start == pytest.approx(2000, abs=60)
    assert first.end == pytest.approx(2920, abs=60)
    assert first.over == pytest.approx(420, abs=60)
    assert second.over == 0


def test_a_recording_that_is_a_little_longer_is_cut_and_one_that_is_much_longer_is_refused(tmp_path):
    source = write(tmp_path / "r.wav", babble(3000))

    made = follow(source, (Cue(0, 10, "a"),), tmp_path / "n.wav", duration=2500)

    assert len(samples(made.path)[1]) == 2500 * RATE // 1000
    with pytest.raises(CaptionError) as caught:
        follow(source, (), tmp_path / "n.wav", duration=1900)
    assert caught.value.code is ErrorCode.NARRATION_LONG


def test_a_recording_in_which_nobody_speaks_is_refused(tmp_path):
    source = write(tmp_path / "r.wav", np.zeros(RATE, dtype=np.int16))

    with pytest.raises(CaptionError) as caught:
        follow(source, (), tmp_path / "n.wav", duration=2000)

    assert caught.value.code is ErrorCode.NO_SOUND


def test_only_samples_of_one_channel_are_taken(tmp_path):
    source = write(tmp_path / "r.wav", babble(1000), channels=2)

    with pytest.raises(ValueError, match="mono"):
        follow(source, (), tmp_path / "n.wav", duration=2000)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_real_voice_begins_on_its_time(tmp_path):
    made = speak((Cue(700, 2000, "The thumb presses."),), Voice("en").say, tmp_path / "n.wav", duration=4000)

    rate, sound = samples(made.path)
    assert np.flatnonzero(sound)[0] == 700 * rate // 1000
    assert 500 < made.said[0].end - made.said[0].start < 2500
