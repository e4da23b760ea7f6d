"""package(): real conversions, and what a player depends on in their results."""

import json
import re
from pathlib import Path

import av
import pytest

from media import (
    FileRole,
    MediaCancelled,
    Package,
    PackageKind,
    ToolMissing,
    Tools,
    UnsupportedMedia,
    package,
    probe,
)
from media.reading.boxes import top_level

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> list[float]:
    return []


@pytest.fixture(scope="module")
def packed(lecture: Path, told: list[float], tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package(lecture, tmp_path_factory.mktemp("packed"), progress=told.append)


def packets(path: Path, kind: str) -> list[tuple[float, bool]]:
    with av.open(str(path)) as container:
        stream = getattr(container.streams, kind)[0]
        return sorted((float(p.pts * p.time_base), p.is_keyframe) for p in container.demux(stream) if p.size)


def first_times(path: Path) -> tuple[float, float]:
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).time
    with av.open(str(path)) as container:
        return picture, next(container.decode(audio=0)).time


def test_the_folder_holds_the_promised_files_and_nothing_else(packed):
    names = {path.name for path in packed.folder.iterdir()}

    assert names == {file.name for file in packed.files}
    assert {"master.m3u8", "480.mp4", "480.m3u8", "360.mp4", "360.m3u8"} <= names
    assert {"poster.jpg", "storyboard.jpg", "storyboard.vtt", "waveform.json", "report.json"} <= names
    assert all(file.bytes == (packed.folder / file.name).stat().st_size > 0 for file in packed.files)
    elsewhere = {FileRole.SOUND, FileRole.RENDITION_SOUND, FileRole.RENDITION_AV1, FileRole.MASTER_AV1}
    assert {file.role for file in packed.files} == set(FileRole) - elsewhere - {FileRole.PREVIEW}


def test_the_package_says_what_it_is(packed):
    assert (packed.kind, packed.is_final, packed.width, packed.height) == (PackageKind.VIDEO, True, 854, 480)
    assert (packed.frame_rate, packed.rate) == (25.0, (25, 1))
    assert packed.duration == pytest.approx(5000, abs=40)
    assert [(step.width, step.height) for step in packed.renditions] == [(854, 480), (640, 360)]
    assert all(re.fullmatch(r"avc1\.6400[0-9a-f]{2},mp4a\.40\.2", step.codecs) for step in packed.renditions)
    assert all(step.bandwidth >= step.average_bandwidth > 10_000 for step in packed.renditions)


def test_key_frames_are_at_the_same_times_in_all_renditions(packed):
    keys = [
        [time for time, is_key in packets(packed.folder / step.file, "video") if is_key]
        for step in packed.renditions
    ]

    assert keys[0] == keys[1]
    assert keys[0] == pytest.approx([0, 2, 4], abs=0.001)


def test_picture_and_sound_start_at_zero_in_every_rendition(packed):
    for step in packed.renditions:
        picture, sound = first_times(packed.folder / step.file)
        assert picture == 0
        assert sound == pytest.approx(0, abs=0.022)


def test_byte_ranges_cover_the_file_and_fall_on_whole_fragments(packed):
    for step in packed.renditions:
        path = packed.folder / step.file
        boxes = {box.start: box for box in top_level(path)}
        text = (packed.folder / step.playlist).read_text()
        ranges = [(int(start), int(size)) for size, start in re.findall(r"BYTERANGE:(\d+)@(\d+)", text)]
        initial = int(re.search(r'BYTERANGE="(\d+)@0"', text)[1])

        assert boxes[ranges[0][0]].kind == "moof"
        assert all(boxes[start].kind == "moof" for start, _ in ranges)
        assert all(boxes[boxes[start].end].end == start + size for start, size in ranges)
        assert [start for start, _ in ranges[1:]] == [start + size for start, size in ranges[:-1]]
        assert sum(ranges[-1]) == path.stat().st_size
        assert next(box.end for box in boxes.values() if box.kind == "moov") == initial


def test_a_player_can_open_the_master_playlist(packed, ffmpeg):
    with av.open(str(packed.folder / "master.m3u8"), options={"allowed_extensions": "ALL"}) as container:
        assert len(container.streams.video) == 2
        assert container.duration / 1_000_000 == pytest.approx(5, abs=0.1)
        assert next(container.decode(container.streams.video[0])).width in (854, 640)


def test_nothing_that_the_camera_wrote_is_left_in_any_file(packed):
    for file in packed.files:
        content = (packed.folder / file.name).read_bytes()
        assert b"Secret" not in content
        assert b"+46.5" not in content
    assert all(probe(packed.folder / step.file).chapters == () for step in packed.renditions)


def test_the_storyboard_has_a_tile_for_each_group(packed):
    text = (packed.folder / "storyboard.vtt").read_text()

    assert re.findall(r"#xywh=(\S+)", text) == ["0,0,160,90", "160,0,160,90", "320,0,160,90"]
    assert "00:00:04.000 --> 00:00:05.000" in text


