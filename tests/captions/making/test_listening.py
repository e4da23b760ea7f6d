"""A recording heard in a child process: speech, sentences, and refusals that come back as they were."""

import shutil
import wave
from pathlib import Path

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.making import listening, resync
from captions.making.child import ChildLimits
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack

RECORDING = Path(__file__).parents[2] / "data" / "speech" / "flite-slt.ogg"


def test_speech_is_heard_where_it_is() -> None:
    found = listening.hear(RECORDING)

    assert abs(found[0].start - 476) < 60
    assert abs(found[-1].end - 12_190) < 150


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_sentences_are_placed() -> None:
    placed = listening.place_sentences(
        ["Find the crest of the hip bone with both thumbs."], RECORDING, language="en"
    )

    assert placed.times[0] is not None
    assert abs(placed.times[0][0] - 476) < 120
    assert abs(placed.duration - 12_700) < 300


def test_an_offset_is_found_as_it_is_without_a_child() -> None:
    text = ["press", "gently", "and", "ask", "whether", "this", "is", "the", "familiar", "pain"]
    words = [TimedWord(word, 700 * number, 700 * number + 500) for number, word in enumerate(text)]
    cues = tuple(Cue(700 * number + 2000, 700 * number + 2500, word) for number, word in enumerate(text))
    track = TextTrack(cues=cues)

    assert listening.find_offset(track, words) == resync.find(track, words)
    assert listening.find_offset(track, words).offset_ms == -2000


def test_the_best_engine_at_hand_listens_and_tells_its_name(tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    with wave.open(str(silence), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))

    assert listening.recognise(silence, model=tmp_path, language="en") == ("pocketsphinx", ())


def test_a_refusal_of_the_child_keeps_its_code_and_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(CaptionError, match="model of Vosk") as refused:
        listening.recognise(RECORDING, engine="vosk", model=tmp_path / "absent")

    assert refused.value.code is ErrorCode.ENGINE_MODEL


def test_a_child_beyond_its_memory_is_ended_with_a_sentence() -> None:
    with pytest.raises(CaptionError) as refused:
        listening.hear(RECORDING, limits=ChildLimits(memory_bytes=80_000_000))

    assert refused.value.code in (ErrorCode.WORK_TOO_LARGE, ErrorCode.WORK_FAILED)


def test_work_that_nobody_waits_for_is_ended() -> None:
    with pytest.raises(CaptionError) as refused:
        listening.hear(RECORDING, cancelled=lambda: True)

    assert refused.value.code is ErrorCode.WORK_CANCELLED
