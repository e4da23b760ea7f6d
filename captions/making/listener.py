"""The program that listens to a recording: `python -m captions.making.listener`, a child that may fail.

It reads and tells JSON as captions.making.aligner does; request["task"] is a name of TASKS.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from captions import audio
from captions.audio import Samples
from captions.errors import CaptionError, ErrorCode
from captions.making import engines, resync, speech, spoken
from captions.making.aligner import restrict, tell
from captions.making.listening import AUTO
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack

Json = dict[str, Any]


def main() -> None:
    """Do what standard input asks, within the limits it names."""
    request = json.load(sys.stdin)
    restrict(request["limits"])
    try:
        tell({"result": {"found": TASKS[request["task"]](request)}})
    except CaptionError as error:
        tell({"error": error.code, "parameters": error.parameters})
    except MemoryError:
        tell({"error": ErrorCode.WORK_TOO_LARGE, "parameters": {}})


@contextmanager
def _samples(request: Json) -> Iterator[Samples]:
    """The sound of request["path"], decoded into a file in request["folder"]."""
    with tempfile.TemporaryFile(dir=request["folder"]) as file:
        audio.decode(request["path"], file)
        yield np.memmap(file, dtype=np.int16, mode="r")


def _speech(request: Json) -> list[list[int]]:
    with _samples(request) as samples:
        return [[one.start, one.end] for one in speech.find(samples)]


def _sentences(request: Json) -> tuple[int, list[list[int] | None]]:
    with _samples(request) as samples:
        found = spoken.align_sentences(request["sentences"], samples, language=request["language"])
        duration = len(samples) * 1000 // audio.RATE
    return duration, [None if times is None else list(times) for times in found]


def _words(request: Json) -> tuple[str, list[list[Any]]]:
    model = Path(request["model"]) if request["model"] else None
    name = engines.best(model) if request["engine"] == AUTO else request["engine"]
    engine = engines.engine(name, model)
    with _samples(request) as samples:
        found = engine.words(samples, request["language"], request["hints"])
    return name, [[word.text, word.start, word.end, word.confidence] for word in found]


def _offset(request: Json) -> Json:
    track = TextTrack(cues=tuple(Cue(*cue) for cue in request["cues"]))
    sync = resync.find(track, [TimedWord(*word) for word in request["words"]])
    return {**asdict(sync), "ratio": sync.ratio.as_integer_ratio()}


TASKS: Final[dict[str, Callable[[Json], Any]]] = {
    "speech": _speech,
    "sentences": _sentences,
    "words": _words,
    "offset": _offset,
}

if __name__ == "__main__":
    main()
