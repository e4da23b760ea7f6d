"""Words of a script timed in a sound, right or wrong as the script may be."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from captions import audio
from captions.audio import Sound
from captions.making import language_model, loudness, pronounce
from captions.making.recognise import DICTIONARY, Recogniser
from captions.making.robust import Robust, Source, Time

SPEECH = Path(__file__).parents[2] / "data" / "speech"
KNOWN = json.loads((SPEECH / "flite-slt.json").read_text(encoding="utf-8"))["sentences"]
SAID = [one["text"].lower().replace(".", "").replace(",", "").split() for one in KNOWN]


@pytest.fixture
def sound() -> Iterator[Sound]:
    with tempfile.TemporaryFile() as file:
        yield audio.decode(SPEECH / "flite-slt.ogg", file)


def aligned(sentences: list[list[str]], sound: Sound, folder: Path) -> list[list[Time | None]]:
    words = [word for sentence in sentences for word in sentence]
    numbers = [number for number, sentence in enumerate(sentences) for _ in sentence]
    recogniser = Recogniser(
        language_model.arpa(sentences), pronounce.pronunciations(words, DICTIONARY), folder
    )
    times = iter(Robust(words, numbers, sound, loudness.measure(sound), recogniser).align(lambda done: None))
    return [[next(times) for _ in sentence] for sentence in sentences]


def test_every_word_of_a_true_script_is_timed_in_order(sound: Sound, tmp_path: Path) -> None:
    rows = aligned(SAID, sound, tmp_path)

    times = [time for row in rows for time in row]
    found = [time for time in times if time is not None]
    assert len(found) == len(times)
    assert [time.start for time in found] == sorted(time.start for time in found)
    assert sum(time.source is Source.HEARD for time in found) > 0.9 * len(found)


def test_a_pause_has_no_room_for_a_sentence_and_a_few_words_are_not_put_into_it(
    sound: Sound, tmp_path: Path
) -> None:
    extra = ["wash", "your", "hands"]

    rows = aligned([SAID[0], extra, SAID[1], extra, SAID[2]], sound, tmp_path)

    assert rows[1] == rows[3] == [None] * 3
    for row, one in zip((rows[0], rows[2], rows[4]), KNOWN, strict=True):
        assert row[0] is not None
        assert row[0].start == pytest.approx(one["start"], abs=100)


def test_nothing_is_timed_in_the_sound_of_another_script(sound: Sound, tmp_path: Path) -> None:
    rows = aligned(
        [["from", "fairest", "creatures", "we", "desire", "increase", "that", "thereby", "the", "rose"]],
        sound,
        tmp_path,
    )

    assert rows == [[None] * 10]
