"""Backups: whole, consistent, incremental, safe to kill, and free of what was deleted or is not meant."""

from __future__ import annotations

import fcntl
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from edu.errors import Conflict, Invalid, NotFound
from edu.keeping import manifest
from edu.keeping.backup import back_up
from edu.keeping.check_backup import check_backup
from edu.models import Video, VideoFile
from edu.runtime import Runtime, build
from edu.services import erasure, uploads
from edu.settings import Settings
from tests.edu.conftest import Site
from tests.edu.keeping.conftest import BackUp, unheard
from tests.people import add_user

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table as the backup has them."""
    path = folder / manifest.read(folder).tables()[table].path
    columns, *lines = [json.loads(line) for line in path.read_text().splitlines()]
    return [dict(zip(columns, line, strict=True)) for line in lines]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Watched:
    """A store that does something before it gives an object; everything else is the real one's."""

    def __init__(self, store: Any, act: Any) -> None:
        self._store = store
        self._act = act

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        self._act(key)
        blocks: Iterator[bytes] = self._store.blocks(key, start, length)
        return blocks


def watched(runtime: Runtime, act: Any) -> Runtime:
    return Runtime(runtime.settings, runtime.db, Watched(runtime.store, act), runtime.clock)


def test_a_backup_holds_every_row_every_object_and_the_key(site: Site, back: BackUp, folder: Path) -> None:
    done = back()

    assert (done.lost, done.gone) == ((), ())
    assert [row["slug"] for row in rows(folder, "video")] == ["find", "needle"]
    for key, entry in manifest.read(folder).objects().items():
        assert (folder / entry.path).read_bytes() == b"".join(site.runtime.store.blocks(key))
    key_file = manifest.read(folder).key
    assert key_file is not None
    assert (folder / key_file.path).read_text() == site.runtime.settings.secret_key
    assert list(check_backup(folder, told=unheard)) == []


@ONE_DATABASE
def test_nobody_else_may_read_it(back: BackUp, folder: Path) -> None:
    back()

    open_to_others = [path for path in [folder, *folder.rglob("*")] if path.stat().st_mode & 0o077]
    assert open_to_others == []


@ONE_DATABASE
def test_the_key_can_be_left_out(site: Site, back: BackUp, folder: Path) -> None:
    back(with_key=False)

    assert manifest.read(folder).key is None
    key = site.runtime.settings.secret_key.encode()
    assert not [name for name, data in everything(folder).items() if key in data]


@ONE_DATABASE
def test_the_settings_come_along(back: BackUp, folder: Path) -> None:
    back()

    assert manifest.read(folder).head.settings == {"EDU_SITE_NAME": "Small"}


@ONE_DATABASE
def test_a_second_backup_copies_only_what_is_new(site: Site, back: BackUp, folder: Path) -> None:
    first = back()
    assert (first.copied, first.copied_bytes > 0) == (18, True)
    site.runtime.store.put("videos/1/new/720.mp4", io.BytesIO(b"a new film"))
    with site.runtime.db.writing() as session:
        size = site.runtime.store.size("videos/1/new/720.mp4")
        session.add(
            VideoFile(
                video_id=1,
                version="new",
                name="720.mp4",
                role="rendition",
                key="videos/1/new/720.mp4",
                content_type="video/mp4",
                bytes=size,
            )
        )

    second = back()

    assert (second.copied, second.copied_bytes) == (1, size)
    assert second.files == first.files + 1
    assert list(check_backup(folder, told=unheard)) == []


def test_what_was_deleted_from_the_site_leaves_the_backup(site: Site, back: BackUp, folder: Path) -> None:
    with site.runtime.db.writing() as session:
        user = add_user(session, now=site.runtime.clock.now(), email="ada@example.org", name="Ada L")
        user_id = user.id
    back()
    assert [name for name, data in everything(folder).items() if b"ada@example.org" in data]
    with site.runtime.db.writing() as session:
        erasure.erase(session, user_id, site.runtime.clock.now())
        session.execute(delete(Video).where(Video.slug == "needle"))

    back()

    left = everything(folder)
    assert not [name for name, data in left.items() if b"ada@example.org" in data or b"Ada L" in data]
    assert not [name for name in left if name.startswith("objects/videos/2/")]
    assert list(check_backup(folder, told=unheard)) == []


def test_uploads_in_progress_are_no_part_of_it(site: Site, back: BackUp, folder: Path) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        owner = add_user(session, now=now)
        for digit in "ab":
            uploads.begin(session, digit * 32, owner.id, length=9, details={}, now=now)
        uploads.find(session, owner.id, "b" * 32, now).video_id = 1

    back()

    assert [row["id"] for row in rows(folder, "upload")] == ["b" * 32]


def test_rows_and_objects_are_of_one_moment_whatever_happens_while_it_copies(
    site: Site, back: BackUp, folder: Path
) -> None:
    """A video deleted while objects are copied: its rows are in, its objects too, for they stay for hours."""

    def delete_one(key: str) -> None:
        with site.runtime.db.writing() as session:
            session.execute(delete(Video).where(Video.slug == "needle"))
            add_user(session, now=site.runtime.clock.now())

    done = back(runtime=watched(site.runtime, delete_one))

    assert (done.lost, done.gone) == ((), ())
    assert [row["slug"] for row in rows(folder, "video")] == ["find", "needle"]
    assert rows(folder, "user") == []
    assert list(check_backup(folder, told=unheard)) == []


