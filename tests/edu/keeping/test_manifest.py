"""The manifest: read as it was written; refused when it is cut, foreign, or leads out of the folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from edu.errors import NotFound
from edu.keeping import manifest
from edu.keeping.manifest import Entry, Head, Manifest
from edu.keeping.tables import Damaged

HEAD = Head(
    made_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    version="0.1.0",
    revision="0001",
    site="ab",
    state="state-1",
    settings={"EDU_SITE_NAME": "Small"},
    rows={"video": 2},
    counters={"video": 7},
    missing=("videos/1/v/poster.jpg",),
)
PATHS = ("state-1/video.jsonl", "state-1/secret-key", "objects/videos/1/v/720.mp4")
WHOLE = Manifest(HEAD, {path: Entry(path, 5, "cd" * 32) for path in PATHS})


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    WHOLE.write(tmp_path)

    found = manifest.read(tmp_path)

    assert found == WHOLE
    assert list(found.tables()) == ["video"]
    assert list(found.objects()) == ["videos/1/v/720.mp4"]
    assert found.key == Entry("state-1/secret-key", 5, "cd" * 32)


def test_there_may_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no backup"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("kept", [0, 0.2, 0.5, 0.9, 0.99])
def test_one_that_was_cut_is_damaged(tmp_path: Path, kept: float) -> None:
    WHOLE.write(tmp_path)
    path = tmp_path / manifest.NAME
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])

    with pytest.raises(Damaged, match="is damaged"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("line", range(1, 4))
def test_one_that_lacks_a_line_is_damaged(tmp_path: Path, line: int) -> None:
    WHOLE.write(tmp_path)
    path = tmp_path / manifest.NAME
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:line] + lines[line + 1 :]))

    with pytest.raises(Damaged, match="is damaged"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("path", ["../secret-key", "/etc/passwd", "objects/../../x"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    Manifest(HEAD, {path: Entry(path, 5, "cd" * 32)}).write(tmp_path)

    with pytest.raises(Damaged, match="is damaged"):
        manifest.read(tmp_path)


def test_one_of_a_later_form_is_not_guessed_at(tmp_path: Path) -> None:
    WHOLE.write(tmp_path)
    path = tmp_path / manifest.NAME
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))

    with pytest.raises(Damaged, match="written by a later edu"):
        manifest.read(tmp_path)


def test_a_site_is_known_by_its_key_and_the_mark_is_no_key() -> None:
    mark = manifest.mark_of("a key for tests that is long enough")

    assert mark == manifest.mark_of("a key for tests that is long enough")
    assert mark != manifest.mark_of("another key for tests, as long as it")
    assert "key for tests" not in mark
