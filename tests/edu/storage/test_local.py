"""What only local disk promises: whole files, durable folders, a full disk that leaves nothing behind."""

import errno
import io
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edu.errors import NoRoom
from edu.storage.local import LocalStore

FULL_DISK = """
import sys
from io import BytesIO
from pathlib import Path
from edu.errors import NoRoom
from edu.storage.local import LocalStore

store = LocalStore(Path(sys.argv[1]))
store.put("kept", BytesIO(b"kept"))
try:
    store.put("videos/1/film", BytesIO(bytes(3_000_000)))
except NoRoom as error:
    print(error.code, [entry.key for entry in store.list()], list(Path(sys.argv[1], ".tmp").iterdir()))
print(store.put("small", BytesIO(bytes(100_000))).size)
"""


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


class Full(io.RawIOBase):
    """A source on a disk that is full when the second piece is wanted."""

    pieces = 0

    def read(self, size: int = -1) -> bytes:
        self.pieces += 1
        if self.pieces > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return b"first"


def test_an_object_is_a_plain_file_under_its_key(local_store):
    local_store.put("videos/1/film.mp4", io.BytesIO(b"film"))

    assert files(local_store.root) == {"videos/1/film.mp4"}
    assert local_store.local_path("videos/1/film.mp4").read_bytes() == b"film"


def test_the_objects_can_be_read_by_whom_the_umask_permits(local_store):
    before = os.umask(0o027)
    try:
        local_store.put("film", io.BytesIO(b"film"))
    finally:
        os.umask(before)

    assert local_store.local_path("film").stat().st_mode & 0o777 == 0o640


def test_a_write_that_finds_no_room_leaves_nothing(local_store):
    with pytest.raises(NoRoom):
        local_store.put("videos/1/film", Full())

    assert files(local_store.root) == set()


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare to mount a small disk of its own")
def test_a_truly_full_disk_keeps_what_it_has_and_works_again_with_room(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = [
        "unshare",
        "-rm",
        "sh",
        "-c",
        'mount -t tmpfs -o size=1m none "$1" && exec "$2" -c "$3" "$1"',
        "sh",
    ]
    if subprocess.run([*mount, disk, "/bin/true", ""], capture_output=True).returncode:
        pytest.skip("this machine forbids a mount of its own")

    done = subprocess.run([*mount, disk, sys.executable, FULL_DISK], capture_output=True, text=True)

    assert done.stdout.splitlines() == ["no_room ['kept'] []", "100000"], done.stderr


def test_giving_a_file_away_moves_it_without_a_copy(local_store, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"film")
    inode = path.stat().st_ino

    stored = local_store.put_file("film", path, move=True, sha256="ab" * 32)

    assert local_store.local_path("film").stat().st_ino == inode
    assert stored.sha256 == "ab" * 32  # what is known is not computed again


def test_a_file_given_away_from_another_disk_arrives_too(local_store):
    here = local_store.root.stat().st_dev
    places = [place for place in map(Path, ("/dev/shm", "/var/tmp", "/tmp")) if place.is_dir()]
    others = [place for place in places if place.stat().st_dev != here]
    if not others:
        pytest.skip("there is only one disk here")
    path = others[0] / f"edu-test-{os.getpid()}"
    path.write_bytes(b"film")

    local_store.put_file("film", path, move=True)

    assert not path.exists()
    assert b"".join(local_store.blocks("film")) == b"film"


def test_a_copy_takes_no_room(local_store):
    local_store.put("film", io.BytesIO(b"film"))

    local_store.copy("film", "again")

    assert local_store.local_path("again").samefile(local_store.local_path("film"))


def test_a_deleted_tree_leaves_no_empty_folders(local_store):
    local_store.put("videos/1/stills/a.jpg", io.BytesIO(b"."))
    local_store.put("videos/2/b.jpg", io.BytesIO(b"."))

    local_store.delete_tree("videos/1")

    assert [path.name for path in (local_store.root / "videos").iterdir()] == ["2"]


def test_what_a_killed_writer_left_is_never_listed_and_swept_when_old(local_store):
    left = local_store.root / ".tmp" / "left"
    left.write_bytes(b"half a film")
    now = datetime.now(UTC)

    assert list(local_store.list()) == []
    assert local_store.sweep(now - timedelta(hours=1)) == 0
    assert local_store.sweep(now + timedelta(hours=1)) == 1
    assert not left.exists()


def test_a_range_costs_the_same_wherever_it_lies(local_store):
    with (local_store.root / "long").open("wb") as film:
        film.truncate(1 << 40)  # a sparse terabyte: reading up to the range would never end

    assert len(b"".join(local_store.blocks("long", (1 << 40) - 10))) == 10


def test_files_have_no_address_of_their_own(local_store):
    assert local_store.presigned_url("film", 60) is None
    assert local_store.origin() == ""


def test_a_store_that_is_opened_again_has_everything(local_store):
    local_store.put("film", io.BytesIO(b"film"))

    assert LocalStore(local_store.root).size("film") == 4
