"""The 21 hostile kinds of file and two good ones, in each sandbox that works here, through both entrances.

Each ends in its refusal or in a bounded package: nothing of another file in it, no connection, no process
left, within half a minute and, for what is refused, 300 MB.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from media import (
    MediaError,
    MediaLimitExceeded,
    Tools,
    UnreadableMedia,
    UnsupportedMedia,
    package,
    probe,
)
from media.running.limits import MIB, ToolLimits
from media.running.process import run
from media.running.sandbox import Sandbox, View
from tests.media.hostile import ODD_NAMES, WORKING, descendants, write_all

MOST_SECONDS, MOST_MEMORY, MOST_BYTES = 30, 300 * MIB, 4 * MIB
VIDEO, SOUND = "video", "sound"
Refusal = tuple[type[MediaError], str]

EXPECTED: dict[str, str | Refusal] = {
    "good.mp4": VIDEO,
    "victim.ts": VIDEO,
    "hls-file.mp4": (UnsupportedMedia, "playlist"),
    "hls-http.mp4": (UnsupportedMedia, "playlist"),
    "ffconcat.mp4": (UnsupportedMedia, "playlist"),
    "sdp.mp4": (UnsupportedMedia, "playlist"),
    "dash.mp4": (UnsupportedMedia, "playlist"),
    "page.mp4": (UnsupportedMedia, "web-page"),
    "bomb-pixels.mkv": (MediaLimitExceeded, "frame-too-large"),
    "bomb-time.mp4": (MediaLimitExceeded, "frame-rate-too-low"),
    "bomb-rate.mp4": (MediaLimitExceeded, "frame-rate-too-high"),
    "bomb-tracks.mp4": (MediaLimitExceeded, "too-many-streams"),
    "cut.mp4": (UnreadableMedia, "incomplete-file"),
    "noise.mp4": (UnsupportedMedia, "not-a-video"),
    "empty.mp4": (UnreadableMedia, "empty-file"),
    "sound-alone.mp4": SOUND,
    "odd-10-bit.mkv": VIDEO,
    "portrait.mp4": VIDEO,
    "rotten.mp4": VIDEO,
    **dict.fromkeys(ODD_NAMES, VIDEO),
}
HARMLESS = ("good.mp4", "victim.ts", "sound-alone.mp4", "odd-10-bit.mkv", "portrait.mp4")
"""Honest files: one sandbox is enough for them."""
TEXTS = [name for name, expected in EXPECTED.items() if expected[1] in ("playlist", "web-page")]
CORPUS: dict[str, Refusal] = {
    "evil_dash.mp4": (UnsupportedMedia, "playlist"),
    "evil_ffconcat.mp4": (UnsupportedMedia, "playlist"),
    "evil_ffconcat_sibling.mp4": (UnsupportedMedia, "playlist"),
    "evil_hls_file.mp4": (UnsupportedMedia, "playlist"),
    "evil_hls_http.mp4": (UnsupportedMedia, "playlist"),
    "evil_hls_sibling.mp4": (UnsupportedMedia, "playlist"),
    "bomb_16k_frame.mp4": (MediaLimitExceeded, "frame-too-large"),
    "bomb_24h_slow.mp4": (MediaLimitExceeded, "frame-rate-too-low"),
}


@pytest.fixture(scope="module")
def sink() -> Iterator[socket.socket]:
    """A place on this machine where a connection is noticed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture(scope="module")
def files(make, sink, tmp_path_factory) -> dict[str, Path]:
    return write_all(tmp_path_factory.mktemp("uploads"), make, sink.getsockname()[1])


@pytest.fixture(params=WORKING)
def sandbox(request, silent) -> Sandbox:
    """Each sandbox that works here; the helpers of its probes are there before anything is counted."""
    for kind in (request.param, Sandbox.AUTO):
        probe(silent, sandbox=kind)
    return request.param


@dataclass(slots=True)
class Used:
    """What the tools of one action used: seconds, and bytes of memory at their highest."""

    seconds: float = 0.0
    memory: int = 0


