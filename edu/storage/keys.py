"""Keys: the names of stored objects. They are made by us, never taken from a person's file name."""

from __future__ import annotations

import re

from edu.errors import Invalid

# An allow-list: no separator but the slash, no dot in front (so no "..", and a store may keep its own hidden
# folders beside the objects), no control character, nothing a URL or a shell would read otherwise.
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST = 900  # S3 ends at 1024 bytes, of which the bucket's prefix takes some
_MEDIA_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "video/mp4",
    "m4a": "audio/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "json": "application/json",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


def check_key(key: str) -> str:
    """The key itself when it may name an object, else Invalid."""
    if len(key) > _LONGEST or not all(_PART.fullmatch(part) for part in key.split("/")):
        raise Invalid(f"this cannot name a stored object: {key[:80]!r}", code="bad_key")
    return key


def original_key(sha256: str) -> str:
    """Where an original with this SHA-256 (hexadecimal) is kept: equal files are kept once."""
    if not _SHA256.fullmatch(sha256):
        raise Invalid(f"this is no SHA-256: {sha256[:80]!r}", code="bad_key")
    return f"originals/{sha256[:2]}/{sha256}"


def package_key(video_id: int | str, version: int | str, name: str = "") -> str:
    """Where a file of a processed video is kept; without a name, the prefix of them all."""
    return check_key(f"videos/{video_id}/{version}" + (f"/{name}" if name else ""))


def media_type(key: str) -> str:
    """The media type that an object is served with, by its ending; unknown endings are never shown inline."""
    return _MEDIA_TYPES.get(key.rpartition("/")[2].rpartition(".")[2], "application/octet-stream")
