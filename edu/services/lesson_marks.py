"""What the text of a lesson names: which of its references, steps and lessons are not there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.marks import find_marks
from edu.errors import Invalid
from edu.models import Audience, Lesson, Reference, Step, Video

WRITTEN = {"citation": "[@{}]", "step": "[[{}]]", "lesson": "lesson:{}"}
MOST_TOLD = 20


def unknown(session: Session, course_id: int, text: str) -> tuple[str, ...]:
    """The marks that name nothing, as they are written, in the order of the text.

    References and lessons must stand in the course, steps in some video. The text of a lesson is kept with
    such marks, for one may write first and film later; it is not published with them.
    """
    named = dict.fromkeys((mark.kind, mark.value) for mark in find_marks(text) if mark.kind in WRITTEN)
    wanted = {kind: [value for sort, value in named if sort == kind] for kind in WRITTEN}
    references = select(Reference.key).where(
        Reference.course_id == course_id, Reference.key.in_(wanted["citation"])
    )
    steps = select(Step.identifier).where(Step.identifier.in_(wanted["step"]), Step.start_ms.is_not(None))
    lessons = select(Lesson.code).where(Lesson.course_id == course_id, Lesson.code.in_(wanted["lesson"]))
    asked = {"citation": references, "step": steps, "lesson": lessons}
    known = {(kind, value) for kind in asked if wanted[kind] for value in session.scalars(asked[kind])}
    return tuple(WRITTEN[kind].format(value) for kind, value in named if (kind, value) not in known)


def require_open(session: Session, text: str) -> None:
    """Invalid when a text for everybody shows steps of films for professionals: its readers would see a name
    of nothing there."""
    named = {mark.value for mark in find_marks(text) if mark.kind == "step"}
    if not named:
        return
    asked = select(Step.identifier).join(Video, Video.id == Step.video_id)
    gated = session.scalars(asked.where(Step.identifier.in_(named), Video.audience == Audience.PRO))
    if names := sorted({WRITTEN["step"].format(step) for step in gated}):
        raise Invalid(
            "Everybody can read this, and it names what is for professionals: %(names)s.",
            code="gated_names", field="body", names=", ".join(names[:MOST_TOLD]),
        )  # fmt: skip


def require_known(session: Session, course_id: int, text: str) -> None:
    """Invalid, with the list, when the text names what is not there."""
    if missing := unknown(session, course_id, text):
        names = ", ".join(missing[:MOST_TOLD]) + (" …" if len(missing) > MOST_TOLD else "")
        raise Invalid(
            "The text names what is not there: %(names)s. Mend it, or save the lesson as a draft.",
            code="unknown_names", field="body", names=names[:2000],
        )  # fmt: skip
