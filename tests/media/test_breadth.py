"""Kinds that no corpus holds: each is made by ffmpeg and becomes a video that shows the same."""

import pytest

from media import Edit, MediaError, PackageKind, Segment, package, probe
from tests.media import truth
from tests.media.converted import check_likeness, check_video
from tests.media.kinds import AAC, CODINGS, SHAPES, SOUNDS, TIMES, X264, Kind, moving, talking

pytestmark = pytest.mark.slow


def converted(ffmpeg, source, folder, kind):
    """Package the source and hold the result against ffmpeg's own reading of the source."""
    info = probe(source)
    done = package(source, folder, info=info)
    check_video(done, kind.size, kind.duration)
    assert set(kind.remarks) <= done.report.codes
    assert done.frame_rate == pytest.approx(kind.rate, rel=0.02)
    seen, fields = info.picture.has_alpha, info.picture.may_be_interlaced
    before = truth.read(ffmpeg.path, source, fields=fields, see_through=seen)
    made = truth.read(ffmpeg.path, folder / done.renditions[-1].file)
    compared = truth.compare(before, made)
    check_likeness(compared, 0.93, kind.noise_ratio)
    assert (compared.shift is None) == (info.sound is None)
    return done


@pytest.mark.parametrize("kind", [*CODINGS, *SOUNDS, *TIMES, *SHAPES], ids=lambda kind: kind.file)
def test_a_kind_of_recording_is_played_as_it_is_meant(ffmpeg, make, tmp_path, kind):
    converted(ffmpeg, make(kind.file, *kind.arguments), tmp_path, kind)


WAYS = [(turn, mirrored) for turn in (0, 90, 180, -90) for mirrored in (False, True)]


@pytest.mark.parametrize(("turn", "mirrored"), WAYS)
def test_every_way_of_holding_a_camera_comes_out_upright(ffmpeg, make, tmp_path, turn, mirrored):
    upright = make("way.mp4", *moving("160x180", filters="setsar=2/1"), *X264)
    flip = ["-display_hflip"] if mirrored else []
    name = f"way{turn}{mirrored}.mp4"
    held = make(name, "-display_rotation", str(turn), *flip, "-i", str(upright), "-c", "copy")
    kind = Kind(name, [], (180, 320) if turn in (90, -90) else (320, 180))

    done = converted(ffmpeg, held, tmp_path, kind)

    assert ("mirrored" in done.report.codes) == mirrored


@pytest.mark.parametrize("order", ["tff", "bff"])
def test_pictures_of_two_turns_become_twice_as_many_whole_ones(ffmpeg, make, tmp_path, order):
    fields = f"scale=720:576,setsar=16/15,interlace=scan={order}:lowpass=0"
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-flags", "+ildct+ilme", "-pix_fmt", "yuv420p"]
    clip = make(f"{order}.mp4", *moving(rate=50, filters=fields), *coding, "-x264-params", f"{order}=1")

    done = converted(ffmpeg, clip, tmp_path, Kind(clip.name, [], (768, 576), rate=50.0))

    assert "interlaced" in done.report.codes


def test_a_broadcast_that_becomes_interlaced_later_is_made_whole(make, tmp_path):
    size = "scale=720:576"
    coding = ["-c:v", "mpeg2video", "-b:v", "6M", "-f", "mpegts"]
    plain = make("plain.ts", *moving(filters=size), *coding)
    fields = make(
        "fields.ts", *moving(rate=50, filters=f"{size},interlace=lowpass=0"), *coding,
        "-flags", "+ildct+ilme", "-output_ts_offset", "1",
    )  # fmt: skip
    mixed = tmp_path / "mixed.ts"
    mixed.write_bytes(plain.read_bytes() + fields.read_bytes())

    info = probe(mixed)
    done = package(mixed, tmp_path / "out", info=info)

    assert (info.picture.is_interlaced, info.picture.may_be_interlaced) == (False, True)
    assert done.duration == pytest.approx(2000, abs=45)
    assert done.frame_rate == pytest.approx(37.5, abs=1)


