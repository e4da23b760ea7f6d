"""Frame truth: the times in frames.json are those that a player sees."""

import json
from fractions import Fraction
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import preview
from media.edit import Edit, Segment
from media.making import frames
from media.making.frames import Frames, describe, exact_rate
from media.reading.samples import sample_times

CMAF = ["-movflags", "+cmaf+frag_keyframe+delay_moov+global_sidx+skip_trailer", "-f", "mp4"]
KEPT = ["-fps_mode", "vfr", "-enc_time_base", "1:90000"]


def seen(path: Path) -> list[Fraction]:
    """When each picture is shown, as PyAV reads the file."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return sorted(packet.pts * packet.time_base for packet in container.demux(stream) if packet.size)


def assert_true(found: Frames, path: Path) -> None:
    times = seen(path)
    allowed = max(Fraction(found.error, found.timescale), frames.ROUNDING if found.rate else Fraction(0))

    assert found.count == len(times)
    assert all(abs(found.seconds(number) - time) <= allowed for number, time in enumerate(times))


@pytest.mark.slow
@pytest.mark.parametrize("rate", ["25", "30000/1001", "24000/1001", "60"])
def test_an_even_film_has_its_exact_rate(make, h264, rate):
    picture = ["-f", "lavfi", "-i", f"testsrc2=s=320x180:r={rate}:d=4"]
    film = make(f"even-{rate.replace('/', '-')}.mp4", *picture, *h264, "-bf", "2", *KEPT, *CMAF)

    found = frames.measure(film)

    assert found.rate == Fraction(rate)
    assert found.start == 0
    assert_true(found, film)


@pytest.mark.slow
def test_an_uneven_film_has_the_time_of_every_frame(make, moving, h264):
    gaps = ["-vf", "select='not(between(n,5,29)+eq(mod(n,7),3))'"]
    film = make("uneven-frames.mp4", *moving("320x180", 4), *gaps, *h264, "-bf", "2", *KEPT, *CMAF)

    found = frames.measure(film)

    assert (found.rate, found.error) == (None, 0)
    assert_true(found, film)


@pytest.mark.slow
def test_an_edited_film_has_the_time_of_every_frame(lecture, tmp_path):
    edit = Edit((Segment(500, 1510), Segment(2000, 3333)))

    made = preview(lecture, tmp_path, edit=edit)

    found = frames.measure(tmp_path / made.file.name)
    assert found.rate is None
    assert_true(found, tmp_path / made.file.name)


@pytest.mark.slow
@pytest.mark.corpus
def test_a_phone_clip_of_uneven_rate_has_the_time_of_every_frame(corpus, tmp_path):
    made = preview(corpus / "video" / "cursed_vfr.mp4", tmp_path, edit=Edit())

    found = frames.measure(tmp_path / made.file.name)

    assert_true(found, tmp_path / made.file.name)


def test_a_file_without_fragments_has_no_frames(tmp_path):
    (tmp_path / "none.mp4").write_bytes(b"")

    with pytest.raises(ValueError, match="no pictures"):
        sample_times(tmp_path / "none.mp4")


TIMES = st.lists(st.integers(1, 20_000), min_size=1, max_size=60)


@given(TIMES, st.integers(0, 900))
def test_what_is_described_is_right_within_its_error(steps, start):
    times = [start + sum(steps[:number]) for number in range(len(steps) + 1)]

    found = describe(times[:-1], times[-1], 90_000, most_bytes=200)

    allowed = Fraction(found.error, 90_000) if not found.rate else frames.ROUNDING + Fraction(1, 90_000)
    assert found.count == len(steps)
    assert all(abs(found.seconds(n) - Fraction(time, 90_000)) <= allowed for n, time in enumerate(times[:-1]))
    assert found.rate or abs(found.seconds(found.count) - Fraction(times[-1], 90_000)) <= allowed


@given(TIMES)
def test_a_document_and_back_is_the_same(tmp_path_factory, steps):
    times = [sum(steps[:number]) for number in range(len(steps) + 1)]
    found = describe(times[:-1], times[-1], 90_000)
    folder = tmp_path_factory.mktemp("frames")

    frames.write(found, folder)

    assert frames.read((folder / frames.FRAMES).read_bytes()) == found


@given(TIMES)
def test_in_the_middle_of_a_frame_that_frame_is_seen(steps):
    times = [sum(steps[:number]) for number in range(len(steps) + 1)]
    found = describe(times[:-1], times[-1], 90_000)

    for number in range(found.count):
        middle = (found.seconds(number) + found.seconds(number + 1)) / 2
        assert found.number_at(middle) == found.number_at(found.seconds(number)) == number


def test_before_the_first_frame_it_is_seen_and_after_the_last_too():
    found = Frames(1000, 40, 3, rate=Fraction(25))

    assert [found.at(moment) for moment in (-1, 0, 79, 80, 120, 9000)] == [0, 0, 0, 1, 2, 2]
    assert [found.milliseconds(number) for number in range(4)] == [40, 80, 120, 160]


def test_the_whole_millisecond_of_a_frame_already_shows_it():
    found = Frames(90_000, 0, 300, rate=Fraction(30_000, 1001))

    assert all(found.at(found.milliseconds(number)) == number for number in range(300))


@pytest.mark.parametrize(
    "rate", [Fraction(30_000, 1001), Fraction(24_000, 1001), Fraction(30), Fraction(25, 2)]
)
def test_a_rate_is_known_from_times_in_milliseconds(rate):
    times = [round(number * 1000 / rate) for number in range(400)]

    assert describe(times, round(400_000 / rate), 1000).rate == rate


@pytest.mark.parametrize(
    ("rounded", "meant"),
    [(29.97, "30000/1001"), (23.976, "24000/1001"), (59.94, "60000/1001"), (25, "25"), (12.5, "25/2")],
)
def test_a_rounded_rate_is_the_usual_one(rounded, meant):
    assert exact_rate(rounded) == Fraction(meant)


def test_an_hour_of_trembling_frames_stays_small():
    times, at = [], 0
    for number in range(30 * 3600):
        times.append(at + (number * 7919) % 601 - 300)
        at += 3000

    found = describe(times, at, 90_000)

    assert len(json.dumps(found.plain(), separators=(",", ":"))) < frames.MOST_BYTES + 100
    assert found.error <= 90 * frames.COARSEST
    assert abs(found.seconds(100_000) - Fraction(times[100_000], 90_000)) <= Fraction(found.error, 90_000)


@pytest.mark.parametrize("text", ["[]", '{"version": 2}', "no"])
def test_another_document_is_refused(text):
    with pytest.raises(ValueError, match=r"version|Expecting"):
        frames.read(text)


def test_there_is_no_frame_after_the_end():
    with pytest.raises(IndexError):
        Frames(1000, 0, 3, rate=Fraction(25)).seconds(4)
