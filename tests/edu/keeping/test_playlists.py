"""What a playlist points to, by lines as our own writer makes them."""

from __future__ import annotations

import pytest

from edu.keeping.playlists import Reference, references

MEDIA = """\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MAP:URI="720.mp4",BYTERANGE="900@0"
#EXTINF:2.00000,
#EXT-X-BYTERANGE:1000@1200
720.mp4
#EXTINF:2.00000,
#EXT-X-BYTERANGE:500@2200
720.mp4
#EXT-X-ENDLIST
"""
MASTER = """\
#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="French",URI="sound-2.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1000,CODECS="avc1.64001f,mp4a.40.2"
720.m3u8
"""


def test_a_playlist_of_ranges_tells_how_far_they_reach() -> None:
    assert list(references(MEDIA)) == [
        Reference("720.mp4", 900), Reference("720.mp4", 2200), Reference("720.mp4", 2700),
    ]  # fmt: skip


def test_a_master_names_playlists_of_pictures_and_of_sound() -> None:
    assert list(references(MASTER)) == [Reference("sound-2.m3u8", 0), Reference("720.m3u8", 0)]


@pytest.mark.parametrize("text", ["", "720.mp4\n", "<html>"])
def test_what_is_no_playlist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="begins with"):
        list(references(text))
