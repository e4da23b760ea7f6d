"""Sample entries: what is encrypted or has unreadable colours is refused before a decoder sees it."""

import pytest

from media import MediaError, probe
from media.reading.entries import check_entries


@pytest.mark.parametrize("entry", [b"encv", b"drmi"])
def test_a_film_from_a_shop_is_refused_at_once(silent, tmp_path, entry):
    (tmp_path / "shop.m4v").write_bytes(silent.read_bytes().replace(b"avc1\0\0\0\0", entry + b"\0\0\0\0"))

    with pytest.raises(MediaError, match="protected against copying") as refusal:
        probe(tmp_path / "shop.m4v")

    assert refusal.value.code == "encrypted"


@pytest.mark.parametrize(("profile", "refused"), [(5, True), (8, False)])
def test_only_the_dolby_vision_whose_colours_nobody_can_read_is_refused(silent, tmp_path, profile, refused):
    data = silent.read_bytes()
    at = data.index(b"pasp")
    box = b"dvcC" + bytes([1, 0, profile << 1, 0])
    (tmp_path / "dolby.mp4").write_bytes(data[:at] + box + data[at + len(box) :])

    if refused:
        with pytest.raises(MediaError, match="Dolby Vision profile 5"):
            probe(tmp_path / "dolby.mp4")
    else:
        assert probe(tmp_path / "dolby.mp4").width == 320


def test_boxes_that_lie_about_their_size_end_the_search(silent, tmp_path):
    data = bytearray(silent.read_bytes())
    at = data.index(b"stsd")
    data[at + 12 : at + 16] = b"\xff\xff\xff\xff"  # the size of the first entry
    (tmp_path / "lies.mp4").write_bytes(data)
    (tmp_path / "zero.mp4").write_bytes(b"\0\0\0\0moov\0\0\0\4trak")

    check_entries(tmp_path / "lies.mp4")
    check_entries(tmp_path / "zero.mp4")
