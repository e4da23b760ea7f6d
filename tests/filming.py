"""Videos with films, previews and pictures for tests: rows as the services and the worker leave them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from edu.models import Film, Job, JobState, Role, User, Video, VideoFile, VideoState
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import films, packages
from edu.services.delivery import Addresses, Signer
from edu.storage import StoredObject
from media import Edit
from tests.people import add_user

MINUTE = 60_000


def original(mark: str = "ab") -> StoredObject:
    """A recording in the store, by the two signs that its SHA-256 repeats."""
    return StoredObject(1_234_567, mark * 32)


def add_maker(session: Session, now: datetime, role: Role = Role.INSTRUCTOR) -> Viewer:
    """Somebody who makes videos."""
    user: User = add_user(session, now=now, role=role)
    return Viewer(user_id=user.id, role=role, name=user.name)


def add_video(
    session: Session, maker: Viewer | int, now: datetime, slug: str = "film", **facts: object
) -> Video:
    """A video of a minute that can be watched."""
    owner = maker.user_id if isinstance(maker, Viewer) else maker
    mark = str(facts.pop("mark", "ab"))
    known = {
        "slug": slug, "title": slug.title(), "owner_id": owner,
        "original_key": f"originals/{mark}/{mark * 32}", "original_sha256": mark * 32,
        "original_name": f"{mark}.mov", "original_bytes": 9, "state": VideoState.READY, "state_at": now,
        "created_at": now, "version": "v1", "duration_ms": MINUTE, "width": 640, "height": 360,
        "frame_rate": "25",
    }  # fmt: skip
    video = Video(**{**known, **facts})
    session.add(video)
    session.flush()
    add_file(session, video, "360.mp4", "rendition", version=video.version)
    return video


def add_file(
    session: Session, video: Video, name: str, role: str, *, version: str = "v1", **detail: object
) -> VideoFile:
    """A file that was made from it."""
    key, kind = f"videos/{video.id}/{version}/{name}", "image/jpeg" if name.endswith("jpg") else "video/mp4"
    row = VideoFile(video_id=video.id, version=version, name=name, role=role, key=key, bytes=9)
    row.content_type, row.detail = kind, detail
    session.add(row)
    session.flush()
    return row


def make_film(session: Session, video: Video, film: Film, now: datetime, *, new_ms: int = MINUTE) -> None:
    """Show a film as the worker does once its package is made."""
    video.version, video.duration_ms = f"made-{film.number}", films.Edit.read(film.edit).length(new_ms)
    add_file(session, video, "360.mp4", "rendition", version=video.version)
    packages.move_to(video, VideoState.READY, now)
    films.show(session, video, film, new_ms, None, now)
    session.flush()


def show_film(runtime: Runtime, video_id: int, edit: Edit, *, new_ms: int = 90_000) -> None:
    """Have the video cut like that, as the worker leaves it."""
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        maker = Viewer(user_id=video.owner_id, role=Role.INSTRUCTOR)
        film = films.ask(session, maker, video_id, edit, runtime.clock.now())
        make_film(session, video, film, runtime.clock.now(), new_ms=new_ms)


def make_preview(session: Session, video: Video, job: Job) -> None:
    """Leave a preview as the worker does, in place of the one before."""
    asked = session.query(VideoFile).filter_by(video_id=video.id, role="preview")
    asked.delete()
    add_file(session, video, "preview.mp4", "preview", version=f"preview-{job.id}")
    job.state = JobState.DONE
    session.flush()


def all_films(runtime: Runtime) -> list[Film]:
    """Every film there is, by number."""
    with runtime.db.reading() as session:
        return session.query(Film).order_by(Film.number).all()


def addresses(now: datetime) -> Addresses:
    """Addresses for some reader."""
    return Addresses(Signer("a key for tests that is long enough"), "a session", now)
