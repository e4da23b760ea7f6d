"""Open films: what anybody may be told of a film outside its page, and which of its files may leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Course, Track, TrackKind, Video, VideoFile
from edu.policy import NOBODY, Action, can, require
from edu.services import sources
from edu.services.contents import contents, facts
from edu.services.videos import came_with

POSTER_SIDE = 1280
"""Pixels of a still picture's longer side at most, as the pipeline makes it (media/making/stills.py)."""
_COMMONS = re.compile(r"CC-(BY(?:-[A-Z]{2}){0,2})-(\d\.\d)")


@dataclass(frozen=True, slots=True)
class OpenFilm:
    """A film that is published, for everybody, and there to be watched; sizes in pixels.

    `changed_at` is when its picture or its words last changed. Its makers say if one `may_download` it.
    """

    id: int
    slug: str
    title: str
    description: str
    language: str
    duration_ms: int
    width: int
    height: int
    version: str
    licence: str
    may_download: bool
    published_at: datetime
    changed_at: datetime

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/videos/{self.slug}"

    @property
    def poster_url(self) -> str:
        """The lasting address of its still picture."""
        return f"{self.url}/poster.jpg"

    @property
    def poster_size(self) -> tuple[int, int]:
        """Width and height of that picture, to a pixel; zeros where the film's are not known."""
        scale = min(1.0, POSTER_SIDE / max(self.width, self.height, 1))
        return round(self.width * scale), round(self.height * scale)

    @property
    def file_url(self) -> str:
        """The lasting address of the film as a file, where it may leave the site."""
        return f"{self.url}/film.mp4"

    @property
    def embed_url(self) -> str:
        """The page that other sites show in a frame."""
        return f"/embed/{self.slug}"

    @property
    def licence_url(self) -> str:
        """The address of a Creative Commons licence; "" for any other."""
        found = _COMMONS.fullmatch(self.licence.strip().upper())
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/" if found else ""


@dataclass(frozen=True, slots=True)
class FilmFile:
    """A file of a film, by the name that the media route knows; bytes."""

    name: str
    content_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text track of a film that podcast programs read."""

    kind: TrackKind
    language: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What is there of a film: its still picture, the file that may leave, its words in every language."""

    poster: FilmFile | None
    film: FilmFile | None
    words: tuple[Words, ...]


def everything(session: Session) -> tuple[OpenFilm, ...]:
    """All open films, by code and title."""
    return _found(session, _asked().order_by(Video.code, Video.title))


def named(session: Session, slug: str) -> OpenFilm:
    """The open film of that address name.

    NotFound for what is not there, cannot be found or cannot be watched yet; GateClosed for professionals'.
    """
    row = session.execute(_one(), {"slug": slug}).first()
    if row is None:
        raise NotFound("there is no such film")
    require(NOBODY, Action.READ, row[0])
    if not row[0].is_playable:
        raise NotFound("there is no such film")
    return _film(*row)


def of_course(session: Session, course: Course) -> tuple[OpenFilm, ...]:
    """The open films of lessons that everybody may read, and those that came with the course."""
    lessons = contents(session, course.id, NOBODY)
    used = {row.video_id for row in lessons if row.video_id and can(NOBODY, Action.READ, facts(row))}
    asked = _asked().where(Video.id.in_(used) | came_with(course.id).exists())
    return _found(session, asked.order_by(Video.code, Video.title))


def parts(session: Session, films: Iterable[OpenFilm]) -> dict[int, Parts]:
    """What is there of each film, by its id; three statements however many there are."""
    ids = [film.id for film in films]
    videos = {video.id: video for video in session.scalars(select(Video).where(Video.id.in_(ids)))}
    asked = select(VideoFile).where(VideoFile.video_id.in_(ids)).order_by(VideoFile.id)
    files: dict[int, list[VideoFile]] = {film: [] for film in ids}
    for file in session.scalars(asked):
        if file.version == videos[file.video_id].version:
            files[file.video_id].append(file)
    words: dict[int, list[Words]] = {film: [] for film in ids}
    tracks = select(Track).where(Track.video_id.in_(ids), Track.current > 0)
    for track in session.scalars(tracks.order_by(Track.kind, Track.language)):
        words[track.video_id].append(Words(track.kind, track.language))
    return {film: _parts(videos[film], files[film], words[film]) for film in ids}


def _parts(video: Video, files: list[VideoFile], words: list[Words]) -> Parts:
    download = sources.download("", video, files)
    return Parts(
        poster=_file(files, sources.poster("", video, files)),
        film=_file(files, download.url if download else None),
        words=tuple(words),
    )


def _file(files: list[VideoFile], address: str | None) -> FilmFile | None:
    name = (address or "").rpartition("/")[2]
    return next((FilmFile(one.name, one.content_type, one.bytes) for one in files if one.name == name), None)


def _asked() -> Select[Video, datetime | None]:
    words = select(func.max(Track.updated_at)).where(Track.video_id == Video.id, Track.current > 0)
    return select(Video, words.correlate(Video).scalar_subquery())


@cache
def _one() -> Select[Video, datetime | None]:
    """Put together once: every page with a film asks it."""
    return _asked().where(Video.slug == bindparam("slug"))


def _found(session: Session, asked: Select[Video, datetime | None]) -> tuple[OpenFilm, ...]:
    rows = session.execute(asked).all()
    return tuple(
        _film(video, words) for video, words in rows if video.is_playable and can(NOBODY, Action.READ, video)
    )


def _film(video: Video, words_at: datetime | None) -> OpenFilm:
    published = video.published_at or video.created_at
    return OpenFilm(
        id=video.id,
        slug=video.slug,
        title=video.title,
        description=video.description,
        language=video.language,
        duration_ms=video.duration_ms,
        width=video.width,
        height=video.height,
        version=video.version,
        licence=str(video.details.get("licence", "")),
        may_download=video.may_download,
        published_at=published,
        changed_at=max(published, video.state_at, words_at or published),
    )
