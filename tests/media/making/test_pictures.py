"""Pictures drawn anew: format, size, uprightness, what is left out, what is refused; frames of a film."""

import struct
from pathlib import Path

import pytest

from media.errors import MediaError, MediaLimitExceeded, UnsupportedMedia
from media.making.pictures import LONGEST_SIDE, draw_frame, draw_picture, format_of, size_of

PLACE = b"51.5 N 0.1 W"


def still(make, name: str, size: str = "64x48", *arguments: str) -> Path:
    return make(name, "-f", "lavfi", "-i", f"testsrc2=s={size}:d=0.04", "-frames:v", "1", *arguments)


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with an Exif block: how the camera was held, and a place."""
    entries = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(">HHII", 0x010E, 2, len(PLACE), 38)
    block = b"Exif\0\0MM\0*\0\0\0\x08\0\x02" + entries + b"\0\0\0\0" + PLACE
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_a_picture_keeps_its_format_and_size(make, tmp_path, ending):
    drawn = draw_picture(still(make, f"plain.{ending}"), tmp_path)

    assert (drawn.width, drawn.height, drawn.ending) == (64, 48, ending)
    assert format_of(drawn.path.read_bytes()) == ending
    assert size_of(drawn.path.read_bytes(), ending) == (64, 48)


def test_a_turned_photograph_becomes_upright_and_tells_no_place(make, tmp_path):
    source = tmp_path / "turned.jpg"
    source.write_bytes(with_exif(still(make, "held.jpg").read_bytes(), orientation=6))

    drawn = draw_picture(source, tmp_path)

    assert (drawn.width, drawn.height) == (48, 64)
    assert PLACE not in drawn.path.read_bytes()
    assert b"Exif" not in drawn.path.read_bytes()


def test_a_large_picture_is_drawn_smaller_and_keeps_its_shape(make, tmp_path):
    drawn = draw_picture(still(make, "wide.png", "5120x40"), tmp_path)

    assert (drawn.width, drawn.height) == (LONGEST_SIDE, 20)


def test_too_many_pixels_are_refused_before_anything_is_decoded(make, tmp_path):
    bomb = bytearray(still(make, "plain.png").read_bytes())
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    (tmp_path / "bomb.png").write_bytes(bomb)

    with pytest.raises(MediaLimitExceeded) as caught:
        draw_picture(tmp_path / "bomb.png", tmp_path)

    assert caught.value.parameters["width"] == 60_000


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnsupportedMedia),
        (b"GIF89a", UnsupportedMedia),
        (b"<svg/>", UnsupportedMedia),
        (b"\x89PNG\r\n\x1a\n", MediaError),
        (b"\xff\xd8\xff\xe0\xff", MediaError),
        (b"RIFF\0\0\0\0WEBPVP8X", MediaError),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path, data, error):
    (tmp_path / "x").write_bytes(data)

    with pytest.raises(error):
        draw_picture(tmp_path / "x", tmp_path)


def test_a_frame_is_the_picture_of_its_moment(make, moving, h264, tmp_path):
    film = make("for-frames.mp4", *moving("64x48", 1.0), *h264)

    drawn = draw_frame(film, 400, tmp_path)

    assert (drawn.width, drawn.height, drawn.ending) == (64, 48, "jpg")
    (tmp_path / "past").mkdir()
    with pytest.raises(MediaError):
        draw_frame(film, 60_000, tmp_path / "past")
