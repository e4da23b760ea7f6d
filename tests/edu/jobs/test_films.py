"""Films made by the worker with real tools: cut, looked at beforehand, brought back, filmed anew, in AV1."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.jobs import extras
from edu.jobs.handlers import HANDLERS
from edu.jobs.progress import Progress
from edu.jobs.worker import Worker
from edu.models import (
    Film,
    FilmState,
    Job,
    JobState,
    Role,
    Step,
    Timing,
    Track,
    TrackKind,
    TrackOffer,
    User,
    Video,
    VideoFile,
    VideoState,
)
from edu.policy import Viewer
from edu.queue import Claim, open_engine
from edu.runtime import Runtime
from edu.services import films, tracks, video_jobs, videos
from edu.storage import keep_original
from media import Cover, Edit, Segment, find_ffmpeg

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def record(path: Path, *extra: str, later: float = 0.0) -> Path:
    """Four seconds of a test picture with bursts of sound that are never the same twice."""
    chance = f"mod(abs(sin(floor((t+9-{later})/0.16)*12.9898)*43758.5)\\,1)"
    sound = f"aevalsrc='sin(440*2*PI*t)*gt({chance}\\,0.5)':s=48000:d=4"
    sources = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", "-f", "lavfi", "-i", sound]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *sources, *extra, *coding, f"file:{path}"]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("clip") / "clip.mp4")


@pytest.fixture
def worker(runtime: Runtime) -> Iterator[Worker]:
    made = Worker(runtime, open_engine(runtime), HANDLERS)
    yield made
    made.close()


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    with runtime.db.writing() as session:
        user = User(
            email="maker@example.org",
            name="Maker",
            password_hash="",
            role=Role.INSTRUCTOR,
            created_at=runtime.clock.now(),
        )
        session.add(user)
        session.flush()
        return Viewer(user_id=user.id, role=Role.INSTRUCTOR)


def work(worker: Worker) -> None:
    while worker.run_one():
        pass


@pytest.fixture
def video_id(runtime: Runtime, worker: Worker, maker: Viewer, clip: Path) -> int:
    """A video that is ready, with captions and chapters."""
    stored = keep_original(runtime.store, clip)
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        video = videos.receive(
            session, stored, title="A clip", name="clip.mp4", now=now, owner_id=maker.user_id
        )
    work(worker)
    with runtime.db.writing() as session:
        video = session.get_one(Video, video.id)
        words = (Cue(0, 900, "one"), Cue(1100, 1900, "two"), Cue(2100, 3900, "three"))
        steps = (Cue(0, 1000, "Find"), Cue(1000, 2000, "Mark"), Cue(2000, 4000, "Press"))
        for kind, cues in ((TrackKind.CAPTIONS, words), (TrackKind.CHAPTERS, steps)):
            tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language="en", now=now)
        return video.id


def look(runtime: Runtime, video_id: int) -> Video:
    with runtime.db.reading() as session:
        return session.get_one(Video, video_id)


def words(
    runtime: Runtime, video_id: int, kind: TrackKind = TrackKind.CAPTIONS
) -> list[tuple[int, int, str]]:
    with runtime.db.reading() as session:
        current = next(entry for entry in tracks.of_video(session, video_id) if entry.track.kind is kind)
        return [(cue.start, cue.end, cue.text) for cue in tracks.cues_of(current)]


def names(runtime: Runtime, video_id: int, role: str) -> list[str]:
    with runtime.db.reading() as session:
        asked = select(VideoFile.name).where(VideoFile.video_id == video_id, VideoFile.role == role)
        return list(session.scalars(asked))


def test_a_cut_film_is_shown_with_its_words_and_steps_moved_and_comes_back_whole(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    cut = Edit((Segment(0, 1000), Segment(2000, 4000)))
    before = look(runtime, video_id)

    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, cut, runtime.clock.now())
    assert look(runtime, video_id).version == before.version
    work(worker)

    shown = look(runtime, video_id)
    assert shown.state is VideoState.READY
    assert shown.duration_ms == pytest.approx(3000, abs=40)
    assert words(runtime, video_id) == [(0, 900, "one"), (1100, 2900, "three")]
    with runtime.db.reading() as session:
        film = films.shown(session, shown)
        assert film is not None
        (row, *_) = films.rows(session, shown)
        assert [step.start_ms for step in session.scalars(select(Step).order_by(Step.identifier))] == [
            0,
            None,
            1000,
        ]
    assert row.moved.steps_gone == (f"v{video_id}-c02",)

    with runtime.db.writing() as session:
        films.bring_back(session, maker, video_id, 0, runtime.clock.now())
    work(worker)

    assert look(runtime, video_id).duration_ms == pytest.approx(4000, abs=40)
    assert [text for *_, text in words(runtime, video_id)] == ["one", "two", "three"]
    chapters = words(runtime, video_id, TrackKind.CHAPTERS)
    assert chapters == [(0, 1000, "Find"), (1000, 2000, "Mark"), (2000, 4000, "Press")]


def test_what_was_covered_is_served_at_once_and_the_version_before_goes(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    before = look(runtime, video_id).version

    with runtime.db.writing() as session:
        edit = Edit(covers=(Cover(0, 4000, 0.2, 0.2, 0.3, 0.3),))
        films.ask(session, maker, video_id, edit, runtime.clock.now())
    work(worker)

    assert look(runtime, video_id).version != before
    with runtime.db.reading() as session:
        assert not session.scalars(select(VideoFile).where(VideoFile.version == before)).all()
    assert not [entry for entry in runtime.store.list(f"videos/{video_id}") if before in entry.key]


def test_a_preview_is_made_for_the_maker_and_the_one_before_goes(
    runtime: Runtime, worker: Worker, video_id: int
) -> None:
    for end in (1000, 2000):
        with runtime.db.writing() as session:
            video = session.get_one(Video, video_id)
            edit = Edit((Segment(0, end),)).plain()
            video_jobs.promise_preview(session, video, edit, runtime.clock.now())
        work(worker)

    assert names(runtime, video_id, "preview") == ["preview.mp4"]
    kept = [entry.key for entry in runtime.store.list(f"videos/{video_id}") if "preview" in entry.key]
    assert len(kept) == 1
    assert look(runtime, video_id).state is VideoState.READY


def test_a_smaller_version_joins_what_is_served(runtime: Runtime, worker: Worker, video_id: int) -> None:
    before = look(runtime, video_id)
    with runtime.db.writing() as session:
        video_jobs.promise_av1(session, session.get_one(Video, video_id), runtime.clock.now())

    work(worker)

    with runtime.db.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == video_jobs.AV1))
        assert (job.state, job.error) == (JobState.DONE, "")
        (row,) = session.scalars(select(VideoFile).where(VideoFile.role == "rendition-av1"))
    assert row.version == look(runtime, video_id).version == before.version
    assert row.detail["codecs"].startswith("av01.")
    assert runtime.store.size(row.key) == row.bytes
    assert names(runtime, video_id, "master-av1") == ["master-av1.m3u8"]


def test_a_recording_of_the_same_take_takes_the_words_along_by_its_sound(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int, tmp_path: Path
) -> None:
    longer = record(tmp_path / "longer.mp4", later=0.4)
    stored = keep_original(runtime.store, longer)

    with runtime.db.writing() as session:
        films.replace(
            session, maker, video_id, stored, name="longer.mp4", timing=Timing.SOUND, shift_ms=0,
            now=runtime.clock.now(),
        )  # fmt: skip
    work(worker)

    video = look(runtime, video_id)
    assert video.original_sha256 == stored.sha256
    starts = [start for start, *_ in words(runtime, video_id)]
    assert starts == pytest.approx([400, 1500, 2500], abs=80)
    with runtime.db.reading() as session:
        (row, *_) = films.rows(session, video)
    assert not row.moved.is_unsure


def test_a_recording_that_was_filmed_anew_keeps_the_times_and_is_flagged(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int, tmp_path: Path
) -> None:
    stored = keep_original(runtime.store, record(tmp_path / "anew.mp4", "-shortest", later=1.7))

    with runtime.db.writing() as session:
        films.replace(
            session, maker, video_id, stored, name="anew.mp4", timing=Timing.ANEW, shift_ms=0,
            now=runtime.clock.now(),
        )  # fmt: skip
    work(worker)

    assert words(runtime, video_id)[0] == (0, 900, "one")
    with runtime.db.reading() as session:
        (row, *_) = films.rows(session, session.get_one(Video, video_id))
    assert row.moved.is_unsure
    assert row.moved.needs_a_look


def test_a_film_that_was_given_up_is_never_shown(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int
) -> None:
    before = look(runtime, video_id)
    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, Edit((Segment(0, 2000),)), runtime.clock.now())
    with runtime.db.writing() as session:
        films.forget(session, maker, video_id, runtime.clock.now())

    work(worker)

    after = look(runtime, video_id)
    assert (after.version, after.film, after.state) == (before.version, 0, VideoState.READY)
    with runtime.db.reading() as session:
        states = set(session.scalars(select(Film.state)))
    assert states == {FilmState.SHOWN, FilmState.DROPPED}


def test_chapters_inside_a_file_are_offered(
    runtime: Runtime, worker: Worker, maker: Viewer, tmp_path: Path
) -> None:
    about = tmp_path / "chapters.txt"
    about.write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=Find\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=4000\ntitle=Press\n"
    )
    path = record(tmp_path / "with.mp4", "-i", str(about), "-map", "0:v", "-map", "1:a", "-map_metadata", "2")

    with runtime.db.writing() as session:
        stored = keep_original(runtime.store, path)
        video = videos.receive(session, stored, title="With", name="with.mp4", now=runtime.clock.now())
    work(worker)

    with runtime.db.reading() as session:
        (offer,) = session.scalars(select(TrackOffer).where(TrackOffer.video_id == video.id))
        assert session.scalars(select(Track).where(Track.video_id == video.id)).all() == []
    assert (offer.kind, offer.count) == (TrackKind.CHAPTERS, 2)
    assert "Press" in offer.document


def test_subtitles_and_a_second_language_inside_a_file_are_kept(
    runtime: Runtime, worker: Worker, tmp_path: Path
) -> None:
    words = tmp_path / "words.srt"
    words.write_text(
        "1\n00:00:00,500 --> 00:00:02,000\nFind the border.\n\n2\n00:00:02,100 --> 00:00:03,000\nPress.\n"
    )
    path = record(
        tmp_path / "two.mkv", "-f", "lavfi", "-i", "sine=f=300:d=4", "-i", str(words),
        *("-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:s", "-c:s", "srt"),
        *("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=spa"),
        *("-metadata:s:s:0", "language=eng"),
    )  # fmt: skip

    with runtime.db.writing() as session:
        stored = keep_original(runtime.store, path)
        video = videos.receive(session, stored, title="Two", name="two.mkv", now=runtime.clock.now())
    work(worker)

    with runtime.db.reading() as session:
        (offer,) = session.scalars(select(TrackOffer).where(TrackOffer.video_id == video.id))
        (sound,) = session.scalars(select(VideoFile).where(VideoFile.role == "rendition-sound"))
    assert (offer.kind, offer.count, offer.language) == (TrackKind.CAPTIONS, 2, "en")
    assert "Find the border." in offer.document
    assert sound.detail["language"] in ("spa", "es")


def test_what_is_covered_follows_another_recording_by_its_sound_and_is_never_shown_for_want_of_it(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int, tmp_path: Path
) -> None:
    hidden = Edit(covers=(Cover(1000, 2000, 0.2, 0.2, 0.3, 0.3),))
    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, hidden, runtime.clock.now())
    work(worker)

    def replace(name: str, later: float) -> Video:
        stored = keep_original(runtime.store, record(tmp_path / name, later=later))
        with runtime.db.writing() as session:
            films.replace(
                session, maker, video_id, stored, name=name, timing=Timing.SOUND, shift_ms=0,
                now=runtime.clock.now(),
            )  # fmt: skip
        work(worker)
        return look(runtime, video_id)

    same_take = replace("longer.mp4", 0.4)
    with runtime.db.reading() as session:
        (cover,) = films.edit_of(session, same_take).covers
    assert (cover.start, cover.end) == pytest.approx((1400, 2400), abs=80)

    another = replace("anew.mp4", 7.31)
    assert (another.version, another.film) == (same_take.version, 2)
    assert another.problem["code"] == "hidden-lost"


def test_a_smaller_version_of_what_is_not_served_any_more_leaves_nothing_behind(
    runtime: Runtime, worker: Worker, video_id: int
) -> None:
    before = look(runtime, video_id).version

    class Meddling:
        """A handler's line to its worker, along which another version is published meanwhile."""

        def __init__(self, line: Progress) -> None:
            self.line = line

        def __getattr__(self, name: str) -> object:
            return getattr(self.line, name)

        def __call__(self, fraction: float, message: str = "") -> None:
            with runtime.db.writing() as session:
                session.get_one(Video, video_id).version = "another"
            self.line(fraction, message)

    def encode(runtime: Runtime, claim: Claim, progress: Progress) -> None:
        extras.encode_smaller(runtime, claim, Meddling(progress))  # type: ignore[arg-type]

    with runtime.db.writing() as session:
        video_jobs.promise_av1(session, session.get_one(Video, video_id), runtime.clock.now())
    late = Worker(runtime, open_engine(runtime), {video_jobs.AV1: encode})
    work(late)
    late.close()

    with runtime.db.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == video_jobs.AV1))
    assert (job.state, job.error_code) == (JobState.FAILED, "superseded")
    kept = [entry.key for entry in runtime.store.list(f"videos/{video_id}/{before}")]
    assert kept
    assert not [key for key in kept if "av1" in key]
