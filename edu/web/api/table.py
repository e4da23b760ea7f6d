"""The one table of what the API gives: each address with its answer, its shape and what it takes."""

from __future__ import annotations

from typing import Final

from flask import Response, request
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.services import lessons, videos
from edu.services.api import attempt, courses, films, library, own
from edu.services.api.listing import Asked
from edu.services.delivery import Addresses
from edu.services.quizzing import attempt_pages, attempts
from edu.web import prose
from edu.web.addresses import signer
from edu.web.api.operation import Operation

VTT: Final = "vtt"
FORMATS: Final = ("json", VTT, "srt", "txt")
TEXTS: Final = {"text/vtt": VTT, "application/x-subrip": "srt", "text/plain": "txt"}


def lesson(session: Session, asked: Asked, course: str, lesson: str) -> courses.LessonBody:
    """A lesson with its text as Markdown and as HTML."""
    page = lessons.page(session, asked.viewer, course, lesson, _addresses(asked))
    (text,) = prose.texts(session, page.course_id, page.body)
    return courses.lesson(page, lesson, text)


def video(session: Session, asked: Asked, video: str) -> films.VideoBody:
    """A video with its chapters."""
    return films.video(videos.page(session, asked.viewer, video, _addresses(asked)))


def captions(session: Session, asked: Asked, video: str, language: str) -> films.CaptionsBody | Response:
    """What is said, as JSON or as the file that was asked for."""
    wanted = _format()
    ending = VTT if wanted == "json" else wanted
    kind, found = films.words(session, asked, video, language, ending)
    if wanted == "json":
        return films.cues(video, kind, language, found.document)
    return Response(found.data(), content_type=found.content_type)


def own_attempt(session: Session, asked: Asked, attempt_id: str) -> attempt.AttemptBody:
    """An attempt as its owner's page shows it."""
    own.user_id(asked)
    found = attempts.mine(session, asked.viewer, attempt_id)
    own.require_quiz(session, found)
    return attempt.body(attempt_pages.page(session, asked.viewer, found, now=asked.now))


def _format() -> str:
    """The format that the address asks for, else that which the caller likes best. Raises Invalid."""
    wanted = request.args.get("format", "")
    if wanted and wanted not in FORMATS:
        raise Invalid("format is one of json, vtt, srt and txt", code="bad_format", field="format")
    best = request.accept_mimetypes.best_match(["application/json", *TEXTS], "application/json")
    return wanted or TEXTS.get(best, "json")


def _addresses(asked: Asked) -> Addresses:
    """Addresses bound to nobody: those of films that are not open work for no one."""
    return Addresses(signer(), "", asked.now)


OPERATIONS: Final = (
    Operation(
        "courses", "/courses", "The published courses", courses.everything, courses.CourseItem, is_list=True
    ),
    Operation("course", "/courses/{slug}", "A course with its outline", courses.course, courses.CourseBody),
    Operation(
        "lesson",
        "/courses/{course}/lessons/{lesson}",
        "A lesson: its text as Markdown and as HTML, objectives, grades of evidence, state and steps",
        lesson,
        courses.LessonBody,
        can_be_closed=True,
    ),
    Operation("videos", "/videos", "The published videos", films.everything, films.VideoItem, is_list=True),
    Operation(
        "video",
        "/videos/{video}",
        "A video with its chapters, captions and files",
        video,
        films.VideoBody,
        can_be_closed=True,
    ),
    Operation(
        "captions",
        "/videos/{video}/captions/{language}",
        "What is said in a video, as JSON, WebVTT, SubRip or text",
        captions,
        films.CaptionsBody,
        can_be_closed=True,
        query={"format": FORMATS},
        others=tuple(TEXTS),
    ),
    Operation(
        "library", "/library", "The works of the library", library.everything, library.WorkItem, is_list=True
    ),
    Operation(
        "work",
        "/library/{key}",
        "A work of the library, with its BibTeX and CSL-JSON",
        library.work,
        library.WorkBody,
    ),
    Operation("me", "/me", "The account of the token", own.me, own.Me, is_own=True),
    Operation(
        "progress",
        "/me/progress",
        "How far the account has come with each course",
        own.progress,
        own.CourseProgressBody,
        is_list=True,
        is_own=True,
    ),
    Operation(
        "attempts",
        "/me/attempts",
        "The account's attempts at quizzes, the newest first",
        own.attempts,
        own.AttemptItem,
        is_list=True,
        is_own=True,
    ),
    Operation(
        "attempt",
        "/me/attempts/{attempt_id}",
        "An attempt, as far as its results are released",
        own_attempt,
        attempt.AttemptBody,
        is_own=True,
    ),
)
