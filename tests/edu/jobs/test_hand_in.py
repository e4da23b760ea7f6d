"""Recordings of learners made ready with real tools: copied or coded anew, bare of what their files tell."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from edu.jobs.worker import Worker
from edu.models import HandIn, HandInState, Job, JobState
from edu.runtime import Runtime
from edu.services.hand_ins import files
from media import find_ffmpeg, probe
from tests.filming import add_maker, add_video
from tests.filmwork import work
from tests.handing_in import add_hand_in
from tests.people import add_user

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
HandIt = Callable[[Path], str]
PLACE = "+47.1234+008.5678/"


@pytest.fixture
def hand_in(runtime: Runtime) -> HandIt:
    """Hands a file in, and gives the recording's id."""

    def act(path: Path) -> str:
        now = runtime.clock.now()
        with runtime.db.writing() as session:
            learner, maker = add_user(session, now=now), add_maker(session, now)
            video = add_video(session, maker, now)
            row = add_hand_in(
                session, learner.id, video.id, now, state=HandInState.ARRIVING, file_key="", duration_ms=0
            )
            row.original_key = files.key(row.id, "original")
            row.bytes = runtime.store.put_file(row.original_key, path).size
            files.promise_check(session, row, now)
            return row.id

    return act


def make(path: Path, *coding: str, source: str = "testsrc2=s=320x180:r=25:d=1") -> Path:
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", source]
    subprocess.run([*command, *coding, str(path)], check=True, timeout=60)
    return path


def found(runtime: Runtime, hand_in_id: str) -> HandIn:
    with runtime.db.reading() as session:
        return session.get_one(HandIn, hand_in_id)


def keys(runtime: Runtime) -> set[str]:
    return {entry.key for entry in runtime.store.list(files.PREFIX)}


def test_what_browsers_play_is_copied_without_place_and_device_and_the_original_goes(
    runtime: Runtime, worker: Worker, hand_in: HandIt, tmp_path: Path
) -> None:
    told = ["-metadata", f"location={PLACE}", "-metadata", "title=Ward 3", "-movflags", "use_metadata_tags"]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", *told]
    source = make(tmp_path / "phone.mp4", *coding)
    assert PLACE.encode() in source.read_bytes()

    hand_in_id = hand_in(source)
    work(worker)

    row = found(runtime, hand_in_id)
    assert (row.state, row.original_key, row.problem) == (HandInState.READY, "", {})
    assert row.duration_ms == pytest.approx(1000, abs=40)
    assert keys(runtime) == {row.file_key}
    path = runtime.store.local_path(row.file_key)
    assert path is not None
    made = path.read_bytes()
    assert (PLACE.encode() in made, b"Ward 3" in made, len(made)) == (False, False, row.bytes)


def test_what_only_some_browsers_play_is_coded_anew(
    runtime: Runtime, worker: Worker, hand_in: HandIt, tmp_path: Path
) -> None:
    hand_in_id = hand_in(make(tmp_path / "recorded.webm", "-c:v", "libvpx", "-deadline", "realtime"))
    work(worker)

    row = found(runtime, hand_in_id)
    path = runtime.store.local_path(row.file_key)
    assert path is not None
    info = probe(path)
    assert info.picture is not None
    assert (row.state, info.picture.codec, info.width, info.height) == (HandInState.READY, "h264", 320, 180)


@pytest.mark.parametrize("kind", ["too long", "no video"])
def test_what_cannot_be_taken_fails_with_a_sentence_and_nothing_of_it_is_kept(
    runtime: Runtime, worker: Worker, hand_in: HandIt, tmp_path: Path, kind: str
) -> None:
    if kind == "too long":
        coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        source = make(tmp_path / "long.mp4", *coding, source="color=s=64x64:r=5:d=312")
    else:
        source = tmp_path / "damaged.mp4"
        source.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(2000))

    hand_in_id = hand_in(source)
    work(worker)

    row = found(runtime, hand_in_id)
    assert (row.state, row.original_key, row.file_key, row.bytes) == (HandInState.FAILED, "", "", 0)
    assert row.problem["sentence"]
    assert ("5 allowed" in row.problem["sentence"]) == (kind == "too long")
    assert keys(runtime) == set()


def test_what_is_withdrawn_leaves_no_file_whether_its_work_was_done_or_not(
    runtime: Runtime, worker: Worker, hand_in: HandIt, tmp_path: Path
) -> None:
    source = make(tmp_path / "a.mp4", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    done, waiting = hand_in(source), ""
    work(worker)
    with runtime.db.reading() as session:
        row = session.get_one(HandIn, done)
    with runtime.db.writing() as session:
        other = add_hand_in(session, row.user_id, row.video_id, runtime.clock.now(), file_key="")
        other.original_key, waiting = files.key(other.id, "original"), other.id
        runtime.store.put_file(other.original_key, source)
        files.promise_check(session, other, runtime.clock.now())

    with runtime.db.writing() as session:
        files.let_go(session, [done, waiting], runtime.clock.now())
    work(worker)

    assert keys(runtime) == set()
    with runtime.db.reading() as session:
        states = {job.key: job.state for job in session.scalars(select(Job))}
    assert states[files.check_job(waiting)] is JobState.CANCELLED
    assert states[f"remove_hand_in:{done}"] is JobState.DONE
