"""What there is to find and is not yet in the index of things: asked at each start, so without readers."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from edu.models import Checklist, Course, Lesson, Page, Quiz, Reference, Term, ThingKind
from edu.models import SearchThing as Thing

MODELS: Final[dict[ThingKind, Any]] = {
    ThingKind.COURSE: Course,
    ThingKind.LESSON: Lesson,
    ThingKind.TERM: Term,
    ThingKind.REFERENCE: Reference,
    ThingKind.PAGE: Page,
    ThingKind.QUIZ: Quiz,
    ThingKind.CHECKLIST: Checklist,
}


def lacking(session: Session) -> dict[ThingKind, list[int]]:
    """The rows of which there is nothing in the index, by kind; kinds without such rows are left out."""
    found = {kind: list(session.scalars(_lacking(kind))) for kind in ThingKind}
    return {kind: ids for kind, ids in found.items() if ids}


def pointer(kind: ThingKind) -> Any:
    """The column of a thing that points to the row of its kind."""
    return getattr(Thing, f"{kind.value}_id")


def is_thing(kind: ThingKind) -> tuple[ColumnElement[bool], ...]:
    """Parts of a statement: a term without a page is for the ears of the caption checks only."""
    return (Term.slug != "",) if kind is ThingKind.TERM else ()


def _lacking(kind: ThingKind) -> Select[int]:
    model = MODELS[kind]
    there = select(Thing.id).where(pointer(kind) == model.id)
    return select(model.id).where(*is_thing(kind), ~there.exists()).order_by(model.id)
