"""Playlists that point into single files."""

import pytest

from media import UnreadableMedia, Variant
from media.making.hls import media_playlist, peak_bandwidth, write_master, write_variant
from media.reading.boxes import Fragment

PIECES = (Fragment(1500, 100_000, 0, 2), Fragment(101_500, 60_000, 2, 2), Fragment(161_500, 50_000, 4, 0.5))


def test_the_playlist_names_each_range_of_the_one_file():
    assert media_playlist("720.mp4", 1347, PIECES).splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-TARGETDURATION:2",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="720.mp4",BYTERANGE="1347@0"',
        "#EXTINF:2.00000,",
        "#EXT-X-BYTERANGE:100000@1500",
        "720.mp4",
        "#EXTINF:2.00000,",
        "#EXT-X-BYTERANGE:60000@101500",
        "720.mp4",
        "#EXTINF:0.50000,",
        "#EXT-X-BYTERANGE:50000@161500",
        "720.mp4",
        "#EXT-X-ENDLIST",
    ]


def test_a_short_last_piece_does_not_pass_for_a_peak():
    assert peak_bandwidth(PIECES) == 400_000


def test_players_start_with_the_middle_of_the_ladder(tmp_path):
    sizes = [("1080", 1920), ("720", 1280), ("360", 640)]
    variants = tuple(
        Variant(name, f"{name}.mp4", f"{name}.m3u8", width, int(name), 900, 800, "avc1.64001f", 25.0, 9.0)
        for name, width in sizes
    )

    write_master(tmp_path, variants)

    lines = (tmp_path / "master.m3u8").read_text().splitlines()
    assert [line for line in lines if line.endswith(".m3u8")] == ["720.m3u8", "1080.m3u8", "360.m3u8"]
    assert lines[3] == (
        "#EXT-X-STREAM-INF:BANDWIDTH=900,AVERAGE-BANDWIDTH=800,RESOLUTION=1280x720,"
        'CODECS="avc1.64001f",FRAME-RATE=25.000'
    )


def test_a_file_without_pictures_gets_no_playlist(tmp_path):
    (tmp_path / "360.mp4").write_bytes(b"")

    with pytest.raises(UnreadableMedia):
        write_variant(tmp_path, "360", (640, 360), frame_rate=25.0)

    assert not (tmp_path / "360.m3u8").exists()
