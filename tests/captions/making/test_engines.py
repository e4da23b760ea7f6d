"""Which recognisers are there, what they are told, and what comes back; pocketsphinx for real."""

import importlib.util
import io
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from captions import audio
from captions.errors import CaptionError, ErrorCode
from captions.hearing import Speech
from captions.making import engines
from captions.making.engines import EngineName
from captions.making.recognisers.faster_whisper import FasterWhisper
from captions.making.recognisers.naming import primary, prompt
from captions.making.recognisers.pocketsphinx import PocketSphinx, utterances
from captions.making.recognisers.vosk import Vosk
from captions.making.recognisers.whisper_cpp import WhisperCpp
from captions.making.words import TimedWord

SPEECH = Path(__file__).parents[2] / "data" / "speech" / "flite-slt.ogg"
SAMPLES = np.full(16_000 * 5, 1024, dtype=np.int16)
HINTS = ("lidocaine", "back  mouse", "lidocaine")


class Foreign:
    """Stands for a foreign package: each call is kept, each answer is given beforehand."""

    def __init__(self, **answers: Any) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.answers = answers

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((name, arguments, named))
            answer = self.answers.get(name, self)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call


def refused(call: Any, *arguments: Any) -> CaptionError:
    with pytest.raises(CaptionError) as caught:
        call(*arguments)
    return caught.value


def test_faster_whisper_gets_a_folder_and_hot_words_and_gives_words(tmp_path: Path) -> None:
    word = SimpleNamespace(word=" Press", start=0.51, end=0.9, probability=0.87654)
    blank = SimpleNamespace(word=" ", start=1.0, end=1.1, probability=1.0)
    segments = [SimpleNamespace(words=[word, blank]), SimpleNamespace(words=None)]
    foreign = Foreign(transcribe=(iter(segments), None))

    found = FasterWhisper(foreign, tmp_path).words(SAMPLES, "en-GB", HINTS)

    (_, made, options), (_, (sound,), asked) = foreign.calls
    assert found == (TimedWord("Press", 510, 900, 0.877),)
    assert made == (str(tmp_path),)
    assert options == {"device": "cpu", "compute_type": "int8", "local_files_only": True}
    assert sound.dtype == np.float32
    assert float(sound[0]) == pytest.approx(1 / 32)
    assert (asked["language"], asked["hotwords"], asked["word_timestamps"]) == (
        "en",
        "lidocaine, back mouse",
        True,
    )


def test_whisper_cpp_gets_the_only_model_of_a_folder(tmp_path: Path) -> None:
    model = tmp_path / "ggml-small.bin"
    model.write_bytes(b"lmgg" + bytes(12))
    (tmp_path / "other.bin").write_bytes(b"none")
    said = [("Press", 0.9), ("[MUSIC]", 0.5), ("", 0.5), ("gently.", float("nan"))]
    segments = [
        SimpleNamespace(text=text, t0=50 * number, t1=50 * number + 40, probability=probability)
        for number, (text, probability) in enumerate(said)
    ]
    foreign = Foreign(transcribe=segments)

    found = WhisperCpp(foreign, tmp_path).words(SAMPLES, "", ())

    assert found == (TimedWord("Press", 0, 400, 0.9), TimedWord("gently.", 1500, 1900, 0.0))
    assert foreign.calls[0][1] == (str(model),)
    assert foreign.calls[1][2]["language"] == "auto"
    assert "initial_prompt" not in foreign.calls[1][2]


def test_vosk_gets_the_sound_in_blocks_and_its_sentences_are_put_together(tmp_path: Path) -> None:
    said = '{"result": [{"conf": 0.5, "start": 1.02, "end": 1.3, "word": "press"}], "text": "press"}'
    foreign = Foreign(AcceptWaveform=1, Result=said, FinalResult='{"text": ""}')

    found = Vosk(foreign, tmp_path).words(SAMPLES, "en")

    sent = [arguments[0] for name, arguments, _ in foreign.calls if name == "AcceptWaveform"]
    assert found == (TimedWord("press", 1020, 1300, 0.5),) * 2
    assert [len(block) for block in sent] == [128_000, 32_000]
    assert ("SetWords", (True,), {}) in foreign.calls


