"""One plain file: copied or coded anew, upright and small, its damaged sound left out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from media import UnsupportedMedia, find_ffmpeg, probe
from media.making.single import MOST_SIDE, single

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def record(path: Path, *coding: str, size: str = "320x180", sound: bool = True) -> Path:
    source = ["-f", "lavfi", "-i", f"testsrc=s={size}:r=10:d=1"]
    source += ["-f", "lavfi", "-i", "sine=f=330:d=1"] if sound else []
    subprocess.run([str(find_ffmpeg()), "-v", "error", *source, *coding, str(path)], check=True, timeout=60)
    return path


def test_what_browsers_play_is_copied(tmp_path: Path) -> None:
    told: list[float] = []

    made = single(
        record(tmp_path / "a.mp4", *H264, "-c:a", "aac"),
        tmp_path / "out",
        progress=lambda share, _="": told.append(share),
    )

    assert made.is_copied
    assert made.duration == pytest.approx(1000, abs=110)
    assert made.bytes == made.path.stat().st_size
    assert told[-1] == 1.0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["single.mp4"]


def test_a_tall_picture_in_another_coding_becomes_h264_of_at_most_720_lines(tmp_path: Path) -> None:
    source = record(tmp_path / "b.mkv", "-c:v", "mpeg4", "-c:a", "libopus", size="900x1600")

    made = single(source, tmp_path / "out")

    info = probe(made.path)
    assert info.picture is not None
    assert info.sound is not None
    assert not made.is_copied
    assert (info.picture.codec, info.sound.codec, min(info.width, info.height)) == ("h264", "aac", MOST_SIDE)
    assert info.height > info.width


def test_a_recording_without_a_picture_is_refused(tmp_path: Path) -> None:
    source = record(tmp_path / "c.m4a", "-map", "1", "-c:a", "aac")

    with pytest.raises(UnsupportedMedia):
        single(source, tmp_path / "out")
