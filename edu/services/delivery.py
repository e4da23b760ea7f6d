"""Addresses of media files: a token in the path, bound to the video and, if it is not public, to the viewer.

With the token in the path the addresses inside playlists stay relative. Every request is decided anew: a
token proves where an address came from, never that its holder may still read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Track, TrackKind, TrackVersion, Video, VideoFile
from edu.policy import Action, Viewer, require

LIFE = timedelta(hours=12)
TRACKS = "tracks"  # the version under which text tracks are addressed
_TRACK = re.compile(rf"({'|'.join(TrackKind)})\.([A-Za-z0-9-]{{1,35}})\.([1-9][0-9]{{0,8}})\.vtt", re.ASCII)


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and checks tokens with the site's secret key."""

    secret_key: str

    def public(self, video_id: int) -> str:
        """The lasting token of a video that anyone may watch."""
        return f"p{video_id}.{self._sign('public', video_id)}"

    def private(self, video_id: int, binding: str, now: datetime) -> str:
        """A token for one viewer, good until some time after `now`."""
        until = int((now + LIFE).timestamp()) // 3600 * 3600  # whole hours: pages of one hour share addresses
        return f"s{video_id}.{until}.{self._sign('private', video_id, until, binding)}"

    def video_of(self, token: str, binding: str, now: datetime) -> int:
        """The video a token is for; NotFound when it was not made here, has ended, or is somebody else's."""
        parts = token.split(".")
        try:
            video_id = int(parts[0][1:])
            if token[:1] == "p" and hmac.compare_digest(token.encode(), self.public(video_id).encode()):
                return video_id
            until = int(parts[1])
        except (ValueError, IndexError):
            raise NotFound("this address is not known") from None
        mine = f"s{video_id}.{until}.{self._sign('private', video_id, until, binding)}"
        if not hmac.compare_digest(token.encode(), mine.encode()) or now.timestamp() > until:
            raise NotFound("this address has ended: reload the page")
        return video_id

    def _sign(self, *facts: object) -> str:
        message = "\0".join(["media", *(str(fact) for fact in facts)]).encode()
        digest = hmac.new(self.secret_key.encode(), message, hashlib.sha256).digest()[:18]
        return base64.urlsafe_b64encode(digest).decode()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file to hand out: the key it lies under, or its text when the database holds it."""

    content_type: str
    etag: str
    size: int
    is_public: bool
    key: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes media addresses for one reader at one moment; `binding` is the reader's session or cookie."""

    signer: Signer
    binding: str
    now: datetime

    def media(self, video: Video) -> str:
        """What stands before `/<version>/<name>` in the addresses of the video's files."""
        if video.is_published and video.audience is Audience.OPEN:
            return f"/media/{self.signer.public(video.id)}"
        return f"/media/{self.signer.private(video.id, self.binding, self.now)}"


def find(session: Session, viewer: Viewer, video_id: int, version: str, name: str) -> StoredFile:
    """The file of that name, if the viewer may see the video now."""
    video = session.get(Video, video_id)
    if video is None:
        raise NotFound("there is no such file")
    require(viewer, Action.READ, video)
    is_public = video.is_published and video.audience is Audience.OPEN
    if version == TRACKS:
        return _track(session, video_id, name, is_public)
    row = session.scalar(
        select(VideoFile).where(
            VideoFile.video_id == video_id, VideoFile.version == version, VideoFile.name == name
        )
    )
    if row is None:
        raise NotFound("there is no such file")
    return StoredFile(row.content_type, f"{version}-{row.id}", row.bytes, is_public, key=row.key)


def track_name(track: Track) -> str:
    """The file name of a track's current version, such as captions.en.3.vtt."""
    return f"{track.kind}.{track.language}.{track.current}.vtt"


def _track(session: Session, video_id: int, name: str, is_public: bool) -> StoredFile:
    parts = _TRACK.fullmatch(name)
    found = parts and session.scalar(
        select(TrackVersion.document)
        .join(Track, Track.id == TrackVersion.track_id)
        .where(
            Track.video_id == video_id,
            Track.kind == TrackKind(parts[1]),
            Track.language == parts[2],
            TrackVersion.number == int(parts[3]),
        )
    )
    if found is None:
        raise NotFound("there is no such file")
    size = len(found.encode())
    return StoredFile("text/vtt; charset=utf-8", f"{video_id}-{name}", size, is_public, text=found)