def test_there_are_posters_to_choose_from_and_one_is_chosen(packed):
    poster = (packed.folder / "poster.jpg").read_bytes()

    assert [candidate.time for candidate in packed.posters] == [0, 2000, 4000]
    assert poster in [(packed.folder / candidate.name).read_bytes() for candidate in packed.posters]


def test_the_sound_is_raised_and_the_report_says_so(packed):
    assert packed.loudness.gain > 1
    assert "sound-raised" in packed.report.codes
    drawing = json.loads((packed.folder / "waveform.json").read_text())
    assert drawing["length"] == pytest.approx(100, abs=2)
    assert max(drawing["data"]) > 5


def test_progress_goes_from_nothing_to_all_without_going_back(packed, told):
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_a_turned_silent_clip_comes_out_upright(turned, tmp_path):
    done = package(turned, tmp_path)

    made = probe(tmp_path / "240.mp4")
    assert (made.width, made.height, made.rotation, made.audio) == (240, 320, 0, ())
    assert {"turned", "portrait", "no-sound"} <= done.report.codes
    assert done.renditions[0].codecs.startswith("avc1.")
    assert json.loads((tmp_path / "waveform.json").read_text())["length"] == 0


def test_pictures_of_uneven_rate_keep_their_own_times(make, moving, h264, tmp_path):
    uneven = "select='not(between(n,5,29))'"
    clip = make("uneven.mp4", *moving("320x240", 2), "-vf", uneven, "-fps_mode", "vfr", *h264)

    package(clip, tmp_path)

    before, after = packets(clip, "video"), packets(tmp_path / "240.mp4", "video")
    assert [time for time, _ in after] == pytest.approx([time for time, _ in before], abs=0.001)


def test_sound_that_starts_late_stays_with_its_picture(make, moving, tone, h264, tmp_path):
    clip = make("late.mp4", *moving("320x240", 2), "-itsoffset", "1", *tone(1), *h264, "-c:a", "aac")

    package(clip, tmp_path)

    drawing = json.loads((tmp_path / "waveform.json").read_text())["data"]
    loud = [abs(value) > 3 for value in drawing[1::2]]
    assert loud.index(True) == pytest.approx(20, abs=1)


def test_a_tall_10_bit_interlaced_source_of_odd_size_and_shape_becomes_plain(make, moving, tmp_path):
    odd = "scale=321:242,format=yuv444p10le,setsar=3/2,interlace=lowpass=0"
    clip = make(
        "odd.mkv", *moving("640x484", 1), "-vf", odd, "-c:v", "libx264", "-flags", "+ildct", "-qp", "20"
    )

    info = probe(clip)
    done = package(clip, tmp_path)

    made = probe(tmp_path / done.renditions[0].file)
    assert (info.width, info.height) == (482, 242)
    assert (made.width, made.height, made.picture.pixel_format) == (482, 242, "yuv420p")
    assert not made.picture.is_interlaced


def test_a_broken_sound_does_not_cost_the_picture(make, moving, tone, h264, tmp_path):
    content = make("whole.mp4", *moving("320x240", 1), *tone(1), *h264, "-c:a", "aac").read_bytes()
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content.replace(b"mp4a", b"zzzz").replace(b"esds", b"free"))

    done = package(broken, tmp_path / "out")

    assert "sound-dropped" in done.report.codes
    assert len(done.renditions) == 1
    assert done.renditions[0].codecs.startswith("avc1.")
    assert "," not in done.renditions[0].codecs


def test_sound_alone_becomes_an_audio_lesson(speech, tmp_path):
    done = package(speech, tmp_path)

    assert (done.kind, done.master, done.renditions) == (PackageKind.SOUND, None, ())
    assert {path.name for path in tmp_path.iterdir()} == {"audio.m4a", "waveform.json", "report.json"}
    assert probe(tmp_path / "audio.m4a").duration == pytest.approx(2000, abs=60)


def test_cancelling_ends_the_work_and_its_scraps(lecture, tmp_path):
    asked = iter(range(1000))

    with pytest.raises(MediaCancelled):
        package(lecture, tmp_path, cancelled=lambda: next(asked) > 6)

    assert not list(tmp_path.glob(".work-*"))


def test_an_ffmpeg_that_is_not_there_is_named(silent, tmp_path):
    with pytest.raises(ToolMissing, match="nowhere"):
        package(silent, tmp_path / "out", tools=Tools(ffmpeg=tmp_path / "nowhere"))


def test_a_refused_file_leaves_no_folder(tmp_path):
    (tmp_path / "note.mp4").write_text("only words\n", encoding="utf-8")

    with pytest.raises(UnsupportedMedia):
        package(tmp_path / "note.mp4", tmp_path / "out")

    assert not (tmp_path / "out").exists()
