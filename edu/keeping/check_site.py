"""Looks through a site: database, stored objects, the work on videos, text tracks and steps."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from edu import schema
from edu.db import Database
from edu.errors import NotFound
from edu.keeping import leftover
from edu.keeping.backup import Told
from edu.keeping.finding import Finding
from edu.keeping.needed import Needed, needed
from edu.keeping.playlists import references
from edu.models import Step, Track, TrackKind, TrackVersion, Video, VideoFile, VideoState
from edu.runtime import Runtime
from edu.services import videos
from edu.services.searching import gaps, indexing
from edu.services.texts import tracks

FROM_BACKUP = "bring it back from a backup"
MOST_PLAYLIST = 8 * 1024 * 1024  # bytes
_ENDED = (VideoState.READY, VideoState.FAILED)


def check_site(runtime: Runtime, *, deep: bool, told: Told) -> Iterator[Finding]:
    """Everything that is wrong, and what may go; `deep` reads every original and compares its hash."""
    at, head = schema.current(runtime.db), schema.head()
    if at != head:
        yield Finding(f"the database is at revision {at}, the code at {head}", "run edu db upgrade first")
        return
    yield from _database(runtime.db)
    with runtime.db.reading() as session:
        wanted = needed(session.connection(), Video.metadata.sorted_tables)
    yield from _objects(runtime, wanted, deep, told)
    for stray in leftover.objects(runtime):
        yield Finding(f"{stray.key} ({stray.size} bytes) has no row", "edu gc removes it", is_wrong=False)
    yield from _playlists(runtime)
    with runtime.db.reading() as session:
        yield from _work(runtime, session)
        yield from _tracks(session)
        yield from _steps(session)
        for row in indexing.unfound(session):
            yield Finding(f"search does not find what track {row.id} says", "start the site again")
        for kind, ids in gaps.lacking(session).items():
            yield Finding(f"search does not find {len(ids)} of kind {kind}", "start the site again")


def _database(db: Database) -> Iterator[Finding]:
    """What SQLite says of itself; PostgreSQL has no such question and guards its references."""
    if not db.is_sqlite:
        return
    with db.engine.connect() as connection:
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield Finding(f"the database file is damaged ({line})", "restore the last backup")
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Finding(f"row {row} of {table} names a row of {parent} that is not there", FROM_BACKUP)


def _objects(runtime: Runtime, wanted: dict[str, Needed], deep: bool, told: Told) -> Iterator[Finding]:
    sizes = {entry.key: entry.size for entry in runtime.store.list()}
    lacking = [
        want for key, want in wanted.items() if key not in sizes or want.size not in (None, sizes[key])
    ]
    still = _still_needed(runtime.db) if lacking else {}
    for want in lacking:
        if want.key not in still:
            continue  # its video was deleted while we looked
        size = sizes.get(want.key)
        is_missing = size is None
        what = "is missing" if is_missing else f"has {size} bytes instead of {want.size}"
        yield Finding(f"the object {want.key} {what}", FROM_BACKUP)
    if deep:
        whole = [want for want in wanted.values() if want.sha256 and want not in lacking]
        yield from _hashes(runtime, whole, told)


def _still_needed(db: Database) -> dict[str, Needed]:
    with db.reading() as session:
        return needed(session.connection(), Video.metadata.sorted_tables)


def _hashes(runtime: Runtime, originals: list[Needed], told: Told) -> Iterator[Finding]:
    total, done = sum(want.size or 0 for want in originals), 0
    for want in originals:
        told(done, total, want.key)
        digest = hashlib.sha256()
        try:
            for block in runtime.store.blocks(want.key):
                digest.update(block)
        except NotFound:
            continue  # removed while we looked
        if digest.hexdigest() != want.sha256:
            yield Finding(f"the original {want.key} is damaged: its bytes have changed", FROM_BACKUP)
        done += want.size or 0
    told(total, total, "")


def _playlists(runtime: Runtime) -> Iterator[Finding]:
    """Whether what playlists point to is there, and long enough. They are read outside a transaction."""
    sizes: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    with runtime.db.reading() as session:
        rows = session.scalars(select(VideoFile).order_by(VideoFile.id)).all()
    for row in rows:
        sizes[row.video_id, row.version][row.name] = row.bytes
    for row in rows:
        is_playlist = row.name.endswith(".m3u8") and row.bytes <= MOST_PLAYLIST
        if is_playlist and (wrong := _wrong_with(runtime, row.key, sizes[row.video_id, row.version])):
            yield Finding(f"the playlist {row.key} {wrong}", REMAKE)


REMAKE = "bring it back from a backup, or have the video made anew in the studio"


def _wrong_with(runtime: Runtime, key: str, sizes: dict[str, int]) -> str:
    try:
        text = b"".join(runtime.store.blocks(key)).decode()
        for each in references(text):
            if each.name not in sizes:
                return f"points to {each.name}, which is not there"
            if each.end > sizes[each.name]:
                return f"wants bytes up to {each.end} of {each.name}, which has {sizes[each.name]}"
    except NotFound:
        return ""  # told already
    except ValueError:
        return "cannot be read"
    return ""


def _work(runtime: Runtime, session: Session) -> Iterator[Finding]:
    """Whether somebody works on every video that is not over, and every version has its files."""
    now = runtime.clock.now()
    rows = session.execute(select(VideoFile.video_id, VideoFile.version).distinct())
    with_files = {(row.video_id, row.version) for row in rows}
    for video in session.scalars(select(Video).order_by(Video.id)):
        standing = videos.standing(session, video, now)
        if video.state not in _ENDED and standing.is_over and not standing.problem:
            yield Finding(
                f"video {video.id} ({video.title}) is {video.state.value} and no job works on it",
                f"open {runtime.settings.base_url}/studio/videos/{video.id} and choose Try again",
            )
        if video.version and (video.id, video.version) not in with_files:
            yield Finding(f"video {video.id} ({video.title}) is shown and has no files", REMAKE)


def _tracks(session: Session) -> Iterator[Finding]:
    numbers: dict[int, set[int]] = defaultdict(set)
    for track_id, number in session.execute(select(TrackVersion.track_id, TrackVersion.number)):
        numbers[track_id].add(number)
    for track in session.scalars(select(Track).order_by(Track.id)):
        if track.current and track.current not in numbers[track.id]:
            yield Finding(
                f"the {track.kind.value} ({track.language}) of video {track.video_id} have no version "
                f"{track.current}",
                f"open /studio/videos/{track.video_id} and bring an earlier version back",
            )


def _steps(session: Session) -> Iterator[Finding]:
    """Whether chapters and steps say the same, and steps lie within the film."""
    for video in session.scalars(select(Video).order_by(Video.id)):
        remedy = f"open /studio/videos/{video.id} and save its chapters again"
        standing = {step.identifier: step for step in tracks.steps_of(session, video.id)}
        given = set(session.scalars(select(Step.identifier).where(Step.video_id == video.id)))
        named = {
            cue.identifier
            for current in tracks.of_video(session, video.id)
            if current.track.kind is TrackKind.CHAPTERS
            for cue in captions.read(current.document.encode(), format="vtt").cues
        }
        for name in sorted(named - given):
            yield Finding(f"chapter {name} of video {video.id} is no step", remedy)
        for name in sorted(set(standing) - named):
            yield Finding(f"step {name} stands in video {video.id} and no chapter names it", remedy)
        for name, step in standing.items():
            if 0 < video.duration_ms <= (step.start_ms or 0):
                yield Finding(f"step {name} begins after the end of video {video.id}", remedy)
