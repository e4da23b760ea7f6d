"""Edited films: picture and sound stay together over every joint, and nothing else is heard or seen."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from media import MediaInfo, VideoStream, package, preview, probe
from media.edit import ORIGINAL, WHOLE, Edit, EditError, Mute, Segment
from media.info import AudioStream, FieldOrder
from media.making.edit_graph import MOST_DECODERS, Cut, Piece, Recording, muted, rate, runs
from tests.media.flashes import Marks, clip, marks, sound

PICTURE = VideoStream(0, "h264", "High", 1920, 1080, 1920, 1080, "yuv420p", 25.0)
SOUND = AudioStream(1, "aac", "LC", 2, 48000)
INFO = MediaInfo("mov", "mov", 1, 600_000, 1920, 1080, 0, 25.0, (PICTURE,), (SOUND,), (), ())
OTHER = "b" * 64
FRAME = {"25": 0.04, "30000/1001": 0.0334}


def cut(edit: Edit, info: MediaInfo = INFO) -> Cut:
    return Cut(edit, {ORIGINAL: Recording(Path("/a"), info), OTHER: Recording(Path("/b"), INFO)})


@pytest.fixture(scope="module")
def flashing_ntsc(make) -> Path:
    return clip(make, "flashing-ntsc.mp4", rate="30000/1001", size="240x240")


@pytest.fixture(scope="module")
def silent_start(make) -> Path:
    """A picture without a sound, of another size and rate."""
    picture = ["-f", "lavfi", "-i", "color=c=black:s=200x240:r=15:d=4"]
    return make("title.mp4", *picture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


def expected(edit: Edit, seconds: int) -> list[float]:
    """The full seconds of the recordings in the time of the film, but for those at the very joints."""
    found, at = [], 0
    for piece in edit.pieces(seconds * 1000):
        inside = range(-(-(piece.start + 40) // 1000) * 1000, piece.end - 60, 1000)
        found += [(at + moment - piece.start) / 1000 for moment in inside]
        at += piece.end - piece.start
    return found


def assert_together(made: Marks, wanted: list[float], frame: float) -> None:
    assert made.beeps == pytest.approx(wanted, abs=0.02)
    assert made.flashes == pytest.approx(wanted, abs=frame + 0.001)


CUTS = [
    ("a start and an end", Edit((Segment(1480, 6170),))),
    ("the middle", Edit((Segment(0, 2345), Segment(4567, 8000)))),
    ("many", Edit(tuple(Segment(n * 760 + 150, n * 760 + 800) for n in range(9)))),
    ("neighbours", Edit((Segment(300, 2100), Segment(2100, 4444)))),
]


@pytest.mark.slow
@pytest.mark.parametrize("edit", [edit for _, edit in CUTS], ids=[name for name, _ in CUTS])
def test_flash_and_beep_still_coincide_after_cuts(flashing, tmp_path, edit):
    made = preview(flashing, tmp_path, edit=edit)

    seen = marks(tmp_path / "preview.mp4")
    wanted = [time for time in expected(edit, 8) if time > 0]
    assert [time for time in seen.beeps if time > 0.03] == pytest.approx(wanted, abs=0.02)
    assert [time for time in seen.flashes if time > 0.03] == pytest.approx(wanted, abs=0.041)
    assert made.duration == pytest.approx(edit.length(8000), abs=40)


@pytest.mark.slow
def test_flash_and_beep_still_coincide_after_joins_of_other_sizes_and_rates(
    flashing, flashing_ntsc, silent_start, tmp_path
):
    edit = Edit(
        (
            Segment(0, 1500, "title"),
            Segment(520, 2600),
            Segment(500, 3300, "ntsc"),
            Segment(2600, 5480),
            Segment(4510, 7700, "ntsc"),
        )
    )
    sources = {"title": silent_start, "ntsc": flashing_ntsc, "not looked at": Path("/nowhere")}

    done = package(flashing, tmp_path, edit=edit, sources=sources)

    seen = marks(tmp_path / done.renditions[0].file)
    spoken = Edit(edit.segments[1:])
    assert_together(seen, [1.5 + time for time in expected(spoken, 8)], 0.041)
    assert (done.width, done.height, done.rate) == (320, 180, None)
    assert done.duration == pytest.approx(edit.length(8000), abs=40)
    assert seen.sound == pytest.approx(edit.length(8000) / 1000, abs=0.025)
    assert done.renditions[0].codecs.startswith("avc1.64000")  # a level for its size, not for 8K


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["mkv", "ts", "flv", "avi"])
def test_cuts_are_exact_in_containers_without_a_trusty_index(make, flashing, tmp_path, ending):
    moved = make(f"flashing.{ending}", "-i", str(flashing), "-c", "copy", "-bsf:v", "h264_mp4toannexb")
    edit = Edit((Segment(2480, 3600), Segment(5450, 7300)))

    preview(moved, tmp_path, edit=edit)

    assert_together(marks(tmp_path / "preview.mp4"), expected(edit, 8), 0.041)


@pytest.mark.slow
def test_a_recording_that_starts_late_is_cut_in_its_own_time(make, flashing, tmp_path):
    late = make("late-start.mkv", "-itsoffset", "0.7", "-i", str(flashing), "-c", "copy", "-copyts")
    edit = Edit((Segment(2480, 3600), Segment(5450, 7300)))

    preview(late, tmp_path, edit=edit)

    assert_together(marks(tmp_path / "preview.mp4"), expected(edit, 8), 0.041)


@pytest.mark.slow
def test_a_mute_is_silence_and_the_rest_is_as_loud_as_before(make, tmp_path):
    steady = make("steady.mp4", "-f", "lavfi", "-i", "sine=f=440:d=4", "-c:a", "aac")

    preview(steady, tmp_path, edit=Edit((Segment(500, 4000),), mutes=(Mute(1500, 2500),)))

    heard, start = sound(tmp_path / "preview.m4a")
    first, last = round((1.05 - start) * 48_000), round((1.95 - start) * 48_000)
    assert max(abs(value) for value in heard[first:last]) < 1e-4
    before, after = heard[: round(0.95 * 48_000)], heard[round(2.06 * 48_000) : round(3.4 * 48_000)]
    assert max(before) == pytest.approx(max(after), rel=0.05)
    assert max(after) > 0.05


@pytest.mark.slow
def test_no_joint_clicks(make, tmp_path):
    low = make("low.mp4", "-f", "lavfi", "-i", "sine=f=50:d=4", "-c:a", "aac", "-b:a", "128k")
    edit = Edit((Segment(0, 1005), Segment(2000, 2815), Segment(3300, 3900)))

    preview(low, tmp_path, edit=edit)

    heard, _ = sound(tmp_path / "preview.m4a")
    steps = [abs(after - before) for before, after in pairwise(heard)]
    steady = max(steps[round(0.2 * 48_000) : round(0.8 * 48_000)])
    assert max(steps[4800:-4800]) < 4 * steady  # a bare joint jumps by twenty times as much


@pytest.mark.slow
def test_an_edit_that_shows_all_is_no_edit(flashing, tmp_path):
    info = probe(flashing)

    done = package(flashing, tmp_path, edit=Edit((Segment(0, 2000), Segment(2000, 9999))), info=info)

    assert done.rate == (25, 1)
    assert done.duration == pytest.approx(info.duration, abs=40)


@pytest.mark.slow
def test_pieces_of_a_screen_recording_begin_with_what_was_on_the_screen(make, tmp_path):
    slides = "color=c=white:s=320x180:d=3[a];color=c=black:s=320x180:d=3[b];[a][b]concat"
    slides += ",select=not(mod(n\\,40))+eq(n\\,75)+gt(n\\,146)"  # nothing between 1.6 and 3 seconds
    kept = ["-fps_mode", "vfr", "-enc_time_base", "1:1000"]
    screen = make("screen.mp4", "-f", "lavfi", "-i", slides, *kept, "-c:v", "libx264", "-pix_fmt", "yuv420p")
    assert probe(screen).picture.variable_rate

    preview(screen, tmp_path, edit=Edit((Segment(2000, 2900), Segment(3100, 3900))))

    with av.open(str(tmp_path / "preview.mp4")) as film:
        bright = {round(frame.time, 1): bytes(frame.planes[0])[0] > 100 for frame in film.decode(video=0)}
    assert (bright[0.0], bright[0.8], bright[1.0], bright[1.6]) == (True, True, False, False)


def test_a_recording_that_is_missing_is_named_by_its_place(tmp_path, silent):
    edit = Edit((Segment(0, 500), Segment(0, 500, "gone")))

    with pytest.raises(EditError) as caught:
        preview(silent, tmp_path, edit=edit, sources={})

    assert (caught.value.code, caught.value.place) == ("unknown-source", 2)


def test_a_piece_past_the_end_of_another_recording_is_refused():
    with pytest.raises(EditError, match="piece-outside"):
        cut(Edit((Segment(700_000, 800_000, OTHER),)))


def test_a_sound_track_that_is_not_there_is_refused(tmp_path, silent):
    with pytest.raises(EditError, match="unknown-sound"):
        preview(silent, tmp_path, edit=Edit(sound=1))


@pytest.mark.slow
def test_another_sound_track_can_be_heard(make, tmp_path):
    tones = ["-f", "lavfi", "-i", "sine=f=440:d=2,volume=-40dB", "-f", "lavfi", "-i", "sine=f=440:d=2"]
    both = make("both.mp4", *tones, "-map", "0", "-map", "1", "-c:a", "aac")

    preview(both, tmp_path / "first", edit=WHOLE)
    preview(both, tmp_path / "second", edit=Edit(sound=1))

    first, second = (max(sound(tmp_path / name / "preview.m4a")[0]) for name in ("first", "second"))
    assert second > 20 * first


def test_a_decoder_is_worth_a_long_gap_only():
    near = (Piece("", 0, 1000, 0), Piece("", 20_000, 21_000, 1000), Piece("", 100_000, 101_000, 2000))

    assert [len(run.pieces) for run in runs(near)] == [2, 1]
    assert [run.pieces for run in runs(near, 1)] == [near]


def test_there_are_few_decoders_however_many_pieces():
    many = tuple(Piece("", n * 60_000, n * 60_000 + 1000, n * 1000) for n in range(40))
    mixed = tuple(replace(piece, source="" if piece.at % 2000 else OTHER) for piece in many)

    assert len(runs(many)) == len(runs(mixed)) == MOST_DECODERS
    assert sorted((p for run in runs(mixed) for p in run.pieces), key=lambda p: p.at) == list(mixed)


def test_neighbours_are_one_piece_and_the_whole_is_whole():
    assert cut(WHOLE).is_whole
    assert cut(Edit((Segment(0, 1000), Segment(1000, 600_000)))).is_whole
    assert not cut(Edit((Segment(0, 599_999),))).is_whole
    assert cut(Edit((Segment(5, 900), Segment(900, 2000), Segment(0, 500, OTHER)))).pieces == (
        Piece("", 5, 2000, 0),
        Piece(OTHER, 0, 500, 1995),
    )


def test_mutes_fall_where_the_original_is_heard():
    edit = Edit(
        (Segment(0, 1000, OTHER), Segment(0, 1000), Segment(2000, 4000)),
        mutes=(Mute(500, 2500), Mute(3900, 9000)),
    )

    assert muted(cut(edit)) == ((1500, 2000), (2000, 2500), (3900, 4000))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"frame_rate": 29.97}, Fraction(30_000, 1001)),
        ({"frame_rate": 240.0}, Fraction(60)),
        ({"field_order": FieldOrder.INTERLACED}, Fraction(50)),
    ],
)
def test_the_encoder_reckons_with_the_rate_of_what_it_gets(changes, expected):
    info = replace(INFO, video=(replace(PICTURE, **changes),))

    assert rate(cut(Edit((Segment(0, 5000),)), info)) == expected


@pytest.mark.parametrize(
    ("demuxer", "edit", "seconds"),
    [
        ("mov", Edit((Segment(500_000, 501_000),)), 1),
        ("flv", Edit((Segment(500_000, 501_000),)), 10),
        ("h264", Edit((Segment(500_000, 501_000),)), 500),
        ("mov", Edit((Segment(0, 1000), Segment(26_000, 27_000))), 25),
    ],
)
def test_what_is_read_and_not_shown_is_waited_for(demuxer, edit, seconds):
    assert cut(edit, replace(INFO, demuxer=demuxer)).patience == seconds
