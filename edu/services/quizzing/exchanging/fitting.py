"""Fitting: what a question from elsewhere names is looked for here; what is not is left out, and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Lesson, QuestionVersion, Reference
from edu.policy import Action, Viewer, can
from edu.services.quizzing.writing.bonds import lesson_named, video_named
from edu.services.quizzing.writing.offers import Offers
from edu.services.quizzing.writing.still import BOARD, sizes
from quizzes import Item, Kind
from quizzes.advice import advise

ON_PICTURE = frozenset({Kind.HOTSPOT, Kind.DRAGLABELS})


class Lack(StrEnum):
    """What a question names and this site has not."""

    STEP = "step"
    REFERENCE = "reference"
    LESSON = "lesson"
    PICTURE = "picture"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not here, by the name the file gives it."""

    lack: Lack
    name: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """A question with what is left of its bonds. `is_ready`: it can be asked as it is, else it is a draft."""

    item: Item
    missing: tuple[Missing, ...]
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Here:
    """What there is on this site, of all that some questions name."""

    steps: frozenset[str]
    references: frozenset[str]
    lessons: frozenset[str]
    pictures: frozenset[str]
    videos: frozenset[str]


def here(
    session: Session, viewer: Viewer, items: Sequence[Item], offered: Offers, lesson: Lesson | None = None
) -> Here:
    """What these questions can be bound to; with a lesson, by the library of its course."""
    named = {key for item in items for key in item.references}
    asked = select(Reference.key).where(Reference.key.in_(named))
    if lesson is not None:
        asked = asked.where(Reference.course_id == lesson.course_id)
    return Here(
        steps=offered.steps,
        references=frozenset(session.scalars(asked)) if named else frozenset(),
        lessons=frozenset(
            code for code in {item.lesson for item in items} if code and lesson_named(session, viewer, code)
        ),
        pictures=_pictures(session, {item.picture.name for item in items if item.picture}),
        videos=frozenset(
            code for code in {item.video for item in items} if code and _is_open(session, viewer, code)
        ),
    )


def _pictures(session: Session, names: Iterable[str]) -> frozenset[str]:
    """The pictures that a question of this site stands on already: files of questions bring none along."""
    wanted = {name for name in names if sizes(name) and name != BOARD}
    name = QuestionVersion.body["picture"]["name"].as_string()
    found = session.scalars(select(name).where(name.in_(wanted)).distinct()) if wanted else ()
    return frozenset({BOARD, *found})


def _is_open(session: Session, viewer: Viewer, code: str) -> bool:
    video = video_named(session, code)
    return video is not None and can(viewer, Action.READ, video)


def fitted(item: Item, site: Here) -> Fitted:
    """The question as it can stand here."""
    missing = []
    if item.evidence and item.evidence not in site.steps:
        missing.append(Missing(Lack.STEP, item.evidence))
        item = replace(item, evidence=None)
    lost = [key for key in item.references if key not in site.references]
    if lost:
        missing += [Missing(Lack.REFERENCE, key) for key in lost]
        item = replace(item, references=tuple(key for key in item.references if key in site.references))
    if item.lesson and item.lesson not in site.lessons:
        missing.append(Missing(Lack.LESSON, item.lesson))
        item = replace(item, lesson="")
    is_whole = True
    if item.picture and item.picture.name not in site.pictures:
        missing.append(Missing(Lack.PICTURE, item.picture.name))
        is_whole = item.kind not in ON_PICTURE
        item = replace(item, picture=None) if is_whole else item
    if item.video and item.video not in site.videos:
        missing.append(Missing(Lack.VIDEO, item.video))
        is_whole = False
    is_blocked = any(advice.blocks for advice in advise(item))
    return Fitted(item, tuple(missing), is_whole and not is_blocked)
