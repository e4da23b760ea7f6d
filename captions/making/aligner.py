"""The program that times a script, `python -m captions.making.aligner`: a child that may crash or run wild.

It reads one JSON object from its standard input and writes JSON objects, one a line, to its standard output:
{"progress": 0.4} as often as it likes, then either {"result": …} or {"error": code, "parameters": {…}}.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from captions import audio
from captions.errors import CaptionError, ErrorCode, refusal
from captions.making import language_model, loudness, pronounce
from captions.making.recognise import DICTIONARY, Recogniser
from captions.making.robust import Robust, Source, Time
from captions.making.script import Script, Token, parse

PR_SET_PDEATHSIG: Final = 1
FILE_BYTES: Final = 2 * audio.RATE * audio.MAX_SECONDS + 64_000_000
"""The samples of the longest recording, and room for the dictionary and the model."""
SPREAD, PLACED, HEARD = 0.0, 0.8, 1.0
CONFIDENCE: Final = {Source.SPREAD: SPREAD, Source.PLACED: PLACED, Source.HEARD: HEARD}

Json = dict[str, Any]


def main() -> None:
    """Do what standard input asks, within the limits it names."""
    request = json.load(sys.stdin)
    restrict(request["limits"])
    try:
        tell({"result": align(request)})
    except CaptionError as error:
        tell({"error": error.code, "parameters": error.parameters})
    except MemoryError:
        tell({"error": ErrorCode.WORK_TOO_LARGE, "parameters": {}})


def restrict(limits: Json) -> None:
    """Bound this process for good, and let it end with the process that started it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != limits["parent"]:  # it died before the line above: nobody waits for us
            os._exit(1)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits["processor_seconds"])
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    _limit(resource.RLIMIT_AS, limits["memory_bytes"])
    os.nice(limits["niceness"])


def _limit(kind: int, amount: int) -> None:
    ceiling = resource.getrlimit(kind)[1]
    most = amount if ceiling == resource.RLIM_INFINITY else min(amount, ceiling)
    with contextlib.suppress(OSError, ValueError):  # macOS knows RLIMIT_AS but refuses to set it
        resource.setrlimit(kind, (most, most))


def tell(message: Json) -> None:
    """Say one thing to the process that started this one."""
    print(json.dumps(message), flush=True)  # noqa: T201 (a program's output)


def align(request: Json) -> Json:
    """Time request["script"] in the sound of request["path"]; the folder request["folder"] is ours."""
    folder = Path(request["folder"])
    script = parse(request["script"], pronounce.vocabulary(DICTIONARY).__contains__)
    with tempfile.TemporaryFile(dir=folder) as file:
        sound = audio.decode(request["path"], file)
        times = _timed(script, sound, folder)
    return {
        "duration": sound.duration,
        "tokens": [_row(token, found) for token, found in zip(script.tokens, times, strict=True)],
        "unspoken": [[one.text, one.line, one.why, one.before] for one in script.unspoken],
    }


def _timed(script: Script, sound: audio.Sound, folder: Path) -> list[list[Time]]:
    """The times of the words of each token."""
    espeak = pronounce.find_espeak()
    spoken = {word for token in script.tokens for word in token.spoken}
    ways = pronounce.pronunciations(spoken, DICTIONARY, espeak=espeak)
    rows = [[word for word in token.spoken if word in ways] for token in script.tokens]
    words = [word for row in rows for word in row]
    if not words:
        raise refusal(ErrorCode.NO_SCRIPT)
    sentences = list(_sentences(script.tokens, rows))
    numbers = [number for number, sentence in enumerate(sentences) for _ in sentence]
    recogniser = Recogniser(language_model.arpa(sentences), ways, folder)
    found = Robust(words, numbers, sound, loudness.measure(sound), recogniser)
    times = iter(found.align(lambda done: tell({"progress": round(done, 3)})))
    return [[time for time in [next(times) for _ in row] if time is not None] for row in rows]


def _sentences(tokens: Sequence[Token], rows: Sequence[list[str]]) -> Iterator[list[str]]:
    """The spoken words by sentences: lines may break anywhere, and a language model should not notice."""
    said: list[str] = []
    for token, row in zip(tokens, rows, strict=True):
        said += row
        if said and token.text.rstrip("\"'”’)").endswith((".", "!", "?", ":", ";")):
            yield said
            said = []
    if said:
        yield said


def _row(token: Token, times: Sequence[Time]) -> list[Any]:
    """What is told of a token; without a time its start is null."""
    place = [token.text, token.paragraph, token.line, token.speaker]
    if not times:
        return [*place, None, None, 0.0]
    confidence = sum(CONFIDENCE[time.source] for time in times) / len(times)
    return [*place, times[0].start, times[-1].end, round(confidence, 3)]


if __name__ == "__main__":
    main()
