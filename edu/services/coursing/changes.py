"""What is new in a course, newest first: lessons, films and the pages around it that a viewer may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer

from edu.models import Audience, Course, Film, FilmState, Lesson, Page, PageState, Video
from edu.policy import Action, Viewer, can
from edu.services.contents import contents, facts
from edu.services.coursing import outline
from edu.services.messages import corrected
from edu.services.pages.finding import ADDRESSES, in_language, original_of
from edu.services.videos import came_with

MOST: Final = 50
SAME: Final = timedelta(days=1)
"""What is changed so soon after it was published is still new."""


class Kind(StrEnum):
    """What changed; for pages the words are those of their kind."""

    LESSON = "lesson"
    VIDEO = "video"
    NEWS = "news"
    STORY = "story"
    QUESTION = "question"
    CONTRIBUTOR = "contributor"
    SITE = "site"
    CORRECTION = "correction"  # of one of these, by its number in the public log


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came or was changed at `at`; its title is in `language`."""

    at: datetime
    kind: Kind
    title: str
    url: str
    language: str
    is_new: bool
    is_gated: bool = False
    number: int = 0  # of a correction
    code: str = ""  # of a lesson


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """The changes of a course by day, the newest first; `is_bounded` says that there are older ones."""

    slug: str
    title: str
    days: tuple[tuple[Change, ...], ...]
    is_bounded: bool


def page(session: Session, viewer: Viewer, slug: str, language: str, now: datetime) -> ChangesPage:
    """The newest changes; NotFound for a course that the viewer may not find."""
    course = outline.course_of(session, viewer, slug)
    found = everything(
        session, viewer, course, contents(session, course.id, viewer), language=language, now=now
    )
    days = groupby(found[:MOST], key=lambda change: change.at.date())
    return ChangesPage(
        slug=course.slug,
        title=course.title,
        days=tuple(tuple(changes) for _, changes in days),
        is_bounded=len(found) > MOST,
    )


def everything(
    session: Session,
    viewer: Viewer,
    course: Course,
    lessons: Sequence[Lesson],
    *,
    language: str,
    now: datetime,
    since: datetime | None = None,
) -> tuple[Change, ...]:
    """All that was published for this viewer, of which `lessons` may be, or what of it changed after `since`.

    Three statements. A page in another language than the reader's is told of as its original has it.
    """
    found = [
        *_lessons(viewer, course, lessons),
        *_videos(session, viewer, course, lessons),
        *_pages(session, course, language, now),
    ]
    found += _corrections(session, found)
    kept = [change for change in found if since is None or change.at > since]
    return tuple(sorted(kept, key=lambda change: change.at, reverse=True))


def _corrections(session: Session, found: Iterable[Change]) -> list[Change]:
    """Corrections of what the viewer may read, each under the title of its page."""
    by_url = {change.url: change for change in found}
    return [
        replace(
            by_url[made.path],
            at=made.decided_at,
            kind=Kind.CORRECTION,
            url=f"/corrections/{made.number}",
            is_new=False,
            number=made.number,
        )
        for made in corrected.of(session, by_url)
    ]


def _lessons(viewer: Viewer, course: Course, lessons: Iterable[Lesson]) -> list[Change]:
    return [
        Change(
            at=row.updated_at,
            kind=Kind.LESSON,
            title=row.title,
            url=f"/courses/{course.slug}/{row.slug}",
            language=row.language,
            is_new=row.updated_at - row.created_at < SAME,
            is_gated=facts(row).audience is Audience.PRO,
            code=row.code,
        )
        for row in lessons
        if row.is_published and can(viewer, Action.READ, facts(row))
    ]


def _videos(session: Session, viewer: Viewer, course: Course, lessons: Iterable[Lesson]) -> list[Change]:
    used = {row.video_id for row in lessons if row.video_id is not None}
    filmed = (
        select(func.max(Film.shown_at))
        .where(Film.video_id == Video.id, Film.state == FilmState.SHOWN)
        .scalar_subquery()
    )
    asked = select(Video, filmed).where(or_(Video.id.in_(used), came_with(course.id).exists()))
    found = []
    for video, shown_at in session.execute(asked.options(defer(Video.report), defer(Video.details))):
        if not video.is_published or not can(viewer, Action.READ, video):
            continue
        began = video.published_at or video.created_at
        at = max(began, shown_at or began)
        is_gated = video.audience is Audience.PRO
        url = f"/videos/{video.slug}"
        found.append(Change(at, Kind.VIDEO, video.title, url, video.language, at - began < SAME, is_gated))
    return found


def _pages(session: Session, course: Course, language: str, now: datetime) -> list[Change]:
    asked = (
        select(Page)
        .where(
            or_(Page.course_id == course.id, Page.course_id.is_(None)),
            Page.state != PageState.DRAFT,
            Page.published_at <= now,
        )
        .order_by(Page.id)
        .options(defer(Page.body), defer(Page.summary))
    )
    by_name: dict[tuple[str, str], list[Page]] = {}
    for row in session.scalars(asked):
        by_name.setdefault((row.kind, row.slug), []).append(row)
    found = []
    for rows in by_name.values():
        original = original_of(rows)
        if original is None:
            continue
        shown = in_language(rows, language)
        began = max(original.created_at, original.published_at or original.created_at)
        at = max(original.updated_at, began)
        url = f"{ADDRESSES[shown.kind]}{shown.slug}"
        found.append(Change(at, Kind(shown.kind.value), shown.title, url, shown.language, at - began < SAME))
    return found
