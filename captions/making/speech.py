"""find(): where somebody speaks, heard from the energy of the bands that carry speech."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from captions.hearing import Speech

Samples = NDArray[np.int16]
Floats = NDArray[np.float32]

HOP_MS: Final = 10
WINDOW_MS: Final = 25
BLOCK_SECONDS: Final = 60
"""So much sound is looked at at once: what is kept of it is a few numbers for each hop."""

EDGES_HZ: Final = (250, 400, 600, 850, 1150, 1550, 2100, 2800, 3800)
"""The bands; below the first lies hum, above the last little of a voice but much hiss."""

FLOOR_SECONDS: Final = 8
"""How far back, and how far ahead, the noise is listened for."""
QUIET_SHARE: Final = 10.0
"""Per cent of the hops of a second that are taken for noise alone: even fast speech has such gaps."""

CLIP_DB: Final = 30.0
"""So far above the noise a band is heard, and no more counts: a whistle in one band is no voice."""
BEGIN_DB: Final = 5.0
GO_ON_DB: Final = 3.2
"""Mean of the bands above their noise from which speech begins, and down to which it goes on."""
RANGE_DB: Final = 38.0
"""What is fainter than the loud parts of the recording by more than this is not meant to be heard."""

LEAST_SPEECH_MS: Final = 90
LEAST_PAUSE_MS: Final = 150
"""A shorter stretch is a click; a shorter pause is the closure of a consonant, or heard by nobody as one."""


def find(samples: Samples, *, rate: int = 16_000) -> tuple[Speech, ...]:
    """The stretches of speech in 16-bit mono `samples`, in the order of time.

    Each band is compared with its own noise, the higher of what was heard before and what comes after, so
    that level, hum, hiss and a steady tone do not matter. Any other sound of many bands that comes and goes
    (music, a cough) is taken for speech. A file of hours takes some ten bytes a millisecond at most.
    """
    if not 8_000 <= rate <= 48_000:
        raise ValueError(f"speech is looked for at 8000 to 48000 samples a second, not {rate}")
    bands = _bands(samples, rate)
    if not len(bands):
        return ()
    above = _smooth(_above_noise(bands), 3)
    level = _smooth(bands.max(axis=1), 3)
    above[level < np.percentile(level, 99) - RANGE_DB] = 0.0
    return _joined(_stretches(above), round(len(samples) * 1000 / rate))


def _bands(samples: Samples, rate: int) -> Floats:
    """Decibels of each band (columns) in each hop (rows)."""
    hop, window = rate * HOP_MS // 1000, rate * WINDOW_MS // 1000
    size = 1 << (window - 1).bit_length()
    shape = np.hanning(window).astype(np.float32)
    bins = np.clip(np.rint(np.array(EDGES_HZ) * size / rate).astype(int), 0, size // 2)
    hops = max(0, (len(samples) - window) // hop + 1)
    found = np.empty((hops, len(EDGES_HZ) - 1), dtype=np.float32)
    step = BLOCK_SECONDS * 1000 // HOP_MS
    for first in range(0, hops, step):
        count = min(step, hops - first)
        piece = samples[first * hop : (first + count - 1) * hop + window].astype(np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(piece, window)[::hop]
        power = np.abs(np.fft.rfft(frames * shape, size, axis=1).astype(np.complex64)) ** 2
        energy = np.add.reduceat(power, bins[:-1], axis=1)
        energy[:, -1] = power[:, bins[-2] : bins[-1]].sum(axis=1)
        # One unit of a 16-bit sample as noise: digital silence becomes a level, too.
        found[first : first + count] = 10 * np.log10(energy + window)
    return found


def _above_noise(bands: Floats) -> Floats:
    """How far each hop is above the noise: the mean of the bands, each counted up to CLIP_DB."""
    second = 1000 // HOP_MS
    starts = range(0, len(bands), second)
    quiet = np.array([np.percentile(bands[at : at + second], QUIET_SHARE, axis=0) for at in starts])
    floors = np.empty_like(quiet)
    for at in range(len(quiet)):
        before = quiet[max(0, at - FLOOR_SECONDS) : at + 1]
        after = quiet[at : at + 1 + FLOOR_SECONDS]
        floors[at] = np.maximum(_low(before), _low(after))
    above = np.empty(len(bands), dtype=np.float32)
    for number, at in enumerate(starts):
        over = bands[at : at + second] - floors[number]
        above[at : at + second] = np.clip(over, 0.0, CLIP_DB).mean(axis=1)
    return above


def _low(quiet: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.percentile(quiet, 25, axis=0))


def _smooth(values: Floats, count: int) -> Floats:
    """The mean of `count` (odd) neighbours; the ends are repeated."""
    padded = np.pad(values, count // 2, mode="edge")
    return np.convolve(padded, np.full(count, 1 / count, dtype=np.float32), mode="valid")


def _stretches(above: Floats) -> list[tuple[int, int]]:
    """Hops from which on, and before which, there is speech: begun above one threshold, kept by another."""
    kept = np.concatenate(([False], above > GO_ON_DB, [False]))
    edges = np.flatnonzero(kept[1:] != kept[:-1])
    return [
        (int(start), int(end))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if above[start:end].max() > BEGIN_DB
    ]


def _joined(stretches: list[tuple[int, int]], duration: int) -> tuple[Speech, ...]:
    """In milliseconds, over pauses that are none, without clicks."""
    lead = (WINDOW_MS - HOP_MS) // 2
    joined: list[list[int]] = []
    for first, last in stretches:
        start, end = first * HOP_MS + lead, last * HOP_MS + lead
        if joined and start - joined[-1][1] < LEAST_PAUSE_MS:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    found = (Speech(max(start, 0), min(end, duration)) for start, end in joined)
    return tuple(speech for speech in found if speech.duration >= LEAST_SPEECH_MS)
