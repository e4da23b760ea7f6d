"""Lists of checklists: found by name, read as values, and kept as a course brings them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Audience, Checklist, Video
from edu.policy import Action, Facts, Viewer, can, require
from quizzes import Audience as ListAudience
from quizzes import checklist as stations


@dataclass(frozen=True, slots=True)
class ListRow:
    """A checklist in the list of all; `time_ms` is 0 where it sets no time.

    `count` steps are looked for in any case, `branch_count` only when the patient says something.
    """

    slug: str
    code: str
    title: str
    language: str
    level: str
    count: int
    branch_count: int
    critical: int
    time_ms: int
    is_station: bool
    is_gated: bool
    is_open_to_viewer: bool


def checklist_of(row: Checklist) -> stations.Checklist:
    """The checklist as a value. One made of a video's steps has no pass rule, no scales and no times."""
    document = row.document
    if "id" in document:
        return stations.from_plain(document)
    items = tuple(
        stations.Item(
            str(item["id"]), str(item["text"]), critical=bool(item.get("critical")), step=str(item["step"])
        )
        for item in document.get("items", ())
    )
    audience = ListAudience(row.audience.value)
    return stations.Checklist("steps", row.title, items, language=row.language, audience=audience)


def is_station(row: Checklist) -> bool:
    """Whether it was written as a station, and not made from the steps of a video."""
    return "id" in row.document


def caution_of(row: Checklist) -> str:
    """Who may do the technique, and on whom or what, as the list says today: read before anybody begins."""
    return checklist_of(row).level


def print_of(checklist: stations.Checklist) -> str:
    """The hash of what is rated: items, weights and scales. Words of task and room may change without it."""
    form = stations.plain(checklist)
    rated = {name: form.get(name) for name in ("id", "items", "branches", "scales")}
    return hashlib.sha256(json.dumps(rated, sort_keys=True).encode()).hexdigest()


def named(session: Session, viewer: Viewer, slug: str, action: Action = Action.READ) -> Checklist:
    """The checklist of that address name; NotFound, or GateClosed for professionals'."""
    row = None if "\0" in slug else session.scalar(select(Checklist).where(Checklist.slug == slug))
    if row is None:
        raise NotFound("there is no such checklist")
    require(viewer, action, facts(row, video_of(session, row)))
    return row


def require_inside(session: Session, viewer: Viewer, row: Checklist) -> None:
    """GateClosed unless whoever is inside may go on; what was taken back stays open for them."""
    thing = facts(row, video_of(session, row))
    require(viewer, Action.READ, Facts(thing.audience, True, thing.owner_id))


def video_of(session: Session, row: Checklist) -> Video | None:
    """The video that the list was made from, if it was and is still there."""
    return session.get(Video, row.video_id) if row.video_id is not None else None


def facts(row: Checklist, video: Video | None) -> Facts:
    """The stricter of the list and its video; a list that lost its video is for its makers only."""
    audiences = (row.audience, video.audience) if video else (row.audience,)
    audience = Audience.PRO if Audience.PRO in audiences else Audience.OPEN
    return Facts(audience, video.is_published if video else row.is_published, row.owner_id)


def listing(session: Session, viewer: Viewer) -> tuple[ListRow, ...]:
    """All checklists that the viewer may know of: stations first, then those of videos, by title."""
    asked = select(Checklist, Video).outerjoin(Video, Video.id == Checklist.video_id)
    found = [
        _row(viewer, row, thing)
        for row, video in session.execute(asked)
        if can(viewer, Action.FIND, thing := facts(row, video))
    ]
    return tuple(sorted(found, key=lambda row: (not row.is_station, row.code, row.title, row.slug)))


def keep(
    session: Session, checklist: stations.Checklist, *, course_id: int | None, now: datetime
) -> Checklist:
    """Keep a station as a course brings it, published; runs that were begun stay with what they froze."""
    row = by_slug(session, checklist.slug)
    if row is None:
        row = Checklist(slug=checklist.slug, created_at=now)
        session.add(row)
    row.title, row.language = checklist.title, checklist.language
    row.audience, row.is_published = Audience(checklist.audience.value), True
    row.course_id = course_id
    row.document, row.updated_at = stations.plain(checklist), now
    session.flush()
    return row


def set_cut(session: Session, row: Checklist, points: int, *, now: datetime) -> None:
    """Let so many points be needed from now on, in place of the share; 0 brings the share back."""
    checklist = checklist_of(row)
    if checklist.passing is None:
        raise NotFound("this checklist has no pass rule")
    changed = replace(checklist, passing=replace(checklist.passing, points=points))
    row.document, row.updated_at = stations.plain(changed), now


def of_course(session: Session, course_id: int) -> tuple[stations.Checklist, ...]:
    """The stations that came with a course, by their ids."""
    rows = session.scalars(select(Checklist).where(Checklist.course_id == course_id))
    return tuple(sorted((checklist_of(row) for row in rows), key=lambda checklist: checklist.id))


def by_slug(session: Session, slug: str) -> Checklist | None:
    """The checklist of that address name, whoever asks."""
    return session.scalar(select(Checklist).where(Checklist.slug == slug))


def _row(viewer: Viewer, row: Checklist, thing: Facts) -> ListRow:
    checklist = checklist_of(row)
    return ListRow(
        slug=row.slug,
        code=checklist.id if is_station(row) else "",
        title=row.title,
        language=row.language,
        level=checklist.level,
        count=len(checklist.main_items),
        branch_count=len(checklist.items) - len(checklist.main_items),
        critical=sum(item.critical for item in checklist.items),
        time_ms=checklist.time_ms,
        is_station=is_station(row),
        is_gated=thing.audience is Audience.PRO,
        is_open_to_viewer=can(viewer, Action.READ, thing),
    )
