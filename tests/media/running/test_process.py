"""The runner: limits, watchdog, cancelling, and nothing left behind. The tools here are real processes."""

import hashlib
import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from media import MediaCancelled, MediaLimitExceeded, ToolFailed, ToolMissing, Tools, ToolTimedOut, package
from media.programs import interpreter
from media.running.limits import ToolLimits
from media.running.process import TAIL_BYTES, Finished, run
from media.running.sandbox import Sandbox, View
from tests.media.hostile import WORKING, descendants, has_ended

ENDLESS = [
    "-v",
    "error",
    "-progress",
    "pipe:1",
    "-re",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=s=64x64:r=25",
    "-f",
    "null",
    "-",
]
SHORT = ToolLimits(wall_seconds=60)
PATIENCE = 30
"""Seconds that are waited for what comes at once on a machine that is not busy."""


@pytest.fixture(params=WORKING)
def sandbox(request) -> Sandbox:
    """Each way of shutting a tool in that works here; the promises are the same in all of them."""
    return request.param


@pytest.fixture
def python(sandbox):
    """Run a piece of Python as the tool."""

    def run_code(
        code: str, *, limits: ToolLimits = SHORT, writes: tuple[Path, ...] = (), **calls
    ) -> Finished:
        argv = [Path(sys.executable).resolve(), "-I", "-S", "-c", code]
        return run(argv, limits=limits, view=View(interpreter.needs(), writes, sandbox), **calls)

    return run_code


def test_a_good_end_gives_what_was_said(python):
    finished = python("import sys; print('result'); print('warning', file=sys.stderr)")

    assert finished.output == b"result\n"
    assert finished.messages == "warning"
    assert finished.seconds > 0


def test_a_tool_that_outlives_its_time_is_ended(ffmpeg):
    with pytest.raises(ToolTimedOut) as ended:
        run([ffmpeg.path, *ENDLESS], limits=ToolLimits(wall_seconds=1))

    assert ended.value.code == "tool-wall-limit"


def test_a_tool_that_stands_still_is_ended_even_if_it_ignores_polite_signals(python):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1); time.sleep(60)"

    with pytest.raises(ToolTimedOut) as ended:
        python(deaf, limits=ToolLimits(wall_seconds=30, stall_seconds=0.6))

    assert ended.value.code == "tool-stalled"


def test_a_tool_that_closes_its_pipes_and_lives_on_is_ended_too(python):
    mute = "import os, time; os.close(1); os.close(2); time.sleep(60)"

    with pytest.raises(ToolTimedOut):
        python(mute, limits=ToolLimits(wall_seconds=1))


def test_progress_keeps_a_slow_tool_alive_and_is_told_several_times_a_second(ffmpeg):
    told: list[float | None] = []
    argv = [ffmpeg.path, *ENDLESS[:-3], "-t", "4", *ENDLESS[-3:]]

    run(argv, limits=ToolLimits(wall_seconds=60, stall_seconds=3), tick=told.append)

    assert len(told) >= 4
    known = [position for position in told if position is not None]
    assert known == sorted(known)
    assert known[-1] > 0.4


def test_processor_time_is_bounded(python):
    with pytest.raises(ToolTimedOut) as ended:
        python("while True: pass", limits=ToolLimits(wall_seconds=30, processor_seconds=1))

    assert ended.value.code == "tool-processor-limit"


def test_a_file_that_grows_too_large_ends_the_tool(tmp_path, ffmpeg, sandbox):
    source = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:d=20"]
    argv = [ffmpeg.path, *source, "-f", "rawvideo", tmp_path / "out"]

    with pytest.raises(MediaLimitExceeded) as ended:
        run(
            argv,
            limits=ToolLimits(wall_seconds=20, file_bytes=1_000_000),
            view=View(writes=(tmp_path,), sandbox=sandbox),
        )

    assert ended.value.code == "output-too-large"
    assert (tmp_path / "out").stat().st_size <= 1_000_000


def test_memory_is_bounded(python):
    with pytest.raises(MediaLimitExceeded) as ended:
        python("bytearray(2 << 30)", limits=ToolLimits(wall_seconds=20, memory_bytes=500 << 20))

    assert ended.value.code == "memory-limit"


def test_cancelling_ends_the_tool_and_all_that_it_started(tmp_path, python):
    os.mkfifo(tmp_path / "alive")
    fork = f"import os, time; os.fork(); f = open({str(tmp_path / 'alive')!r}, 'w', buffering=1)"

    with open(os.open(tmp_path / "alive", os.O_RDONLY | os.O_NONBLOCK)) as alive:  # noqa: PTH123 -- not to wait
        with pytest.raises(MediaCancelled):
            python(
                f"{fork}; print('up', file=f); time.sleep(60)",
                writes=(tmp_path,),
                cancelled=lambda: alive.read() != "",
            )

        assert select.select([alive], [], [], PATIENCE)[0]
        assert alive.read().replace("up\n", "") == ""  # nobody holds the other end any more


def test_a_failure_carries_the_end_of_the_message_and_no_more(python):
    loud = f"import sys; sys.stderr.write('x' * {TAIL_BYTES * 50} + '\\nthe reason'); sys.exit(3)"

    with pytest.raises(ToolFailed) as failed:
        python(loud)

    assert failed.value.parameters["status"] == 3
    assert str(failed.value.parameters["detail"]).endswith("the reason")
    assert len(str(failed.value)) < 1000


