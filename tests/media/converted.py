"""What every converted recording must be, whatever it was: asked of the package and of its files."""

from fractions import Fraction
from pathlib import Path

import av
import pytest

from media import Package, PackageKind, package, probe
from media.reading.boxes import fragments
from media.running.tools import Ffmpeg
from tests.media import truth
from tests.media.corpus_table import Playable

IN_SYNC = 0.04
"""Seconds: ITU-R BT.1359 finds what is less unnoticed."""


def check_file(path: Path, size: tuple[int, int]) -> None:
    """Upright H.264 of 8 bits in 4:2:0, progressive, square pixels, not turned, colours named; AAC."""
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        frame = next(container.decode(video))
        assert (frame.width, frame.height, frame.format.name) == (*size, "yuv420p")
        assert (video.codec_context.name, frame.interlaced_frame, frame.rotation) == ("h264", False, 0)
        assert (video.sample_aspect_ratio or Fraction(1)) == 1
        assert "DISPLAYMATRIX" not in [str(data.type) for data in frame.side_data]
        assert (frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range) == (1, 1, 1, 1)
        for sound in container.streams.audio:
            assert (sound.codec_context.name, sound.codec_context.channels) == ("aac", 2)


def check_video(done: Package, size: tuple[int, int], duration: int) -> None:
    """The package is a video of this size and length, in every rendition."""
    frame = 1000 / done.frame_rate + 1
    assert (done.kind, (done.width, done.height)) == (PackageKind.VIDEO, size)
    assert done.duration == pytest.approx(duration, abs=frame)
    assert len({len(fragments(done.folder / step.file)) for step in done.renditions}) == 1
    for step in done.renditions:
        check_file(done.folder / step.file, (step.width, step.height))


def check_likeness(seen: truth.Compared, likeness: float = 0.97, noise_ratio: float = 30.0) -> None:
    """Upright, the same pictures at the same times, the sound with its picture, both from 0 on."""
    assert seen.way == 0
    assert seen.likeness >= likeness
    assert seen.noise_ratio >= noise_ratio
    assert seen.shift is None or abs(seen.shift) <= IN_SYNC
    assert seen.first[0] == 0
    assert seen.first[1] is None or abs(seen.first[1]) <= 0.022


def check_row(ffmpeg: Ffmpeg, folder: Path, row: Playable, made_in: Path) -> None:
    """Convert a file of the corpus: it becomes the video of its row, and shows what ffmpeg itself sees."""
    source = folder / row.file
    info = probe(source)

    done = package(source, made_in, info=info)

    check_video(done, row.size, row.duration)
    assert row.remarks <= done.report.codes
    before = truth.read(
        ffmpeg.path,
        source,
        fields=info.picture.may_be_interlaced,
        matrix="smpte170m" if info.picture.matrix == 0 else "",
        see_through=info.picture.has_alpha,
    )
    made = truth.read(ffmpeg.path, made_in / done.renditions[-1].file)
    check_likeness(truth.compare(before, made), row.likeness, row.noise_ratio)
