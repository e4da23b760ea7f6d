"""Cepstra: twelve numbers for each hundredth of a second that say which sound of a voice it is."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HOP_MS: Final = 10
WINDOW_SECONDS: Final = 0.025
LOWEST_HZ, HIGHEST_HZ = 100.0, 7000.0
BANDS: Final = 26
COEFFICIENTS: Final = 12
BLOCK: Final = 2000
"""Frames that are worked on at once, so that an hour takes no more memory than its result."""


def frames(samples: NDArray[np.int16], rate: int) -> Floats:
    """Mel cepstra 1 to 12 of 16-bit mono samples, a row for each HOP_MS (Davis and Mermelstein 1980).

    The first coefficient, which is the level, is left out. The bands are the same in hertz at every rate, so
    that sounds of 16 000 and 22 050 samples a second can be compared.
    """
    window = round(rate * WINDOW_SECONDS)
    size = 1 << (window - 1).bit_length()
    starts = np.arange(0, max(len(samples) - window, 0) + 1, rate * HOP_MS / 1000).astype(int)
    if len(samples) < window:
        return np.zeros((0, COEFFICIENTS), dtype=np.float32)
    shape, bank, turn = np.hanning(window).astype(np.float32), _bank(rate, size), _cosines()
    views = np.lib.stride_tricks.sliding_window_view(samples, window)
    found = np.empty((len(starts), COEFFICIENTS), dtype=np.float32)
    for first in range(0, len(starts), BLOCK):
        piece = views[starts[first : first + BLOCK]].astype(np.float32) * shape
        power = np.abs(np.fft.rfft(piece, size, axis=1)) ** 2
        found[first : first + BLOCK] = np.log(power @ bank.T / window + 1.0) @ turn.T
    return found


def normalised(found: Floats) -> Floats:
    """Each coefficient with mean 0 and deviation 1, so that voice and microphone matter less."""
    if not len(found):
        return found
    return np.asarray((found - found.mean(axis=0)) / (found.std(axis=0) + np.float32(1e-3)))


def _bank(rate: int, size: int) -> Floats:
    """Triangles of equal width on the mel scale (O'Shaughnessy 1987), a row for each."""
    low, high = (2595 * np.log10(1 + edge / 700) for edge in (LOWEST_HZ, HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    hertz = np.arange(size // 2 + 1) * rate / size
    rising = (hertz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - hertz) / (edges[2:] - edges[1:-1])[:, None]
    return np.clip(np.minimum(rising, falling), 0.0, None).astype(np.float32)


def _cosines() -> Floats:
    number = np.arange(1, COEFFICIENTS + 1)[:, None]
    return np.cos(np.pi * number * (np.arange(BANDS) + 0.5) / BANDS).astype(np.float32)
