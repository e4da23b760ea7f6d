"""Places the narration: each shot's words inside the shot, with pauses at its punctuation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .festival import SAMPLE_RATE, Speech, speak
from .storyboard import Shot, Storyboard

LEAD = 0.3  # seconds of silence before the first word of a shot
TAIL = 0.3  # at least as much after the last one
CALM = 0.84  # of the voice's own speed, when there is room; a full shot is spoken faster
STEPS = (CALM, 0.87, 0.9, 0.93, 0.96, 1.0, 1.04, 1.08, 1.12, 1.16, 1.2, 1.25, 1.3, 1.34)
WEIGHTS = {".": 1.0, "?": 1.0, ":": 0.8, ";": 0.8, ",": 0.35}
LEAST = 0.17  # seconds added at a full stop, at the least; other marks by their weight
MOST = 0.9  # and at the most
SPREAD = 0.75  # of the spare time goes into pauses, the rest after the last word


@dataclass(frozen=True, slots=True)
class Word:
    """A narrated word with its mark of punctuation; milliseconds from the start of the video."""

    text: str
    start: int
    end: int
    shot: str


def narrate(board: Storyboard, seconds: float) -> tuple[NDArray[np.float32], tuple[Word, ...]]:
    """Speak the storyboard: samples at 32 kHz, as long as asked, and each word's true time."""
    track = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    words: list[Word] = []
    for shot in board.shots:
        samples, times = _spoken_in(shot)
        begin = shot.start / 1000 + LEAD - times[0][0]
        at = round(begin * SAMPLE_RATE)
        track[at : at + len(samples)] += samples
        for text, (start, end) in zip(shot.narration.split(), times, strict=True):
            words.append(Word(text, round((begin + start) * 1000), round((begin + end) * 1000), shot.id))
    return track, tuple(words)


def _spoken_in(shot: Shot) -> tuple[NDArray[np.float32], Sequence[tuple[float, float]]]:
    texts = shot.narration.split()
    room = shot.seconds - LEAD - TAIL
    for rate in STEPS:
        speech = speak(shot.narration, rate)
        weights = _weights(texts, speech)
        spare = room - (speech.words[-1][1] - speech.words[0][0])
        if spare >= LEAST * sum(weights) or (rate == STEPS[-1] and spare > 0):
            return _with_pauses(speech, weights, spare)
    raise RuntimeError(f"{shot.id} is too short for its {len(texts)} words")


def _weights(texts: Sequence[str], speech: Speech) -> list[float]:
    """How much of a pause each gap between two words deserves; 0 where the voice runs on."""
    gaps = zip(texts, speech.words, speech.words[1:], strict=False)
    return [
        WEIGHTS.get(text[-1], 0.0) if after[0] - before[1] > 0.03 else 0.0 for text, before, after in gaps
    ]


def _with_pauses(
    speech: Speech, weights: Sequence[float], spare: float
) -> tuple[NDArray[np.float32], Sequence[tuple[float, float]]]:
    share = 1 / (sum(weights) or 1)
    unit = min(MOST, spare * share, max(LEAST, SPREAD * spare * share))
    pieces: list[NDArray[np.float32]] = []
    times = [speech.words[0]]
    cut = 0
    added = 0.0
    for (_, end), (start, stop), weight in zip(speech.words, speech.words[1:], weights, strict=False):
        if weight:
            middle = round((end + start) / 2 * SAMPLE_RATE)
            pieces += [
                _faded(speech.samples[cut:middle]),
                np.zeros(round(unit * weight * SAMPLE_RATE), np.float32),
            ]
            cut, added = middle, added + round(unit * weight * SAMPLE_RATE) / SAMPLE_RATE
        times.append((start + added, stop + added))
    pieces.append(_faded(speech.samples[cut:]))
    return np.concatenate(pieces), times


def _faded(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same with 8 ms ramps at both ends, so that a cut in the voice's breath does not click."""
    ramp = min(len(samples) // 2, round(0.008 * SAMPLE_RATE))
    slope = np.linspace(0, 1, ramp, dtype=np.float32)
    faded = samples.copy()
    faded[:ramp] *= slope
    faded[len(faded) - ramp :] *= slope[::-1]
    return faded
