"""pocketsphinx: words heard in a sound and placed in it."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from captions import audio
from captions.audio import Sound
from captions.making import language_model, pronounce
from captions.making.recognise import DICTIONARY, Recogniser

SPEECH = Path(__file__).parents[2] / "data" / "speech"
WORDS = ["press", "gently", "and", "ask", "whether", "this", "is", "the", "familiar", "pain"]


@pytest.fixture
def sound() -> Iterator[Sound]:
    with tempfile.TemporaryFile() as file:
        yield audio.decode(SPEECH / "flite-slt.ogg", file)


@pytest.fixture
def recogniser(tmp_path: Path) -> Recogniser:
    ways = pronounce.pronunciations(WORDS, DICTIONARY)
    return Recogniser(language_model.arpa([WORDS]), ways, tmp_path)


@pytest.fixture
def start() -> int:
    known = json.loads((SPEECH / "flite-slt.json").read_text(encoding="utf-8"))
    beginning: int = known["sentences"][2]["start"]
    return beginning


def test_words_of_the_model_are_heard_at_their_time(recogniser: Recogniser, sound: Sound, start: int) -> None:
    begin = start - 300

    heard = recogniser.hear(sound.between(begin, sound.duration), begin)

    assert [one.word for one in heard] == WORDS
    assert heard[0].start == pytest.approx(start, abs=100)
    assert all(one.start < one.end <= sound.duration for one in heard)


def test_given_words_are_placed_all_or_not_at_all(recogniser: Recogniser, sound: Sound, start: int) -> None:
    piece = sound.between(start, start + 2800)

    placed = recogniser.place(WORDS, piece, start)
    too_many = recogniser.place(WORDS * 8, piece, start)

    assert placed is not None
    assert [one.word for one in placed] == WORDS
    assert too_many is None


def test_a_word_that_it_does_not_know_is_placed_nowhere_and_it_goes_on(
    recogniser: Recogniser, sound: Sound, start: int
) -> None:
    assert recogniser.place(["unheard"], sound.between(start, start + 2000), start) is None
    assert recogniser.hear(sound.between(start - 300, sound.duration), 0)


@pytest.mark.parametrize("samples", [0, 200, 16_000])
def test_digital_silence_is_heard_as_nothing_much(recogniser: Recogniser, samples: int) -> None:
    assert len(recogniser.hear(np.zeros(samples, dtype=np.int16), 0)) <= 1
