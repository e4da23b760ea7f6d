"""Uploads: whose they are, how much may be kept, and how a complete one becomes a video, once and only once.

The bytes lie on the shelf (edu/uploads), the row says whose they are. Every step may be broken off by a kill:
a folder without a row and a row without a folder are both cleared away, and an upload whose original was put
into the store just before the kill is found again by the SHA-256 noted before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath

from sqlalchemy import ColumnElement, Select, delete, func, select, true, union
from sqlalchemy.orm import Session

from edu.errors import Gone, Invalid, NoRoom, NotFound, TooLarge
from edu.models import Film, FilmState, Upload, User, Video, VideoFile
from edu.services import audit, replacing, throttle, typed, videos
from edu.services.audit import Deed
from edu.services.throttle import Limit
from edu.settings import Settings
from edu.storage import ObjectStore, StoredObject, original_key
from edu.uploads import Held, Shelf
from media import MediaError, UnreadableMedia
from media.reading.sniff import HEAD_BYTES, sniff

HOUR = timedelta(hours=1)
CREATES = Limit("upload", 30, HOUR, HOUR, HOUR)
LIFE = timedelta(days=7)
RESERVE = 64 * 1024 * 1024  # bytes of the disk that uploads leave to the database
MB = 1_000_000
MOST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Quota:
    """What one instructor keeps already, uploads in progress counted whole, and may keep; in bytes."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        """Bytes that may still come."""
        return max(0, self.limit - self.used)


def shelf_of(settings: Settings) -> Shelf:
    """Where uploads in progress lie."""
    return Shelf(settings.data_dir / "uploads")


def check_size(length: int, settings: Settings) -> None:
    """Refuse an empty file, and one larger than this site takes."""
    if length == 0:
        raise _as_invalid(UnreadableMedia("empty-file"))
    if length > settings.max_upload_bytes:
        raise TooLarge(
            "The file has %(size)s MB; the most this site takes is %(most)s MB. Export it smaller or cut it.",
            code="upload_too_large",
            size=-(-length // MB),
            most=settings.max_upload_bytes // MB,
        )


def quota_of(session: Session, user_id: int, settings: Settings, now: datetime) -> Quota:
    """What the person keeps and may keep.

    A person answers for the files that they gave, equal ones once, and not for what the site makes of them:
    how much that is follows from its settings. Where the original is not kept any more, what is shown of the
    video counts in its place.
    """
    mine = Video.owner_id == user_id
    own = session.scalar(select(User.quota_bytes).where(User.id == user_id))
    made = _sum(
        session,
        select(VideoFile.bytes)
        .join(Video, Video.id == VideoFile.video_id)
        .where(mine, Video.original_key == ""),
    )
    used = _originals(session, mine) + made + _coming(session, now, Upload.owner_id == user_id)
    return Quota(used, settings.quota_bytes if own is None else own)


def site_quota_of(session: Session, settings: Settings, now: datetime) -> Quota | None:
    """What the whole site keeps: originals, what was made from them, uploads; None without a limit."""
    if not settings.site_quota_bytes:
        return None
    made = _sum(session, select(VideoFile.bytes))
    return Quota(
        _originals(session, true()) + made + _coming(session, now, true()), settings.site_quota_bytes
    )


def _originals(session: Session, condition: ColumnElement[bool]) -> int:
    """Bytes of the originals of such videos and of their films; equal files are kept once and count once."""
    of_videos = select(Video.original_key, Video.original_bytes).where(condition)
    of_films = (
        select(Film.original_key, Film.original_bytes)
        .join(Video, Video.id == Film.video_id)
        .where(condition, Film.state != FilmState.DROPPED)
    )
    both = union(of_videos, of_films).subquery()
    return _sum(session, select(func.max(both.c.original_bytes)).group_by(both.c.original_key))


def _coming(session: Session, now: datetime, condition: ColumnElement[bool]) -> int:
    is_coming = (Upload.video_id.is_(None), Upload.expires_at > now)
    return _sum(session, select(Upload.length).where(condition, *is_coming))


def _sum(session: Session, sizes: Select[int]) -> int:
    inner = sizes.subquery()
    return int(session.scalar(select(func.sum(next(iter(inner.c))))) or 0)


def check_room(session: Session, user_id: int, length: int, settings: Settings, now: datetime) -> None:
    """Count one upload begun, and refuse it when it does not fit: TooMany, or NoRoom with the figures."""
    throttle.take(session, CREATES, audit.of_user(user_id), now)
    quota = quota_of(session, user_id, settings, now)
    if length > quota.left:
        raise NoRoom(
            "You keep %(used)s of %(limit)s MB; this file of %(size)s MB does not fit. "
            "Delete a video that is no longer needed, or ask the administrator for more room.",
            code="quota_full",
            used=quota.used // MB,
            limit=quota.limit // MB,
            size=-(-length // MB),
        )
    site = site_quota_of(session, settings, now)
    if site is not None and length > site.left:
        raise NoRoom(
            "This site keeps %(used)s of %(limit)s MB; this file of %(size)s MB does not fit. "
            "Delete a video that is no longer needed, or ask the administrator to raise EDU_SITE_QUOTA_MB.",
            code="site_full",
            used=site.used // MB,
            limit=site.limit // MB,
            size=-(-length // MB),
        )


def check_disk(shelf: Shelf, length: int) -> None:
    """Refuse what the disk cannot hold."""
    if length > shelf.free() - RESERVE:
        raise NoRoom("The disk of this site is full. Tell the administrator, then try again.")


def begin(
    session: Session,
    upload_id: str,
    owner_id: int,
    *,
    length: int,
    details: Mapping[str, str],
    now: datetime,
) -> Upload:
    """Note whose the upload on the shelf is; `filename` among the details becomes its name.

    What names a video that it `replaces` is refused here unless that may be.
    """
    replacing.check(session, owner_id, details)
    kept = {name[:40]: value[:MOST_DETAIL] for name, value in details.items()}
    upload = Upload(
        id=upload_id,
        owner_id=owner_id,
        length=length,
        name=videos.clean_name(details.get("filename", "")),
        details=kept,
        created_at=now,
        expires_at=now + LIFE,
    )
    session.add(upload)
    session.flush()
    return upload


def find(session: Session, owner_id: int, upload_id: str, now: datetime) -> Upload:
    """One's own upload: NotFound for a stranger's as for none, Gone after its time."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.owner_id != owner_id:
        raise NotFound("there is no such upload")
    if upload.expires_at <= now:
        raise Gone("This upload has expired. Begin it anew.", code="upload_expired")
    return upload


