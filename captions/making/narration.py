"""Narration: descriptions said by a voice, or a recording of them, as one sound in the time of the film."""

import wave
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from captions.errors import ErrorCode, refusal
from captions.making import speech
from captions.making.gaps import MARGIN_MS, Gap
from captions.making.said import Narration, Said
from captions.making.voice import Spoken
from captions.track import Cue
from captions.webvtt.cuetext import plain_text

Samples = NDArray[np.int16]
Say = Callable[[str], Spoken]
"""Reads a sentence aloud: `Voice.say`."""

QUIET: Final = 64
"""Of 32 768: what a voice is below before its first sound and after its last."""
PAUSE_MS: Final = 150
"""Between two descriptions of which the first is still being said when the second should begin."""
SLACK_MS: Final = 1000
"""By so much a recording may be longer than the film: what a coder adds, and a hand that stops it late."""
EARLY_MS: Final = 1000
"""So much before its time a person may say a description, and it is still that one."""
BLOCK: Final = 1 << 16
"""Samples that are written at once."""


def speak(
    cues: Sequence[Cue],
    say: Say,
    target: Path,
    *,
    duration: int,
    gaps: Sequence[Gap] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Narration:
    """Have each description said at the start of its cue, and write what becomes of it to `target`.

    Each begins on the sample of its time, or, where the one before is not over, PAUSE_MS after that. What
    would be said after the end of the film, in `duration` milliseconds, is cut. `gaps` of any length are
    those of the film (`gaps.find`). Raises CaptionError as `say` does, when no description has a sound, and
    WORK_CANCELLED.
    """
    placed: list[Said] = []
    wanted = [(number, cue) for number, cue in enumerate(cues) if cue.start < duration]
    writer: _Writer | None = None
    try:
        for count, (number, cue) in enumerate(sorted(wanted, key=lambda each: each[1].start)):
            if cancelled is not None and cancelled():
                raise refusal(ErrorCode.WORK_CANCELLED)
            spoken = say(plain_text(cue.text))
            samples = _sounding(spoken.samples)
            if progress is not None:
                progress((count + 1) / len(wanted))
            if not len(samples):
                continue
            writer = writer or _Writer(target, spoken.rate, duration)
            start = max(cue.start, placed[-1].end + PAUSE_MS) if placed else cue.start
            end = writer.place(samples, start)
            if end > start:
                placed.append(Said(number, start, end, _over(start, end, gaps), start - cue.start))
        if writer is None:
            raise refusal(ErrorCode.NARRATION_EMPTY)
        writer.finish()
    finally:
        if writer is not None:
            writer.close()
    return Narration(target, writer.rate, duration, tuple(placed))


def follow(
    recording: Path, cues: Sequence[Cue], target: Path, *, duration: int, gaps: Sequence[Gap] = ()
) -> Narration:
    """A person's recording, which begins with the film, as long as the film is: cut or filled with silence.

    `recording` is a WAV file of 16-bit mono samples. What is said in it belongs to the cue that began last.
    Raises CaptionError when it is longer than the film by more than SLACK_MS, or nobody speaks in it.
    """
    with wave.open(str(recording)) as source:
        rate, count = source.getframerate(), source.getnframes()
        if source.getnchannels() != 1 or source.getsampwidth() != 2:
            raise ValueError("a recording comes as 16-bit mono samples")
    if count > (duration + SLACK_MS) * rate // 1000:
        raise refusal(ErrorCode.NARRATION_LONG)
    writer = _Writer(target, rate, duration)
    try:
        for block in _blocks(recording):
            writer.append(block)
        writer.finish()
    finally:
        writer.close()
    heard = speech.find(_mapped(target, rate * duration // 1000), rate=rate)
    if not heard:
        raise refusal(ErrorCode.NO_SOUND)
    order = sorted(range(len(cues)), key=lambda number: cues[number].start)
    starts = [cues[number].start - EARLY_MS for number in order]
    said = tuple(
        Said(
            order[max(bisect_right(starts, each.start) - 1, 0)] if order else 0,
            each.start,
            each.end,
            _over(each.start, each.end, gaps),
        )
        for each in heard
    )
    return Narration(target, rate, duration, said)


class _Writer:
    """A WAV file that is written from its beginning to its end, with silence between."""

    def __init__(self, path: Path, rate: int, duration: int) -> None:
        self.rate = rate
        self._count = rate * duration // 1000
        self._at = 0
        self._file = wave.open(str(path), "wb")  # noqa: SIM115 -- closed by whoever made the writer
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(rate)

    def place(self, samples: Samples, start: int) -> int:
        """Write samples that begin at `start` milliseconds; give the millisecond in which they end."""
        self._fill(min(start * self.rate // 1000, self._count))
        self.append(samples)
        return -(-self._at * 1000 // self.rate)

    def append(self, samples: Samples) -> None:
        """Write samples as far as the film lasts."""
        fitting = samples[: self._count - self._at]
        self._file.writeframesraw(fitting.astype("<i2").tobytes())
        self._at += len(fitting)

    def finish(self) -> None:
        """Silence to the end of the film."""
        self._fill(self._count)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def _fill(self, until: int) -> None:
        silence = np.zeros(BLOCK, dtype=np.int16)
        while self._at < until:
            self.append(silence[: until - self._at])


def _sounding(samples: Samples) -> Samples:
    """The samples from the first to the last that can be heard."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def _over(start: int, end: int, gaps: Sequence[Gap]) -> int:
    """For how many of these milliseconds the film speaks; a gap leaves MARGIN_MS free on either side."""
    if not gaps:
        return 0
    free = sum(max(min(end, gap.end + MARGIN_MS) - max(start, gap.start - MARGIN_MS), 0) for gap in gaps)
    return max(end - start - free, 0)


def _blocks(path: Path) -> Iterator[Samples]:
    with wave.open(str(path)) as source:
        while data := source.readframes(BLOCK):
            yield np.frombuffer(data, dtype="<i2").astype(np.int16)


def _mapped(path: Path, count: int) -> Samples:
    """The samples of a WAV file of ours, read from the disk as they are looked at."""
    header = path.stat().st_size - 2 * count
    return np.memmap(path, dtype="<i2", mode="r", offset=header, shape=(count,))
