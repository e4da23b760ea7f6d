"""What goes into a lesson's pack for one reader: film, words, quizzes; and what stays out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Course, Lesson, SignFilm, TrackKind, Video, VideoFile
from edu.policy import Action, Viewer, can
from edu.services import lessons, sign_films
from edu.services.delivery import Addresses, needed
from edu.services.lessons import LessonPage
from edu.services.packing import freezing, open_keys, zipping
from edu.services.packing.freezing import FrozenQuiz, LeftOut
from edu.services.packing.open_keys import OpenKey
from edu.services.players import best
from edu.services.sources import own_name
from edu.services.texts import tracks

MP4 = "video/mp4"
TAKEN = (TrackKind.CAPTIONS, TrackKind.SUBTITLES, TrackKind.DESCRIPTIONS, TrackKind.CHAPTERS)
REST_BYTES = 50_000_000
"""More than all of a pack but its films."""


class FilmPart(StrEnum):
    """How it is with the film of a lesson."""

    NONE = "none"
    OFFERED = "offered"
    CLOSED = "closed"  # its makers have not given it away for download
    WAITING = "waiting"  # nothing can be watched yet
    HIDDEN = "hidden"  # not for this reader


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A file of a video: its name, and the key that the store has it under."""

    name: str
    key: str
    bytes: int
    height: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A text track as WebVTT; `is_usual` is shown until the viewer chooses."""

    kind: str
    language: str
    label: str
    document: str
    is_usual: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """The film in sign language, in the smallest size: all that its window needs."""

    title: str
    file: StoredPart


@dataclass(frozen=True, slots=True)
class Film:
    """The files of a lesson's film that a pack may hold; `sizes` are the film itself, the smallest first."""

    sizes: tuple[StoredPart, ...]
    poster: StoredPart | None
    sheet: StoredPart | None  # of the small pictures over the seek bar
    storyboard: StoredPart | None
    frames: StoredPart | None
    words: tuple[Words, ...]
    layers: Words | None = None  # shapes over the picture
    sign: Sign | None = None

    def has_room_for_sign(self, size: StoredPart) -> bool:
        """Whether one pack holds the film in that size and the film in sign language."""
        added = self.sign.file.bytes if self.sign else 0
        return size.bytes + added + REST_BYTES <= zipping.MOST_BYTES

    def of_height(self, height: int) -> StoredPart:
        """The film in the size that was asked for, else the smallest."""
        return next((size for size in self.sizes if size.height == height), self.sizes[0])


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a pack of the lesson holds for this reader. `keys` are open keys by position."""

    page: LessonPage
    lesson_id: int
    slug: str
    film_part: FilmPart
    film: Film | None
    quizzes: tuple[FrozenQuiz, ...]
    left_out: tuple[LeftOut, ...]
    keys: Mapping[int, OpenKey]
    is_professional: bool

    @property
    def is_offered(self) -> bool:
        """Whether there is a pack: not while the film may not be given away, or cannot be watched yet."""
        return self.film_part not in (FilmPart.CLOSED, FilmPart.WAITING)

    @property
    def waiting_count(self) -> int:
        """How many questions of the quizzes are answered on the site only."""
        return sum(len(quiz.questions) - len(quiz.asked) for quiz in self.quizzes)


def contents(
    session: Session,
    viewer: Viewer,
    course: str,
    slug: str,
    addresses: Addresses,
    *,
    language: str = "",
    text: str = "",
) -> Contents:
    """What is in the pack of a lesson. NotFound, or GateClosed for what only professionals may read.

    `language` and `text` choose its words as on the lesson's page.
    """
    page = lessons.page(session, viewer, course, slug, addresses, language=language, text=text)
    asked = select(Lesson.id, Lesson.video_id).join(Course, Course.id == Lesson.course_id)
    lesson_id, video_id = session.execute(asked.where(Course.slug == course, Lesson.slug == slug)).one()
    video = session.get(Video, video_id) if video_id else None
    film_part, film = _film(session, viewer, video)
    frozen, left = freezing.of_lesson(session, viewer, lesson_id)
    keys: dict[int, OpenKey] = {}
    if not page.is_gated:
        for quiz in frozen:
            keys |= open_keys.of_quiz(session, quiz)
    has_gated_film = film is not None and page.screening is not None and page.screening.player.is_gated
    return Contents(
        page=page,
        lesson_id=lesson_id,
        slug=slug,
        film_part=film_part,
        film=film,
        quizzes=frozen,
        left_out=left,
        keys=keys,
        is_professional=page.is_gated or has_gated_film or any(quiz.is_gated for quiz in frozen),
    )


def _film(session: Session, viewer: Viewer, video: Video | None) -> tuple[FilmPart, Film | None]:
    if video is None:
        return FilmPart.NONE, None
    if not can(viewer, Action.READ, video):
        return FilmPart.HIDDEN, None
    if not video.may_download:
        return FilmPart.CLOSED, None
    files = _files(session, video)
    sizes = _sizes(video, files)
    if not sizes or not video.version:
        return FilmPart.WAITING, None
    parts = {file.role: _part(file, video) for file in files}
    chosen = next((_part(file, video) for file in files if video.poster and file.name == video.poster), None)
    words = _words(session, video)
    return FilmPart.OFFERED, Film(
        sizes=sizes,
        poster=chosen or parts.get("poster"),
        sheet=parts.get("storyboard-picture"),
        storyboard=parts.get("storyboard"),
        frames=parts.get("frames"),
        words=tuple(each for each in words if each.kind in TAKEN),
        layers=next((each for each in words if each.kind == TrackKind.METADATA), None),
        sign=_sign(session, viewer, video),
    )


def _sign(session: Session, viewer: Viewer, video: Video) -> Sign | None:
    """The film in sign language, where its makers, too, give it away."""
    asked = select(Video).join(SignFilm, SignFilm.shown_id == Video.id).where(SignFilm.video_id == video.id)
    shown = session.scalar(asked)
    if shown is None or not shown.may_download or not shown.version:
        return None
    if not can(viewer, Action.READ, shown) or not sign_films.is_offered(video, shown):
        return None
    sizes = _sizes(shown, _files(session, shown))
    return Sign(shown.title, sizes[0]) if sizes else None


def _files(session: Session, video: Video) -> list[VideoFile]:
    asked = select(VideoFile).where(VideoFile.video_id == video.id, VideoFile.version == video.version)
    return [file for file in session.scalars(asked) if needed(video, file) is Action.READ]


def _sizes(video: Video, files: list[VideoFile]) -> tuple[StoredPart, ...]:
    """The film itself, the smallest first."""
    films = (_part(file, video) for file in files if file.role == "rendition" and file.content_type == MP4)
    return tuple(sorted(films, key=lambda part: (part.height, part.bytes)))


def _part(file: VideoFile, video: Video) -> StoredPart:
    return StoredPart(file.name, file.key, file.bytes, int(file.detail.get("height") or video.height))


def _words(session: Session, video: Video) -> tuple[Words, ...]:
    taken = (*TAKEN, TrackKind.METADATA)
    current = [entry for entry in tracks.of_video(session, video.id) if entry.track.kind in taken]
    usual = best(current, (TrackKind.CAPTIONS,), video.language)
    return tuple(
        Words(
            kind=entry.track.kind.value,
            language=entry.track.language,
            label=entry.track.label or own_name(entry.track.language),
            document=entry.document,
            is_usual=entry is usual,
        )
        for entry in current
    )
