"""The runner: limits, watchdog, cancelling, and nothing left behind. The tools here are real processes."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from media import MediaCancelled, MediaLimitExceeded, ToolFailed, ToolMissing, ToolTimedOut
from media.limits import ToolLimits
from media.process import TAIL_BYTES, run

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
SHORT = ToolLimits(wall_seconds=20)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", code]


def has_ended(pid: int, seconds: float) -> bool:
    """Wait for a process that is no child of ours."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


def test_a_good_end_gives_what_was_said():
    finished = run(python("import sys; print('result'); print('warning', file=sys.stderr)"), limits=SHORT)

    assert finished.output == b"result\n"
    assert finished.messages == "warning"
    assert finished.seconds > 0


def test_a_tool_that_outlives_its_time_is_ended(ffmpeg):
    with pytest.raises(ToolTimedOut) as ended:
        run([ffmpeg.path, *ENDLESS], limits=ToolLimits(wall_seconds=1))

    assert ended.value.code == "tool-wall-limit"


def test_a_tool_that_stands_still_is_ended_even_if_it_ignores_polite_signals():
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1); time.sleep(60)"

    with pytest.raises(ToolTimedOut) as ended:
        run(python(deaf), limits=ToolLimits(wall_seconds=30, stall_seconds=0.6))

    assert ended.value.code == "tool-stalled"


def test_a_tool_that_closes_its_pipes_and_lives_on_is_ended_too():
    mute = "import os, time; os.close(1); os.close(2); time.sleep(60)"

    with pytest.raises(ToolTimedOut):
        run(python(mute), limits=ToolLimits(wall_seconds=1))


def test_progress_keeps_a_slow_tool_alive_and_is_told_several_times_a_second(ffmpeg):
    told: list[float | None] = []
    argv = [ffmpeg.path, *ENDLESS[:-3], "-t", "1.5", *ENDLESS[-3:]]

    run(argv, limits=ToolLimits(wall_seconds=20, stall_seconds=1.4), tick=told.append)

    assert len(told) >= 4
    known = [position for position in told if position is not None]
    assert known == sorted(known)
    assert known[-1] > 0.4


def test_processor_time_is_bounded():
    with pytest.raises(ToolTimedOut) as ended:
        run(python("while True: pass"), limits=ToolLimits(wall_seconds=30, processor_seconds=1))

    assert ended.value.code == "tool-processor-limit"


def test_a_file_that_grows_too_large_ends_the_tool(tmp_path, ffmpeg):
    noise = [
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=640x360:d=20",
        "-f",
        "rawvideo",
        str(tmp_path / "out"),
    ]

    with pytest.raises(MediaLimitExceeded) as ended:
        run([ffmpeg.path, *noise], limits=ToolLimits(wall_seconds=20, file_bytes=1_000_000))

    assert ended.value.code == "output-too-large"
    assert (tmp_path / "out").stat().st_size <= 1_000_000


def test_memory_is_bounded():
    with pytest.raises(MediaLimitExceeded) as ended:
        run(python("bytearray(2 << 30)"), limits=ToolLimits(wall_seconds=20, memory_bytes=500 << 20))

    assert ended.value.code == "memory-limit"


def test_cancelling_ends_the_tool_and_all_that_it_started(tmp_path):
    note = tmp_path / "pid"
    start = "import subprocess; p = subprocess.Popen(['sleep', '60']); "
    code = f"{start}open({str(note)!r}, 'w').write(str(p.pid)); p.wait()"

    with pytest.raises(MediaCancelled):
        run(python(code), limits=SHORT, cancelled=lambda: note.exists() and note.stat().st_size > 0)

    assert has_ended(int(note.read_text()), 5)


def test_a_failure_carries_the_end_of_the_message_and_no_more():
    loud = f"import sys; sys.stderr.write('x' * {TAIL_BYTES * 50} + '\\nthe reason'); sys.exit(3)"

    with pytest.raises(ToolFailed) as failed:
        run(python(loud), limits=SHORT)

    assert failed.value.parameters["status"] == 3
    assert str(failed.value.parameters["detail"]).endswith("the reason")
    assert len(str(failed.value)) < 1000


def test_what_is_kept_of_the_output_is_bounded():
    finished = run(python("print('y' * 1000000)"), limits=ToolLimits(wall_seconds=20, output_bytes=1000))

    assert len(finished.output) == 1000


def test_a_tool_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(ToolMissing):
        run([tmp_path / "ffmpeg"], limits=SHORT)


def test_a_tool_that_cannot_be_executed_is_missing(tmp_path):
    (tmp_path / "ffmpeg").write_text("no program", encoding="utf-8")

    with pytest.raises(ToolMissing) as missing:
        run([tmp_path / "ffmpeg"], limits=SHORT)

    assert missing.value.code == "tool-unusable"


def test_the_tool_gets_no_secret_from_our_environment(monkeypatch):
    monkeypatch.setenv("EDU_SECRET_KEY", "hidden")

    assert b"hidden" not in run(python("import os; print(dict(os.environ))"), limits=SHORT).output


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent death signal is Linux's own")
def test_a_killed_parent_leaves_no_ffmpeg_behind(ffmpeg):
    script = f"""
import os
from pathlib import Path
from media.limits import ToolLimits
from media.process import run

def tick(position):
    if position:
        print(Path(f"/proc/self/task/{{os.getpid()}}/children").read_text(), flush=True)

run({[str(ffmpeg.path), *ENDLESS]!r}, limits=ToolLimits(wall_seconds=60), tick=tick)
"""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        name = Path(f"/proc/{child}/comm").read_text()
        os.kill(parent.pid, signal.SIGKILL)

    assert name.startswith("ffmpeg")
    assert has_ended(child, 2)
