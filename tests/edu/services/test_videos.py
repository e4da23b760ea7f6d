"""Videos: names fit for addresses and pages, the states people see, and what replaces what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.errors import Invalid, NotFound
from edu.models import Job, JobState, Video, VideoState
from edu.policy import NOBODY, Viewer
from edu.services import video_jobs, videos
from edu.services.delivery import Addresses
from edu.storage import StoredObject
from tests.edu.conftest import Site

NAMES = [
    ("film.mp4", "film.mp4"),
    ("C:\\films\\film.mp4", "film.mp4"),
    ("../../etc/passwd\0", "passwd"),
    ("film\u202egpj.mp4", "filmgpj.mp4"),
    ("a\r\nb\x7f.mp4", "ab.mp4"),
    ("ü" * 300, "ü" * 255),
    ("", ""),
]


@pytest.mark.parametrize(("given", "shown"), NAMES)
def test_a_file_name_is_shown_without_what_could_deceive(given: str, shown: str) -> None:
    assert videos.clean_name(given) == shown


@pytest.mark.parametrize(
    ("title", "slug"),
    [("My first film!", "my-first-film"), ("Über Rücken", "uber-rucken"), ("日本", "video")],
)
def test_an_address_name_is_made_from_the_title(site: Site, title: str, slug: str) -> None:
    with site.runtime.db.reading() as session:
        assert videos.free_slug(session, title) == slug


def test_an_address_name_is_given_once(site: Site) -> None:
    with site.runtime.db.reading() as session:
        again = videos.free_slug(session, "Find")

    assert again != "find"
    assert again.startswith("find-")


def test_an_empty_file_is_refused(site: Site) -> None:
    with pytest.raises(Invalid, match="empty"), site.runtime.db.writing() as session:
        videos.receive(session, StoredObject(0, "0" * 64), title="x", name="x", now=site.runtime.clock.now())


def standing(site: Site) -> videos.Standing:
    with site.runtime.db.reading() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        return videos.standing(session, video, site.runtime.clock.now())


def test_while_a_job_waits_the_work_is_not_over(site: Site) -> None:
    assert (standing(site).is_over, standing(site).progress, standing(site).seconds_left) == (
        False,
        None,
        None,
    )


def test_while_a_job_runs_its_progress_and_what_is_left_are_told(site: Site) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == video_jobs.CHECK).order_by(Job.id)).first()
        assert job is not None
        job.state, job.progress, job.started_at = JobState.RUNNING, 0.5, now - timedelta(seconds=8)

    assert (standing(site).progress, standing(site).seconds_left) == (0.5, 8)


def test_a_waiting_job_tells_what_comes_before_it(site: Site) -> None:
    now = site.runtime.clock.now()
    before = standing(site).place
    with site.runtime.db.writing() as session:
        for priority, state, run_at in [
            (20, JobState.READY, now),
            (20, JobState.RUNNING, now),
            (-5, JobState.RUNNING, now),  # stands still for a look at a new film
            (-5, JobState.READY, now),
            (20, JobState.READY, now + timedelta(hours=1)),
        ]:
            key = f"other:{priority}:{state}:{run_at}"
            facts = {"priority": priority, "state": state, "run_at": run_at, "created_at": now}
            session.add(Job(kind="other", key=key, payload={}, **facts))

    assert standing(site).place == (before or 0) + 2


def test_a_silent_worker_and_a_full_disk_are_told(site: Site) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == video_jobs.CHECK).order_by(Job.id)).first()
        assert job is not None
        job.state, job.beat_at = JobState.RUNNING, now - timedelta(seconds=40)
        job.lease_until = now - timedelta(seconds=10)

    found = standing(site)
    assert (found.is_stalled, found.last_sign, found.place) == (True, now - timedelta(seconds=40), None)
    with site.runtime.db.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == video_jobs.CHECK).order_by(Job.id)).first()
        assert job is not None
        job.state, job.error_code = JobState.READY, "no_room"
    assert (standing(site).is_without_room, standing(site).is_stalled) == (True, False)


@pytest.mark.parametrize(("minutes", "start"), [(0, 60), (1.5, 58.5), (60, 0), (300, 0)])
def test_the_shorter_a_video_the_earlier_its_improvement_counts_as_due(minutes: float, start: float) -> None:
    assert video_jobs.head_start(round(minutes * 60_000)) == timedelta(minutes=start)


def test_when_every_job_has_ended_the_work_is_over(site: Site) -> None:
    with site.runtime.db.writing() as session:
        for job in session.scalars(select(Job)):
            job.state = JobState.FAILED

    assert standing(site).is_over


@pytest.mark.parametrize(
    ("version", "state"),
    [("", VideoState.FAILED), ("vV1", VideoState.WATCHABLE)],
    ids=["nothing", "something"],
)
def test_work_that_ended_with_its_worker_is_told_as_broken_off(
    site: Site, version: str, state: VideoState
) -> None:
    site.change_video("V1", version=version, state=VideoState.CHECKING)
    with site.runtime.db.writing() as session:
        for job in session.scalars(select(Job)):
            job.state, job.error_code = JobState.FAILED, "worker_lost"

    found = standing(site)

    assert (found.state, found.is_over, found.problem["code"]) == (state, True, "worker_lost")
    assert "Try again" in found.problem["sentence"]


def test_a_video_with_nothing_to_watch_cannot_be_published(site: Site) -> None:
    site.change_video("V1", version="")

    with pytest.raises(Invalid, match="cannot be watched yet"), site.runtime.db.writing() as session:
        videos.publish(session, videos.named(session, "find"), site.runtime.clock.now())


def test_another_original_is_processed_while_the_old_version_is_served(site: Site) -> None:
    new = StoredObject(5, "a" * 64)
    with site.runtime.db.writing() as session:
        video = videos.named(session, "find")
        videos.replace_original(session, video, new, name="new.mov", now=site.runtime.clock.now())

    video = site.video("V1")
    assert (video.version, video.state, video.original_name) == ("vV1", VideoState.RECEIVED, "new.mov")
    assert not standing(site).is_over


def test_a_film_that_comes_back_is_processed_again(site: Site) -> None:
    now, first = site.runtime.clock.now(), site.video("V1")
    old = StoredObject(first.original_bytes, first.original_sha256)
    with site.runtime.db.writing() as session:
        for job in session.scalars(select(Job)):
            job.state = JobState.DONE
        video = videos.named(session, "find")
        videos.replace_original(session, video, StoredObject(5, "a" * 64), name="new.mov", now=now)

    with site.runtime.db.writing() as session:
        videos.replace_original(session, videos.named(session, "find"), old, name="old.mov", now=now)

    assert site.video("V1").original_sha256 == first.original_sha256
    assert not standing(site).is_over


def test_a_locked_video_shows_its_title_and_no_picture(site: Site) -> None:
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        shown = {link.code: link for link in videos.everything(session, NOBODY, addresses)}
        opened = videos.everything(session, Viewer(visitor_hash="v", is_professional=True), addresses)

    assert (shown["V2"].is_locked, shown["V2"].poster_url) == (True, None)
    assert shown["V1"].poster_url is not None
    assert all(link.poster_url for link in opened)


def test_a_video_that_is_not_there_is_not_found(site: Site) -> None:
    with site.runtime.db.reading() as session, pytest.raises(NotFound):
        videos.named(session, "none")
