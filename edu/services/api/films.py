"""Videos with their chapters, files and words as programs read them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from edu.errors import NotFound
from edu.models import Audience, TrackKind, Video, Visibility
from edu.policy import Action, can
from edu.services import downloads, players
from edu.services.api.listing import Asked, Listed, named
from edu.services.downloads import Words
from edu.services.players import PlayerView
from edu.services.videos import VideoPage


@dataclass(frozen=True, slots=True)
class Chapter:
    """A step of a technique under its lasting id, in milliseconds of the film."""

    id: str
    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class VideoItem:
    """A video in the list; `url` is the path of its page on this site."""

    slug: str
    code: str
    title: str
    language: str
    duration_ms: int
    state: str
    is_gated: bool
    url: str


@dataclass(frozen=True, slots=True)
class TrackItem:
    """What is said in one language; `url` is where the API has it, `files` are the same as files."""

    kind: str
    language: str
    label: str
    url: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileBody:
    """Paths of the film's files. `download` is null where its makers do not let people take it along."""

    poster: str | None
    hls: str | None
    download: str | None


@dataclass(frozen=True, slots=True)
class VideoBody:
    """A video. `files` is null for one that is for professionals: its files go to signed-in browsers alone.

    `is_unreviewed`: it belongs to a course under construction, which no clinician has reviewed yet.
    """

    slug: str
    code: str
    title: str
    description: str
    language: str
    duration_ms: int
    width: int
    height: int
    state: str
    is_gated: bool
    is_unreviewed: bool
    chapters_language: str
    chapters: tuple[Chapter, ...]
    captions: tuple[TrackItem, ...]
    files: FileBody | None
    lessons: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class CueBody:
    """A text shown from start to end; `text` is a cue text of WebVTT."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class CaptionsBody:
    """What is said in a video in one language."""

    video: str
    kind: str
    language: str
    cues: tuple[CueBody, ...]


def everything(session: Session, asked: Asked) -> Listed[VideoItem]:
    """The published videos that the reader may watch, by their address names; of others nothing is told."""
    rows = session.scalars(select(Video).where(Video.visibility == Visibility.PUBLISHED))
    found = (_item(video) for video in rows if can(asked.viewer, Action.READ, video))
    return named(found, lambda item: item.slug, asked)


def video(page: VideoPage) -> VideoBody:
    """A video from its page."""
    player = page.screening.player
    spoken = page.screening.transcript
    return VideoBody(
        slug=player.slug,
        code=player.code,
        title=page.title,
        description=page.description,
        language=page.language,
        duration_ms=player.duration_ms,
        width=player.width,
        height=player.height,
        state=player.state,
        is_gated=page.is_gated,
        is_unreviewed=page.is_unreviewed,
        chapters_language=player.chapters_language,
        chapters=chapters_of(player),
        captions=tuple(_track(player.slug, link) for link in spoken.languages) if spoken else (),
        files=None if page.is_gated else _files(player),
        lessons=tuple(link.url for link in page.lessons if not link.is_locked),
        url=player.url,
    )


def words(session: Session, asked: Asked, slug: str, language: str, ending: str) -> tuple[str, Words]:
    """The kind and the file of what is said in this language, captions before subtitles.

    NotFound, or GateClosed for what is for professionals.
    """
    today = asked.now.date()
    try:
        kind = TrackKind.CAPTIONS
        return kind.value, downloads.words(session, asked.viewer, slug, kind, language, ending, today=today)
    except NotFound:
        kind = TrackKind.SUBTITLES
        return kind.value, downloads.words(session, asked.viewer, slug, kind, language, ending, today=today)


def cues(slug: str, kind: str, language: str, document: str) -> CaptionsBody:
    """The cues of a WebVTT document of ours."""
    found = captions.read(document.encode(), format="vtt").cues
    listed = tuple(CueBody(cue.start, cue.end, cue.text) for cue in found)
    return CaptionsBody(slug, kind, language, listed)


def chapters_of(player: PlayerView) -> tuple[Chapter, ...]:
    """The steps of a film."""
    return tuple(Chapter(one.id, one.title, one.start_ms, one.end_ms) for one in player.chapters)


def _item(video: Video) -> VideoItem:
    return VideoItem(
        slug=video.slug,
        code=video.code,
        title=video.title,
        language=video.language,
        duration_ms=video.duration_ms,
        state=video.state.value,
        is_gated=video.audience is Audience.PRO,
        url=f"/videos/{video.slug}",
    )


def _track(slug: str, link: players.WordsLink) -> TrackItem:
    return TrackItem(
        kind=link.kind,
        language=link.language,
        label=link.label,
        url=f"/api/v1/videos/{slug}/captions/{link.language}",
        files=tuple(url for _, url in link.files),
    )


def _files(player: PlayerView) -> FileBody:
    return FileBody(
        poster=f"/videos/{player.slug}/poster.jpg" if player.poster_url else None,
        hls=player.hls_url,
        download=f"/videos/{player.slug}/film.mp4" if player.download else None,
    )
