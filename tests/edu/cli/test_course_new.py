"""`edu course new` writes a course that can be checked and installed at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.cli import main
from edu.cli.prepare import install_folder
from edu.runtime import Runtime


def test_a_course_is_begun_checked_and_installed(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDU_DATA_DIR", str(tmp_path / "data"))

    def command(*words: str) -> int:
        return main(["course", *words])

    assert command("new", "knee-fat", "--title", "Knee fat pads") == 0
    assert "Open knee-fat/course.toml first" in capsys.readouterr().out
    assert command("check", "knee-fat") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[2].startswith("modules/M1/L1.1-first-lesson.md:5: this still stands as edu course new")
    assert told[-2:] == [f"Samples to write anew: {len(told) - 2}", "Nothing is wrong"]
    assert (command("new", "knee-fat"), command("new", "Knee")) == (1, 1)
    told = capsys.readouterr().out
    assert "knee-fat: there is something of that name here. Take another name" in told
    assert "such as back-mice" in told
    assert len(install_folder(runtime, Path("knee-fat"), lambda line: None).added) == 5
