"""Pictures of questions: brought by an author, or frames of a video; kept under the hash of their content."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound, TooLarge
from edu.models import (
    Attempt,
    AttemptSlot,
    Question,
    QuestionVersion,
    VersionStatus,
    Video,
    VideoFile,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services.quizzing import reach
from edu.services.quizzing.quizzes import made_by
from edu.services.quizzing.writing import still
from edu.services.quizzing.writing.bonds import video_named
from edu.settings import Settings
from edu.storage import ObjectStore
from media import MediaError, MediaLimitExceeded, Sandbox, ToolMissing, Tools
from media.making.pictures import Picture, draw_frame, draw_picture

MOST_BYTES = 16 * 1024 * 1024
TALL_ENOUGH = 720  # pixels of height of the rendition from which a frame is taken


def keep(store: ObjectStore, settings: Settings, source: IO[bytes], field: str) -> str:
    """Draw a picture anew and keep it; gives its name. Belongs outside of any transaction.

    Invalid for what is no PNG, JPEG or WebP picture, TooLarge above 16 MB or 40 000 000 pixels.
    """
    with tempfile.TemporaryDirectory(prefix="edu-picture-") as folder:
        brought = Path(folder) / "brought"
        with brought.open("wb") as target:
            shutil.copyfileobj(source, target)
        if brought.stat().st_size > MOST_BYTES:
            raise TooLarge(
                "The picture has more than 16 MB. Save it smaller.", code="picture_large", field=field
            )
        try:
            drawn = draw_picture(brought, Path(folder), tools=_tools(settings))
        except MediaLimitExceeded as error:
            raise TooLarge(
                "The picture has more than 40 000 000 pixels. Save it smaller.",
                code="picture_pixels", field=field,
            ) from error  # fmt: skip
        except ToolMissing:
            raise
        except MediaError as error:
            raise Invalid(
                "This picture cannot be read. Save it as PNG, JPEG or WebP.",
                code="picture_unreadable", field=field,
            ) from error  # fmt: skip
        return _kept(store, drawn)


@dataclass(frozen=True, slots=True)
class Film:
    """A video and the key of the version of it that frames are taken from."""

    video_id: int
    key: str


def keep_frame(store: ObjectStore, settings: Settings, film: Film, at: int, field: str) -> str:
    """Keep the picture that a film shows at `at` milliseconds; gives its name. Outside, as `keep`."""
    with store.fetched(film.key) as source, tempfile.TemporaryDirectory(prefix="edu-picture-") as folder:
        try:
            drawn = draw_frame(source, at, Path(folder), tools=_tools(settings))
        except ToolMissing:
            raise
        except MediaError as error:
            raise Invalid("The video has no picture at that time.", code="no_frame", field=field) from error
        return _kept(store, drawn)


def film_of(session: Session, viewer: Viewer, code: str) -> Film:
    """The version of a video from which a frame is taken, as sharp as a page can show it.

    Invalid when there is no such video, or none that can be watched yet; GateClosed as for watching it.
    """
    video = video_named(session, code) if code else None
    if video is None:
        raise Invalid("Choose the video.", code="no_video", field="frame_video")
    require(viewer, Action.READ, video)
    asked = select(VideoFile).where(
        VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role == "rendition"
    )
    files = sorted(session.scalars(asked), key=lambda file: int(file.detail.get("height", 0)))
    if not files:
        raise Invalid("This video cannot be watched yet.", code="not_watchable", field="frame_video")
    sharp = [file for file in files if int(file.detail.get("height", 0)) >= TALL_ENOUGH]
    return Film(video.id, (sharp or files[-1:])[0].key)


def of_version(session: Session, viewer: Viewer, version_id: int) -> str:
    """The name of the picture of a question's version, if the viewer may see the question.

    That is who makes questions, who has it in an attempt, and everybody where a published quiz for them gives
    it to practise: pictures of tests are not to be leafed through. NotFound for others and for a draft,
    GateClosed for a question for professionals.
    """
    asked = select(QuestionVersion.body, QuestionVersion.status, Question).join(
        Question, Question.id == QuestionVersion.question_id
    )
    found = session.execute(asked.where(QuestionVersion.id == version_id)).one_or_none()
    if found is None:
        raise NotFound("there is no such picture")
    body, status, question = found
    seen = Facts(question.audience, status is not VersionStatus.DRAFT, question.owner_id)
    require(viewer, Action.READ, seen)
    if not (viewer.is_instructor or _comes_to(session, viewer, version_id, question.id)):
        raise NotFound("there is no such picture")
    name = str((body.get("picture") or {}).get("name", ""))
    require_open(session, viewer, name)
    return name


def _comes_to(session: Session, viewer: Viewer, version_id: int, question_id: int) -> bool:
    """Whether the viewer has this wording in an attempt, or may practise its question."""
    own = (
        select(AttemptSlot.position)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .where(AttemptSlot.question_version_id == version_id, made_by(viewer))
        .limit(1)
    )
    if session.scalar(own) is not None:
        return True
    return question_id in reach.practised(session, [question_id], is_gated_too=viewer.passes_gate)


def require_open(session: Session, viewer: Viewer, name: str) -> None:
    """Raise unless there may be such a picture and the viewer may watch the video it is a frame of."""
    if still.key_of(name) is None:
        raise NotFound("there is no such picture")
    if (video_id := still.video_of(name)) is not None:
        video = session.get(Video, video_id)
        if video is None:
            raise NotFound("there is no such picture")
        require(viewer, Action.READ, video)


def _kept(store: ObjectStore, drawn: Picture, video_id: int | None = None) -> str:
    with drawn.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    name = still.name_of(sha256, drawn.width, drawn.height, drawn.ending, video_id=video_id)
    key = still.key_of(name) or ""
    if not store.exists(key):
        store.put_file(key, drawn.path)
    return name


def _tools(settings: Settings) -> Tools:
    return Tools(
        ffmpeg=Path(settings.ffmpeg) if settings.ffmpeg else None,
        threads=1,
        sandbox=Sandbox(settings.sandbox),
    )
