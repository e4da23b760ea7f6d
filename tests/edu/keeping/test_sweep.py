"""Sweeping: what nothing needs goes, and nothing that a page, a job or an upload will still ask for."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from edu import queue
from edu.clock import FixedClock
from edu.jobs.progress import Progress
from edu.jobs.worker import Worker
from edu.keeping.sweep import sweep
from edu.models import (
    ApiToken,
    Job,
    JobState,
    LoginSession,
    OneTimeLink,
    Purpose,
    Throttle,
    Upload,
    VideoFile,
)
from edu.queue import Claim, open_engine
from edu.runtime import Runtime
from edu.services import originals, uploads
from edu.services.hand_ins import files as hand_ins
from edu.services.viewers import ABSOLUTE
from edu.storage import original_key, package_key
from edu.uploads import Info
from tests.edu.conftest import Site
from tests.handing_in import add_hand_in
from tests.people import add_user

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SHA = "ab" * 32
DAYS = timedelta(days=2)
Put = Callable[..., None]


@pytest.fixture
def put(site: Site) -> Put:
    """Puts an object of that age into the store."""

    def act(key: str, age: timedelta = DAYS) -> None:
        site.runtime.store.put(key, io.BytesIO(b"five!"))
        make_old(site.runtime, site.runtime.store.local_path(key), age)

    return act


def make_old(runtime: Runtime, path: Path | None, age: timedelta) -> None:
    assert path is not None
    then = (runtime.clock.now() - age).timestamp()
    os.utime(path, (then, then))


def act(site: Site, *, is_rehearsal: bool = False) -> dict[str, tuple[int, int]]:
    """What was removed: sort, number and bytes."""
    found = sweep(site.runtime, is_rehearsal=is_rehearsal)
    return {each.what: (each.count, each.bytes) for each in found if each.count}


def keys(site: Site) -> set[str]:
    return {entry.key for entry in site.runtime.store.list()}


def test_nothing_of_a_tidy_site_goes(site: Site) -> None:
    before = keys(site)
    for key in before:
        path = site.runtime.store.local_path(key)
        assert path is not None
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        make_old(site.runtime, path, DAYS)

    assert act(site) == {}

    assert keys(site) == before


def test_objects_that_nothing_names_go_once_they_are_a_day_old(site: Site, put: Put) -> None:
    before = keys(site)
    put("videos/1/old/720.mp4")
    put("videos/99/old/720.mp4")
    put(original_key(SHA))
    put("videos/1/new/720.mp4", timedelta(hours=23))
    put(original_key("cd" * 32), timedelta(hours=23))
    put("backups-of-somebody/x")

    told = act(site)

    assert told == {
        "files made from videos that no video has": (2, 10),
        "originals that no video has": (1, 5),
    }
    stays = {"videos/1/new/720.mp4", original_key("cd" * 32), "backups-of-somebody/x"}
    assert keys(site) == before | stays


def test_files_of_withdrawn_recordings_go_and_those_of_kept_ones_and_of_jobs_at_work_stay(
    site: Site, put: Put
) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        learner = add_user(session, now=now)
        kept = add_hand_in(session, learner.id, site.video("V1").id, now).file_key
        made, gone = hand_ins.key("ab" * 16, "made.mp4"), hand_ins.key("cd" * 16, "made.mp4")
        payload = {"hand_in_id": "ab" * 16}
        queue.promise(session, hand_ins.CHECK, key="check", payload=payload, now=now)
    for key in (kept, made, gone):
        put(key)
    before = keys(site)

    assert act(site) == {"recordings of learners that were withdrawn": (1, 5)}

    assert keys(site) == before - {gone}


def removals(site: Site) -> int:
    """How many removals of originals were ever promised."""
    with site.runtime.db.reading() as session:
        return session.scalar(select(func.count(Job.id)).where(Job.kind == originals.REMOVE)) or 0


def test_a_rehearsal_tells_the_same_and_removes_nothing(site: Site, put: Put) -> None:
    put("videos/1/old/720.mp4")
    put(original_key(SHA))
    before, promised = keys(site), removals(site)

    told = act(site, is_rehearsal=True)

    assert keys(site) == before
    assert removals(site) == promised
    assert act(site) == told


def test_a_file_that_is_just_coming_in_is_not_taken_for_an_old_one(site: Site, put: Put) -> None:
    put(original_key(SHA))  # it lay here unused, and somebody uploads it again at this moment
    with site.runtime.db.writing() as session:
        originals.expect(session, SHA, site.runtime.clock.now())

    assert act(site) == {}

    assert original_key(SHA) in keys(site)


def test_it_is_safe_while_a_worker_is_about_to_publish(site: Site, put: Put) -> None:
    """The files of a version lie in the store before their rows; here they are even older than a day."""
    with site.runtime.db.writing() as session:
        payload = {"video_id": 1}
        queue.promise(session, "make", key="make", payload=payload, now=site.runtime.clock.now())
    told = []

    def make(runtime: Runtime, claim: Claim, progress: Progress) -> None:
        key = package_key(1, claim.token[:16], "720.mp4")
        put(key)
        progress.folder().joinpath("half").write_text("half")
        told.append(act(site))
        assert (progress.folder() / "half").exists()
        with runtime.db.writing() as session:
            row = VideoFile(video_id=1, version=claim.token[:16], name="720.mp4", role="rendition", key=key)
            row.content_type, row.bytes = "video/mp4", 5
            session.add(row)
            progress.finish(session)

    worker = Worker(site.runtime, open_engine(site.runtime), {"make": make})
    assert worker.run_one()
    worker.close()
    told.append(act(site))

    assert told == [{}, {}]
    with site.runtime.db.reading() as session:
        key = session.scalars(select(VideoFile.key).order_by(VideoFile.id.desc())).first()
    assert key in keys(site)


def test_what_a_lost_attempt_left_goes_once_its_job_is_over(site: Site, put: Put, clock: FixedClock) -> None:
    engine = open_engine(site.runtime)
    with site.runtime.db.writing() as session:
        queue.promise(session, "make", key="make", payload={"video_id": 1}, now=clock.now())
    claim = engine.claim("w", ["make"])
    assert claim is not None
    put(package_key(1, claim.token[:16], "720.mp4"))
    assert act(site) == {}

    engine.fail(claim, "x", "x", retry=False)

    assert act(site) == {"files made from videos that no video has": (1, 5)}


@ONE_DATABASE
def test_what_another_job_will_remove_is_left_to_it(site: Site, put: Put) -> None:
    put("videos/9/gone/720.mp4")
    with site.runtime.db.writing() as session:
        payload = {"video_id": 9, "version": "gone"}
        queue.promise(session, "remove_package", key="remove", payload=payload, now=site.runtime.clock.now())

    assert act(site) == {}


@ONE_DATABASE
def test_abandoned_uploads_go_with_their_bytes(site: Site, clock: FixedClock) -> None:
    shelf = uploads.shelf_of(site.runtime.settings)
    old, new = (shelf.create(Info(9)) for _ in range(2))
    with site.runtime.db.writing() as session:
        owner = add_user(session, now=clock.now())
        uploads.begin(session, old, owner.id, length=9, details={}, now=clock.now() - uploads.LIFE)
        uploads.begin(session, new, owner.id, length=9, details={}, now=clock.now())
    with shelf.hold(old) as held:
        held.append([b"1234"])

    assert act(site, is_rehearsal=True) == {"abandoned uploads": (1, 4)}
    assert act(site) == {"abandoned uploads": (1, 4)}

    assert {path.name for path in shelf.root.iterdir()} == {new}
    with site.runtime.db.reading() as session:
        assert session.scalars(select(Upload.id)).all() == [new]


@ONE_DATABASE
def test_scratch_of_dead_attempts_goes_and_that_of_a_running_one_stays(site: Site) -> None:
    with site.runtime.db.writing() as session:
        queue.promise(session, "make", key="make", payload={}, now=site.runtime.clock.now())
    claim = open_engine(site.runtime).claim("w", ["make"])
    assert claim is not None
    top = site.runtime.settings.data_dir / "tmp"
    for name in (claim.token, "0" * 32):
        (top / name).mkdir(parents=True)
        (top / name / "half.mp4").write_bytes(b"half")
    for name in ("form-old", "form-new"):
        (top / name).write_bytes(b"sent")
    make_old(site.runtime, top / "form-old", DAYS)
    torn = site.runtime.settings.data_dir / "objects" / ".tmp" / "torn"
    torn.write_bytes(b"torn")
    make_old(site.runtime, torn, DAYS)
    for path in (top / claim.token, top / "form-new"):
        make_old(site.runtime, path, timedelta(0))

    assert act(site) == {"scratch files of attempts that are over": (3, 12)}

    assert {path.name for path in top.iterdir()} == {claim.token, "form-new"}
    assert not torn.exists()


def test_rows_that_have_served_go(site: Site, clock: FixedClock) -> None:
    now = clock.now()
    with site.runtime.db.writing() as session:
        owner = add_user(session, now=now)
        for token, began in (("old", now - ABSOLUTE), ("new", now - ABSOLUTE + timedelta(hours=1))):
            session.add(
                LoginSession(token_hash=token, user_id=owner.id, created_at=began, last_seen_at=began)
            )
        for token, ends in (("old", now - timedelta(days=30)), ("new", now - timedelta(days=29))):
            link = OneTimeLink(token_hash=token, purpose=Purpose.RESET, created_at=ends, expires_at=ends)
            session.add(link)
        for key, since in (("old", now - DAYS), ("new", now)):
            session.add(Throttle(key=key, started_at=since, count=1))

    assert act(site, is_rehearsal=True) == act(site)

    with site.runtime.db.reading() as session:
        assert session.scalars(select(LoginSession.token_hash)).all() == ["new"]
        assert session.scalars(select(OneTimeLink.token_hash)).all() == ["new"]
        assert session.scalars(select(Throttle.key)).all() == ["new"]


def test_tokens_go_ninety_days_after_they_ended_and_those_in_use_stay(site: Site, clock: FixedClock) -> None:
    now = clock.now()
    ends = {
        "old": now - timedelta(days=90), "new": now - timedelta(days=90) + timedelta(hours=1), "in use": None,
    }  # fmt: skip
    with site.runtime.db.writing() as session:
        owner = add_user(session, now=now).id
        for name, ended_at in ends.items():
            token = ApiToken(user_id=owner, token_hash=name, name=name, created_at=now - timedelta(days=400))
            token.ended_at = ended_at
            session.add(token)

    assert act(site, is_rehearsal=True) == {"tokens for programs that ended long ago": (1, 0)}
    assert act(site) == {"tokens for programs that ended long ago": (1, 0)}

    with site.runtime.db.reading() as session:
        assert set(session.scalars(select(ApiToken.name))) == {"new", "in use"}


def test_jobs_that_are_long_over_go_unless_a_page_tells_of_them(site: Site, clock: FixedClock) -> None:
    now = clock.now()
    cases = [
        ("done", "improve_video", 1, JobState.DONE, 31),
        ("lately", "improve_video", 1, JobState.DONE, 29),
        ("told", "improve_video", 1, JobState.FAILED, 31),
        ("orphan", "improve_video", 99, JobState.FAILED, 31),
        ("mail", "send_reset", None, JobState.FAILED, 31),
        ("waiting", "improve_video", 99, JobState.READY, 31),
    ]
    with site.runtime.db.writing() as session:
        for key, kind, video_id, state, days in cases:
            job = queue.promise(session, kind, key=key, payload={"video_id": video_id}, now=now)
            job.state = state
            job.finished_at = now - timedelta(days=days) if state is not JobState.READY else None

    assert act(site) == {"jobs that are over": (3, 0)}

    with site.runtime.db.reading() as session:
        left = set(session.scalars(select(Job.key)))
    assert left & {case[0] for case in cases} == {"lately", "told", "waiting"}
