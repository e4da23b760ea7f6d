"""Videos and lessons for the studio's tests, made as the services make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from edu.models import Course, Lesson, Module, PageState, Video, VideoFile, VideoState
from edu.runtime import Runtime
from tests.people import Person


@pytest.fixture
def make_video(runtime: Runtime, instructor: Person) -> Callable[..., int]:
    """Makes a video of the instructor that can be watched, 90 s long."""

    def make(title: str = "Finding it", **facts: object) -> int:
        now: datetime = runtime.clock.now()
        with runtime.db.writing() as session:
            known = {
                "slug": title.lower().replace(" ", "-"), "title": title, "owner_id": instructor.user_id,
                "original_key": "originals/ab/" + "ab" * 32, "original_sha256": "ab" * 32,
                "original_name": "IMG_1.MOV", "original_bytes": 1_234_567, "state": VideoState.READY,
                "state_at": now, "created_at": now, "version": "v1", "duration_ms": 90_000,
                "width": 640, "height": 360, "is_wordless": True,
            }  # fmt: skip
            video = Video(**{**known, **facts})
            session.add(video)
            session.flush()
            if video.version:
                session.add(
                    VideoFile(video_id=video.id, version=video.version, name="360.mp4", role="rendition",
                              key=f"videos/{video.id}/v1/360.mp4", content_type="video/mp4", bytes=10)
                )  # fmt: skip
            return video.id

    return make


@pytest.fixture
def make_lesson(runtime: Runtime, instructor: Person) -> Callable[..., int]:
    """Makes a draft lesson of the instructor, in a course of its own."""

    def make(title: str = "Palpation", **facts: object) -> int:
        now = runtime.clock.now()
        with runtime.db.writing() as session:
            course = Course(slug=f"c-{title.lower()}", title="Back", created_at=now, updated_at=now)
            course.state = PageState(facts.get("state", PageState.DRAFT))
            module = Module(course=course, code="M1", title="Basics")
            session.add_all([course, module])
            session.flush()
            known = {
                "course_id": course.id, "module_id": module.id, "slug": title.lower(), "code": "L1.1",
                "title": title, "body": "Feel.", "state": PageState.DRAFT, "owner_id": instructor.user_id,
                "created_at": now, "updated_at": now,
            }  # fmt: skip
            lesson = Lesson(**{**known, **facts})
            session.add(lesson)
            session.flush()
            return lesson.id

    return make


@pytest.fixture
def colleague(person: Callable[..., Person]) -> Person:
    """Another instructor."""
    return person("instructor", name="A colleague")
