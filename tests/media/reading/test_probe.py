"""probe(): good files described, hostile ones refused with the right sentence, all within seconds."""

import shutil
import subprocess
import time
import zlib
from struct import pack

import pytest

from media import (
    FieldOrder,
    MediaError,
    MediaLimitExceeded,
    ToolTimedOut,
    UnreadableMedia,
    UnsupportedMedia,
    probe,
)
from media.reading.probe import upright
from media.running.limits import ToolLimits


def test_a_lecture_is_described(lecture):
    info = probe(lecture)

    assert (info.container.split(",")[0], info.demuxer, info.size) == ("mov", "mov", lecture.stat().st_size)
    assert (info.width, info.height, info.rotation, info.frame_rate) == (854, 480, 0, 25.0)
    assert info.duration == pytest.approx(5000, abs=30)
    assert (info.picture.codec, info.picture.pixel_format) == ("h264", "yuv420p")
    assert info.picture.field_order is FieldOrder.PROGRESSIVE
    assert (info.sound.codec, info.sound.channels, info.sound.sample_rate) == ("aac", 1, 48000)
    assert [(chapter.start, chapter.end, chapter.title) for chapter in info.chapters] == [(0, 2000, "Find")]


def test_a_turned_phone_gives_upright_sizes(turned):
    info = probe(turned)

    assert (info.rotation, info.width, info.height) == (90, 240, 320)
    assert (info.picture.coded_width, info.picture.coded_height) == (320, 240)


def test_sound_alone_is_a_recording_without_a_size(speech):
    info = probe(speech)

    assert (info.picture, info.width, info.frame_rate) == (None, 0, 0.0)
    assert info.duration == pytest.approx(2000, abs=60)


def test_the_default_sound_track_is_the_one_that_is_heard(make, moving, tone, h264):
    clip = make(
        "two.mkv", *moving("320x240", 1), *tone(1), *tone(1), "-map", "0", "-map", "1", "-map", "2", *h264,
        "-c:a", "aac", "-disposition:a:0", "0", "-disposition:a:1", "default",
        "-metadata:s:a:1", "language=spa",
    )  # fmt: skip

    assert probe(clip).sound.language == "spa"


def test_a_duration_that_the_header_lacks_is_counted(make, ffmpeg, moving):
    whole = make("live.webm", *moving("320x240", 2), "-c:v", "libvpx", "-deadline", "realtime")
    command = [
        str(ffmpeg.path),
        "-v",
        "error",
        "-i",
        str(whole),
        "-c",
        "copy",
        "-f",
        "webm",
        "-live",
        "1",
        "-",
    ]
    live = whole.with_name("pipe.webm")
    live.write_bytes(subprocess.run(command, check=True, capture_output=True, timeout=20).stdout)

    assert probe(live).duration == pytest.approx(2000, abs=50)


@pytest.mark.parametrize(
    ("stored", "sample_aspect", "rotation", "seen"),
    [
        ((640, 360), 2.0, 0, (1280, 360)),
        ((1440, 1080), 4 / 3, 0, (1920, 1080)),
        ((720, 576), 0.5, 0, (720, 1152)),
        ((1920, 1080), 1.0, 270, (1080, 1920)),
        ((640, 360), 2.0, 90, (360, 1280)),
        ((1920, 1080), 1.0, 180, (1920, 1080)),
    ],
)
def test_the_upright_size(stored, sample_aspect, rotation, seen):
    assert upright(*stored, sample_aspect, rotation) == seen


@pytest.mark.parametrize(
    "name", ["-i.mp4", "a;touch pwned.mp4", "$(id).mp4", "x‮4pm.mp4", "concat:a|b.mp4", "%d.mp4"]
)
def test_an_odd_name_is_only_a_name(silent, tmp_path, name):
    shutil.copy(silent, tmp_path / name)

    assert probe(tmp_path / name).width == 320
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_playlist_named_mp4_reads_no_sibling(silent, tmp_path):
    shutil.copy(silent, tmp_path / "victim.mp4")
    texts = ["ffconcat version 1.0\nfile victim.mp4\n", "#EXTM3U\n#EXTINF:1,\nvictim.mp4\n#EXT-X-ENDLIST\n"]

    for text in texts:
        (tmp_path / "evil.mp4").write_text(text, encoding="utf-8")
        with pytest.raises(UnsupportedMedia, match="playlist"):
            probe(tmp_path / "evil.mp4")


def test_a_file_cut_before_its_index_is_incomplete(lecture, tmp_path):
    (tmp_path / "cut.mp4").write_bytes(lecture.read_bytes()[:20_000])

    with pytest.raises(UnreadableMedia, match="incomplete"):
        probe(tmp_path / "cut.mp4")


