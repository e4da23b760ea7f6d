"""Kill -9 at the worst moment: nothing is lost, nothing runs on, and the work is published once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sites import Site, eventually, new_sites, rows

pytestmark = pytest.mark.slow


def in_mid_transcode(site: Site) -> list[int]:
    """Wait until a worker is well into the conversion; gives the ids of its ffmpeg.

    Between two of its tools a conversion has none, so both are asked for in one breath.
    """
    asked = "SELECT 1 FROM job WHERE kind = 'convert_video' AND state = 'running' AND progress > 0.02"
    return eventually(
        lambda: site.processes("ffmpeg") if rows(site, asked) else [], "the conversion is under way", 60, site
    )


def ready_once(site: Site) -> None:
    """The video is ready, and there is one version of it in the table and in the store, and no scrap."""
    asked = "SELECT 1 FROM video WHERE state = 'ready'"
    eventually(lambda: rows(site, asked), "the video is ready", 90, site)
    assert rows(site, "SELECT state FROM job WHERE kind = 'convert_video'") == [("done",)]
    versions = rows(site, "SELECT DISTINCT version FROM video_file")
    assert versions == rows(site, "SELECT version FROM video")
    stored = {path.parent.name for path in (site.data / "objects").rglob("master.m3u8")}
    assert stored == {versions[0][0]}
    eventually(lambda: not list((site.data / "tmp").iterdir()), "the scratch folder is empty", 5)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, long_clip: Path) -> Iterator[Site]:
    """A site whose worker is converting a clip, and each time a test breaks it off begins it again."""
    for make in new_sites(tmp_path_factory):
        site = make(EDU_LEASE_SECONDS="2", EDU_COURSES="none", EDU_AV1="off").start()
        assert site.command("video", "add", str(long_clip), "--title", "Grain").returncode == 0
        yield site


def test_a_worker_killed_in_mid_transcode_leaves_no_tool_and_the_next_takes_its_job(busy: Site):
    tools = in_mid_transcode(busy)
    worker = busy.worker()

    os.kill(worker, signal.SIGKILL)

    eventually(lambda: not set(tools) & set(busy.processes("ffmpeg")), "its ffmpeg has ended", 2)
    assert rows(busy, "SELECT title, state FROM video") == [("Grain", "improving")]
    assert busy.get("/courses")[0] == 200
    taken = "improve_video:1:"
    eventually(lambda: busy.printed.count(taken) >= 2, "it is claimed again", 60, busy)
    assert busy.worker() != worker
    assert in_mid_transcode(busy) != tools


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_goes_on(busy: Site):
    in_mid_transcode(busy)
    assert busy.process is not None

    busy.process.kill()

    busy.process.wait(5)
    eventually(lambda: not busy.processes(), "web, worker and tools have ended", 15)
    busy.start()
    assert rows(busy, "SELECT title FROM video") == [("Grain",)]
    eventually(lambda: busy.processes("ffmpeg"), "the work goes on", 60, busy)


def test_a_request_to_end_gives_the_job_back_leaves_no_process_and_in_the_end_it_is_done_once(busy: Site):
    in_mid_transcode(busy)

    status = busy.stop(signal.SIGTERM)

    assert status == 0, busy.printed[-2000:]
    assert busy.processes() == []
    assert rows(busy, "SELECT state, token FROM job WHERE kind = 'convert_video'") == [("ready", None)]
    busy.start()
    ready_once(busy)


def test_a_second_site_at_the_same_port_is_told_so_in_a_sentence(new_site: Callable[..., Site]):
    first = new_site(EDU_COURSES="none").start()
    second = new_site(EDU_COURSES="none", EDU_PORT=str(first.port))

    refused = second.command("run")

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"edu: port {first.port} of 127.0.0.1 cannot be used (Address already in use): "
        "stop what runs there, or set EDU_PORT"
    ]
    assert first.get("/livez")[0] == 200
