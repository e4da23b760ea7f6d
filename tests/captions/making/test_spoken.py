"""Sentences timed by a synthetic voice that reads them: in English and German, with one that is not said."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from captions.errors import CaptionError, ErrorCode
from captions.making import spoken
from captions.making.espeak import plain
from captions.making.voice import Voice

DATA = Path(__file__).parents[2] / "data" / "speech"
GERMAN = (
    "Suchen Sie mit beiden Daumen den Kamm des Beckens.",
    "Schieben Sie die Finger langsam nach innen.",
    "Fragen Sie, ob das der bekannte Schmerz ist.",
    "Vergleichen Sie beide Seiten und notieren Sie die Größe.",
    "Zum Schluss beugt sich der Patient nach vorn.",
)

needs_voice = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def known(name: str) -> tuple[list[str], list[tuple[int, int]]]:
    sentences = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["sentences"]
    return [one["text"] for one in sentences], [(one["start"], one["end"]) for one in sentences]


@needs_voice
@pytest.mark.parametrize("name", ["flite-slt", "espeak-f3-noise"])
def test_each_sentence_of_a_recording_begins_when_it_is_said(name: str) -> None:
    sentences, truth = known(name)

    found = spoken.align_sentences(sentences, DATA / f"{name}.ogg", language="en-US")

    for times, (start, _) in zip(found, truth, strict=True):
        assert times is not None
        assert abs(times[0] - start) <= 120


def read_by_a_woman(sentence: str) -> np.ndarray:
    """The sentence, faster and softer than usual, at 16 kHz, from its first to its last loud sample."""
    argv = ["espeak-ng", "-v", "de+f3", "-s", "175", "--stdin", "--stdout"]
    ended = subprocess.run(argv, input=sentence.encode(), capture_output=True, check=True, timeout=20)
    sound = np.frombuffer(ended.stdout[44:], dtype="<i2") / 3
    said = np.interp(np.arange(0, len(sound) - 1, 22_050 / 16_000), np.arange(len(sound)), sound)
    loud = np.flatnonzero(abs(said) > 100)
    return said[loud[0] : loud[-1] + 1]


@needs_voice
def test_german_by_another_voice_with_two_sentences_that_nobody_says() -> None:
    pieces, truth, at = [], [], 0
    for sentence, pause in zip(GERMAN, (0.4, 0.9, 0.25, 0.6, 1.1), strict=True):
        said, silence = read_by_a_woman(sentence), np.zeros(int(16_000 * pause))
        truth.append((at + len(silence)) // 16)
        at += len(silence) + len(said)
        pieces += [silence, said]
    samples = np.concatenate([*pieces, np.zeros(8000)]).astype(np.int16)
    script = [*GERMAN[:2], "Bitte schalten Sie jetzt alle Telefone aus.", "…", *GERMAN[2:]]

    found = spoken.align_sentences(script, samples, language="de-AT")

    assert found[2:4] == (None, None)
    for times, start, bound in zip((*found[:2], *found[4:]), truth, (60, 60, 600, 60, 60), strict=True):
        assert times is not None
        assert abs(times[0] - start) <= bound  # what comes after an unsaid sentence is less sure


@needs_voice
def test_silence_and_an_empty_script_have_no_times() -> None:
    quiet = np.zeros(16_000, dtype=np.int16)

    assert spoken.align_sentences(GERMAN, quiet, language="de") == (None,) * 5
    assert spoken.align_sentences([], quiet, language="de") == ()


@needs_voice
@pytest.mark.parametrize("language", ["xx", "", "../x", "tlhx-AQ"])
def test_a_language_without_a_voice_is_refused(language: str) -> None:
    with pytest.raises(CaptionError) as refused:
        Voice(language)

    assert refused.value.code is ErrorCode.VOICE_LANGUAGE


def test_without_espeak_there_is_a_sentence_that_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CaptionError, match="Install the system package espeak-ng") as refused:
        Voice("de", program=tmp_path / "espeak-ng")

    assert refused.value.code is ErrorCode.VOICE_MISSING


def test_a_script_of_too_many_sentences_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        spoken.align_sentences(["Yes."] * 3001, np.zeros(10, dtype=np.int16), language="en")

    assert refused.value.code is ErrorCode.SCRIPT_TOO_LONG


def test_nothing_but_words_reaches_the_voice() -> None:
    assert plain("[[h@l'oU]] <b>Drück\x00\n\nfest</b>, 5 %!") == "h l'oU b Drück fest b , 5 %!"
    assert len(plain("a" * 10_000)) == 3000
