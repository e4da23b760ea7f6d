"""The warm prober: the answers of the cold one, bounded as it is, and gone with the process that asked."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from media import MediaCancelled, MediaLimitExceeded, ToolTimedOut, UnreadableMedia, probe
from media.programs import interpreter
from media.reading import warm
from media.reading.probe import cold, request
from media.running import limits
from media.running.limits import ToolLimits
from media.running.sandbox import Sandbox
from tests.media.hostile import WORKING, descendants, has_ended

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=WORKING)
def sandbox(request) -> Iterator[Sandbox]:
    """Each sandbox that works here, with no helper running before and after."""
    warm.close()
    yield request.param
    warm.close()


@pytest.fixture
def endless(tmp_path) -> Path:
    """A Matroska file whose header is followed by 64 GB of nothing, through which the reader searches."""
    path = tmp_path / "endless.mkv"
    head = bytes.fromhex("1a45dfa3 8b 4282 88 6d6174726f736b61 18538067 01ffffffffffffff".replace(" ", ""))
    path.write_bytes(head + b"\x01" * 64)
    os.truncate(path, 1 << 36)
    return path


def helpers() -> list[int]:
    """The processes that the prober runs in, under this one."""
    return [pid for pid in descendants(os.getpid()) if "probe_server" in commandline(pid)]


def commandline(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return ""


def test_one_helper_serves_all_probes(lecture, turned, sandbox):
    probe(lecture, sandbox=sandbox)
    first = helpers()

    probe(turned, sandbox=sandbox)

    assert first
    assert helpers() == first


def test_many_threads_may_probe_at_once(lecture, turned, speech, sandbox):
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda path: probe(path, sandbox=sandbox), [lecture, turned, speech] * 6))

    assert [info.width for info in found] == [854, 240, 0] * 6


def test_a_helper_that_was_killed_is_replaced(lecture, sandbox):
    probe(lecture, sandbox=sandbox)
    for pid in helpers():
        os.kill(pid, signal.SIGKILL)

    assert probe(lecture, sandbox=sandbox).width == 854


def test_a_probe_that_never_ends_is_ended_and_others_are_not_kept_waiting(lecture, endless, sandbox):
    probe(lecture, sandbox=sandbox)
    before = helpers()

    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(probe, endless, tool_limits=ToolLimits(wall_seconds=1.5), sandbox=sandbox)
        others = [probe(lecture, sandbox=sandbox).width for _ in range(3)]
        with pytest.raises(ToolTimedOut) as ended:
            stuck.result(20)

    assert ended.value.code == "tool-wall-limit"
    assert others == [854] * 3
    assert helpers() == before  # the child is gone, the helper is not


def test_a_probe_can_be_cancelled(endless, sandbox):
    answers = iter([False, False, True])

    with pytest.raises(MediaCancelled):
        probe(endless, cancelled=lambda: next(answers), sandbox=sandbox)


def test_the_processor_time_of_a_probe_is_bounded(endless, sandbox):
    bounds = ToolLimits(wall_seconds=20, processor_seconds=1)

    with pytest.raises(ToolTimedOut) as ended:
        probe(endless, tool_limits=bounds, sandbox=sandbox)

    assert ended.value.code == "tool-processor-limit"


def test_the_memory_of_a_probe_is_bounded(make, moving, h264, sandbox):
    large = make("large.mkv", *moving("3840x2160", 0.2), *h264)
    probe(large, sandbox=sandbox)
    size = re.search(r"VmSize:\s+(\d+) kB", Path(f"/proc/{helpers()[-1]}/status").read_text())
    bounds = ToolLimits(wall_seconds=20, memory_bytes=int(size[1]) * 1024 + (8 << 20))

    with pytest.raises((MediaLimitExceeded, UnreadableMedia)):  # some decoders do not say what they lacked
        probe(large, tool_limits=bounds, sandbox=sandbox)

    assert probe(large, sandbox=sandbox).width == 3840


def test_a_helper_that_nobody_asks_ends(sandbox):
    ours, theirs = socket.socketpair()
    argv = interpreter.command("probe_server.py", "0.2")
    with ours, theirs, subprocess.Popen(argv, stdin=theirs.fileno()) as helper:
        assert ours.recv(1) == warm.READY
        assert helper.wait(10) == 0


def run(script: str, *, root: Path = ROOT, **options) -> "subprocess.Popen[str]":
    argv = [sys.executable, "-X", "dev", "-W", "error", "-c", f"{PRELUDE}\n{script}"]
    return subprocess.Popen(argv, cwd=root, stdout=subprocess.PIPE, text=True, **options)


PRELUDE = """
import os, sys
from media import probe
from tests.media.hostile import descendants
"""


def test_a_killed_process_takes_its_helper_with_it(lecture, sandbox):
    script = f"""
