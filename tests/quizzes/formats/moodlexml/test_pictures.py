"""Sizes of pictures, from their headers."""

import struct

import pytest

from quizzes.formats.moodlexml.pictures import blank_picture, picture_size

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 10 + b"\xff\xc0\x00\x11\x08\x00\x28\x00\x3c" + b"\0" * 10


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (blank_picture(60, 40), (60, 40)),
        (b"GIF89a" + struct.pack("<HH", 60, 40), (60, 40)),
        (JPEG, (60, 40)),
        (b"\xff\xd8\xff\xe0\x00\x00" * 9, None),
        (b"<svg/>", None),
        (b"", None),
    ],
)
def test_the_size_is_read_from_the_header(data, size):
    assert picture_size(data) == size


def test_a_white_picture_of_a_large_size_is_small():
    assert len(blank_picture(8_000, 8_000)) < 20_000
