"""Command lines: what every reading of a foreign file must carry, and what every output must not."""

from dataclasses import replace
from pathlib import Path

import pytest

from media import MediaInfo, VideoStream, ladder
from media.info import AudioStream, FieldOrder
from media.making import graph

PICTURE = VideoStream(0, "h264", "High", 1920, 1080, 1920, 1080, "yuv420p", 30.0)
SOUND = AudioStream(1, "aac", "LC", 2, 48000)
INFO = MediaInfo("mov", "mov", 1, 9000, 1920, 1080, 0, 30.0, (PICTURE,), (SOUND,), (), ())
SOURCE = Path("/uploads/-i $(id);'a,b[c]=.mp4")


def commands(ffmpeg, info=INFO):
    steps = ladder(info)
    targets = [Path(f"/out/{step.name}.mp4") for step in steps]
    return [
        graph.encode_renditions(ffmpeg, SOURCE, info, steps, targets, sound=Path("/out/a.m4a"), threads=2),
        graph.copy_renditions(ffmpeg, SOURCE, info, targets[0], with_sound=True),
        graph.measure_sound(ffmpeg, SOURCE, info, Path("/out/pcm"), rate=8000),
        graph.encode_sound(ffmpeg, SOURCE, info, Path("/out/a.m4a"), gain=3.0),
    ]


def test_every_reading_of_a_foreign_file_is_fenced_in(ffmpeg):
    for argv in commands(ffmpeg):
        reading = argv[: argv.index("-i")]
        given = dict(zip(reading[1::2], reading[2::2], strict=True))
        assert given["-f"] == "mov"
        assert given["-protocol_whitelist"] == "file"
        assert "concat" not in given["-format_whitelist"]
        assert "hls" not in given["-format_whitelist"]
        assert "png" not in given["-codec_whitelist"].split(",")
        assert given["-max_pixels"] == "40000000"
        assert argv[argv.index("-i") + 1] == f"file:{SOURCE}"
        assert "-nostdin" in argv


def test_no_output_carries_what_the_camera_wrote(ffmpeg):
    for argv in commands(ffmpeg):
        if "/out/pcm" not in argv:
            assert argv[argv.index("-map_metadata") + 1] == "-1"
            assert argv[argv.index("-map_chapters") + 1] == "-1"


def filters(ffmpeg, **changes) -> str:
    argv = commands(ffmpeg, replace(INFO, video=(replace(PICTURE, **changes),)))[0]
    return argv[argv.index("-filter_complex") + 1]


def test_one_decode_and_scalers_in_a_chain(ffmpeg):
    chain = filters(ffmpeg)

    assert chain.count("[0:0]") == 1
    assert chain.index("scale=1920:1080") < chain.index("scale=1280:720") < chain.index("scale=640:360")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"field_order": FieldOrder.INTERLACED}, "bwdif=deint=interlaced:mode=send_field"),
        ({"field_order": FieldOrder.INTERLACED, "frame_rate": 50.0}, "mode=send_frame"),
        ({"transfer": 16}, "tonemap="),
        ({"transfer": 18}, "tonemap="),
        ({"start_seconds": 0.5}, "setpts=PTS-0.500000/TB"),
        ({"frame_rate": 120.0}, "select="),
    ],
)
def test_what_a_source_needs_is_done_to_it_and_to_no_other(ffmpeg, changes, expected):
    assert expected in filters(ffmpeg, **changes)
    assert expected not in filters(ffmpeg)


def test_without_the_filters_hdr_is_left_as_it_is(ffmpeg):
    plain = replace(ffmpeg, filters=frozenset({"scale"}))

    assert "tonemap" not in filters(plain, transfer=16)
