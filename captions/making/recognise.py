"""The only file that knows pocketsphinx: words heard in a sound, and given words placed in one."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from captions.audio import RATE, Samples

_sphinx: Any = importlib.import_module("pocketsphinx")  # it has no types
MODEL: Final = Path(_sphinx.get_model_path()) / "en-us"
ACOUSTIC: Final = MODEL / "en-us"
DICTIONARY: Final = MODEL / "cmudict-en-us.dict"
FRAME: Final = 10
"""Milliseconds of one step of the recogniser."""
HISS: Final = 30.0
"""Standard deviation of the noise (-60 dB) laid under a sound: digital silence ends the recogniser."""
SEED: Final = 20_170
SHORTEST: Final = 100
"""Milliseconds of sound below which there is nothing to decode."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word with its times in milliseconds; `score` is its acoustic log likelihood a frame."""

    word: str
    start: int
    end: int
    score: float = 0.0


class Recogniser:
    """Hears the words of one language model, and places words of its dictionary in a sound.

    `pronunciations` gives for each word its ways to be said, as phones of the model with spaces between.
    """

    def __init__(self, model: str, pronunciations: Mapping[str, Sequence[str]], folder: Path) -> None:
        """`folder` is for two files, the dictionary and the model."""
        dictionary, arpa = folder / "words.dict", folder / "script.arpa"
        dictionary.write_text("".join(_entries(pronunciations)), encoding="ascii")
        arpa.write_text(model, encoding="ascii")
        settings = {"hmm": str(ACOUSTIC), "dict": str(dictionary), "lm": str(arpa), "loglevel": "FATAL"}
        self._decoder = _sphinx.Decoder(_sphinx.Config(**settings))
        self._search = self._decoder.current_search()
        self._rng = np.random.default_rng(SEED)

    def hear(self, sound: Samples, begin: int) -> list[Heard]:
        """The words of the model in a piece of sound that begins at `begin` milliseconds."""
        self._decoder.activate_search(self._search)
        return self._decode(sound, begin)

    def place(self, words: Sequence[str], sound: Samples, begin: int) -> list[Heard] | None:
        """Where these words, all of them and in this order, are in the sound; None when they do not fit."""
        try:
            self._decoder.set_align_text(" ".join(words))
            found = self._decode(sound, begin)
        except RuntimeError:
            return None
        return found if len(found) == len(words) else None

    def _decode(self, sound: Samples, begin: int) -> list[Heard]:
        if len(sound) < SHORTEST * RATE // 1000:
            return []
        hiss = self._rng.normal(0, HISS, len(sound))
        data = np.clip(sound + hiss, -32768, 32767).astype(np.int16).tobytes()
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(data, full_utt=True)
        finally:
            self._decoder.end_utt()
        return list(self._segments(begin))

    def _segments(self, begin: int) -> Iterator[Heard]:
        if self._decoder.hyp() is None:
            return
        for one in self._decoder.seg():
            if one.word[0] in "<[+":
                continue
            frames = one.end_frame - one.start_frame + 1
            yield Heard(
                one.word.partition("(")[0],
                begin + one.start_frame * FRAME,
                begin + (one.end_frame + 1) * FRAME,
                one.ascore / frames,
            )


def _entries(pronunciations: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for word, ways in pronunciations.items():
        for number, way in enumerate(ways):
            yield f"{word}({number + 1}) {way}\n" if number else f"{word} {way}\n"
