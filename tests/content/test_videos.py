"""The bundled videos: films, narration and text tracks agree with the storyboards and with each other."""

from __future__ import annotations

import json
import tomllib
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

import av
import pytest

import captions
from captions import Cue

COURSE = Path(__file__).parents[2] / "edu" / "content" / "back-mice"
VIDEOS = COURSE / "videos"
SLUGS = ("find", "infiltrate", "bilateral")
RATE = 16_000  # samples a second that the sound is decoded to
BLOCK = RATE // 100
FRAME = 1 / 25
SLACK = 100  # ms by which a caption may differ from the sound

every_video = pytest.mark.parametrize("slug", SLUGS)


@dataclass(frozen=True, slots=True)
class Word:
    """A narrated word, as the renderer placed it; milliseconds."""

    text: str
    start: int
    end: int
    shot: str


@cache
def sheet(slug: str) -> dict[str, Any]:
    return tomllib.loads((VIDEOS / f"{slug}.toml").read_text("utf-8"))


@cache
def shots(slug: str) -> tuple[dict[str, Any], ...]:
    storyboard = COURSE / "drawing" / "storyboards" / f"{slug}.toml"
    return tuple(tomllib.loads(storyboard.read_text("utf-8"))["shot"])


@cache
def words(slug: str) -> tuple[Word, ...]:
    rows = json.loads((VIDEOS / sheet(slug)["word_times"]).read_text("utf-8"))["words"]
    return tuple(Word(row["word"], row["start"], row["end"], row["shot"]) for row in rows)


@cache
def track(slug: str, kind: str) -> tuple[Cue, ...]:
    return captions.read((VIDEOS / f"{slug}.{kind}.en.vtt").read_bytes(), format="vtt").cues


@cache
def loudness(slug: str) -> tuple[float, ...]:
    """The mean square of each 10 ms of the film's sound, full scale being 1."""
    samples = array("h")
    with av.open(str(VIDEOS / f"{slug}.mp4")) as film:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in film.decode(audio=0):
            for part in resampler.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: part.samples * 2])
    blocks = (samples[at : at + BLOCK] for at in range(0, len(samples) - BLOCK + 1, BLOCK))
    return tuple(sum(sample * sample for sample in block) / BLOCK / 32768**2 for block in blocks)


