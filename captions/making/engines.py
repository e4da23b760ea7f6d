"""Engine: a recogniser of speech that writes a draft; which there are here, and one by its name."""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from captions.audio import Samples
from captions.errors import SENTENCES, ErrorCode, refusal
from captions.making.recognisers import faster_whisper, pocketsphinx, vosk, whisper_cpp
from captions.making.words import TimedWord


class Engine(Protocol):
    """Writes down what is said. The result is a draft: no caption until a person has approved it."""

    def words(self, samples: Samples, language: str, hints: Sequence[str] = ()) -> tuple[TimedWord, ...]:
        """The words heard in 16-bit mono `samples` at 16 kHz, in the order of time, with their confidence.

        `language` is a BCP 47 tag (empty: the engine finds out, if it can), `hints` words that may occur,
        such as the glossary. Takes long and much memory: call it in the worker. Raises CaptionError.
        """
        ...


class EngineName(StrEnum):
    """The engines that are known here, the best first."""

    FASTER_WHISPER = "faster-whisper"
    WHISPER_CPP = "whisper.cpp"
    VOSK = "vosk"
    POCKETSPHINX = "pocketsphinx"


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Whether an engine can be used as it stands, and if not, `reason`, a sentence for the operator."""

    name: EngineName
    is_ready: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How an engine is come by: what is installed, what is imported, what it says of a model."""

    package: str
    module: str
    missing: Callable[[Path | None], str]
    make: Callable[[Any, Path], Engine]


def _needs_none(_: Path | None) -> str:
    return ""


_KINDS: Final[dict[EngineName, _Kind]] = {
    EngineName.FASTER_WHISPER: _Kind(
        "faster-whisper", "faster_whisper", faster_whisper.missing, faster_whisper.FasterWhisper
    ),
    EngineName.WHISPER_CPP: _Kind(
        "pywhispercpp", "pywhispercpp.model", whisper_cpp.missing, whisper_cpp.WhisperCpp
    ),
    EngineName.VOSK: _Kind("vosk", "vosk", vosk.missing, vosk.Vosk),
    EngineName.POCKETSPHINX: _Kind(
        "pocketsphinx", "pocketsphinx", _needs_none, lambda package, _: pocketsphinx.PocketSphinx(package)
    ),
}


def available(model: Path | None = None) -> tuple[EngineInfo, ...]:
    """All engines, and which are ready with `model`, the folder or file that the operator has named.

    Packages are looked for, not loaded.
    """
    return tuple(_info(name, model) for name in EngineName)


def best(model: Path | None = None) -> EngineName:
    """The best engine that is ready with `model`; pocketsphinx where there is no other."""
    return next((info.name for info in available(model) if info.is_ready), EngineName.POCKETSPHINX)


def engine(name: str, model: Path | None = None) -> Engine:
    """The engine of a name of EngineName with the model at `model`.

    Nothing is ever fetched: `model` must be there. Raises CaptionError: unknown engine, its package is not
    installed, no such model, or the model cannot be used.
    """
    if name not in list(EngineName):
        raise refusal(ErrorCode.ENGINE_UNKNOWN, engine=name[:40], known=", ".join(EngineName))
    kind = _KINDS[EngineName(name)]
    if why := kind.missing(model):
        raise refusal(ErrorCode.ENGINE_MODEL, engine=name, why=why)
    try:
        package = importlib.import_module(kind.module)
    except (ImportError, OSError) as error:  # OSError: a shared library does not load
        raise refusal(ErrorCode.ENGINE_MISSING, engine=name, package=kind.package) from error
    return kind.make(package, model or Path())


def _info(name: EngineName, model: Path | None) -> EngineInfo:
    kind = _KINDS[name]
    if importlib.util.find_spec(kind.module.partition(".")[0]) is None:
        return EngineInfo(name, False, _sentence(ErrorCode.ENGINE_MISSING, engine=name, package=kind.package))
    if why := kind.missing(model):
        return EngineInfo(name, False, _sentence(ErrorCode.ENGINE_MODEL, engine=name, why=why))
    return EngineInfo(name, True)


def _sentence(code: ErrorCode, **parameters: str) -> str:
    return SENTENCES[code].format(**parameters)
