"""Looking through a site: each thing that can be wrong is found once, with what to do, and no other."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import delete, select, update

from edu import queue, schema
from edu.keeping.check_site import check_site
from edu.keeping.finding import Finding
from edu.models import Job, JobState, Step, TrackVersion, Video, VideoFile, VideoState
from edu.models.search import SearchEntry
from edu.services import originals
from tests.edu.conftest import Site
from tests.edu.keeping.conftest import unheard

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n720.m3u8\n"
PLAYLIST = (
    b'#EXTM3U\n#EXT-X-MAP:URI="720.mp4",BYTERANGE="900@0"\n#EXTINF:2,\n#EXT-X-BYTERANGE:%d@900\n720.mp4\n'
)
VIDEO_FILE = "videos/1/vV1/720.mp4"


@pytest.fixture
def whole(site: Site) -> Site:
    """The small site with playlists that can be played."""
    with site.runtime.db.writing() as session:
        sizes = {row.key: row.bytes for row in session.scalars(select(VideoFile))}
        for row in session.scalars(select(VideoFile).where(VideoFile.name.endswith(".m3u8"))):
            film = sizes[f"videos/{row.video_id}/{row.version}/720.mp4"]
            data = MASTER if row.role == "master" else PLAYLIST % (film - 900)
            site.runtime.store.put(row.key, io.BytesIO(data))
            row.bytes = len(data)
    return site


def found(site: Site, *, deep: bool = False) -> list[Finding]:
    return list(check_site(site.runtime, deep=deep, told=unheard))


def wrong(site: Site, *, deep: bool = False) -> list[str]:
    return [finding.what for finding in found(site, deep=deep) if finding.is_wrong]


def spoil(site: Site, key: str, data: bytes) -> None:
    """Change an object behind the store's back; its file may be another test's too."""
    path = site.runtime.store.local_path(key)
    assert path is not None
    path.unlink()
    path.write_bytes(data)


def test_a_whole_site_has_nothing_to_mend(whole: Site) -> None:
    assert found(whole, deep=True) == []


def test_a_missing_and_a_cut_object_are_found(whole: Site) -> None:
    size = whole.runtime.store.size(VIDEO_FILE)
    spoil(whole, VIDEO_FILE, b"cut")
    whole.runtime.store.delete("videos/1/vV1/poster.jpg")

    assert wrong(whole) == [
        f"the object {VIDEO_FILE} has 3 bytes instead of {size}",
        "the object videos/1/vV1/poster.jpg is missing",
    ]


@ONE_DATABASE
def test_a_changed_original_is_found_by_reading_it(whole: Site) -> None:
    key = whole.video("V1").original_key
    spoil(whole, key, b"x" * whole.runtime.store.size(key))

    assert wrong(whole) == []
    assert wrong(whole, deep=True) == [f"the original {key} is damaged: its bytes have changed"]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (PLAYLIST % 10**9, "wants bytes up to 1000000900 of 720.mp4, which has"),
        (PLAYLIST.replace(b"720.mp4", b"1080.mp4") % 5, "points to 1080.mp4, which is not there"),
        (b"\xff\xfe", "cannot be read"),
        (b"<html>", "cannot be read"),
    ],
)
def test_a_playlist_that_leads_nowhere_is_found(whole: Site, data: bytes, says: str) -> None:
    key = "videos/1/vV1/720.m3u8"
    whole.runtime.store.put(key, io.BytesIO(data))
    with whole.runtime.db.writing() as session:
        session.execute(update(VideoFile).where(VideoFile.key == key).values(bytes=len(data)))

    (what,) = wrong(whole)

    assert what.startswith(f"the playlist {key} {says}")


@ONE_DATABASE
def test_a_version_without_files_is_found(whole: Site) -> None:
    with whole.runtime.db.writing() as session:
        session.execute(delete(VideoFile).where(VideoFile.video_id == 2))
    whole.runtime.store.delete_tree("videos/2")

    assert wrong(whole) == ["video 2 (Infiltrate) is shown and has no files"]


@pytest.mark.parametrize("state", [VideoState.RECEIVED, VideoState.CHECKING, VideoState.IMPROVING])
def test_a_video_that_waits_for_a_job_that_is_not_there_is_found(whole: Site, state: VideoState) -> None:
    whole.change_video("V1", state=state)
    assert wrong(whole) == []  # its job waits
    with whole.runtime.db.writing() as session:
        session.execute(delete(Job))

    (finding,) = found(whole)

    assert finding.what == f"video 1 (Find) is {state.value} and no job works on it"
    assert finding.remedy == "open http://localhost/studio/videos/1 and choose Try again"


@ONE_DATABASE
def test_a_video_whose_job_failed_is_told_to_its_maker_and_not_here(whole: Site) -> None:
    whole.change_video("V1", state=VideoState.IMPROVING)
    with whole.runtime.db.writing() as session:
        session.execute(update(Job).values(state=JobState.FAILED, error_code="x", error="y"))

    assert wrong(whole) == []


@ONE_DATABASE
def test_a_track_without_its_version_is_found(whole: Site) -> None:
    with whole.runtime.db.writing() as session:
        session.execute(delete(TrackVersion).where(TrackVersion.track_id == 1))

    assert "have no version 1" in wrong(whole)[0]


@ONE_DATABASE
def test_chapters_and_steps_that_disagree_are_found(whole: Site) -> None:
    with whole.runtime.db.writing() as session:
        names = list(session.scalars(select(Step.identifier).where(Step.video_id == 1)))
        session.execute(delete(Step).where(Step.video_id == 1))
        session.add(Step(identifier="V1-c99", video_id=1, title="Nowhere", start_ms=10**6, end_ms=10**6 + 1))

    told = wrong(whole)

    assert told == [
        *(f"chapter {name} of video 1 is no step" for name in names),
        "step V1-c99 stands in video 1 and no chapter names it",
        "step V1-c99 begins after the end of video 1",
    ]


@ONE_DATABASE
def test_references_that_lead_nowhere_are_found(whole: Site) -> None:
    with whole.runtime.db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(sa.text("UPDATE lesson SET module_id = 77 WHERE id = 1"))
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")

    assert wrong(whole) == ["row 1 of lesson names a row of module that is not there"]


@ONE_DATABASE
def test_a_database_file_with_a_hole_is_found(whole: Site, database_url: str) -> None:
    with whole.runtime.db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_video_owner_id'"
        ).scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        connection.exec_driver_sql("BEGIN")
    whole.runtime.db.dispose()
    with Path(database_url.removeprefix("sqlite:///")).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x0a" + b"\0" * 7)  # an index page that says it holds nothing

    told = wrong(whole)

    assert told
    assert all(what.startswith("the database file is damaged (") for what in told)


@ONE_DATABASE
def test_a_database_of_another_revision_is_told_and_nothing_else_is_guessed(whole: Site) -> None:
    schema.downgrade(whole.runtime.db, "0001")

    (finding,) = found(whole)

    assert finding.remedy == "run edu db upgrade first"


@pytest.fixture
def stray(whole: Site) -> Callable[[str, timedelta], None]:
    """Puts an object into the store that no row names, of that age."""

    def put(key: str, age: timedelta) -> None:
        whole.runtime.store.put(key, io.BytesIO(b"stray"))
        path = whole.runtime.store.local_path(key)
        assert path is not None
        then = (whole.runtime.clock.now() - age).timestamp()
        os.utime(path, (then, then))

    return put


@ONE_DATABASE
def test_a_stray_is_told_once_it_is_a_day_old_and_is_not_wrong(
    whole: Site, stray: Callable[[str, timedelta], None]
) -> None:
    stray("videos/1/old/720.mp4", timedelta(hours=25))
    stray("videos/1/new/720.mp4", timedelta(hours=23))
    stray("originals/ab/" + "ab" * 32, timedelta(hours=25))
    stray("backups-of-somebody/x", timedelta(hours=25))

    told = found(whole)

    assert [finding.what for finding in told] == [
        "originals/ab/" + "ab" * 32 + " (5 bytes) has no row",
        "videos/1/old/720.mp4 (5 bytes) has no row",
    ]
    assert not any(finding.is_wrong for finding in told)


@ONE_DATABASE
def test_what_a_job_will_remove_is_no_stray(whole: Site, stray: Callable[[str, timedelta], None]) -> None:
    stray("videos/9/gone/720.mp4", timedelta(days=2))
    stray("originals/ab/" + "ab" * 32, timedelta(days=2))
    now = whole.runtime.clock.now()
    with whole.runtime.db.writing() as session:
        payload = {"video_id": 9, "version": "gone"}
        queue.promise(session, "remove_package", key="remove_package:9:gone", payload=payload, now=now)
        originals.release(session, "ab" * 32, now)

    assert found(whole) == []


@ONE_DATABASE
def test_a_video_without_its_original_on_purpose_has_nothing_to_mend(whole: Site) -> None:
    with whole.runtime.db.writing() as session:
        session.execute(update(Job).values(state=JobState.DONE))
        originals.drop(session, session.get_one(Video, 1), whole.runtime.clock.now())

    assert found(whole, deep=True) == []


def test_a_track_that_search_does_not_find_is_told(whole: Site) -> None:
    with whole.runtime.db.writing() as session:
        session.execute(delete(SearchEntry))

    found = list(check_site(whole.runtime, deep=False, told=unheard))

    assert {each.remedy for each in found} == {"start the site again"}