@ONE_DATABASE
def test_an_object_that_is_deleted_with_its_row_meanwhile_is_told_as_gone(site: Site, back: BackUp) -> None:
    with site.runtime.db.reading() as session:
        lost = sorted(session.scalars(select(VideoFile.key).where(VideoFile.video_id == 2)))

    def take_away(key: str) -> None:
        with site.runtime.db.writing() as session:
            session.execute(delete(VideoFile).where(VideoFile.video_id == 2))
        site.runtime.store.delete_tree("videos/2")

    done = back(runtime=watched(site.runtime, take_away))

    assert (done.lost, sorted(done.gone)) == ((), lost)


@ONE_DATABASE
def test_an_object_that_a_row_still_names_is_told_as_lost(site: Site, back: BackUp, folder: Path) -> None:
    site.runtime.store.delete("videos/1/vV1/poster.jpg")

    done = back()

    assert [(lost.key, done.gone) for lost in done.lost] == [("videos/1/vV1/poster.jpg", ())]
    assert [finding.what for finding in check_backup(folder, told=unheard)] == [
        "the object videos/1/vV1/poster.jpg was not there when the backup was made"
    ]


@ONE_DATABASE
def test_a_damaged_original_is_not_taken_for_a_good_one(site: Site, back: BackUp) -> None:
    key = site.video("V1").original_key
    path = site.runtime.store.local_path(key)
    assert path is not None
    size = path.stat().st_size
    path.unlink()  # it may share its file with the other tests' template
    path.write_bytes(b"x" * size)

    done = back()

    assert [lost.key for lost in done.lost] == [key]
    assert "is damaged" in done.lost[0].reason


@ONE_DATABASE
@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_that_is_broken_off_leaves_the_one_before_and_the_next_goes_on(
    site: Site, back: BackUp, folder: Path, at: int
) -> None:
    back()
    before = manifest.read(folder)
    for name in ("a", "b", "c"):
        add_file(site, name)
    seen: list[str] = []

    class Killed(BaseException):
        pass

    def kill(key: str) -> None:
        seen.append(key)
        if len(seen) > at:
            raise Killed

    with pytest.raises(Killed):
        back(runtime=watched(site.runtime, kill))

    assert manifest.read(folder) == before
    assert [str(finding) for finding in check_backup(folder, told=unheard) if finding.is_wrong] == []
    done = back()
    assert done.copied == 3 - at
    assert list(check_backup(folder, told=unheard)) == []


def add_file(site: Site, name: str) -> None:
    """A new file of the first video."""
    key = f"videos/1/vV1/{name}.mp4"
    site.runtime.store.put(key, io.BytesIO(name.encode()))
    with site.runtime.db.writing() as session:
        row = VideoFile(video_id=1, version="vV1", name=f"{name}.mp4", role="rendition", key=key)
        row.content_type, row.bytes = "video/mp4", site.runtime.store.size(key)
        session.add(row)


@ONE_DATABASE
def test_a_file_that_was_copied_and_has_rotted_to_another_size_is_copied_again(
    back: BackUp, folder: Path
) -> None:
    back()
    (folder / "objects/videos/1/vV1/poster.jpg").write_bytes(b"")

    assert back().copied == 1


@ONE_DATABASE
def test_a_folder_with_something_else_is_refused(back: BackUp, folder: Path) -> None:
    folder.mkdir()
    (folder / "letters.txt").touch()

    with pytest.raises(Invalid, match="holds something else"):
        back()

    assert [path.name for path in folder.iterdir()] == ["letters.txt"]


@ONE_DATABASE
def test_a_file_is_no_folder(back: BackUp, folder: Path) -> None:
    folder.touch()

    with pytest.raises(Invalid, match="is a file"):
        back()


@ONE_DATABASE
@pytest.mark.parametrize("place", ["", "backup", "objects/backup", ".."])
def test_a_folder_within_the_data_folder_or_around_it_is_refused(
    site: Site, back: BackUp, place: str
) -> None:
    with pytest.raises(Invalid, match="choose a folder apart"):
        back(site.runtime.settings.data_dir / place)


@ONE_DATABASE
def test_two_sites_do_not_share_a_folder(site: Site, back: BackUp, folder: Path, settings: Settings) -> None:
    back()
    other = Settings.read(
        {
            "EDU_DATA_DIR": str(settings.data_dir),
            "EDU_DATABASE_URL": settings.database_url,
            "EDU_SECRET_KEY": "another key, and long enough as well",
        }
    )
    runtime = build(other)

    with pytest.raises(Invalid, match="backup of another site"):
        back(runtime=runtime)

    runtime.db.dispose()
    assert list(check_backup(folder, told=unheard)) == []


@ONE_DATABASE
def test_two_backups_do_not_write_into_one_folder_at_a_time(back: BackUp, folder: Path) -> None:
    back()
    handle = os.open(folder / "edu-backup", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)

    with pytest.raises(Conflict, match="another backup is writing"):
        back()

    os.close(handle)
    back()


def test_there_is_nothing_to_back_up_without_a_database(tmp_path: Path) -> None:
    runtime = build(Settings.read({"EDU_DATA_DIR": str(tmp_path / "new")}))

    with pytest.raises(Invalid, match="there is no database yet"):
        back_up(runtime, tmp_path / "backup", settings={}, with_key=True, told=unheard)

    runtime.db.dispose()
    with pytest.raises(NotFound):
        manifest.read(tmp_path / "backup")


@ONE_DATABASE
def test_progress_ends_with_all_of_it(site: Site, folder: Path) -> None:
    heard: list[tuple[int, int]] = []

    back_up(
        site.runtime,
        folder,
        settings={},
        with_key=True,
        told=lambda done, total, _: heard.append((done, total)),
    )

    totals = {total for _, total in heard}
    assert len(totals) == 1
    assert heard[0][0] == 0
    assert heard[-1][0] == heard[-1][1]
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
