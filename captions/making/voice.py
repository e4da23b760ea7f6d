"""Voice: espeak-ng reads a sentence aloud, into memory, within limits."""

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from captions.errors import ErrorCode, refusal
from captions.making.espeak import Espeak

SILENT_RATE: Final = 22_050
"""Samples a second of nothing at all."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """16-bit mono samples, `rate` of them a second."""

    samples: NDArray[np.int16]
    rate: int


class Voice:
    """A voice of espeak-ng for a language."""

    def __init__(self, language: str, program: Path | None = None) -> None:
        """As Espeak. Raises CaptionError when espeak-ng is not installed or has no voice for the language."""
        self._espeak = Espeak(language, program)

    def say(self, text: str) -> Spoken:
        """The sentence as sound, none for signs alone. Raises CaptionError."""
        stream = self._espeak.say(text)
        if not stream:
            return Spoken(np.zeros(0, dtype=np.int16), SILENT_RATE)
        try:
            with wave.open(io.BytesIO(stream)) as sound:
                rate = sound.getframerate()
        except (wave.Error, EOFError) as error:
            raise refusal(ErrorCode.VOICE_FAILED, why=str(error)) from error
        # The header cannot know how long a stream becomes: all that follows its 44 bytes is sound.
        body = stream[44:]
        return Spoken(np.frombuffer(body[: len(body) // 2 * 2], dtype="<i2").astype(np.int16), rate)
