"""An entry as its page shows it: what is known, how far it was seen, what is judged, where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from edu.courseware.course import Grade
from edu.courseware.reference import Design, Judgement
from edu.courseware.reference import Reference as Record
from edu.errors import NotFound
from edu.models import Course, Reference
from edu.policy import Viewer
from edu.services import course_editing
from edu.services.library import records, uses
from edu.services.library.readable import readable
from edu.services.library.uses import Uses
from edu.services.messages import corrected

# The highest grade of a statement that rests on such works (curriculum, "How to read the grades"); of a
# review two stand, for a systematic one and for a narrative one.
GRADES = {
    Design.TRIAL: (Grade.STUDIES,),
    Design.REVIEW: (Grade.TRIALS, Grade.SERIES),
    Design.GUIDELINE: (Grade.GUIDELINE,),
    Design.COHORT: (Grade.STUDIES,),
    Design.DISSECTION: (Grade.STUDIES,),
    Design.CASE_SERIES: (Grade.SERIES,),
    Design.CASE_REPORT: (Grade.EXPERIENCE,),
    Design.HISTORICAL: (Grade.EXPERIENCE,),
    Design.LABEL: (Grade.GUIDELINE,),
    Design.EDITORIAL: (Grade.EXPERIENCE,),
}


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with all that the library says of it. `edit_url` is empty for whoever may not change it.

    `corrections` are the numbers of the corrections by which the page was changed.
    """

    entry: Record
    judged: Judgement
    grades: tuple[str, ...]
    course: str
    course_url: str
    uses: Uses
    edit_url: str
    corrections: tuple[int, ...] = ()


def page(session: Session, viewer: Viewer, key: str, now: datetime) -> EntryPage:
    """The page of an entry; NotFound when the viewer can find none of that key."""
    row, course, numbers = _named(session, viewer, key)
    judged = records.judgement(row)
    return EntryPage(
        entry=records.record(row),
        judged=judged,
        grades=tuple(grade.value for grade in GRADES.get(judged.design, ())),
        course=course.title,
        course_url=f"/courses/{course.slug}",
        uses=uses.of(session, viewer, key, now),
        edit_url=f"/studio/library/entries/{row.id}" if course_editing.is_editable(viewer, course) else "",
        corrections=corrected.numbers(numbers),
    )


def record(session: Session, viewer: Viewer, key: str) -> Record:
    """The entry alone, to be written into a file; NotFound as for its page."""
    return records.record(_named(session, viewer, key)[0])


def _named(session: Session, viewer: Viewer, key: str) -> tuple[Reference, Course, str | None]:
    """The entry with its course and the corrections of its page."""
    asked = (
        select(Reference, Course, corrected.written(literal(f"/library/{key}")))
        .join(Course, Course.id == Reference.course_id)
        .where(Reference.key == key, readable(viewer))
    )
    found = session.execute(asked).one_or_none()
    if found is None:
        raise NotFound("there is no such entry in the library")
    return found[0], found[1], found[2]
