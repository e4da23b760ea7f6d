"""A full disk: the upload says so and keeps what came, pages go on, and it ends well once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from media import find_ffmpeg
from tests.sites import ROOT, Site, eventually
from tests.visitors import Answer, Visitor

pytestmark = pytest.mark.slow
MB = 1024 * 1024
DISK = 120 * MB
PASSWORD = "four words that rhyme"


@pytest.fixture
def short_clip(long_clip: Path, tmp_path: Path) -> Path:
    """Its first two seconds."""
    target = tmp_path / "short.mp4"
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-i", str(long_clip), "-t", "2", "-c", "copy"]
    subprocess.run([*command, str(target)], check=True, timeout=60)
    return target


@pytest.fixture
def small(new_site: Callable[..., Site]) -> tuple[Site, Path]:
    """A web server whose data folder is a small disk of its own, and that disk as seen from here.

    It is mounted in a namespace that ends with the server: no rights are needed, nothing is left mounted.
    """
    site = new_site(EDU_COURSES="none")
    site.data.mkdir()
    mount = f'mount -t tmpfs -o size={DISK} tmpfs "$EDU_DATA_DIR" && exec {sys.executable} -m edu run'
    unshare = [shutil.which("unshare") or "/usr/bin/unshare", "--user", "--map-root-user", "--mount"]
    with (site.folder / "log").open("ab") as log:
        site.process = subprocess.Popen(
            [*unshare, "sh", "-c", mount], cwd=ROOT, env=site.environ, stdout=log, stderr=log
        )
    eventually(lambda: site.is_dead() or site.get("/livez")[0] == 200, "the site answers")
    assert not site.is_dead(), site.printed
    return site, Path(f"/proc/{site.process.pid}/root{site.data}")


def administrator(site: Site) -> Visitor:
    visitor = Visitor(site.url)
    answer = visitor.send(
        site.link().removeprefix(site.url), name="Ada", email="ada@example.org", password=PASSWORD
    )
    assert answer.status == 200, answer.text
    return visitor


def tus(visitor: Visitor, path: str, method: str, data: bytes | None = None, **headers: str) -> Answer:
    told = {"Tus-Resumable": "1.0.0", "X-CSRFToken": visitor.token("/account/"), "Accept": "application/json"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    if data is not None:
        told["Content-Type"] = "application/offset+octet-stream"
    return visitor.ask(path, method=method, data=data, headers=told)


def fill(disk: Path, leaving: int) -> Path:
    """Take all of the disk but so many bytes."""
    facts = os.statvfs(disk)
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, facts.f_bavail * facts.f_frsize - leaving)
    return ballast


def test_an_upload_at_a_full_disk_says_so_keeps_what_came_and_goes_on_later(
    small: tuple[Site, Path], long_clip: Path
):
    site, disk = small
    visitor, film = administrator(site), long_clip.read_bytes()
    begun = tus(visitor, "/uploads", "POST", b"", Upload_Length=str(len(film)))
    assert begun.status == 201, begun.text
    place = begun.headers["Location"]
    ballast = fill(disk, leaving=len(film) // 2)

    refused = tus(visitor, place, "PATCH", film, Upload_Offset="0")

    assert (refused.status, "The disk of this site is full." in refused.text) == (507, True)
    offset = int(tus(visitor, place, "HEAD").headers["Upload-Offset"])
    stored = disk / "uploads" / place.rsplit("/", 1)[1] / "data"
    assert 0 < offset == stored.stat().st_size < len(film)
    assert stored.read_bytes() == film[:offset]
    for page in ("/", "/courses", "/account/sign-in", "/livez"):
        assert site.get(page)[0] == 200
    assert tus(visitor, "/uploads", "POST", Upload_Length=str(len(film))).status == 507
    ballast.unlink()
    ended = tus(visitor, place, "PATCH", film[offset:], Upload_Offset=str(offset))
    assert (ended.status, ended.headers["Upload-Offset"]) == (204, str(len(film)))
    assert ended.headers["Edu-Location"].startswith("/studio/videos/")


def test_work_waits_for_room_says_so_and_goes_on_by_itself(small: tuple[Site, Path], short_clip: Path):
    site, disk = small
    visitor, film = administrator(site), short_clip.read_bytes()
    begun = tus(visitor, "/uploads", "POST", b"", Upload_Length=str(len(film)))
    ballast = fill(disk, leaving=len(film) + 20 * MB)  # for the upload, and for less than the work needs

    sent = tus(visitor, begun.headers["Location"], "PATCH", film, Upload_Offset="0")

    assert sent.status == 204, sent.text
    page = sent.headers["Edu-Location"]
    eventually(lambda: "waits for room on the disk" in visitor.ask(page).text, "the video waits", 20)
    assert "The disk of this site is full" in visitor.ask("/studio").text
    ballast.unlink()
    eventually(lambda: '"state":"ready"' in visitor.ask(f"{page}/state").text, "the video is ready", 90)
    assert "The disk of this site is full" not in visitor.ask("/studio").text
