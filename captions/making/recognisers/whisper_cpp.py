"""whisper.cpp by way of pywhispercpp, with a model file that is already here."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from captions.audio import Samples
from captions.errors import ErrorCode, refusal
from captions.making.recognisers.naming import primary, prompt
from captions.making.words import TimedWord

NAME: Final = "whisper.cpp"
MAGIC: Final = b"lmgg"
"""The first bytes of a ggml file (the number 0x67676d6c, little-endian)."""
TICK: Final = 10
"""Milliseconds: its times are hundredths of a second."""
FULL_SCALE: Final = 32_768


def missing(model: Path | None) -> str:
    """What is wrong with the model, or nothing."""
    if model is None or not model.exists():
        return "name a ggml file, or a folder with one in it"
    return "" if model_file(model) else "there is no single ggml file (.bin)"


def model_file(model: Path) -> Path | None:
    """The file itself, or the only ggml file of the folder."""
    if model.is_file():
        return model if _is_ggml(model) else None
    found = [path for path in sorted(model.glob("*.bin")) if _is_ggml(path)]
    return found[0] if len(found) == 1 else None


class WhisperCpp:
    """Whisper by whisper.cpp, on the processor."""

    def __init__(self, package: Any, model: Path) -> None:
        """`package` is the loaded pywhispercpp.model. Raises CaptionError when the model cannot be used."""
        file = model_file(model)
        if file is None:
            raise refusal(ErrorCode.ENGINE_MODEL, engine=NAME, why=missing(model))
        try:
            # A name would be downloaded; a path that exists is not.
            self._model = package.Model(
                str(file.absolute()), redirect_whispercpp_logs_to=None, print_progress=False
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error

    def words(self, samples: Samples, language: str, hints: Sequence[str] = ()) -> tuple[TimedWord, ...]:
        """See Engine. Hints are the prompt of each window; an empty language is found by listening."""
        sound = samples.astype(np.float32) / FULL_SCALE
        options: dict[str, Any] = {"initial_prompt": prompt(hints), "carry_initial_prompt": True}
        try:
            segments = self._model.transcribe(
                sound,
                language=primary(language) or "auto",
                token_timestamps=True,
                max_len=1,
                split_on_word=True,
                extract_probability=True,
                **(options if hints else {}),
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error
        return tuple(_word(segment) for segment in segments if _is_word(segment.text))


def _is_ggml(path: Path) -> bool:
    with path.open("rb") as source:
        return source.read(4) == MAGIC


def _is_word(text: str) -> bool:
    """Not nothing, and no remark such as [MUSIC] or [_BEG_]."""
    return bool(text.strip()) and not text.strip().startswith("[")


def _word(segment: Any) -> TimedWord:
    heard = float(segment.probability)
    confidence = 0.0 if math.isnan(heard) else round(heard, 3)
    return TimedWord(segment.text.strip(), segment.t0 * TICK, segment.t1 * TICK, confidence)
