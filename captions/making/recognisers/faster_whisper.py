"""faster-whisper (https://github.com/SYSTRAN/faster-whisper) with a model folder that is already here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from captions.audio import Samples
from captions.errors import ErrorCode, refusal
from captions.making.recognisers.naming import primary, prompt
from captions.making.words import TimedWord

NAME: Final = "faster-whisper"
FULL_SCALE: Final = 32_768


def missing(model: Path | None) -> str:
    """What is wrong with the model, or nothing."""
    # A name that is no folder would be taken for that of a model to be fetched from elsewhere.
    if model is None or not model.is_dir():
        return "name a folder with a CTranslate2 model of Whisper"
    return "" if (model / "model.bin").is_file() else "the folder holds no file model.bin"


class FasterWhisper:
    """Whisper by CTranslate2, on the processor, with 8-bit weights."""

    def __init__(self, package: Any, model: Path) -> None:
        """`package` is the loaded faster_whisper. Raises CaptionError when the model cannot be used."""
        try:
            self._model = package.WhisperModel(
                str(model.absolute()), device="cpu", compute_type="int8", local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error

    def words(self, samples: Samples, language: str, hints: Sequence[str] = ()) -> tuple[TimedWord, ...]:
        """See Engine. Hints go to the model as its hot words; an empty language is found by listening."""
        sound = samples.astype(np.float32) / FULL_SCALE
        try:
            segments, _ = self._model.transcribe(
                sound,
                language=primary(language) or None,
                word_timestamps=True,
                vad_filter=True,
                condition_on_previous_text=False,  # else one error repeats itself to the end
                hotwords=prompt(hints) or None,
            )
            # The work is done while the segments are asked for.
            return tuple(
                _word(word) for segment in segments for word in segment.words or () if word.word.strip()
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error


def _word(word: Any) -> TimedWord:
    return TimedWord(
        word.word.strip(), round(word.start * 1000), round(word.end * 1000), round(float(word.probability), 3)
    )
