"""Boxes, the segment index, and codec strings."""

import struct

import pytest

from media.reading.boxes import _codec_string, fragments, top_level


def box(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def sidx(version: int, first: int, pieces: list[tuple[int, int]]) -> bytes:
    times = struct.pack(">II", 0, first) if version == 0 else struct.pack(">QQ", 0, first)
    body = (
        bytes([version, 0, 0, 0]) + struct.pack(">II", 1, 1000) + times + struct.pack(">HH", 0, len(pieces))
    )
    return box(
        b"sidx", body + b"".join(struct.pack(">III", size, length, 1 << 31) for size, length in pieces)
    )


def test_boxes_are_walked_with_long_and_open_ended_sizes(tmp_path):
    path = tmp_path / "boxes.mp4"
    long = struct.pack(">I4sQ", 1, b"free", 24) + bytes(8)
    path.write_bytes(box(b"ftyp", b"isom") + long + struct.pack(">I4s", 0, b"mdat") + bytes(100))

    assert [(found.kind, found.start, found.size) for found in top_level(path)] == [
        ("ftyp", 0, 12),
        ("free", 12, 24),
        ("mdat", 36, 108),
    ]


def test_a_box_with_an_impossible_size_ends_the_walk(tmp_path):
    path = tmp_path / "broken.mp4"
    path.write_bytes(box(b"ftyp", b"isom") + struct.pack(">I4s", 3, b"moov") + bytes(50))

    assert [found.kind for found in top_level(path)] == ["ftyp"]


def test_data_that_claims_more_than_the_file_ends_with_the_file(tmp_path):
    path = tmp_path / "cut.mp4"
    path.write_bytes(struct.pack(">I4s", 1_000_000, b"mdat") + bytes(92))

    assert top_level(path)[0].end == 100


def test_the_index_is_read_in_both_its_versions(tmp_path):
    for version in (0, 1):
        path = tmp_path / f"{version}.mp4"
        index = sidx(version, 40, [(500, 2000), (300, 1500)])
        path.write_bytes(box(b"ftyp", b"isom") + index)

        first, second = fragments(path)

        assert (first.offset, first.size, first.start_seconds, first.seconds) == (
            12 + len(index) + 40,
            500,
            0,
            2,
        )
        assert (second.offset, second.size, second.start_seconds) == (first.offset + 500, 300, 2)
        assert second.seconds == 1.5


def test_a_file_without_an_index_has_no_fragments(tmp_path):
    path = tmp_path / "plain.mp4"
    path.write_bytes(box(b"ftyp", b"isom"))

    assert fragments(path) == ()


AV1_CONFIGURATIONS = [
    # marker and version; profile and level; tier, depth, monochrome and subsampling; delay
    (bytes([0x81, 0x08, 0x4C, 0x00]), "av01.0.08M.10"),
    (bytes([0x81, 0x04, 0x0C, 0x00]), "av01.0.04M.08"),
    (bytes([0x81, 0x2D, 0x80, 0x00]), "av01.1.13H.08"),
    (bytes([0x81, 0x50, 0x68, 0x00]), "av01.2.16M.12"),
    (bytes([0x81, 0x50, 0x48, 0x00]), "av01.2.16M.10"),
]


@pytest.mark.parametrize(("configuration", "codecs"), AV1_CONFIGURATIONS)
def test_the_codec_string_of_av1_names_profile_level_tier_and_depth(configuration, codecs):
    entry = bytes(4) + b"av01" + bytes(78) + box(b"av1C", configuration)

    assert _codec_string(entry) == codecs