def heard(slug: str, start: int, end: int) -> float:
    """The root mean square of the sound between two times in milliseconds."""
    return fmean(loudness(slug)[start // 10 : max(start // 10 + 1, end // 10)]) ** 0.5


@every_video
def test_the_film_has_the_promised_size_length_and_codecs(slug: str) -> None:
    path = VIDEOS / f"{slug}.mp4"

    with av.open(str(path)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        seconds = float(film.duration or 0) / av.time_base

        assert path.stat().st_size <= 4_000_000
        assert (picture.codec_context.name, picture.profile) == ("h264", "High")
        assert (picture.width, picture.height, picture.pix_fmt) == (1280, 720, "yuv420p")
        assert picture.average_rate == 25
        assert (sound.codec_context.name, sound.rate) == ("aac", 48_000)
        assert abs(picture.frames - 94 * 25) <= 1
        assert abs(seconds - 94) <= FRAME
        assert abs(sheet(slug)["duration_ms"] - seconds * 1000) <= 1000 * FRAME


@every_video
def test_the_film_starts_at_once_and_can_be_cut_without_coding_it_again(slug: str) -> None:
    path = VIDEOS / f"{slug}.mp4"
    with av.open(str(path)) as film:
        keys = [
            float(p.pts * p.time_base) for p in film.demux(video=0) if p.is_keyframe and p.pts is not None
        ]

    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")
    assert keys[0] == pytest.approx(0, abs=0.1)
    assert max(after - before for before, after in pairwise([*keys, 94.0])) <= 2 + FRAME


@every_video
def test_the_words_are_those_of_the_storyboard_inside_their_shots_and_in_order(slug: str) -> None:
    spoken = words(slug)

    for shot in shots(slug):
        mine = [word for word in spoken if word.shot == shot["id"]]
        assert [word.text for word in mine] == " ".join(shot["cues"]).split()
        assert shot["start_ms"] <= mine[0].start
        assert mine[-1].end <= shot["end_ms"]
    assert all(word.start < word.end for word in spoken)
    assert all(before.end <= after.start + 1 for before, after in pairwise(spoken))


@every_video
def test_no_shot_is_spoken_above_150_words_a_minute(slug: str) -> None:
    for shot in shots(slug):
        minutes = (shot["end_ms"] - shot["start_ms"]) / 60_000
        assert sum(word.shot == shot["id"] for word in words(slug)) / minutes <= 150


@every_video
def test_captions_agree_with_the_sound_within_a_tenth_of_a_second(slug: str) -> None:
    left = list(words(slug))

    for cue in track(slug, "captions"):
        count = len(cue.text.split())
        said, left = left[:count], left[count:]
        assert cue.text.split() == [word.text for word in said]
        assert abs(cue.start - said[0].start) <= SLACK
        assert cue.end >= said[-1].end - SLACK
    assert left == []


@every_video
def test_captions_say_the_storyboards_cues_one_at_a_time(slug: str) -> None:
    cues = track(slug, "captions")

    assert [cue.text for cue in cues] == [text for shot in shots(slug) for text in shot["cues"]]
    assert all(before.end <= after.start for before, after in pairwise(cues))
    assert cues[-1].end <= sheet(slug)["teaching_ms"]


@every_video
def test_captions_have_no_fault_against_the_teaching_rules(slug: str) -> None:
    data = (VIDEOS / f"{slug}.captions.en.vtt").read_bytes()

    found = captions.check(captions.read(data, format="vtt"), "teaching")

    assert [problem for problem in found if problem.severity is captions.Severity.ERROR] == []


@every_video
def test_chapters_are_the_storyboards_and_leave_the_credits_out(slug: str) -> None:
    chapters = track(slug, "chapters")

    assert [(cue.identifier, cue.start, cue.end, cue.text) for cue in chapters] == [
        (shot["id"], shot["start_ms"], shot["end_ms"], shot["title"]) for shot in shots(slug)
    ]
    assert chapters[-1].end == sheet(slug)["teaching_ms"] == 90_000


@every_video
def test_each_shot_is_described_for_those_who_do_not_see_it(slug: str) -> None:
    described = [(cue.start, cue.text) for cue in track(slug, "descriptions")]

    assert described == [(shot["start_ms"], shot["description"]) for shot in shots(slug)]


@every_video
def test_speech_is_heard_where_the_words_are_and_pauses_are_quiet(slug: str) -> None:
    spoken = words(slug)
    inside = [heard(slug, word.start, word.end) for word in spoken]
    pauses = [
        heard(slug, before.end + 60, after.start - 60)
        for before, after in pairwise(spoken)
        if after.start - before.end >= 300
    ]

    assert min(inside) > 0.01
    assert len(pauses) >= 8
    assert max(pauses) < median(inside) / 20


@every_video
def test_every_shot_starts_to_sound_with_its_first_word(slug: str) -> None:
    blocks = loudness(slug)

    for shot in shots(slug):
        first = next(word for word in words(slug) if word.shot == shot["id"])
        start = shot["start_ms"] // 10
        onset = 10 * next(at for at in range(start + 5, len(blocks)) if blocks[at] > 0.003**2)
        assert abs(onset - first.start) <= SLACK


@every_video
def test_the_credits_are_silent(slug: str) -> None:
    assert heard(slug, 90_000, 93_900) < 0.0005


@every_video
def test_the_sheet_is_honest_about_voice_review_and_licence(slug: str) -> None:
    facts = sheet(slug)

    assert "synthetic" in facts["description"]
    assert "not yet reviewed by a clinician" in facts["description"]
    assert facts["licence"] == "CC-BY-4.0"
    assert "backmice.info" in facts["credits"]
    assert not {"reviewer", "reviewed_on"} & facts.keys()


def test_only_the_infiltration_is_for_professionals() -> None:
    assert {slug: sheet(slug)["audience"] for slug in SLUGS} == {
        "find": "open",
        "infiltrate": "pro",
        "bilateral": "open",
    }
    assert {slug: sheet(slug)["code"] for slug in SLUGS} == {
        "find": "V1",
        "infiltrate": "V2",
        "bilateral": "V3",
    }


def test_the_cases_are_said_to_be_a_schematic_variation_and_not_patient_data() -> None:
    assert "schematic variation for teaching, not patient data" in sheet("bilateral")["description"]
