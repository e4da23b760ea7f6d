"""Checklists: made from the steps of a video, to be printed; each item leads to the moment that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions.timecode import clock
from edu.errors import Invalid, NotFound
from edu.models import Audience, Checklist, Step, Video
from edu.policy import Action, Facts, Viewer, can, require
from edu.services import audit, slugs
from edu.services.audit import Deed
from edu.services.texts import tracks

SCALE = ("not", "part", "done")


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A step to tick. `url` plays it from `time`; both are empty where the film no longer shows it."""

    number: int
    text: str
    step: str
    url: str
    time: str
    is_critical: bool


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """A checklist to print; `scale` are words of `SCALE`, which pages translate."""

    title: str
    language: str
    video_title: str
    video_url: str
    items: tuple[ChecklistItem, ...]
    scale: tuple[str, ...]
    is_gated: bool
    is_published: bool
    edit_url: str

    @property
    def has_critical(self) -> bool:
        """Whether some items must be done."""
        return any(item.is_critical for item in self.items)


def of_video(session: Session, video_id: int) -> Checklist | None:
    """The checklist that was made from a video's steps."""
    asked = select(Checklist).where(Checklist.video_id == video_id).order_by(Checklist.id).limit(1)
    return session.scalar(asked)


def make(session: Session, viewer: Viewer, video: Video, now: datetime) -> Checklist:
    """The checklist of a video's steps; one that is there is brought up to date.

    An item keeps its id and whether it is critical by its step. Invalid when the video has no steps.
    """
    steps = tracks.steps_of(session, video.id)
    if not steps:
        raise Invalid("There are no chapters yet: a checklist is made from them.", code="no_steps")
    row = of_video(session, video.id)
    if row is None:
        taken = set(session.scalars(select(Checklist.slug)))
        slug = slugs.free(slugs.stem(video.title, "checklist"), taken)
        row = Checklist(slug=slug, video_id=video.id, owner_id=viewer.user_id, created_at=now)
        session.add(row)
    row.title, row.language, row.audience = video.title, video.language, video.audience
    row.document = {"items": _items(steps, (row.document or {}).get("items", [])), "scale": list(SCALE)}
    row.updated_at = now
    session.flush()
    audit.record(
        session, Deed.CHECKLIST_SAVED, now=now, actor_id=viewer.user_id, subject=f"checklist:{row.id}"
    )
    return row


def page(session: Session, viewer: Viewer, slug: str) -> ChecklistPage:
    """A checklist; whoever may watch its video may have it. NotFound, or GateClosed for professionals'."""
    row = session.scalar(select(Checklist).where(Checklist.slug == slug))
    if row is None:
        raise NotFound("there is no such checklist")
    video = session.get(Video, row.video_id) if row.video_id is not None else None
    thing = _facts(row, video)
    require(viewer, Action.READ, thing)
    return ChecklistPage(
        title=row.title,
        language=row.language,
        video_title=video.title if video else "",
        video_url=f"/videos/{video.slug}" if video else "",
        items=_shown(session, row, video),
        scale=tuple(str(word) for word in row.document.get("scale", SCALE)),
        is_gated=thing.audience is Audience.PRO,
        is_published=thing.is_published,
        edit_url=_edit_url(viewer, video),
    )


def _facts(row: Checklist, video: Video | None) -> Facts:
    """The stricter of the list and its video; without its video a list is for its makers only."""
    audiences = (row.audience, video.audience) if video else (row.audience,)
    gated = Audience.PRO in audiences
    return Facts(Audience.PRO if gated else Audience.OPEN, bool(video and video.is_published), row.owner_id)


def _edit_url(viewer: Viewer, video: Video | None) -> str:
    may_edit = video is not None and can(viewer, Action.EDIT, video)
    return f"/studio/videos/{video.id}/chapters" if video and may_edit else ""


def _shown(session: Session, row: Checklist, video: Video | None) -> tuple[ChecklistItem, ...]:
    steps = tracks.steps_of(session, video.id) if video else []
    standing = {step.identifier: clock(step.start_ms or 0) for step in steps}
    return tuple(
        ChecklistItem(
            number,
            str(item["text"]),
            str(item["step"]),
            f"/videos/{video.slug}#{item['step']}" if video and item["step"] in standing else "",
            standing.get(item["step"], ""),
            bool(item.get("critical")),
        )
        for number, item in enumerate(row.document.get("items", ()), start=1)
    )


def _items(steps: list[Step], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {item["step"]: item for item in before}
    given = {str(item["id"]) for item in before}
    return [
        {
            "id": known[step.identifier]["id"] if step.identifier in known else _next_id(given),
            "step": step.identifier,
            "text": step.title,
            "critical": bool(known.get(step.identifier, {}).get("critical", False)),
        }
        for step in steps
    ]


def _next_id(given: set[str]) -> str:
    """An id that no item has or had: one past the highest."""
    highest = max((int(name[1:]) for name in given if name[1:].isdecimal()), default=0)
    name = f"i{highest + 1:02}"
    given.add(name)
    return name
