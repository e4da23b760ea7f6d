"""A known script timed in a recording."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import captions
from captions import CaptionError, ErrorCode
from captions.making.align import Aligned, Method, align_words, own_cues
from captions.making.child import ChildLimits
from captions.making.unspoken import Why
from captions.making.words import TimedWord

SPEECH = Path(__file__).parents[2] / "data" / "speech"
UNSAID = "Remember to count the sponges on the equipment trolley beforehand."


def sentences(name: str) -> list[dict[str, Any]]:
    known = json.loads((SPEECH / f"{name}.json").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = known["sentences"]
    return rows


def starts(aligned: Aligned) -> dict[int, int]:
    """When the first timed word of each line is said."""
    return {word.line: word.start for word in reversed(aligned.words)}


def test_a_script_with_directions_names_and_numbers_is_timed_to_a_tenth_of_a_second() -> None:
    known = sentences("espeak-f3-noise")
    said = [one["text"] for one in known]
    told: list[float] = []

    aligned = align_words(
        f"[Close-up]\nANNA: {said[0]}\n- {said[1]}\n\n{said[2]}",
        SPEECH / "espeak-f3-noise.ogg",
        progress=told.append,
    )

    found = starts(aligned)
    for line, one in zip((1, 2, 4), known, strict=True):
        assert found[line] == pytest.approx(one["start"], abs=100)
    assert " ".join(word.text for word in aligned.words) == " ".join(said)
    assert {"5", "ml"} <= {word.text for word in aligned.words}
    assert {word.speaker for word in aligned.words} == {"ANNA"}
    assert [(one.text, one.line, one.why) for one in aligned.unspoken] == [
        ("[Close-up]", 1, Why.DIRECTION),
        ("ANNA:", 2, Why.SPEAKER),
        ("-", 3, Why.LAYOUT),
    ]
    assert (aligned.untimed, aligned.share, aligned.is_rough, aligned.method) == (
        (),
        1.0,
        False,
        Method.ROBUST,
    )
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_where_script_and_speech_differ_the_rest_is_in_its_place_and_nothing_is_invented() -> None:
    """The second sentence is not in the script, and one that nobody says is."""
    known = sentences("flite-slt")
    script = f"{known[0]['text']}\n{UNSAID}\n{known[2]['text']}"

    aligned = align_words(script, SPEECH / "flite-slt.ogg")

    found = starts(aligned)
    assert found[0] == pytest.approx(known[0]["start"], abs=100)
    assert found[2] == pytest.approx(known[2]["start"], abs=100)
    assert " ".join(one.text for one in aligned.untimed) == UNSAID
    assert {one.line for one in aligned.untimed} == {2}
    assert aligned.untimed[0].index == len(known[0]["text"].split())


def test_captions_are_made_of_a_script_in_one_call() -> None:
    known = sentences("flite-slt")

    track = captions.align("\n".join(one["text"] for one in known), SPEECH / "flite-slt.ogg")

    plain = " ".join(cue.text for cue in track.cues).replace("\n", " ")
    assert plain == " ".join(one["text"] for one in known)
    assert track.cues[0].start == pytest.approx(known[0]["start"], abs=100)
    assert track.language == "en"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_language_without_a_model_is_placed_by_sentences_and_is_rough() -> None:
    """What the sentences mean does not matter to a voice, so German reads the English ones."""
    known = sentences("flite-slt")
    script = "[Bild]\nANNA: " + "\n".join(one["text"] for one in known)

    aligned = align_words(script, SPEECH / "flite-slt.ogg", language="de-CH")

    found = starts(aligned)
    assert [found[line] for line in (1, 2, 3)] == pytest.approx([one["start"] for one in known], abs=300)
    assert (aligned.method, aligned.is_rough, aligned.untimed) == (Method.SENTENCES, True, ())
    assert " ".join(word.text for word in aligned.words) == " ".join(one["text"] for one in known)
    assert {word.speaker for word in aligned.words} == {"ANNA"}
    assert [one.text for one in aligned.unspoken] == ["[Bild]", "ANNA:"]
    assert aligned.duration > known[-1]["end"]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_language_that_no_voice_has_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        captions.align("Press.", str(SPEECH / "flite-slt.ogg"), language="xx")

    assert refused.value.code is ErrorCode.VOICE_LANGUAGE


def test_the_script_of_another_recording_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        align_words(
            "From fairest creatures we desire increase, that thereby beauty's rose might never die, "
            "but as the riper should by time decease, his tender heir might bear his memory.",
            SPEECH / "flite-slt.ogg",
        )

    assert refused.value.code is ErrorCode.SCRIPT_NOT_HEARD


@pytest.mark.parametrize(
    ("script", "recording", "language", "code"),
    [
        ("[music]", "flite-slt.ogg", "en", ErrorCode.NO_SCRIPT),
        ("Press.", "flite-slt.json", "en", ErrorCode.UNREADABLE_SOUND),
        ("[Musik]", "flite-slt.ogg", "de", ErrorCode.NO_SCRIPT),
        ("Press.", "no-such-file.ogg", "en", ErrorCode.UNREADABLE_SOUND),
        ("a" * 2_000_001, "flite-slt.ogg", "en", ErrorCode.SCRIPT_TOO_LONG),
    ],
)
def test_what_cannot_be_timed_is_refused_with_the_reason(
    script: str, recording: str, language: str, code: ErrorCode
) -> None:
    with pytest.raises(CaptionError) as refused:
        align_words(script, SPEECH / recording, language=language)

    assert refused.value.code is code


def test_a_child_that_needs_too_much_memory_harms_nobody() -> None:
    with pytest.raises(CaptionError) as refused:
        align_words("Press.", SPEECH / "flite-slt.ogg", limits=ChildLimits(memory_bytes=40_000_000))

    assert refused.value.code in (ErrorCode.WORK_TOO_LARGE, ErrorCode.WORK_FAILED)


def word(text: str, start: int, line: int, paragraph: int = 0, speaker: str = "") -> TimedWord:
    return TimedWord(text, start, start + 300, 1.0, paragraph, line, speaker)


def test_blocks_that_an_author_made_stay_his_captions_with_their_lines() -> None:
    words = [word("Press", 0, 0), word("here.", 400, 1), word("Hold", 1000, 3, 1), word("it <2", 1400, 3, 1)]

    cues = own_cues(words)

    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (0, 700, "Press\nhere."),
        (1000, 1700, "Hold it &lt;2"),
    ]


def test_a_script_of_one_caption_a_line_keeps_its_lines() -> None:
    words = [word("Press", 0, 0), word("Hold", 500, 1, speaker="ANNA"), word("Now", 1000, 2, speaker="ANNA")]

    assert [cue.text for cue in own_cues(words)] == ["Press", "<v ANNA>Hold", "<v ANNA>Now"]


@pytest.mark.corpus
def test_a_person_who_reads_a_sonnet_is_followed(corpus: Path) -> None:
    known = json.loads((corpus / "speech" / "sonnet001.json").read_text(encoding="utf-8"))["cues"]

    aligned = align_words("\n".join(text for _, _, text in known), corpus / "speech" / "sonnet001.mp3")

    found = starts(aligned)
    errors = [abs(found[line] / 1000 - start) for line, (start, _, _) in enumerate(known)]
    assert aligned.untimed == ()
    assert np.median(errors) <= 0.06
    assert np.quantile(errors, 0.95) <= 0.45
