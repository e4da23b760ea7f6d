"""Colours: which matrix is read where the file is silent or wrong, and what the result is called."""

import pytest

from media import MediaInfo, Rendition, VideoStream
from media.making import graph

TOP = Rendition("360", 640, 360, 23, 800, 1600, "fast")


def video(lines: int = 360, **facts) -> VideoStream:
    facts = {"pixel_format": "yuv420p"} | facts
    width = lines * 16 // 9
    return VideoStream(0, "h264", "High", width, lines, width, lines, frame_rate=25.0, **facts)


def filters(ffmpeg, tmp_path, picture: VideoStream) -> str:
    stream = graph.opened(tmp_path / "a.mp4", information(picture))["v:0"]
    stream = graph.prepared(stream, picture, TOP, ffmpeg)
    argv = graph.encode_picture(ffmpeg, stream, [TOP], [tmp_path / "b.mp4"])
    return argv[argv.index("-filter_complex") + 1]


def information(picture: VideoStream) -> MediaInfo:
    return MediaInfo("mov", "mov", 1, 1000, 640, 360, 0, 25.0, (picture,), (), (), ())


MATRICES = [
    (video(), "smpte170m"),
    (video(1080), "bt709"),
    (video(matrix=5), "bt470bg"),
    (video(1080, matrix=6), "smpte170m"),
    (video(matrix=0), "smpte170m"),
    (video(1080, matrix=3), "bt709"),
    (video(matrix=0, pixel_format="gbrp"), "gbr"),
    (video(pixel_format="rgb24"), "gbr"),
]


@pytest.mark.parametrize(("picture", "matrix"), MATRICES)
def test_a_matrix_that_is_missing_or_impossible_is_guessed_by_the_size(ffmpeg, tmp_path, picture, matrix):
    said = filters(ffmpeg, tmp_path, picture)

    assert f"colorspace={matrix}" in said.split("scale=")[0]
    assert "out_color_matrix=bt709" in said


def test_hdr_without_a_matrix_or_primaries_is_read_as_bt_2020(ffmpeg, tmp_path):
    said = filters(ffmpeg, tmp_path, video(transfer=16))

    assert "min=2020_ncl" in said
    assert "pin=2020" in said
    assert "out_color_matrix" not in said


def test_what_hdr_says_of_itself_is_believed(ffmpeg, tmp_path):
    said = filters(ffmpeg, tmp_path, video(transfer=18, matrix=9, primaries=9))

    assert "tin=arib-std-b67" in said
    assert "min=" not in said
    assert "pin=" not in said
