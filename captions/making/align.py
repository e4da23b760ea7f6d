"""align_words() and align(): a known script timed in a recording, in a child process that may fail alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from captions.errors import ErrorCode, refusal
from captions.making import child, listening, sentences
from captions.making.child import ChildLimits
from captions.making.script import parse
from captions.making.segment import segment
from captions.making.unspoken import Unspoken, Why
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext

PROGRAM: Final = "captions.making.aligner"
LANGUAGES: Final = frozenset({"en"})
"""Those whose sounds a model here knows: their words are timed one by one."""
MOST_SCRIPT_BYTES: Final = 2_000_000
"""What is handed to the child at all; the number of words is counted there."""
LEAST_TIMED: Final = 0.05
"""With a smaller share of its tokens found, the script is not that of the recording."""
LEAST_SURE: Final = 0.7
"""With less of its tokens heard, not only placed, the result is rough."""
CERTAIN: Final = 0.99
MOST_LINES: Final = 3
"""A block of more lines is a paragraph and not a caption that somebody broke."""


class Method(StrEnum):
    """How the words were timed: each by itself, or with its sentence by a voice that reads the script."""

    ROBUST = "robust"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Untimed:
    """A token that was not found in the sound: its place among the tokens (from 0), its line (from 1), and
    who says it.
    """

    text: str
    index: int
    line: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A script timed in a recording of `duration` milliseconds.

    `words` are the tokens that were found, in the order of the script and of time; `untimed` those that were
    not, which are in no caption; `unspoken` what was never looked for (directions, names, bullets). When
    `is_rough`, much of it was worked out from its surroundings: a person should look at all of it.
    """

    words: tuple[TimedWord, ...]
    untimed: tuple[Untimed, ...]
    unspoken: tuple[Unspoken, ...]
    duration: int
    method: Method
    is_rough: bool

    @property
    def share(self) -> float:
        """Which part of the tokens has a time, from 0 to 1."""
        return len(self.words) / (len(self.words) + len(self.untimed))


def align(
    script: str,
    audio_path: Path | str,
    *,
    language: str = "en",
    profile: str = "teaching",
    keep_breaks: bool = False,
) -> TextTrack:
    """Captions for a recording whose words are known. Raises CaptionError as align_words does.

    In another language than English they are rough: each sentence is placed, a person must check them.

    With `keep_breaks` the script's own blocks (between blank lines, of up to three lines), or else its lines,
    are the captions; without, they are made to the profile.
    """
    aligned = align_words(script, audio_path, language=language)
    if keep_breaks:
        cues = own_cues(aligned.words)
    else:
        cues = segment(aligned.words, profile, language=language, duration=aligned.duration)
    return TextTrack(language=language, cues=cues)


def align_words(
    script: str,
    audio_path: Path | str,
    *,
    language: str = "en",
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
    limits: ChildLimits | None = None,
) -> Aligned:
    """When each word of a script is said in a recording, whatever of it is said.

    In a language without a model (`has_model`) each sentence is placed by a voice of espeak-ng and its words
    are spread over it: the result is always rough. `progress` is told the part done, from 0 to 1, where there
    is a model. Raises CaptionError: nothing to say in the script or too much, a language without a model or
    a voice, no sound or too long a one, a script of another recording, work that was cancelled, took too long
    or too much memory, or failed.
    """
    size = len(script.encode("utf-8", "replace"))
    if size > MOST_SCRIPT_BYTES:
        raise refusal(ErrorCode.SCRIPT_TOO_LONG, size=size, unit="bytes", limit=MOST_SCRIPT_BYTES)
    if not has_model(language):
        return _by_sentences(script, Path(audio_path), language, limits or listening.LIMITS, cancelled)
    request = {"script": script, "path": str(Path(audio_path).absolute())}
    with tempfile.TemporaryDirectory(prefix="captions-") as name:
        found = child.run(PROGRAM, request, Path(name), limits=limits, cancelled=cancelled, progress=progress)
    return _aligned(found)


def has_model(language: str) -> bool:
    """Can the words of this language (BCP 47) be timed one by one?"""
    return language.lower().split("-")[0] in LANGUAGES


def _by_sentences(
    text: str, path: Path, language: str, limits: ChildLimits, cancelled: Callable[[], bool] | None
) -> Aligned:
    script = parse(text, None)
    parts = sentences.cut(script.tokens)
    said = [" ".join(token.text for _, token in part) for part in parts]
    placed = listening.place_sentences(said, path, language=language, limits=limits, cancelled=cancelled)
    words: list[TimedWord] = []
    untimed: list[Untimed] = []
    for part, span in zip(parts, placed.times, strict=True):
        if span is None:
            untimed += [Untimed(token.text, index, token.line + 1, token.speaker) for index, token in part]
        else:
            words += sentences.spread(part, *span)
    _require_heard(len(words), len(script.tokens))
    return Aligned(
        tuple(words), tuple(untimed), script.unspoken, placed.duration, Method.SENTENCES, is_rough=True
    )


def _require_heard(timed: int, count: int) -> None:
    if timed <= count * LEAST_TIMED:
        raise refusal(ErrorCode.SCRIPT_NOT_HEARD, timed=timed, words=count)


def own_cues(words: Sequence[TimedWord]) -> tuple[Cue, ...]:
    """Captions as the author of the script broke them, each as long as its words are said."""
    blocks = [list(group) for _, group in groupby(words, key=lambda word: word.paragraph)]
    is_blocks = len(blocks) > 1 and all(len(set(_lines(block))) <= MOST_LINES for block in blocks)
    if not is_blocks:
        blocks = [list(group) for _, group in groupby(words, key=lambda word: (word.line, word.speaker))]
    return tuple(_cue(block) for block in blocks)


def _lines(words: Sequence[TimedWord]) -> Iterator[int]:
    return (word.line for word in words)


def _cue(words: Sequence[TimedWord]) -> Cue:
    rows = (group for _, group in groupby(words, key=lambda word: word.line))
    text = "\n".join(cuetext.escape(" ".join(word.text for word in row)) for row in rows)
    speaker = words[0].speaker
    if speaker:
        text = f"<v {cuetext.escape(speaker)}>{text}"
    return Cue(words[0].start, max(words[-1].end, words[0].start + 1), text)


def _aligned(found: dict[str, Any]) -> Aligned:
    """What the child told, as values."""
    words: list[TimedWord] = []
    untimed: list[Untimed] = []
    for index, (text, paragraph, line, speaker, start, end, confidence) in enumerate(found["tokens"]):
        if start is None:
            untimed.append(Untimed(text, index, line + 1, speaker))
        else:
            words.append(TimedWord(text, start, end, confidence, paragraph, line, speaker))
    count = len(words) + len(untimed)
    _require_heard(len(words), count)
    sure = sum(word.confidence > CERTAIN for word in words)
    return Aligned(
        words=tuple(words),
        untimed=tuple(untimed),
        unspoken=tuple(
            Unspoken(text, line, Why(why), before) for text, line, why, before in found["unspoken"]
        ),
        duration=found["duration"],
        method=Method.ROBUST,
        is_rough=sure < LEAST_SURE * count,
    )