probe({str(lecture)!r}, sandbox={str(sandbox)!r})
print(*descendants(os.getpid()), flush=True)
sys.stdin.read()
"""
    with run(script, stdin=subprocess.PIPE) as parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        os.kill(parent.pid, signal.SIGKILL)

    assert pids
    assert all(has_ended(pid, 5) for pid in pids)


def test_a_process_that_ends_leaves_neither_a_helper_nor_a_warning(lecture, sandbox):
    script = f"probe({str(lecture)!r}, sandbox={str(sandbox)!r}); print(*descendants(os.getpid()))"

    with run(script, stderr=subprocess.PIPE) as ended:
        said, warned = ended.communicate(timeout=30)

    assert (ended.returncode, warned) == (0, "")
    assert all(has_ended(int(pid), 5) for pid in said.split())


def test_a_thread_that_ends_does_not_take_the_helper_with_it(lecture, sandbox):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(probe, lecture, sandbox=sandbox).result(20)
    first = helpers()

    probe(lecture, sandbox=sandbox)

    assert helpers() == first


def test_a_forked_copy_starts_a_helper_of_its_own(lecture, sandbox):
    script = f"""
probe({str(lecture)!r}, sandbox={str(sandbox)!r})
if os.fork() == 0:
    print(probe({str(lecture)!r}, sandbox={str(sandbox)!r}).width, flush=True)
    sys.exit()
os.wait()
print(probe({str(lecture)!r}, sandbox={str(sandbox)!r}).width)
"""
    with run(script) as ended:
        assert ended.communicate(timeout=30)[0].split() == ["854", "854"]


def test_a_process_that_probes_nothing_has_no_helper_and_loads_no_decoder():
    with run("print(descendants(os.getpid()), 'av' in sys.modules)") as ended:
        assert ended.communicate(timeout=30)[0].strip() == "[] False"


def test_without_a_helper_every_probe_starts_its_own_process(lecture, sandbox, tmp_path):
    shutil.copytree(ROOT / "media", tmp_path / "media", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(
        ROOT / "tests/media", tmp_path / "tests/media", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "media" / "programs" / "probe_server.py").unlink()
    script = f"print(probe({str(lecture)!r}, sandbox={str(sandbox)!r}).width, descendants(os.getpid()))"

    with run(script, root=tmp_path) as ended:
        assert ended.communicate(timeout=30)[0].strip() == "854 []"


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "demuxer"),
    [
        ("avchd_1080i.mts", "mpegts"),
        ("no_duration.webm", "matroska"),
        ("clip.rm", "rm"),
        ("corrupt.mkv", "matroska"),
    ],
)
def test_the_cold_way_finds_the_same(corpus, name, demuxer, sandbox):
    asked = {"limits": limits.PROBE, "sandbox": sandbox}

    with (corpus / "video" / name).open("rb") as source:
        found = cold(request(demuxer), source.fileno(), **asked)
        assert found == warm.ask(request(demuxer), source.fileno(), **asked)
