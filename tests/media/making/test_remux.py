"""The fast path: who may take it, and what it gives."""

from dataclasses import replace

import pytest

from media import MediaInfo, VideoStream, fast_path, is_web_ready, probe
from media.info import AudioStream, FieldOrder

PICTURE = VideoStream(0, "h264", "High", 1280, 720, 1280, 720, "yuv420p", 30.0)
SOUND = AudioStream(1, "aac", "LC", 2, 48000)
READY = MediaInfo("mov", "mov", 5_000_000, 10_000, 1280, 720, 0, 30.0, (PICTURE,), (SOUND,), (), ())

NOT_READY = [
    {"codec": "hevc"},
    {"profile": "High 10"},
    {"pixel_format": "yuv444p"},
    {"sample_aspect": 2.0},
    {"mirrored": True},
    {"width": 3840, "height": 2160},
    {"frame_rate": 120.0},
    {"field_order": FieldOrder.INTERLACED},
    {"transfer": 18},
    {"start_seconds": 2.0},
]


def test_what_browsers_play_is_ready_also_when_a_phone_was_turned_or_silent():
    assert is_web_ready(READY)
    assert is_web_ready(replace(READY, audio=()))
    assert is_web_ready(replace(READY, video=(replace(PICTURE, rotation=90),)))


@pytest.mark.parametrize("change", NOT_READY)
def test_any_other_picture_is_converted_first(change):
    assert not is_web_ready(replace(READY, video=(replace(PICTURE, **change),)))


@pytest.mark.parametrize("change", [{"codec": "ac3"}, {"codec": ""}, {"profile": "Main"}, {"channels": 8}])
def test_any_other_sound_is_converted_first(change):
    assert not is_web_ready(replace(READY, audio=(replace(SOUND, **change),)))


def test_a_rate_that_no_line_carries_is_converted_first():
    assert not is_web_ready(replace(READY, size=50_000_000))


@pytest.mark.slow
def test_the_copy_has_the_layout_of_a_package_and_nothing_of_the_camera(lecture, tmp_path):
    package = fast_path(lecture, tmp_path / "out")

    names = {file.name for file in package.files}
    assert {"master.m3u8", "480.mp4", "480.m3u8", "poster.jpg", "storyboard.jpg", "storyboard.vtt"} <= names
    assert "report.json" in names
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert (package.is_final, len(package.renditions), package.width, package.height) == (False, 1, 854, 480)
    assert package.duration == pytest.approx(5000, abs=40)
    assert package.renditions[0].codecs.startswith("avc1.")
    assert package.renditions[0].codecs.endswith(",mp4a.40.2")
    content = (tmp_path / "out" / "480.mp4").read_bytes()
    assert b"Secret" not in content
    assert b"+46.5" not in content
    assert b"x264" not in content


@pytest.mark.slow
def test_a_turned_clip_is_copied_and_its_poster_is_upright(turned, tmp_path):
    package = fast_path(turned, tmp_path)

    assert (package.width, package.height) == (240, 320)
    picture = probe_picture(tmp_path / "poster.jpg")
    assert picture == (240, 320)


def test_key_frames_too_far_apart_wait_for_the_ladder_and_leave_nothing(make, moving, h264, tmp_path):
    clip = make("sparse.mp4", *moving("160x120", 14), *h264, "-g", "500", "-sc_threshold", "0")

    assert is_web_ready(probe(clip))
    assert fast_path(clip, tmp_path / "out") is None
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_not_ready_is_left_alone(make, moving, tmp_path):
    clip = make("old.avi", *moving("160x120", 1), "-c:v", "mpeg4")

    assert fast_path(clip, tmp_path / "out") is None


def probe_picture(path) -> tuple[int, int]:
    """Width and height of a JPEG, from its frame header."""
    data = path.read_bytes()
    at = data.index(b"\xff\xc0") + 5
    return int.from_bytes(data[at + 2 : at + 4], "big"), int.from_bytes(data[at : at + 2], "big")
