"""align_sentences(): when each sentence of a script is said, in any language that espeak-ng reads aloud."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from captions import audio
from captions.audio import RATE, Samples
from captions.errors import ErrorCode, refusal
from captions.hearing import Speech
from captions.making import cepstrum, speech
from captions.making.cepstrum import HOP_MS, Floats
from captions.making.voice import Voice
from captions.making.warping import Places, warp

MOST_SENTENCES: Final = 3000
MOST_SECONDS: Final = 2 * 3600
SNAP_MS: Final = 400
"""A start goes to the beginning of speech, an end to its end, that is so near."""
LEAST_SHARE: Final = 0.6
WORSE: Final = 1.05
"""A sentence is taken for unspoken when it would be said in less of the voice's time than this part of what
is usual in the recording, and fits worse than the usual by this factor.
"""

Sentence = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """The frames of a sentence, in what part of the voice's time it is said, and how unlike it sounds."""

    begin: int
    end: int
    share: float
    distance: float


@dataclass(frozen=True, slots=True)
class _Heard:
    """Cepstra of all that is spoken, without the pauses; `moments` are the milliseconds of the frames.

    `found` is the speech itself, `edges` the numbers of the frames with which its stretches begin, and the
    number of all frames. By the clock of frames pauses take no time: what is near is near in what is said.
    """

    frames: Floats
    moments: Places
    found: tuple[Speech, ...]
    edges: Places

    def times(self, place: _Place) -> Sentence | None:
        """When a sentence is said, laid on beginning and end of speech where they are near."""
        start, end = self.start(place.begin), self.end(place.end)
        return (start, end) if start < end else None

    def start(self, frame: int) -> int:
        """The beginning of speech near a frame, else its own time."""
        edge = self._edge(frame, self.edges[:-1])
        return int(self.moments[frame]) if edge is None else self.found[edge].start

    def end(self, frame: int) -> int:
        """The end of speech near a frame, else the end of the frame itself."""
        edge = self._edge(frame + 1, self.edges[1:])
        return int(self.moments[frame]) + HOP_MS if edge is None else self.found[edge].end

    def _edge(self, frame: int, edges: Places) -> int | None:
        away = np.abs(edges - frame) * HOP_MS
        best = int(np.argmin(away))
        return best if away[best] <= SNAP_MS else None


def align_sentences(
    sentences: Sequence[str], source: Path | str | Samples, *, language: str
) -> tuple[Sentence | None, ...]:
    """Start and end of each sentence in milliseconds, None for those that seem not to be said.

    `source` is a recording, or its samples (16 kHz, mono). A voice of espeak-ng reads the sentences and the
    two sounds are laid on each other by dynamic time warping, without their pauses. It is the second choice:
    rough, and to be checked by a person. Raises CaptionError: no espeak-ng or no voice, no sound, too long.
    """
    if len(sentences) > MOST_SENTENCES:
        raise refusal(ErrorCode.SCRIPT_TOO_LONG, size=len(sentences), unit="sentences", limit=MOST_SENTENCES)
    voice = Voice(language)
    with _opened(source) as samples:
        heard = _listen(samples, RATE)
    said, owners = _said(voice, sentences)
    if not len(heard.frames) or not len(said):
        return (None,) * len(sentences)
    found = _compared(cepstrum.normalised(said), cepstrum.normalised(heard.frames), owners)
    share = float(np.median([one.share for one in found.values()]))
    distance = float(np.median([one.distance for one in found.values()]))
    times = {
        number: heard.times(one)
        for number, one in found.items()
        if one.share >= LEAST_SHARE * share or one.distance <= WORSE * distance
    }
    return tuple(times.get(number) for number in range(len(sentences)))


@contextmanager
def _opened(source: Path | str | Samples) -> Iterator[Samples]:
    """The samples of a recording, in a file of their own and not in memory."""
    if isinstance(source, np.ndarray):
        yield source
        return
    with tempfile.TemporaryFile() as file:
        audio.decode(source, file, max_seconds=MOST_SECONDS)
        yield np.memmap(file, dtype=np.int16, mode="r")


def _listen(samples: Samples, rate: int) -> _Heard:
    """Cepstra of what is spoken in a sound."""
    found = speech.find(samples, rate=rate)
    frames = [np.zeros((0, cepstrum.COEFFICIENTS), dtype=np.float32)]
    moments = [np.zeros(0, dtype=np.int64)]
    for one in found:
        frames.append(cepstrum.frames(samples[one.start * rate // 1000 : one.end * rate // 1000], rate))
        moments.append(one.start + HOP_MS * np.arange(len(frames[-1])))
    edges = np.cumsum([len(piece) for piece in frames])
    return _Heard(np.concatenate(frames), np.concatenate(moments), found, edges)


def _said(voice: Voice, sentences: Sequence[str]) -> tuple[Floats, Places]:
    """Cepstra of the sentences as the voice says them, and the number of the sentence of each frame."""
    pieces = [np.zeros((0, cepstrum.COEFFICIENTS), dtype=np.float32)]
    owners = [np.zeros(0, dtype=np.int64)]
    for number, sentence in enumerate(sentences):
        sound = voice.say(sentence)
        piece = _listen(sound.samples, sound.rate).frames
        pieces.append(piece)
        owners.append(np.full(len(piece), number))
    return np.concatenate(pieces), np.concatenate(owners)


def _compared(said: Floats, heard: Floats, owners: Places) -> dict[int, _Place]:
    """Where the sentences are, by their numbers; those that the voice could not say are left out."""
    firsts, lasts = warp(said, heard)
    distance = np.linalg.norm(said - heard[(firsts + lasts) // 2], axis=1)
    found = {}
    for number in np.unique(owners):
        rows = np.flatnonzero(owners == number)
        # What belongs to the sentences around sticks to the edges: the last frame of the first plateau, the
        # first of the last.
        begin, end = int(lasts[rows[0]]), int(firsts[rows[-1]])
        found[int(number)] = _Place(begin, end, (end - begin) / len(rows), float(distance[rows].mean()))
    return found
