"""A program of ours in a child process: what it says, and how it is ended."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from captions import CaptionError, ErrorCode
from captions.making import child
from captions.making.child import ChildLimits


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, **options: Any) -> Any:
    """Run a module of these lines; `request` is what it was asked."""
    (tmp_path / "stub.py").write_text(
        f"import json, os, sys, time\nrequest = json.load(sys.stdin)\n"
        f"def tell(**message): print(json.dumps(message), flush=True)\n{program}\n"
    )
    monkeypatch.setattr(child, "ROOT", tmp_path)
    folder = tmp_path / "folder"
    folder.mkdir()
    return child.run("stub", {"word": "nodule"}, folder, **options)


def test_the_request_goes_in_and_the_result_comes_out_with_progress_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []

    result = run(
        tmp_path,
        monkeypatch,
        "tell(progress=0.5); tell(progress=1.0); tell(result=[request['word'], sorted(os.environ)])",
        progress=told.append,
    )

    assert told == [0.5, 1.0]
    assert result[0] == "nodule"
    assert not {name for name in result[1] if name.startswith("EDU_") or "SECRET" in name}


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("tell(error='no-sound', parameters={})", ErrorCode.NO_SOUND),
        ("os.abort()", ErrorCode.WORK_FAILED),
        ("sys.exit(0)", ErrorCode.WORK_FAILED),
        ("raise ValueError('odd')", ErrorCode.WORK_FAILED),
        ("raise MemoryError", ErrorCode.WORK_TOO_LARGE),
        ("os.kill(os.getpid(), 24)", ErrorCode.WORK_TOO_LONG),
        ("print('no json')", ErrorCode.WORK_FAILED),
        ("tell(nothing=1)", ErrorCode.WORK_FAILED),
    ],
)
def test_each_bad_end_is_an_error_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: ErrorCode
) -> None:
    with pytest.raises(CaptionError) as refused:
        run(tmp_path, monkeypatch, program)

    assert refused.value.code is code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("limits", "cancelled", "code"),
    [
        (ChildLimits(wall_seconds=0.5), False, ErrorCode.WORK_TOO_LONG),
        (ChildLimits(stall_seconds=0.5), False, ErrorCode.WORK_TOO_LONG),
        (ChildLimits(), True, ErrorCode.WORK_CANCELLED),
    ],
)
def test_a_child_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: ChildLimits, cancelled: bool, code: ErrorCode
) -> None:
    children = tmp_path / "children"
    program = (
        f"import pathlib\nother = os.fork()\n"
        f"if other: pathlib.Path({str(children)!r}).write_text(f'{{os.getpid()}} {{other}}')\ntime.sleep(60)"
    )

    with pytest.raises(CaptionError) as refused:
        run(tmp_path, monkeypatch, program, limits=limits, cancelled=lambda: cancelled and children.exists())

    assert refused.value.code is code
    if children.exists():
        for number in map(int, children.read_text().split()):
            assert not is_alive(number)


def is_alive(number: int) -> bool:
    """Is the process there, other than as a dead one that nobody has asked about?"""
    limit = time.monotonic() + 5
    while time.monotonic() < limit:
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        os.sched_yield()
    return True
