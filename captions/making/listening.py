"""What there is to hear in a recording: speech, sentences of a script, words; heard in a child process."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from captions.hearing import Speech
from captions.making import child
from captions.making.child import ChildLimits
from captions.making.sync import Sync
from captions.making.words import TimedWord
from captions.track import TextTrack

PROGRAM: Final = "captions.making.listener"
AUTO: Final = "auto"
"""The best recogniser that is ready with the model at hand."""
LIMITS: Final = ChildLimits(wall_seconds=3600, stall_seconds=3600, processor_seconds=3600)
ENGINE_LIMITS: Final = ChildLimits(
    wall_seconds=6 * 3600, stall_seconds=6 * 3600, processor_seconds=12 * 3600, memory_bytes=8_000_000_000
)
"""A recogniser with a model of its own takes more memory, and tells nothing until it is done."""

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Placed:
    """Start and end of each sentence (None: not said), and how long the recording is, in milliseconds."""

    times: tuple[tuple[int, int] | None, ...]
    duration: int


def hear(
    path: Path | str, *, limits: ChildLimits = LIMITS, cancelled: Cancelled | None = None
) -> tuple[Speech, ...]:
    """Where somebody speaks in a recording.

    This and the functions below raise CaptionError: no sound, work that was cancelled, took too long or too
    much memory, or failed, and what `spoken.align_sentences` and `engines.engine` say.
    """
    told = _ask({"task": "speech", "path": _absolute(path)}, limits, cancelled)
    return tuple(Speech(start, end) for start, end in told)


def place_sentences(
    sentences: Sequence[str],
    path: Path | str,
    *,
    language: str,
    limits: ChildLimits = LIMITS,
    cancelled: Cancelled | None = None,
) -> Placed:
    """When each sentence of a script is said, by the voices of espeak-ng; see `spoken.align_sentences`.

    It is always rough: a person must check it.
    """
    request = {
        "task": "sentences",
        "path": _absolute(path),
        "sentences": list(sentences),
        "language": language,
    }
    duration, told = _ask(request, limits, cancelled)
    return Placed(tuple(None if one is None else (one[0], one[1]) for one in told), duration)


def recognise(
    path: Path | str,
    *,
    engine: str = AUTO,
    model: Path | None = None,
    language: str = "",
    hints: Sequence[str] = (),
    limits: ChildLimits = ENGINE_LIMITS,
    cancelled: Cancelled | None = None,
) -> tuple[str, tuple[TimedWord, ...]]:
    """The name of the engine that listened and the words it heard.

    `engine` is a name of `engines.EngineName` or AUTO. The result is a draft, never captions until a person
    has approved it.
    """
    request = {
        "task": "words",
        "path": _absolute(path),
        "engine": engine,
        "model": "" if model is None else str(model.absolute()),
        "language": language,
        "hints": list(hints),
    }
    name, told = _ask(request, limits, cancelled)
    return name, tuple(TimedWord(text, start, end, sure) for text, start, end, sure in told)


def find_offset(
    track: TextTrack,
    words: Sequence[TimedWord],
    *,
    limits: ChildLimits = LIMITS,
    cancelled: Cancelled | None = None,
) -> Sync:
    """Where the cues of a track are among timed words (see `resync.find`), however long both are."""
    request = {
        "task": "offset",
        "cues": [[cue.start, cue.end, cue.text] for cue in track.cues],
        "words": [[word.text, word.start, word.end] for word in words],
    }
    told = _ask(request, limits, cancelled)
    return Sync(**{**told, "ratio": Fraction(*told["ratio"])})


def _absolute(path: Path | str) -> str:
    return str(Path(path).absolute())


def _ask(request: dict[str, Any], limits: ChildLimits, cancelled: Cancelled | None) -> Any:
    with tempfile.TemporaryDirectory(prefix="captions-") as name:
        return child.run(PROGRAM, request, Path(name), limits=limits, cancelled=cancelled)["found"]