@pytest.mark.parametrize("adapter", [FasterWhisper, Vosk])
def test_a_model_that_does_not_load_is_a_refusal_with_the_reason(adapter: Any, tmp_path: Path) -> None:
    foreign = Foreign(WhisperModel=RuntimeError("no model.bin"), Model=RuntimeError("no model.bin"))

    error = refused(adapter, foreign, tmp_path)

    assert error.code is ErrorCode.ENGINE_FAILED
    assert "no model.bin" in error.reason


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("whisper", "", ErrorCode.ENGINE_UNKNOWN),
        ("faster-whisper", "base.en", ErrorCode.ENGINE_MODEL),
        ("faster-whisper", ".", ErrorCode.ENGINE_MODEL),
        ("whisper.cpp", "base", ErrorCode.ENGINE_MODEL),
        ("whisper.cpp", ".", ErrorCode.ENGINE_MODEL),
        ("vosk", "vosk-model-small-en-us", ErrorCode.ENGINE_MODEL),
        ("vosk", ".", ErrorCode.ENGINE_MODEL),
    ],
)
def test_nothing_is_ever_asked_for_by_a_mere_name(
    name: str, path: str, code: ErrorCode, tmp_path: Path
) -> None:
    error = refused(engines.engine, name, tmp_path / path)

    assert error.code is code
    assert error.reason.endswith(".")


def test_the_list_says_what_is_ready_and_what_is_missing(tmp_path: Path) -> None:
    found = {info.name: info for info in engines.available(tmp_path)}

    assert list(found) == list(EngineName)
    assert found[EngineName.POCKETSPHINX].is_ready
    for name, package in (
        ("faster-whisper", "faster_whisper"),
        ("vosk", "vosk"),
        ("whisper.cpp", "pywhispercpp"),
    ):
        info = found[EngineName(name)]
        word = "model" if importlib.util.find_spec(package) else "installed"
        assert not info.is_ready
        assert word in info.reason


def test_pocketsphinx_hears_most_words_of_a_sentence() -> None:
    with io.BytesIO() as file:
        for block in audio.blocks(SPEECH):
            file.write(block.tobytes())
        samples = np.frombuffer(file.getvalue(), dtype=np.int16)[: 16 * 3300]

    found = engines.engine("pocketsphinx").words(samples, "en-GB")

    truth = ["find", "the", "crest", "of", "the", "hip", "bone", "with", "both", "thumbs"]
    assert len(set(truth) & {word.text for word in found}) >= 5
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert abs(found[0].start - 476) < 150
    assert all(0 <= word.confidence <= 1 for word in found)


def test_pocketsphinx_knows_english_alone() -> None:
    engine = PocketSphinx(Foreign(get_model_path="."))

    assert refused(engine.words, SAMPLES, "de").code is ErrorCode.ENGINE_LANGUAGE
    assert engine.words(np.zeros(16_000, dtype=np.int16), "") == ()


def test_utterances_end_at_pauses_and_are_never_too_long() -> None:
    spans = [(500, 900), (1200, 2000), (4000, 50_000)]

    found = list(utterances([Speech(*span) for span in spans], 50_100))

    assert found == [Speech(300, 2200), Speech(3800, 23_800), Speech(23_800, 43_800), Speech(43_800, 50_100)]


def test_languages_and_hints_are_told_shortly() -> None:
    assert [primary(tag) for tag in ("", "de", "pt-BR", "zh_Hant")] == ["", "de", "pt", "zh"]
    assert prompt(["x" * 590, "y" * 20]) == "x" * 590
    assert prompt([]) == ""
