"""What a file is by its first bytes alone."""

import struct

import pytest

from media import MediaError, UnreadableMedia, UnsupportedMedia
from media.reading.sniff import sniff

FTYP = struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 512)
MOOV = struct.pack(">I4s", 8, b"moov")
MDAT = struct.pack(">I4s", 108, b"mdat") + bytes(100)
TS = (b"\x47" + bytes(187)) * 8
AVCHD = (bytes(4) + b"\x47" + bytes(187)) * 8

KNOWN = [
    (FTYP + MOOV + MDAT, "mov"),
    (MDAT + MOOV, "mov"),
    (FTYP + MOOV + MDAT[:50], "mov"),
    (b"\x1a\x45\xdf\xa3" + bytes(60), "matroska"),
    (b"RIFF\x00\x00\x00\x00AVI LIST", "avi"),
    (b"FLV\x01" + bytes(60), "flv"),
    (TS, "mpegts"),
    (AVCHD, "mpegts"),
    (b"\x00\x00\x01\xba" + bytes(60), "mpeg"),
    (b"\x00\x00\x01\xb3" + bytes(60), "mpegvideo"),
    (bytes(512) + b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02", "mxf"),
    (b"OggS" + bytes(60), "ogg"),
    (b".RMF" + bytes(60), "rm"),
    (b"\x00\x00\x00\x01\x67" + bytes(60), "h264"),
    (b"\x00\x00\x00\x01\x40\x01" + bytes(60), "hevc"),
]

REFUSED = [
    (b"", UnreadableMedia, "empty-file"),
    (FTYP + MDAT, UnreadableMedia, "incomplete-file"),
    (FTYP + MDAT[:60], UnreadableMedia, "incomplete-file"),
    (FTYP.replace(b"isom", b"heic") + MOOV, UnsupportedMedia, "picture"),
    (b"\x89PNG\r\n\x1a\n" + bytes(60), UnsupportedMedia, "picture"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", UnsupportedMedia, "picture"),
    (b"%PDF-1.7\n", UnsupportedMedia, "document"),
    (b"PK\x03\x04" + bytes(60), UnsupportedMedia, "document"),
    (b"RIFF\x00\x00\x00\x00WAVEfmt ", UnsupportedMedia, "audio-container"),
    (b"ID3\x04" + bytes(60), UnsupportedMedia, "audio-container"),
    (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", UnsupportedMedia, "playlist"),
    (b"\xef\xbb\xbf\r\n#EXTM3U\n", UnsupportedMedia, "playlist"),
    (b"ffconcat version 1.0\nfile 'other.mp4'\n", UnsupportedMedia, "playlist"),
    (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", UnsupportedMedia, "playlist"),
    (b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', UnsupportedMedia, "playlist"),
    (b"<html><script>alert(1)</script>", UnsupportedMedia, "web-page"),
    (b"Dear reader,\nthis is a note.\n", UnsupportedMedia, "text-file"),
    (bytes(range(256)) * 8, UnsupportedMedia, "not-a-video"),
]


@pytest.mark.parametrize(("content", "demuxer"), KNOWN)
def test_a_container_is_known_by_its_bytes_and_not_by_its_name(tmp_path, content, demuxer):
    path = tmp_path / "holiday.txt"
    path.write_bytes(content)

    assert sniff(path).demuxer == demuxer
    assert sniff(path).size == len(content)


@pytest.mark.parametrize(("content", "kind", "code"), REFUSED)
def test_anything_else_is_refused_with_its_own_reason(tmp_path, content, kind, code):
    path = tmp_path / "video.mp4"
    path.write_bytes(content)

    with pytest.raises(MediaError) as refusal:
        sniff(path)

    assert (type(refusal.value), refusal.value.code) == (kind, code)


def test_a_file_that_is_gone_is_unreadable(tmp_path):
    with pytest.raises(UnreadableMedia, match="not there"):
        sniff(tmp_path / "gone.mp4")
