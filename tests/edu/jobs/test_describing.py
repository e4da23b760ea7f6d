"""Described sounds end to end: a film, its descriptions, a recording or a voice, and the file served."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.jobs.worker import Worker
from edu.models import Hearing, Job, JobState, Track, TrackKind, Video, VideoFile, VideoState
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import sources
from edu.services.texts import described, making, tracks
from edu.storage import package_key
from media import find_ffmpeg, probe
from tests.filmwork import look, work

CUES = (Cue(1000, 2000, "The thumb."), Cue(3000, 3500, "It glides."))


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds in which somebody babbles from 1 s to 2 s, and again at 2.6 s."""
    path = tmp_path_factory.mktemp("recording") / "voice.mp3"
    when = "(between(t,1,2)+between(t,2.6,2.9))*lt(mod(t,0.2),0.12)"
    sound = ["-f", "lavfi", "-i", f"aevalsrc='0.3*(random(0)-0.5)*{when}':s=44100:d=3"]
    subprocess.run([str(find_ffmpeg()), "-v", "error", *sound, f"file:{path}"], check=True, timeout=60)
    return path


@pytest.fixture
def video_id(runtime: Runtime, clip: Path) -> int:
    """A video that is ready, of which nothing but one rendition and a master is there."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        video = Video(
            slug="a-clip", title="A clip", original_key="", state=VideoState.READY, state_at=now,
            created_at=now, version="v1", duration_ms=4000, width=320, height=180,
        )  # fmt: skip
        session.add(video)
        session.flush()
        for name, role, detail in (
            ("180.mp4", "rendition", {"width": 320, "height": 180}),
            ("master.m3u8", "master", {}),
        ):
            key = package_key(video.id, "v1", name)
            size = runtime.store.put_file(key, clip).size
            session.add(
                VideoFile(video_id=video.id, version="v1", name=name, role=role, key=key, bytes=size,
                          content_type="video/mp4", detail=detail)
            )  # fmt: skip
        return video.id


@pytest.fixture
def track_id(runtime: Runtime, video_id: int) -> int:
    """Approved descriptions of the video."""
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        row = tracks.keep(
            session, video, TextTrack(cues=CUES), kind=TrackKind.DESCRIPTIONS, language="en",
            now=runtime.clock.now(),
        )  # fmt: skip
        return row.id


def bring(runtime: Runtime, track_id: int, path: Path) -> list[str]:
    """Put a recording into the store and ask for the described sound of it."""
    with runtime.db.writing() as session:
        track = session.get_one(Track, track_id)
        video = session.get_one(Video, track.video_id)
        key = described.recording_key(video)
        size = runtime.store.put_file(key, path).size
        return described.keep_recording(session, video, track, key, size, Viewer(), runtime.clock.now())


def ask(runtime: Runtime, track_id: int) -> None:
    with runtime.db.writing() as session:
        track = session.get_one(Track, track_id)
        video = session.get_one(Video, track.video_id)
        described.promise(session, video, track, Viewer(), runtime.clock.now())


def found(runtime: Runtime, track_id: int) -> described.DescribedSound | None:
    with runtime.db.reading() as session:
        track = session.get_one(Track, track_id)
        return described.find(session, session.get_one(Video, track.video_id), track)


def files(runtime: Runtime, *roles: str) -> list[VideoFile]:
    with runtime.db.reading() as session:
        return list(session.scalars(select(VideoFile).where(VideoFile.role.in_(roles))))


def job(runtime: Runtime) -> Job:
    """The newest work on a described sound."""
    with runtime.db.reading() as session:
        asked = select(Job).where(Job.kind == making.DESCRIBE).order_by(Job.id.desc()).limit(1)
        return session.scalars(asked).one()


def test_a_recording_becomes_a_sound_of_the_film_that_is_served_beside_it(
    runtime, worker: Worker, video_id, track_id, recording
):
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        kept = session.get(Hearing, video_id) or Hearing(video_id=video_id)
        kept.version, kept.duration_ms, kept.made_at = video.version, 4000, runtime.clock.now()
        kept.speech, kept.cuts = [[1600, 2500]], []
        session.add(kept)
    master = runtime.store.size(files(runtime, "master")[0].key)
    before = look(runtime, video_id)

    bring(runtime, track_id, recording)
    work(worker)

    assert job(runtime).state is JobState.DONE, job(runtime).error
    sound = found(runtime, track_id)
    assert (sound.number, sound.is_voice) == (1, False)
    ((start, over, late),) = [(each.start, each.over, each.late) for each in sound.overruns]
    assert (start, late) == (1000, 0)
    assert over == pytest.approx(320, abs=60)
    (file,) = files(runtime, sources.SOUND)
    with runtime.store.fetched(file.key) as path:
        made = probe(path)
        assert path.stat().st_size == file.bytes
    assert made.duration == pytest.approx(before.duration_ms, abs=50)
    assert (made.picture is not None, len(made.audio)) == (True, 1)
    (kept,) = files(runtime, described.RECORDING)
    assert runtime.store.size(kept.key) == recording.stat().st_size
    assert look(runtime, video_id).version == before.version
    assert runtime.store.size(files(runtime, "master")[0].key) == master
    with runtime.db.reading() as session:
        shown = list(session.scalars(select(VideoFile).where(VideoFile.version == before.version)))
    usual, other = sources.sounds("/media/t", shown, "en")
    assert (usual.is_default, other.is_described, other.language, other.label) == (True, True, "en", "")
    assert sources.sounds("/media/t", shown, "de")[1].label == "English"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", "narration-unreadable", "No sound could be read"),
        (b"", "no-sound", "no sound that words could be found in"),
    ],
)
def test_a_recording_that_cannot_be_used_is_told_and_nothing_is_served(
    runtime, worker, track_id, tmp_path, content, code, words
):
    path = tmp_path / "r.wav"
    path.write_bytes(content)
    if not content:
        silence = ["-f", "lavfi", "-i", "anullsrc=r=8000:d=2"]
        subprocess.run([str(find_ffmpeg()), "-v", "error", "-y", *silence, str(path)], check=True, timeout=60)

    bring(runtime, track_id, path)
    work(worker)

    assert (job(runtime).state, job(runtime).error_code) == (JobState.FAILED, code)
    assert words in job(runtime).error
    assert files(runtime, sources.SOUND) == []


def test_a_film_that_was_made_anew_meanwhile_gets_nothing(runtime, worker, video_id, track_id, recording):
    bring(runtime, track_id, recording)
    with runtime.db.writing() as session:
        session.get_one(Video, video_id).version = "another"

    work(worker)

    assert (job(runtime).state, job(runtime).error_code) == (JobState.FAILED, "superseded")
    assert files(runtime, sources.SOUND) == []


def test_once_a_film_made_anew_is_listened_to_its_voice_is_promised_again(
    runtime, worker, video_id, track_id, clip
):
    ask(runtime, track_id)
    before = job(runtime)
    with runtime.db.writing() as session:
        session.get_one(Job, before.id).state = JobState.DONE
        video = session.get_one(Video, video_id)
        file = session.scalars(select(VideoFile).where(VideoFile.role == "rendition")).one()
        video.version = file.version = "v2"
        making.promise_listening(session, video, runtime.clock.now())

    worker.run_one()

    assert (job(runtime).state, job(runtime).payload["version"]) == (JobState.READY, "v2")
    assert job(runtime).id != before.id


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_voice_of_the_server_says_what_is_approved(runtime, worker, track_id):
    ask(runtime, track_id)
    work(worker)

    assert job(runtime).state is JobState.DONE, job(runtime).error
    assert found(runtime, track_id).is_voice
    assert files(runtime, described.RECORDING) == []


def test_a_server_without_a_voice_says_so(runtime, worker, track_id, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    ask(runtime, track_id)
    work(worker)

    assert job(runtime).error_code == "narration-voice"
    assert "Upload a recording" in job(runtime).error