@contextmanager
def watched() -> Iterator[Used]:
    """Measure the action, and see that it leaves no process but the helper that was there before."""
    before, used, over = set(descendants(os.getpid())), Used(), threading.Event()

    def sample() -> None:
        while not over.wait(0.02):
            used.memory = max(used.memory, sum(map(resident, descendants(os.getpid()))))

    sampler = threading.Thread(target=sample)
    began = time.monotonic()
    sampler.start()
    try:
        yield used
    finally:
        used.seconds = time.monotonic() - began
        over.set()
        sampler.join()
        assert set(descendants(os.getpid())) <= before


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def outcome(action: Callable[[], str]) -> str | Refusal:
    try:
        return action()
    except MediaError as error:
        return type(error), error.code


def probed(path: Path, sandbox: Sandbox) -> str:
    return VIDEO if probe(path, sandbox=sandbox).picture else SOUND


def packaged(path: Path, folder: Path, sandbox: Sandbox) -> str:
    return package(path, folder, tools=Tools(sandbox=sandbox, niceness=0)).kind.value


def judge(path: Path, expected: str | Refusal, folder: Path, sandbox: Sandbox, sink: socket.socket) -> None:
    """One file through both entrances."""
    for action in (lambda: probed(path, sandbox), lambda: packaged(path, folder, sandbox)):
        with watched() as used:
            found = outcome(action)

        assert found == expected
        assert used.seconds <= MOST_SECONDS
        assert used.memory <= MOST_MEMORY or expected in (VIDEO, SOUND)
        with pytest.raises(BlockingIOError):
            sink.accept()
    made = [each for each in folder.rglob("*") if each.is_file()]
    assert bool(made) == (expected in (VIDEO, SOUND))
    assert sum(each.stat().st_size for each in made) <= MOST_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMLESS)
def test_an_honest_file_between_them_is_packaged(files, name, silent, sink, tmp_path):
    probe(silent)  # the helper is there before anything is counted

    judge(files[name], EXPECTED[name], tmp_path / "out", Sandbox.AUTO, sink)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in HARMLESS])
def test_a_hostile_file_is_refused_or_gives_a_bounded_package(files, name, sandbox, sink, tmp_path):
    judge(files[name], EXPECTED[name], tmp_path / "out", sandbox, sink)


@pytest.mark.corpus
@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file_of_the_corpus_is_refused(corpus, name, sandbox, sink, tmp_path):
    judge(corpus / "video" / name, CORPUS[name], tmp_path / "out", sandbox, sink)


def test_the_table_names_the_files_that_are_made(files):
    assert set(files) == set(EXPECTED)
    assert len(EXPECTED) == 21 + 2


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_slipped_past_the_probe_opens_nothing(files, name, sandbox, sink, tmp_path):
    taken_for = probe(files["good.mp4"])

    with pytest.raises(UnreadableMedia):
        package(files[name], tmp_path / "out", info=taken_for, tools=Tools(sandbox=sandbox))

    with pytest.raises(BlockingIOError):
        sink.accept()
    made = [each for each in (tmp_path / "out").rglob("*") if each.suffix in (".mp4", ".m4a", ".jpg")]
    assert sum(each.stat().st_size for each in made) == 0


def test_an_odd_name_runs_nothing(files):
    assert not (files["good.mp4"].with_name("pwned.mp4")).exists()


@pytest.mark.skipif(Sandbox.BWRAP not in WORKING, reason="bubblewrap does not work here")
@pytest.mark.parametrize("name", ["hls-file.mp4", "hls-http.mp4", "ffconcat.mp4"])
def test_even_a_tool_without_any_whitelist_sees_no_other_upload(files, ffmpeg, name, sink, tmp_path):
    demuxer = (
        ["-f", "concat", "-safe", "0"] if name == "ffconcat.mp4" else ["-f", "hls", "-extension_picky", "0"]
    )
    free = ["-v", "error", "-y", *demuxer, "-protocol_whitelist", "file,http,tcp,crypto,data"]
    argv = [ffmpeg.path, *free, "-i", files[name], "-c", "copy", tmp_path / "stolen.mkv"]
    limits, inside = ToolLimits(wall_seconds=20), View((files[name],), (tmp_path,), Sandbox.BWRAP)

    with pytest.raises(MediaError):
        run(argv, limits=limits, view=inside)

    assert not (tmp_path / "stolen.mkv").exists() or (tmp_path / "stolen.mkv").stat().st_size == 0
    with pytest.raises(BlockingIOError):
        sink.accept()
