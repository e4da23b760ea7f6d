"""Which entries a reader finds: those of published courses, each key once."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from edu.models import Course, PageState, Reference
from edu.policy import Viewer


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """Part of a statement about Reference. A key that two courses have is the entry that came first."""
    one = aliased(Reference)
    first = select(func.min(one.id)).where(one.course_id.in_(courses(viewer))).group_by(one.key)
    return Reference.id.in_(first)


def courses(viewer: Viewer) -> Select[int]:
    """The ids of the courses that the viewer can find, for `in_`."""
    one = aliased(Course)  # the statement around may speak of courses too
    asked = select(one.id)
    return asked if viewer.is_instructor else asked.where(one.state != PageState.DRAFT)
