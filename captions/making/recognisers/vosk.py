"""Vosk (https://alphacephei.com/vosk) with a model folder that is already here.

Vosk itself raises bare Exceptions, which nothing here catches: they end the child process in which engines
run, and that is told as ErrorCode.WORK_FAILED with the last line of what it said.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from captions.audio import RATE, Samples
from captions.errors import ErrorCode, refusal
from captions.making.words import TimedWord

NAME: Final = "vosk"
BLOCK: Final = 4 * RATE
SILENT: Final = -1
"""The level at which Kaldi says nothing on standard error."""


def missing(model: Path | None) -> str:
    """What is wrong with the model, or nothing."""
    if model is None or not model.is_dir():
        return "name a folder with a model of Vosk"
    is_model = (model / "am" / "final.mdl").is_file() or (model / "final.mdl").is_file()
    return "" if is_model else "the folder holds no file am/final.mdl"


class Vosk:
    """Kaldi by Vosk; the model knows one language and its own words, hints do not change them."""

    def __init__(self, package: Any, model: Path) -> None:
        """`package` is the loaded vosk. Raises CaptionError when the model cannot be used."""
        self._package = package
        package.SetLogLevel(SILENT)
        try:
            self._model = package.Model(model_path=str(model.absolute()))
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error

    def words(self, samples: Samples, language: str, hints: Sequence[str] = ()) -> tuple[TimedWord, ...]:
        """See Engine. Language and hints are those of the model."""
        try:
            return tuple(word for said in self._results(samples) for word in _words(said))
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error

    def _results(self, samples: Samples) -> Iterator[str]:
        recogniser = self._package.KaldiRecognizer(self._model, RATE)
        recogniser.SetWords(True)
        for first in range(0, len(samples), BLOCK):
            if recogniser.AcceptWaveform(samples[first : first + BLOCK].tobytes()):
                yield recogniser.Result()
        yield recogniser.FinalResult()


def _words(said: str) -> Iterator[TimedWord]:
    for word in json.loads(said).get("result", []):
        start, end = round(word["start"] * 1000), round(word["end"] * 1000)
        yield TimedWord(word["word"], start, end, round(float(word.get("conf", 1.0)), 3))
