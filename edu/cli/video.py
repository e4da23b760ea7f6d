"""`edu video add FILE --lesson COURSE/LESSON`."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.cli.prepare import expect_original
from edu.errors import Invalid, NotFound
from edu.models import Course, Lesson
from edu.runtime import Runtime
from edu.services import videos
from edu.storage import keep_original

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """The file and where it goes."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="add")
    add = deeds.add_parser("add", help="take a video file in; a worker processes it")
    add.add_argument("file", type=Path)
    add.add_argument("--title", default="", help="default: the file's name")
    add.add_argument("--lesson", default="", help="COURSE/LESSON, by their address names")


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Take the file in and say where it will be."""
    file: Path = arguments.file
    _check_file(file)
    if arguments.lesson:
        with runtime.db.reading() as session:
            _lesson(session, arguments.lesson)  # before a large file is copied for nothing
    stored = keep_original(runtime.store, file, expect=partial(expect_original, runtime))
    with runtime.db.writing() as session:
        lesson = _lesson(session, arguments.lesson) if arguments.lesson else None
        title = arguments.title or file.stem
        video = videos.receive(session, stored, title=title, name=file.name, now=runtime.clock.now())
        if lesson is not None:
            lesson.video_id, lesson.updated_at = video.id, runtime.clock.now()
            lesson.revision += 1
    say(f"Received. It is at {runtime.settings.base_url}/videos/{video.slug} once a worker has processed it")
    return 0


def _check_file(file: Path) -> None:
    if not file.is_file():
        raise NotFound(f"there is no file {file}")
    if not os.access(file, os.R_OK):
        raise Invalid(f"{file} may not be read: check its rights")
    if file.stat().st_size == 0:
        raise Invalid(f"{file} is empty: copy the recording again")


def _lesson(session: Session, place: str) -> Lesson:
    course, _, slug = place.partition("/")
    found = session.scalar(
        select(Lesson)
        .join(Course, Course.id == Lesson.course_id)
        .where(Course.slug == course, Lesson.slug == slug)
    )
    if found is None:
        raise NotFound(f"there is no lesson {place}: write COURSE/LESSON, such as back-mice/the-sequence")
    return found
