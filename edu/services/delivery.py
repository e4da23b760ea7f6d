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

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Film, Track, TrackKind, TrackVersion, Video, VideoFile
from edu.models.track import PUT_BY
from edu.policy import Action, Viewer, can, require

LIFE = timedelta(hours=12)
TRACKS = "tracks"  # the version under which text tracks are addressed
CANDIDATE = "poster-candidate"
# Who may have a file, by what it is for: whoever may watch, or those alone who may change the video. A file
# whose role is in no row is nobody's.
ACTIONS: dict[str, Action] = {
    **dict.fromkeys(("master", "master-av1", "playlist", "frames"), Action.READ),
    **dict.fromkeys(("rendition", "rendition-av1", "rendition-sound", "sound"), Action.READ),
    **dict.fromkeys(("poster", "storyboard", "storyboard-picture"), Action.READ),
    **dict.fromkeys((CANDIDATE, "waveform", "report", "preview"), Action.EDIT),
}
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
            if is_lasting(token) and hmac.compare_digest(token.encode(), self.public(video_id).encode()):
                return video_id
            until = int(parts[1])
        except (ValueError, IndexError):
            raise NotFound("this address is not known") from None
        mine = f"s{video_id}.{until}.{self._sign('private', video_id, until, binding)}"
        if not hmac.compare_digest(token.encode(), mine.encode()) or now.timestamp() > until:
            raise NotFound("this address has ended: reload the page", code="address_ended")
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


def is_lasting(token: str) -> bool:
    """Whether this is, if anything, the token of a video that anyone may watch."""
    return token.startswith("p")


def find(
    session: Session, viewer: Viewer, video_id: int, version: str, name: str, now: datetime
) -> StoredFile:
    """The file of that name, if the viewer may have it now; what is for its makers is not there for others.

    Raises NotFound, and GateClosed for a published video that is for professionals.
    """
    video = session.get(Video, video_id)
    if video is None:
        raise NotFound("there is no such file")
    require(viewer, Action.READ, video)
    is_public = video.is_published and video.audience is Audience.OPEN
    if version == TRACKS:
        return _track(session, video, name, now, is_public)
    row = session.scalar(
        select(VideoFile).where(
            VideoFile.video_id == video_id, VideoFile.version == version, VideoFile.name == name
        )
    )
    # The key is what is handed out, so it is the key that must lie where this video's files lie.
    if row is None or not row.key.startswith(f"videos/{video_id}/"):
        raise NotFound("there is no such file")
    action = needed(video, row)
    if action is None or not can(viewer, action, video):
        raise NotFound("there is no such file")
    is_public = is_public and action is Action.READ
    return StoredFile(row.content_type, f"{version}-{row.id}", row.bytes, is_public, key=row.key)


def needed(video: Video, file: VideoFile) -> Action | None:
    """What a viewer must be allowed to do to the video to have this file of it; None: nobody has it.

    The candidate that was chosen as the poster is shown to whoever may watch.
    """
    if file.role == CANDIDATE and file.name == video.poster:
        return Action.READ
    return ACTIONS.get(file.role)


def track_name(track: Track) -> str:
    """The file name of a track's current version, such as captions.en.3.vtt."""
    return f"{track.kind}.{track.language}.{track.current}.vtt"


def _track(session: Session, video: Video, name: str, now: datetime, is_public: bool) -> StoredFile:
    """A track's version: the current one, or one before it while a page that is open may ask for it.

    What tells the words of a film before one that hides more is closed at once, as that film is.
    """
    parts, video_id = _TRACK.fullmatch(name), video.id
    hiding = select(Film.id).where(
        Film.video_id == video_id,
        Film.is_urgent,
        Film.number > TrackVersion.film,
        Film.number <= video.film,
    )
    # a working copy that was put by was never served, so that no page that is open can have its address
    is_open_still = and_(
        Track.updated_at > now - LIFE,
        TrackVersion.note != PUT_BY,
        ~hiding.correlate(TrackVersion).exists(),
    )
    found = parts and session.scalar(
        select(TrackVersion.document)
        .join(Track, Track.id == TrackVersion.track_id)
        .where(
            or_(TrackVersion.number == Track.current, is_open_still),
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
