"""The supervisor: children are kept alive, end together, and never outlive it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from edu import supervisor
from edu.supervisor import Child, Patience, gunicorn_argv

STAYS = 'echo "$0 $$"; exec sleep 600'
DEAF = 'trap "" TERM INT HUP; echo "$0 $$"; sleep 600 & echo "helper $!"; while :; do wait; done'
FAILS = "exit 3"


def shell(name: str, script: str) -> Child:
    return Child(name, ("/bin/sh", "-c", script, name))


class Supervised:
    """A running supervisor whose children print their names and process ids."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def next_id(self, name: str) -> int:
        """The process id in the next line, which must be of that child."""
        said, _, number = self.process.stdout.readline().partition(" ")
        assert said == name
        return int(number)

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=20)


@pytest.fixture
def start():
    """Starts a supervisor as `take_over` does."""
    running = []

    def started(*children: Child, **patience: float) -> Supervised:
        quick = {"first_wait": 0.05, "longest_wait": 0.2, "steady": 0.0, "false_starts": 3, "grace": 5.0}
        told = {
            "children": [{"name": child.name, "argv": child.argv} for child in children],
            "patience": {**quick, **patience},
        }
        argv = [sys.executable, "-I", "-S", supervisor.__file__, json.dumps(told)]
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return Supervised(process)

    yield started
    for process in running:
        process.terminate()
        process.communicate(timeout=20)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def is_gone_soon(pid: int, seconds: float = 5) -> bool:
    limit = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    return not is_alive(pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_children_end_with_the_supervisor(start, number):
    supervised = start(shell("web", STAYS))
    child = supervised.next_id("web")

    assert supervised.end(number) == 0

    assert not is_alive(child)


def test_a_child_that_dies_is_started_again_and_the_other_is_left_alone(start):
    supervised = start(shell("web", STAYS))
    first = supervised.next_id("web")

    os.kill(first, signal.SIGKILL)
    second = supervised.next_id("web")

    assert first != second
    assert is_alive(second)
    assert supervised.end() == 0
    assert "web ended with SIGKILL; next start in 0.05 s" in supervised.process.stderr.read()


def test_two_children_are_kept_independently(start):
    supervised = start(shell("web", STAYS), Child("worker", ("/bin/sh", "-c", "exec sleep 600")))
    web = supervised.next_id("web")

    os.kill(web, signal.SIGKILL)

    assert supervised.next_id("web") != web
    assert supervised.end() == 0
    assert "worker" not in supervised.process.stderr.read()


def test_a_child_that_does_not_listen_is_killed_with_its_helpers(start):
    supervised = start(shell("deaf", DEAF), grace=0.5)
    child, helper = supervised.next_id("deaf"), supervised.next_id("helper")

    began = time.monotonic()
    assert supervised.end() == 0

    assert time.monotonic() - began < 5
    assert is_gone_soon(child)
    assert is_gone_soon(helper)


def test_children_do_not_outlive_a_supervisor_that_is_killed(start):
    supervised = start(shell("web", STAYS))
    child = supervised.next_id("web")

    supervised.end(signal.SIGKILL)

    assert is_gone_soon(child)


def test_what_cannot_start_is_given_up_and_the_rest_is_ended(start):
    supervised = start(shell("web", STAYS), shell("worker", FAILS), steady=60.0, false_starts=4)
    web = supervised.next_id("web")

    assert supervised.process.wait(timeout=20) == 1

    said = supervised.process.stderr.read()
    assert re.findall(r"worker ended with status 3; next start in ([\d.]+) s", said) == [
        "0.05",
        "0.1",
        "0.2",
        "0.2",
    ]
    assert "worker does not start; giving up" in said
    assert not is_alive(web)


def test_what_has_been_well_is_never_given_up(start):
    supervised = start(shell("web", 'echo "$0 $$"; exit 1'), steady=0.0, false_starts=2)

    seen = {supervised.next_id("web") for _ in range(5)}

    assert len(seen) == 5
    assert supervised.process.poll() is None


def test_a_program_that_is_not_there_is_told(start):
    supervised = start(Child("web", ("/nonexistent",)), steady=60.0)

    assert supervised.process.wait(timeout=20) == 1
    assert "web ended with an error (No such file or directory)" in supervised.process.stderr.read()


def test_the_supervisor_takes_little_memory(start):
    supervised = start(shell("web", STAYS))
    supervised.next_id("web")

    rollup = Path(f"/proc/{supervised.process.pid}/smaps_rollup").read_text()

    # Private memory: what it adds to a machine that runs Python anyway.
    private = sum(int(kilobytes) for kilobytes in re.findall(r"Private_\w+: +(\d+) kB", rollup))
    assert private < 12_000


def test_the_caller_becomes_the_supervisor():
    program = (
        "import os, sys; from edu.supervisor import Child, take_over; print(os.getpid(), flush=True); "
        "take_over([Child('web', ('/bin/sh', '-c', 'echo $PPID; exec sleep 600'))])"
    )
    root = Path(__file__).parents[2]
    argv = [sys.executable, "-c", program]

    with subprocess.Popen(argv, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == process.stdout.readline() == f"{process.pid}\n"
        process.terminate()

    assert process.returncode == 0


def test_the_web_server_s_arguments_are_understood_by_gunicorn(start, tmp_path, monkeypatch):
    (tmp_path / "tiny.py").write_text(
        "def app(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        "    return [b'hello']\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    address = tmp_path / "web.sock"
    supervised = start(Child("web", gunicorn_argv("tiny:app", f"unix:{address}")), grace=8.0)
    limit = time.monotonic() + 20
    while not address.exists() and time.monotonic() < limit:
        time.sleep(0.02)

    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(address))
    connection.request("GET", "/")

    assert connection.getresponse().read() == b"hello"
    connection.close()
    assert supervised.end() == 0


def test_patience_ends_within_ten_seconds():
    assert Patience().grace < 10
