"""Checklists: made from a video's steps, or stations of a course; the page one prints and begins from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Audience, Checklist, Step, Video
from edu.policy import Action, Viewer, can
from edu.services import audit, reviews, slugs
from edu.services.audit import Deed
from edu.services.stations import history, lists
from edu.services.stations.history import PastRun
from edu.services.stations.moments import Moment, moments
from edu.services.texts import tracks
from quizzes import checklist as stations

SCALE = ("not", "part", "done")


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A step to tick. `url` plays it from `time`; both are empty where the film no longer shows it.

    `sources` are keys of the library; `is_practice` says that it is accepted practice, yet to be confirmed.
    """

    number: int
    name: str
    text: str
    step: str
    url: str
    time: str
    weight: int
    is_critical: bool
    branch: str
    sources: tuple[str, ...]
    is_practice: bool


@dataclass(frozen=True, slots=True)
class ChecklistPage:
    """A checklist to print and to begin from; `scale` are words of `SCALE`, which pages translate.

    `station` is the whole document; `is_examiner` says that the viewer may see the patient's card, the hidden
    tests and the branches, which would be no tests for one who has read them.
    """

    slug: str
    title: str
    code: str
    language: str
    video_title: str
    video_url: str
    items: tuple[ChecklistItem, ...]
    scale: tuple[str, ...]
    station: stations.Checklist
    is_gated: bool
    is_published: bool
    is_examiner: bool
    edit_url: str
    statistics_url: str
    past: tuple[PastRun, ...]

    @property
    def has_critical(self) -> bool:
        """Whether some items must be done."""
        return any(item.is_critical for item in self.items)

    @property
    def needed(self) -> int:
        """The points needed, 0 without a pass rule."""
        return self.station.passing.needed(self.station.maximum) if self.station.passing else 0

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys that any item cites, in order, each once."""
        return tuple(dict.fromkeys(key for item in self.items for key in item.sources))


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


def page(session: Session, viewer: Viewer, slug: str, today: date) -> ChecklistPage:
    """A checklist; whoever may watch its video may have it. NotFound, or GateClosed for professionals';
    Forbidden where its module is closed to new learners.
    """
    row = lists.named(session, viewer, slug)
    reviews.require_list_open(session, viewer, row, today)
    video = lists.video_of(session, row)
    thing, station = lists.facts(row, video), lists.checklist_of(row)
    shown = moments(session, viewer, (item.step for item in station.items))
    is_examiner = viewer.is_instructor
    items = [item for item in station.items if is_examiner or not item.branch]
    return ChecklistPage(
        slug=row.slug,
        title=row.title,
        code=station.id if lists.is_station(row) else "",
        language=row.language,
        video_title=video.title if video else "",
        video_url=f"/videos/{video.slug}" if video else "",
        items=tuple(_shown(number, item, shown) for number, item in enumerate(items, start=1)),
        scale=tuple(str(word) for word in row.document.get("scale", SCALE)),
        station=station,
        is_gated=thing.audience is Audience.PRO,
        is_published=thing.is_published,
        is_examiner=is_examiner,
        edit_url=_edit_url(viewer, video),
        statistics_url=f"/studio/checklists/{row.slug}/statistics" if is_examiner else "",
        past=history.of_viewer(session, viewer, row.id),
    )


def _edit_url(viewer: Viewer, video: Video | None) -> str:
    may_edit = video is not None and can(viewer, Action.EDIT, video)
    return f"/studio/videos/{video.id}/chapters" if video and may_edit else ""


def _shown(number: int, item: stations.Item, shown: dict[str, Moment]) -> ChecklistItem:
    moment = shown.get(item.step)
    return ChecklistItem(
        number=number,
        name=item.id,
        text=item.text,
        step=item.step,
        url=moment.page_url if moment else "",
        time=moment.time if moment else "",
        weight=item.weight,
        is_critical=item.critical,
        branch=item.branch,
        sources=tuple(key for key in item.references if key != stations.PRACTICE),
        is_practice=stations.PRACTICE in item.references,
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
