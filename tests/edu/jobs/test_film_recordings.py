"""Films of other recordings, made by the worker with real tools, and what lies inside a recording."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from edu.jobs.worker import Worker
from edu.models import (
    Timing,
    Track,
    TrackKind,
    TrackOffer,
    Video,
    VideoFile,
)
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import films, videos
from edu.storage import keep_original
from media import Cover, Edit, Segment
from tests.filmwork import look, record, words, work

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


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


def test_a_film_of_another_recording_is_brought_back_with_its_own_words(
    runtime: Runtime, worker: Worker, maker: Viewer, video_id: int, tmp_path: Path
) -> None:
    before = words(runtime, video_id)
    stored = keep_original(runtime.store, record(tmp_path / "anew.mp4", later=1.7))
    with runtime.db.writing() as session:
        films.replace(
            session, maker, video_id, stored, name="anew.mp4", timing=Timing.ANEW, shift_ms=0,
            now=runtime.clock.now(),
        )  # fmt: skip
    work(worker)
    with runtime.db.writing() as session:
        films.ask(session, maker, video_id, Edit((Segment(1000, 4000),)), runtime.clock.now())
    work(worker)
    assert words(runtime, video_id) != before

    with runtime.db.writing() as session:
        films.bring_back(session, maker, video_id, 0, runtime.clock.now())
    work(worker)

    assert words(runtime, video_id) == before
    chapters = words(runtime, video_id, TrackKind.CHAPTERS)
    assert chapters == [(0, 1000, "Find"), (1000, 2000, "Mark"), (2000, 4000, "Press")]
    with runtime.db.reading() as session:
        (row, *_) = films.rows(session, session.get_one(Video, video_id))
    assert not row.moved.is_unsure


@pytest.mark.parametrize(("timing", "shift_ms"), [(Timing.SHIFT, 99_000), (Timing.SAME, 0)])
def test_times_by_which_little_would_be_left_are_refused_and_the_film_stays(
    runtime: Runtime,
    worker: Worker,
    maker: Viewer,
    video_id: int,
    tmp_path: Path,
    timing: Timing,
    shift_ms: int,
) -> None:
    before = look(runtime, video_id)
    short = record(tmp_path / "short.mp4", *(("-t", "1") if timing is Timing.SAME else ()), later=0.3)

    with runtime.db.writing() as session:
        films.replace(
            session, maker, video_id, keep_original(runtime.store, short), name="short.mp4", timing=timing,
            shift_ms=shift_ms, now=runtime.clock.now(),
        )  # fmt: skip
    work(worker)

    after = look(runtime, video_id)
    assert (after.version, after.film) == (before.version, before.film)
    assert after.problem["code"] == "times-unlikely"
    assert len(words(runtime, video_id)) == 3