def test_a_shared_screen_of_one_picture_a_second_passes_and_keeps_its_times(ffmpeg, make, tmp_path):
    still = "select='lt(n,25)+not(mod(n,25))'"
    clip = make("screen.mkv", *moving(seconds=6, filters=still), *talking(5), *X264, *AAC, "-fps_mode", "vfr")

    done = package(clip, tmp_path)

    before, made = truth.read(ffmpeg.path, clip), truth.read(ffmpeg.path, tmp_path / "180.mp4")
    assert [round(time - before.times[0], 2) for time in before.times] == [round(t, 2) for t in made.times]
    assert not {"shaky-rate", "picture-stands"} & done.report.codes
    check_likeness(truth.compare(before, made), 0.9, 25.0)


def test_a_cut_that_the_file_only_notes_is_kept(ffmpeg, make, tmp_path):
    whole = make("whole.mp4", *moving(seconds=3), *talking(3), *X264, "-bf", "2", *AAC)
    cut = make("cut.mp4", "-ss", "1.4", "-i", str(whole), "-c", "copy")

    converted(ffmpeg, cut, tmp_path, Kind("cut.mp4", [], duration=1600))


@pytest.mark.parametrize(
    ("transfer", "signal"), [("smpte2084", (0.411, 0.581)), ("arib-std-b67", (0.436, 0.75))]
)
def test_hdr_greys_land_where_ordinary_screens_show_them(ffmpeg, make, tmp_path, transfer, signal):
    """18 % grey and reference white, of 36.5 and 203 nits, become 0.5 and at least 0.85 of full signal."""
    grey, white = (round(64 + 876 * value) for value in signal)
    patches = f"format=yuv420p10le,geq=lum='if(lt(X,160),{grey},{white})':cb=512:cr=512"
    named = f"setparams=range=tv:color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc"
    clip = make(
        f"{transfer}.mp4", *moving(seconds=0.2, filters=f"{patches},{named}"), "-c:v", "libx265",
        "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=none:qp=10",
    )  # fmt: skip

    done = package(clip, tmp_path)

    assert "tones-mapped" in done.report.codes
    row = truth.read(ffmpeg.path, tmp_path / "180.mp4").pictures[0][: 3 * truth.SIDE]
    assert row[9] / 255 == pytest.approx(0.5, abs=0.04)
    assert 0.85 <= row[-9] / 255 <= 0.97


def test_a_piece_far_into_a_broadcast_whose_sound_begins_earlier_is_the_piece_that_was_meant(
    ffmpeg, make, tmp_path
):
    words = "0.4*sin(2764*t)*lt(mod(0.13*t*t+0.7*t,0.45),0.15)"
    early = ["-itsoffset", "0.6", *moving("160x90", 13), *talking(13.6, expression=words), *X264, *AAC]
    cuts = []
    for name in ("film.mkv", "film.ts"):
        package(make(name, *early), tmp_path / name, edit=Edit((Segment(11_000, 12_600),)))
        cuts.append(truth.read(ffmpeg.path, tmp_path / name / "90.mp4"))

    compared = truth.compare(*cuts)

    check_likeness(compared, 0.99, 50.0)
    assert compared.shift == 0
    assert compared.made_end == pytest.approx(1.6, abs=0.01)


def test_what_one_can_see_through_is_white(ffmpeg, make, tmp_path):
    hole = "format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='if(lt(X,160),255,0)'"
    clip = make(
        "hole.webm", *moving(seconds=0.4, filters=hole), "-c:v", "libvpx-vp9", "-deadline", "realtime",
        "-pix_fmt", "yuva420p",
    )  # fmt: skip

    done = package(clip, tmp_path)

    picture = truth.read(ffmpeg.path, tmp_path / "180.mp4").pictures[0]
    assert min(picture[3 * 10 : 3 * 16]) > 240
    assert min(picture[: 3 * 6]) < 60
    assert "see-through" in done.report.codes


