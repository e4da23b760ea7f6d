"""encode_av1(): the same film once more, offered before the others."""

from dataclasses import replace
from pathlib import Path

import av
import pytest

from media import (
    FileRole,
    MediaCancelled,
    Package,
    ToolMissing,
    Tools,
    UnreadableMedia,
    Variant,
    encode_av1,
    encoder_version,
    package,
)
from media.edit import Cover, Edit, Segment
from media.making import frames
from media.making.av1 import Av1Version
from media.reading.boxes import fragments

pytestmark = pytest.mark.slow
CUT = Edit((Segment(200, 1400), Segment(1600, 2600)), (Cover(0, 900, 0.1, 0.1, 0.2, 0.2),))
ROW = Variant("480", "480.mp4", "480.m3u8", 854, 480, 900_000, 800_000, "avc1.64001e,mp4a.40.2", 25.0, 5.0)


@pytest.fixture(scope="module")
def lesson(make, moving, tone, h264) -> Path:
    """2.6 s of 854x480 with a tone: two groups of pictures."""
    return make("lesson.mp4", *moving("854x480", 2.6), *tone(2.6), *h264, "-c:a", "aac")


@pytest.fixture(scope="module")
def plain(lesson, tmp_path_factory) -> tuple[Package, Av1Version]:
    return both(lesson, tmp_path_factory.mktemp("plain"), Edit())


@pytest.fixture(scope="module")
def edited(lesson, tmp_path_factory) -> tuple[Package, Av1Version]:
    return both(lesson, tmp_path_factory.mktemp("edited"), CUT)


def both(source: Path, folder: Path, edit: Edit) -> tuple[Package, Av1Version]:
    done = package(source, folder / "h264", edit=edit)
    sound = done.folder / done.renditions[0].file
    variants = done.renditions
    return done, encode_av1(source, folder / "av1", edit=edit, variants=variants, sound_from=sound)


@pytest.mark.parametrize("film", ["plain", "edited"])
def test_frames_key_frames_and_sound_are_those_of_the_other_version(film, request):
    done, made = request.getfixturevalue(film)
    old, new = done.folder / done.renditions[0].file, made.folder / made.variants[0].file

    assert frames.measure(new).plain() == frames.measure(old).plain()
    starts = [round(piece.start_seconds, 3) for piece in fragments(new)]
    assert starts == [round(piece.start_seconds, 3) for piece in fragments(old)]
    assert packets(new, "audio") == packets(old, "audio")


def packets(path: Path, kind: str) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(getattr(container.streams, kind)[0])]


@pytest.mark.parametrize("film", ["plain", "edited"])
def test_the_codecs_are_those_in_the_file(film, request):
    _, made = request.getfixturevalue(film)

    picture, sound = made.variants[0].codecs.split(",")
    assert (picture[:8], picture[-4:], sound) == ("av01.0.0", "M.08", "mp4a.40.2")
    with av.open(str(made.folder / made.variants[0].file)) as container:
        assert container.streams.video[0].codec_context.name in ("libdav1d", "av1")
        assert next(container.decode(video=0)).format.name == "yuv420p"


def test_the_master_offers_a_large_and_a_small_one_and_no_other_codec(plain):
    _, made = plain

    text = (made.folder / made.master).read_text()
    lines = [line for line in text.splitlines() if line.endswith(".m3u8")]
    assert lines == ["av1-480.m3u8", "av1-360.m3u8"]
    assert "avc1" not in text
    assert {file.role for file in made.files} == {
        FileRole.RENDITION_AV1,
        FileRole.MASTER_AV1,
        FileRole.PLAYLIST,
    }
    assert made.bytes == sum(path.stat().st_size for path in made.folder.iterdir())


def test_a_film_that_came_out_larger_is_made_once_more_with_fewer_bits(lesson, tmp_path):
    sizes = []
    for rate in (10_000_000, 1000):
        other = replace(ROW, average_bandwidth=rate)
        made = encode_av1(lesson, tmp_path / str(rate), variants=[other], edit=Edit((Segment(0, 1000),)))
        sizes.append(made.bytes)

    assert sizes[1] < 0.9 * sizes[0]


def test_a_film_without_a_sound_and_a_smaller_height(silent, tmp_path):
    made = encode_av1(silent, tmp_path, variants=[ROW], height=120)

    assert (made.variants[0].width, made.variants[0].height) == (320, 240)  # the smallest step there is
    assert "," not in made.variants[0].codecs


def test_a_height_between_the_steps_takes_the_one_below(lesson, tmp_path):
    made = encode_av1(lesson, tmp_path, variants=[ROW], height=400, edit=Edit((Segment(0, 400),)))

    assert (made.variants[0].name, made.variants[0].width) == ("av1-360", 640)


def test_sound_alone_has_no_version_in_av1(speech, tmp_path):
    with pytest.raises(UnreadableMedia):
        encode_av1(speech, tmp_path, variants=[ROW])


def test_cancelling_ends_the_work(lesson, tmp_path):
    with pytest.raises(MediaCancelled):
        encode_av1(lesson, tmp_path, variants=[ROW], cancelled=lambda: True)


def test_the_encoder_says_its_version(ffmpeg):
    assert encoder_version(ffmpeg) >= (1, 0)
    assert encoder_version(replace(ffmpeg, encoders=frozenset({"libx264"}))) is None


def test_an_ffmpeg_without_the_encoder_is_named(silent, tmp_path):
    old = tmp_path / "ffmpeg"
    old.write_text("#!/bin/sh\necho ffmpeg version 4.1 made for a test\n", encoding="utf-8")
    old.chmod(0o755)

    with pytest.raises(ToolMissing, match="SVT-AV1"):
        encode_av1(silent, tmp_path / "out", variants=[ROW], tools=Tools(ffmpeg=old))
