"""The sandbox: chosen by trial, and under bubblewrap nothing is there but what the tool was given."""

import json
import socket
import stat
import sys
from pathlib import Path

import pytest

from media import ToolMissing
from media.programs import interpreter
from media.running.limits import ToolLimits
from media.running.process import run
from media.running.sandbox import Sandbox, View, choose, examine_machine, libraries
from tests.media.hostile import WORKING

LIMITS = ToolLimits(wall_seconds=20)
needs_bwrap = pytest.mark.skipif(Sandbox.BWRAP not in WORKING, reason="bubblewrap does not work here")


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine whose only programs are those that the test writes."""
    monkeypatch.setenv("PATH", str(tmp_path))
    examine_machine.cache_clear()
    yield tmp_path
    examine_machine.cache_clear()


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def told(code: str, sandbox: Sandbox, *, reads: tuple[Path, ...] = (), writes: tuple[Path, ...] = ()):
    """What a piece of Python prints as JSON when it is run as a tool."""
    argv = [Path(sys.executable).resolve(), "-I", "-S", "-c", f"import json, os, socket; {code}"]
    view = View((*interpreter.needs(), *reads), writes, sandbox)
    return json.loads(run(argv, limits=LIMITS, view=view).output)


def test_a_machine_without_bubblewrap_uses_limits_and_says_why(machine):
    choice = choose()

    assert (choice.sandbox, choice.program) == (Sandbox.LIMITS, None)
    assert "not installed" in choice.reason


def test_a_machine_that_forbids_namespaces_uses_limits_and_says_why(machine):
    program(machine / "bwrap", "echo 'bwrap: No permissions to create a new namespace' >&2; exit 1")

    choice = choose()

    assert choice.sandbox is Sandbox.LIMITS
    assert "No permissions" in choice.reason


def test_bubblewrap_that_is_asked_for_by_name_must_work(machine):
    with pytest.raises(ToolMissing, match="not installed"):
        choose(Sandbox.BWRAP)


def test_limits_can_be_asked_for_where_more_would_work():
    assert choose(Sandbox.LIMITS).program is None


@needs_bwrap
def test_a_script_as_a_tool_is_left_outside_unless_the_sandbox_was_asked_for_by_name(tmp_path):
    script = program(tmp_path / "tool", "echo done")

    assert run([script], limits=LIMITS).output == b"done\n"
    with pytest.raises(ToolMissing):
        run([script], limits=LIMITS, view=View(sandbox=Sandbox.BWRAP))


@pytest.mark.parametrize("sandbox", WORKING)
def test_a_tool_reads_what_it_is_given_and_writes_where_it_may(tmp_path, sandbox):
    (tmp_path / "given").write_text("text", encoding="utf-8")
    (tmp_path / "out").mkdir()
    copy = f"open({str(tmp_path / 'out' / 'copy')!r}, 'w').write(open({str(tmp_path / 'given')!r}).read())"

    said = told(
        f"print(json.dumps({copy}))", sandbox, reads=(tmp_path / "given",), writes=(tmp_path / "out",)
    )

    assert said == 4
    assert (tmp_path / "out" / "copy").read_text() == "text"


@needs_bwrap
def test_nothing_else_of_the_disk_is_there(tmp_path):
    (tmp_path / "given").touch()
    (tmp_path / "victim").touch()
    places = ["/etc/passwd", "/proc/self", "/dev/null", str(Path.home()), str(tmp_path / "victim")]
    code = f"print(json.dumps([os.listdir({str(tmp_path)!r}), [p for p in {places!r} if os.path.exists(p)]]))"

    seen, found = told(code, Sandbox.BWRAP, reads=(tmp_path / "given",))

    assert seen == ["given"]
    assert set(map(Path, found)) <= ancestors()


def ancestors() -> set[Path]:
    """Folders that are there, all but empty, because our own interpreter lies in them."""
    return {
        parent for path in (*interpreter.needs(), Path(sys.executable).resolve()) for parent in path.parents
    }


@needs_bwrap
def test_a_given_file_cannot_be_changed_even_inside_a_folder_of_results(tmp_path):
    (tmp_path / "given").write_text("kept", encoding="utf-8")
    attempt = f"""
try:
    open({str(tmp_path / "given")!r}, "w")
except OSError as error:
    print(json.dumps(error.strerror))
"""

    said = told(attempt, Sandbox.BWRAP, reads=(tmp_path / "given",), writes=(tmp_path,))

    assert said == "Read-only file system"
    assert (tmp_path / "given").read_text() == "kept"


@needs_bwrap
def test_there_is_no_network_and_no_other_process():
    with socket.create_server(("127.0.0.1", 0)) as sink:
        sink.settimeout(0)
        connect = f"socket.socket().connect_ex({sink.getsockname()!r})"

        refused, own = told(f"print(json.dumps([{connect}, os.getpid()]))", Sandbox.BWRAP)

        with pytest.raises(BlockingIOError):
            sink.accept()
    assert refused != 0
    assert own == 1


def test_the_libraries_of_a_program_are_found():
    assert any(path.name.startswith("libc.") for path in libraries(Path(sys.executable).resolve()))