def test_the_voice_in_the_middle_of_six_channels_is_as_loud_as_any(make, tmp_path):
    six = next(kind for kind in SOUNDS if kind.file == "six.mkv")

    package(make(six.file, *six.arguments), tmp_path)

    again = package(tmp_path / "180.mp4", tmp_path / "again")
    assert again.loudness.integrated == pytest.approx(-16, abs=2)
    assert again.loudness.side == ""


def test_a_podcast_with_a_cover_is_an_audio_lesson(make, tmp_path):
    cover = make("cover.jpg", *moving(), "-frames:v", "1", "-f", "image2", "-update", "1")
    clip = make("podcast.m4a", *talking(2), "-i", str(cover), "-map", "0", "-map", "1", *AAC, "-c:v", "copy",
                "-disposition:v", "attached_pic")  # fmt: skip

    done = package(clip, tmp_path)

    assert (done.kind, done.duration) == (PackageKind.SOUND, pytest.approx(2000, abs=30))


def test_a_lecture_with_attachments_is_a_video(ffmpeg, make, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("for later", encoding="utf-8")
    attach = ["-attach", str(notes), "-metadata:s:t", "mimetype=text/plain"]
    clip = make("attached.mkv", *moving(), *talking(), *X264, *AAC, *attach)

    converted(ffmpeg, clip, tmp_path / "out", Kind("attached.mkv", []))


def test_a_file_that_was_cut_keeps_what_is_there_and_says_so(make, tmp_path):
    whole = make("begin.mp4", *moving(seconds=8), *talking(8), *X264, *AAC, "-movflags", "+faststart")
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    done = package(cut, tmp_path / "out")

    assert 2000 < done.duration < 6000
    assert "cut-short" in done.report.codes
    assert done.report.remarks[0].code == "cut-short"


def test_flipped_bits_and_a_foreign_tail_and_name_do_not_keep_a_film_from_being_shown(make, tmp_path):
    clip = make("healthy.mkv", *moving(seconds=4), *talking(4), *X264, *AAC)
    data = bytearray(clip.read_bytes())
    for place in range(len(data) // 3, len(data), 5001):
        data[place] ^= 0x10
    hurt = tmp_path / "hurt.avi"
    hurt.write_bytes(bytes(data) + b"<html>not a film</html>" * 50)

    done = package(hurt, tmp_path / "out")

    assert done.duration == pytest.approx(4000, abs=400)


def picture_file(make, name, *arguments):
    return make(name, *moving(seconds=0.4), *arguments)


REFUSALS = [
    ("loop.gif", ["-f", "gif"], "animation"),
    ("loop.png", ["-c:v", "apng", "-f", "apng"], "animation"),
    ("loop.webp", ["-c:v", "libwebp_anim", "-f", "webp"], "animation"),
    ("archive.mkv", ["-c:v", "ffv1"], "unsupported-codec"),
    ("frames.mov", ["-c:v", "png"], "unsupported-codec"),
]
BARE_SOUNDS = [("a.wav", "WAV"), ("a.mp3", "MP3"), ("a.flac", "FLAC"), ("a.aiff", "AIFF"), ("a.caf", "CAF")]


@pytest.mark.parametrize(("name", "arguments", "code"), REFUSALS)
def test_what_is_no_video_for_us_is_refused_with_what_to_do(make, tmp_path, name, arguments, code):
    with pytest.raises(MediaError, match="MP4") as refusal:
        package(picture_file(make, name, *arguments), tmp_path)

    assert refusal.value.code == code


@pytest.mark.parametrize(("name", "kind"), BARE_SOUNDS)
def test_a_bare_sound_file_is_named_in_its_refusal(make, tmp_path, name, kind):
    with pytest.raises(MediaError, match="M4A") as refusal:
        package(make(name, *talking(0.3)), tmp_path)

    assert (refusal.value.code, refusal.value.parameters["format"]) == ("audio-container", kind)
