"""pocketsphinx with the model of American English that is in its wheel: the poorest recogniser."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from captions.audio import PER_MS, Samples
from captions.errors import ErrorCode, refusal
from captions.hearing import Speech
from captions.making import speech
from captions.making.recognisers.naming import primary
from captions.making.words import TimedWord

NAME: Final = "pocketsphinx"
FRAME: Final = 10
"""Milliseconds of one step of the decoder."""
PAUSE_MS: Final = 500
"""A longer pause ends an utterance."""
LONGEST_MS: Final = 20_000
"""Milliseconds of one utterance: memory and time of the decoder grow with it."""
EDGE_MS: Final = 200
"""Milliseconds of quiet that the decoder needs around an utterance."""
HISS: Final = 30.0
"""Standard deviation of the noise (-60 dB) that is laid under a sound: digital silence ends the decoder."""
SEED: Final = 20_170


class PocketSphinx:
    """Free recognition, with 12 to 38 % of words wrong when text is read well: a draft to search in."""

    def __init__(self, package: Any) -> None:
        """`package` is the loaded pocketsphinx. Raises CaptionError when its model is not there."""
        model = Path(package.get_model_path()) / "en-us"
        settings = {
            "hmm": str(model / "en-us"),
            "dict": str(model / "cmudict-en-us.dict"),
            "lm": str(model / "en-us.lm.bin"),
            "loglevel": "FATAL",
        }
        try:
            self._decoder = package.Decoder(package.Config(**settings))
        except (RuntimeError, ValueError, OSError) as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error

    def words(self, samples: Samples, language: str, hints: Sequence[str] = ()) -> tuple[TimedWord, ...]:
        """See Engine. It knows English alone, and no hints."""
        if primary(language) not in ("", "en"):
            raise refusal(ErrorCode.ENGINE_LANGUAGE, engine=NAME, language=language)
        rng = np.random.default_rng(SEED)
        found: list[TimedWord] = []
        for said in utterances(speech.find(samples), len(samples) // PER_MS):
            piece = samples[said.start * PER_MS : said.end * PER_MS]
            hissing = np.clip(piece + rng.normal(0, HISS, len(piece)), -32_768, 32_767).astype(np.int16)
            found.extend(self._hear(hissing, said.start))
        return tuple(found)

    def _hear(self, piece: Samples, begin: int) -> Iterator[TimedWord]:
        try:
            self._decoder.start_utt()
            self._decoder.process_raw(piece.tobytes(), full_utt=True)
            self._decoder.end_utt()
            heard = list(self._decoder.seg()) if self._decoder.hyp() is not None else []
        except RuntimeError as error:
            raise refusal(ErrorCode.ENGINE_FAILED, engine=NAME, why=str(error)[:200]) from error
        for one in heard:
            if one.word[0] not in "<[+":
                start, end = begin + one.start_frame * FRAME, begin + (one.end_frame + 1) * FRAME
                yield TimedWord(one.word.partition("(")[0], start, end, round(min(one.prob, 1.0), 3))


def utterances(found: Sequence[Speech], duration: int) -> Iterator[Speech]:
    """Speech put together over short pauses and cut where it is too long, with a little quiet around it."""
    start, end = -1, -1
    for one in found:
        if start >= 0 and one.start - end <= PAUSE_MS and one.end - start <= LONGEST_MS:
            end = one.end
            continue
        if start >= 0:
            yield from _cut(start, end, duration)
        start, end = one.start, one.end
    if start >= 0:
        yield from _cut(start, end, duration)


def _cut(start: int, end: int, duration: int) -> Iterator[Speech]:
    start, end = max(start - EDGE_MS, 0), min(end + EDGE_MS, duration)
    while end - start > LONGEST_MS + 2 * EDGE_MS:
        yield Speech(start, start + LONGEST_MS)
        start += LONGEST_MS
    yield Speech(start, end)
