"""What a player needs: addresses of picture, sound and text, chapters, and the transcript."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import captions
from captions import chapters
from captions.chapters import Chapter
from captions.transcript import transcript
from edu.models import Audience, TrackKind, Video, VideoFile, VideoState
from edu.services import sources
from edu.services.delivery import TRACKS, Addresses, track_name
from edu.services.sources import SoundView, Source
from edu.services.texts import tracks

MOST_KEPT = 64  # documents whose chapters or transcript are kept as made; the text itself is the key


@dataclass(frozen=True, slots=True)
class TrackView:
    """A text track for the track element."""

    kind: str
    language: str
    label: str
    url: str
    default: bool


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter under its lasting step id; the address plays it from its start."""

    id: str
    title: str
    start_ms: int
    end_ms: int
    url: str


@dataclass(frozen=True, slots=True)
class PlayerView:
    """A video as a page plays it. Without `sources` there is nothing to watch yet, and `state` says why."""

    slug: str
    place: str  # the name under which a browser keeps where its viewer stopped, another for each cut
    code: str
    title: str
    state: str
    is_gated: bool
    width: int
    height: int
    duration_ms: int
    frame_rate: str
    poster_url: str | None
    hls_url: str | None
    hls_av1_url: str | None
    av1: str  # what a browser is asked about it: a VideoConfiguration of Media Capabilities, as JSON
    storyboard_url: str | None
    frames_url: str | None
    sources: tuple[Source, ...]
    sounds: tuple[SoundView, ...]
    tracks: tuple[TrackView, ...]
    chapters: tuple[ChapterView, ...]
    url: str
    state_url: str
    state_sentence: str
    progress: float | None = None

    @property
    def is_playable(self) -> bool:
        """Whether there is something to watch."""
        return bool(self.sources)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript; its address plays the video from there."""

    start_ms: int
    end_ms: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `chapter_title` where a chapter begins."""

    start_ms: int
    end_ms: int
    chapter_id: str
    chapter_title: str | None
    speaker: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """What is said, in reading order, in one language."""

    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """A player with its transcript."""

    player: PlayerView
    transcript: TranscriptView | None


def screening(session: Session, video: Video, addresses: Addresses, *, language: str) -> Screening:
    """Everything a page needs to show the video; three statements, however long it is."""
    media = addresses.media(video)
    address = f"/videos/{video.slug}"
    files = _files(session, video)
    current = tracks.of_video(session, video.id)
    steps = _chapters(current, language)
    player = PlayerView(
        slug=video.slug,
        place=f"{video.slug}.{video.film}" if video.film else video.slug,
        code=video.code,
        title=video.title,
        state=video.state.value,
        is_gated=video.audience is Audience.PRO,
        width=video.width,
        height=video.height,
        duration_ms=video.duration_ms,
        frame_rate=video.frame_rate,
        poster_url=sources.poster(media, video, files),
        hls_url=sources.address_of(media, files, "master"),
        hls_av1_url=sources.address_of(media, files, "master-av1"),
        av1=sources.av1(files, video.frame_rate),
        storyboard_url=sources.address_of(media, files, "storyboard"),
        frames_url=sources.address_of(media, files, "frames"),
        sources=sources.playable(media, files),
        sounds=sources.sounds(media, files, video.language),
        tracks=_track_views(media, current, video.language),
        chapters=steps,
        url=address,
        state_url=f"{address}/state",
        state_sentence=state_sentence(video),
    )
    return Screening(player, _transcript(current, steps, language))


def _files(session: Session, video: Video) -> list[VideoFile]:
    if not video.version:
        return []
    return list(session.scalars(_FILES, {"video": video.id, "version": video.version}))


_FILES = select(VideoFile).where(
    VideoFile.video_id == bindparam("video"), VideoFile.version == bindparam("version")
)


def _track_views(
    media: str, current: list[tracks.CurrentTrack], video_language: str
) -> tuple[TrackView, ...]:
    views = []
    for entry in current:
        track = entry.track
        is_default = track.kind is TrackKind.CAPTIONS and track.language == video_language
        url = f"{media}/{TRACKS}/{track_name(track)}"
        label = track.label or track.language
        views.append(TrackView(track.kind.value, track.language, label, url, is_default))
    return tuple(views)


def _best(
    current: list[tracks.CurrentTrack], kinds: tuple[TrackKind, ...], language: str
) -> tracks.CurrentTrack | None:
    """The track of the first kind there is, in the reader's language if that exists."""
    for kind in kinds:
        found = [entry for entry in current if entry.track.kind is kind]
        same = [entry for entry in found if entry.track.language.split("-")[0] == language.split("-")[0]]
        if found:
            return (same or found)[0]
    return None


def _chapters(current: list[tracks.CurrentTrack], language: str) -> tuple[ChapterView, ...]:
    entry = _best(current, (TrackKind.CHAPTERS,), language)
    return _steps(entry.document) if entry else ()


@lru_cache(maxsize=MOST_KEPT)
def _steps(document: str) -> tuple[ChapterView, ...]:
    found = chapters.of(captions.read(document.encode(), format="vtt"))
    return tuple(ChapterView(c.id, c.title, c.start, c.end, f"#{c.id}") for c in found)


def _transcript(
    current: list[tracks.CurrentTrack], steps: tuple[ChapterView, ...], language: str
) -> TranscriptView | None:
    entry = _best(current, (TrackKind.CAPTIONS, TrackKind.SUBTITLES), language)
    return TranscriptView(entry.track.language, _paragraphs(entry.document, steps)) if entry else None


@lru_cache(maxsize=MOST_KEPT)
def _paragraphs(document: str, steps: tuple[ChapterView, ...]) -> tuple[Paragraph, ...]:
    known = [Chapter(step.start_ms, step.end_ms, step.title, step.id) for step in steps]
    spoken = transcript(captions.read(document.encode(), format="vtt"), known)
    titles = {step.id: step.title for step in steps}
    paragraphs = []
    before = ""
    for part in spoken:
        title = titles.get(part.chapter) if part.chapter != before else None
        before = part.chapter
        lines = tuple(Line(le.start, le.end, le.text, f"#t={le.start / 1000:g}") for le in part.lines)
        paragraphs.append(Paragraph(part.start, part.end, part.chapter, title, part.speaker, lines))
    return tuple(paragraphs)


def state_sentence(video: Video) -> str:
    """What the present state means to somebody who waits (the page translates it)."""
    return STATE_SENTENCES[video.state]


STATE_SENTENCES = {
    VideoState.RECEIVED: "The file has arrived and waits for its turn.",
    VideoState.CHECKING: "The file is being looked at.",
    VideoState.WATCHABLE: "It can be watched; better versions follow.",
    VideoState.IMPROVING: "Versions for every screen are being made.",
    VideoState.READY: "Ready.",
    VideoState.FAILED: "It could not be processed.",
}
