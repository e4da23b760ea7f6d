"""Looking through a backup: whatever was changed, lost or added is found, and what to do is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edu.keeping import manifest
from edu.keeping.check_backup import check_backup
from edu.keeping.finding import Finding
from tests.edu.keeping.conftest import BackUp, unheard

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FILM = "objects/videos/1/vV1/720.mp4"


def found(folder: Path) -> list[Finding]:
    return list(check_backup(folder, told=unheard))


def test_a_changed_byte_is_found(back: BackUp, folder: Path) -> None:
    back()
    data = bytearray((folder / FILM).read_bytes())
    data[1000] ^= 1
    (folder / FILM).write_bytes(data)

    (finding,) = found(folder)

    assert finding.is_wrong
    assert finding.what == f"{FILM} is damaged: its bytes have changed"
    assert "run edu backup again" in finding.remedy


def test_a_cut_and_a_missing_file_are_found(back: BackUp, folder: Path) -> None:
    back()
    size = (folder / FILM).stat().st_size
    (folder / FILM).write_bytes(b"cut")
    (folder / "objects/videos/1/vV1/poster.jpg").unlink()

    told = [finding.what for finding in found(folder)]

    assert told == [f"{FILM} has 3 bytes instead of {size}", "objects/videos/1/vV1/poster.jpg is missing"]


def test_the_advice_holds(back: BackUp, folder: Path) -> None:
    """Removing a rotten file and backing up again makes the backup whole."""
    back()
    data = (folder / FILM).read_bytes()
    (folder / FILM).write_bytes(data[::-1])
    assert [finding.is_wrong for finding in found(folder)] == [True]

    (folder / FILM).unlink()
    back()

    assert found(folder) == []
    assert (folder / FILM).read_bytes() == data


@pytest.mark.parametrize("text", ["[", "", '["id"]\n'])
def test_rows_that_cannot_be_read_are_found(back: BackUp, folder: Path, text: str) -> None:
    back()
    (path,) = folder.glob("state-*/video.jsonl")
    path.write_text(text)

    told = [finding.what for finding in found(folder)]

    assert told[0].startswith(f"{path.relative_to(folder)} has ")
    assert told[1] == "the rows of video cannot be read"


def test_rows_that_are_missing_and_objects_that_rows_name_are_found(back: BackUp, folder: Path) -> None:
    back()
    (path,) = folder.glob("state-*/video_file.jsonl")
    lines = path.read_text().splitlines(keepends=True)
    strange = lines[1].replace("/vV1/", "/vV9/")
    path.write_text("".join([lines[0], strange, *lines[3:]]))

    told = [finding.what for finding in found(folder)]

    assert told[1] == f"there are {len(lines) - 2} rows of video_file instead of {len(lines) - 1}"
    columns, row = json.loads(lines[0]), json.loads(strange)
    named = dict(zip(columns, row, strict=True))["key"]
    assert told[2] == f"the object {named}, which a row of video_file names, is missing"


def test_files_that_are_no_part_of_it_are_told_and_nothing_is_wrong_with_them(
    back: BackUp, folder: Path
) -> None:
    back()
    (folder / "objects/videos/1/vV1/old.mp4").touch()

    told = found(folder)

    assert [(finding.is_wrong, finding.what) for finding in told] == [
        (False, "objects/videos/1/vV1/old.mp4 is no part of the backup")
    ]
    back()
    assert found(folder) == []


def test_every_byte_is_read(back: BackUp, folder: Path) -> None:
    back()
    heard: list[tuple[int, int]] = []

    list(check_backup(folder, told=lambda done, total, _: heard.append((done, total))))

    size = sum(entry.size for entry in manifest.read(folder).entries.values())
    assert heard[0] == (0, size)
    assert heard[-1] == (size, size)