def test_a_tool_that_crashes_has_failed(python):
    with pytest.raises(ToolFailed) as failed:
        python("import os; os.abort()")

    assert int(failed.value.parameters["status"]) < 0


def test_what_is_kept_of_the_output_is_bounded(python):
    finished = python("print('y' * 1000000)", limits=ToolLimits(wall_seconds=20, output_bytes=1000))

    assert len(finished.output) == 1000


def test_a_tool_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(ToolMissing):
        run([tmp_path / "ffmpeg"], limits=SHORT)


def test_a_tool_that_cannot_be_executed_is_missing(tmp_path):
    (tmp_path / "ffmpeg").write_text("no program", encoding="utf-8")

    with pytest.raises(ToolMissing) as missing:
        run([tmp_path / "ffmpeg"], limits=SHORT)

    assert missing.value.code == "tool-unusable"


def test_the_tool_gets_no_secret_from_our_environment(monkeypatch, python):
    monkeypatch.setenv("EDU_SECRET_KEY", "hidden")

    assert b"hidden" not in python("import os; print(dict(os.environ))").output


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent death signal is Linux's own")
def test_a_killed_parent_leaves_no_ffmpeg_behind(ffmpeg, sandbox):
    script = f"""
from media.running.limits import ToolLimits
from media.running.process import run
from media.running.sandbox import View

def tick(position):
    if position:
        print("runs", flush=True)

limits, view = ToolLimits(wall_seconds=60), View(sandbox={str(sandbox)!r})
run({[str(ffmpeg.path), *ENDLESS]!r}, limits=limits, view=view, tick=tick)
"""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True
    ) as parent:
        parent.stdout.readline()
        tools = descendants(parent.pid)
        name = Path(f"/proc/{tools[-1]}/comm").read_text()
        os.kill(parent.pid, signal.SIGKILL)

    assert name.startswith("ffmpeg")
    assert all(has_ended(tool, PATIENCE) for tool in tools)


def picture(ffmpeg, target: Path, *pace: str) -> list[str | Path]:
    """Three seconds of pictures, each written as soon as it is there; the same in any `pace`."""
    told = ["-v", "error", "-progress", "pipe:1", "-stats_period", "0.1", *pace]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-threads", "1", "-bitexact"]
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=3"]
    return [ffmpeg.path, *told, *source, *coding, "-flush_packets", "1", "-f", "h264", target]


def test_a_tool_stands_still_while_something_urgent_is_done_and_then_goes_on(tmp_path, ffmpeg, sandbox):
    target, waiting, sizes = tmp_path / "out.h264", [True], []

    def urgent() -> None:
        waiting.clear()
        for _ in range(2):
            run([ffmpeg.path, *ENDLESS[:-3], "-t", "0.3", *ENDLESS[-3:]], limits=SHORT)
            sizes.append(target.stat().st_size)

    undisturbed = tmp_path / "undisturbed.h264"
    run(picture(ffmpeg, undisturbed), limits=SHORT, view=View(writes=(tmp_path,), sandbox=sandbox))

    done = run(
        picture(ffmpeg, target, "-re"),
        limits=SHORT,
        view=View(writes=(tmp_path,), sandbox=sandbox),
        give_way=lambda: urgent if waiting and target.exists() and target.stat().st_size else None,
    )

    assert sizes[0] == sizes[1] > 0
    assert target.stat().st_size > sizes[0]
    assert digest(target) == digest(undisturbed)
    assert done.processor_seconds > 0


def digest(path: Path) -> str:
    """What two equal files have in common; told at once where they are not equal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_neither_limit_counts_the_time_for_which_a_tool_gave_way(ffmpeg):
    rests = ["4.2"]

    def urgent() -> None:
        run([ffmpeg.path, *ENDLESS[:-3], "-t", rests.pop(), *ENDLESS[-3:]], limits=SHORT)

    done = run(
        [ffmpeg.path, *ENDLESS[:-3], "-t", "0.5", *ENDLESS[-3:]],
        limits=ToolLimits(wall_seconds=3.5, stall_seconds=3),
        give_way=lambda: urgent if rests else None,
    )

    assert done.seconds < 3.5


def test_an_urgent_work_that_fails_ends_the_tool(ffmpeg, sandbox):
    def urgent() -> None:
        raise InterruptedError("the worker stops")

    others = set(descendants(os.getpid()))  # such as the helpers that probe, which stay
    tools: set[int] = set()

    with pytest.raises(InterruptedError):
        run(
            [ffmpeg.path, *ENDLESS],
            limits=SHORT,
            view=View(sandbox=sandbox),
            tick=lambda position: tools.update(descendants(os.getpid()) if position else []),
            give_way=lambda: urgent if tools else None,
        )

    assert tools - others
    assert all(has_ended(tool, PATIENCE) for tool in tools - others)


@pytest.mark.slow
def test_a_package_that_gave_way_is_the_same(flashing, speech, tmp_path):
    waiting, asked = [speech], []

    def give_way():
        asked.append(1)
        return (lambda: package(waiting.pop(), tmp_path / "urgent")) if waiting else None

    alone = Tools(threads=1)  # with more, x264 does not always give the same bytes
    package(flashing, tmp_path / "undisturbed", tools=alone)
    made = package(flashing, tmp_path / "made", tools=replace(alone, give_way=give_way))

    assert (tmp_path / "urgent" / "audio.m4a").is_file()
    assert len(asked) > 2
    for rendition in made.renditions:
        name = f"{rendition.name}.mp4"
        assert digest(tmp_path / "made" / name) == digest(tmp_path / "undisturbed" / name)