def test_a_huge_picture_is_refused_before_it_is_decoded(make, h264):
    bomb = make("wide.mkv", "-f", "lavfi", "-i", "color=s=8192x8192:r=1:d=1", *h264, "-frames:v", "1")

    with pytest.raises(MediaLimitExceeded) as refusal:
        probe(bomb)

    assert refusal.value.code == "frame-too-large"


def test_a_picture_format_inside_a_video_container_is_not_decoded(make, tmp_path):
    rows = zlib.compress(bytes(15001 * 1500), 9)
    head = pack(">IIBBBBB", 15000, 1500, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")]
    png = b"".join(
        pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + png)
    bomb = make("png.mkv", "-f", "png_pipe", "-i", str(tmp_path / "bomb.png"), "-c", "copy")

    with pytest.raises(UnsupportedMedia, match=r"\(png\)"):
        probe(bomb)


def test_a_time_bomb_is_refused(make, h264):
    late = "setpts='if(eq(N,1),36000/TB,PTS)'"
    bomb = make(
        "late.mp4", "-f", "lavfi", "-i", "color=s=160x90:r=10:d=0.2", "-vf", late, "-fps_mode", "vfr", *h264
    )

    with pytest.raises(MediaLimitExceeded) as refusal:
        probe(bomb)

    assert refusal.value.code == "frame-rate-too-low"


def test_a_frame_rate_bomb_is_refused(make, h264):
    bomb = make("fast.mp4", "-f", "lavfi", "-i", "color=s=64x64:r=10000", "-frames:v", "600", *h264)

    with pytest.raises(MediaLimitExceeded) as refusal:
        probe(bomb)

    assert refusal.value.code == "frame-rate-too-high"


def test_a_file_of_sixty_tracks_is_refused(make, moving, tone, h264):
    bomb = make(
        "tracks.mp4",
        *moving("64x64", 0.2),
        *tone(0.2),
        "-map",
        "0:v",
        *["-map", "1:a"] * 60,
        *h264,
        "-c:a",
        "aac",
    )

    with pytest.raises(MediaLimitExceeded) as refusal:
        probe(bomb)

    assert refusal.value.parameters == {"count": 61, "limit": 8}


def test_noise_behind_a_good_head_is_refused_and_quickly(tmp_path):
    noise = b"\x1a\x45\xdf\xa3" + bytes((number * 7919) % 256 for number in range(300_000))
    (tmp_path / "noise.mkv").write_bytes(noise)
    began = time.monotonic()

    with pytest.raises(UnreadableMedia):
        probe(tmp_path / "noise.mkv")

    assert time.monotonic() - began < 10


def test_a_probe_has_no_more_time_than_it_is_given(lecture):
    with pytest.raises(ToolTimedOut):
        probe(lecture, tool_limits=ToolLimits(wall_seconds=0))


CORPUS = [
    ("phone_pixel7_1080p.mp4", (1920, 1080, 180, "h264", 1205)),
    ("iphone_hevc.mov", (720, 1280, 90, "hevc", 1167)),
    ("phone_hevc_editlist.mp4", (1080, 1920, 90, "hevc", 2548)),
    ("rotate_reflect.mp4", (720, 1080, 90, "h264", 1067)),
    ("sar_2x1.mp4", (1280, 360, 0, "h264", 5000)),
    ("hdr10_av1.mp4", (720, 1280, 0, "av1", 4238)),
    ("avchd_1080i.mts", (1920, 1080, 0, "h264", 1034)),
    ("fragmented.mp4", (1080, 720, 0, "h264", 1068)),
    ("no_duration.webm", (1280, 720, 0, "vp9", 4939)),
    ("mvhevc_5frames.mov", (1934, 2160, 0, "hevc", 56)),
    ("audio_only.mp4", (0, 0, 0, "", 22216)),
    ("bomb_16k_frame.mp4", "frame-too-large"),
    ("bomb_24h_slow.mp4", "frame-rate-too-low"),
    ("evil_ffconcat_sibling.mp4", "playlist"),
    ("evil_hls_sibling.mp4", "playlist"),
    ("evil_dash.mp4", "playlist"),
    ("html_renamed.mp4", "web-page"),
    ("text_renamed.mp4", "text-file"),
    ("png_renamed.mp4", "picture"),
    ("zero_bytes.mp4", "empty-file"),
    ("truncated_60pct.mp4", "incomplete-file"),
    ("tiny_262_bytes.mp4", "no-streams"),
    ("corrupt.mkv", "damaged-file"),
    ("vp9_invalid_bitstream.webm", "damaged-file"),
]


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "expected"), CORPUS)
def test_real_files_are_described_or_refused(corpus, name, expected):
    try:
        info = probe(corpus / "video" / name)
    except MediaError as error:
        found: object = error.code
    else:
        codec = info.picture.codec if info.picture else ""
        found = (info.width, info.height, info.rotation, codec, info.duration)

    assert found == expected