def forget(session: Session, upload_id: str) -> None:
    """Forget an upload's row."""
    session.execute(delete(Upload).where(Upload.id == upload_id))


def expire(session: Session, now: datetime) -> list[str]:
    """Forget the uploads whose time is over, and tell which: their files can go."""
    old = list(session.scalars(select(Upload.id).where(Upload.expires_at <= now)))
    session.execute(delete(Upload).where(Upload.id.in_(old)))
    return old


def strays(session: Session, shelf: Shelf, now: datetime) -> list[str]:
    """The uploads that lie on the shelf and that nobody has: left by a kill, or by an erased account."""
    found = shelf.ids((now - LIFE).timestamp())
    known = set(session.scalars(select(Upload.id).where(Upload.id.in_(found))))
    return [upload_id for upload_id in found if upload_id not in known]


def check_kind(path: Path, *, is_complete: bool) -> None:
    """Refuse, by its first bytes, a file that is no recording: Invalid with a sentence of what it is.

    What cannot be told from so few bytes is let pass: the whole file is looked at when it is there.
    """
    if not is_complete and path.stat().st_size < HEAD_BYTES:
        return
    try:
        sniff(path)
    except UnreadableMedia as error:
        if is_complete:
            raise _as_invalid(error) from error
    except MediaError as error:
        raise _as_invalid(error) from error


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def put_away(store: ObjectStore, held: Held) -> StoredObject:
    """Move a complete upload into the store, outside a transaction. Doing it twice is doing it once."""
    sha256 = held.note_sha256()
    key = original_key(sha256)
    if held.path.exists():
        return store.put_file(key, held.path, move=True, sha256=sha256)
    if not store.exists(key):
        raise NotFound("the bytes of this upload are lost: upload the file again", code="upload_lost")
    return StoredObject(held.info.length, sha256)


def receive(session: Session, upload_id: str, original: StoredObject, now: datetime) -> Video:
    """The video of a complete upload: made now, or long ago if this is said again."""
    upload = session.get(Upload, upload_id, with_for_update=True, populate_existing=True)
    if upload is None:
        raise NotFound("there is no such upload")
    if upload.video_id is not None:
        return session.get_one(Video, upload.video_id)
    video = receive_file(
        session, original, owner_id=upload.owner_id, name=upload.name, details=upload.details, now=now
    )
    upload.video_id = video.id
    return video


def receive_file(
    session: Session,
    original: StoredObject,
    *,
    owner_id: int,
    name: str,
    details: Mapping[str, str],
    now: datetime,
) -> Video:
    """A video of an original in the store, with the title that came along with it.

    One that says whose recording it `replaces` becomes the next film of that video instead.
    """
    if asked := replacing.wish(details):
        return replacing.receive(session, asked, original, owner_id=owner_id, name=name, now=now)
    title = typed.line(str(details.get("title", ""))[:200], "title", most=200, optional=True)
    title = title or PurePath(name).stem
    video = videos.receive(session, original, title=title, name=name, now=now, owner_id=owner_id)
    audit.record(
        session, Deed.VIDEO_RECEIVED, now=now, actor_id=owner_id, subject=f"video:{video.id}",
        bytes=original.size,
    )  # fmt: skip
    return video


def _as_invalid(error: MediaError) -> Invalid:
    return Invalid(str(error), code=error.code)
