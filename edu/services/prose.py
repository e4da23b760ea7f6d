"""Markdown of lessons and notices as safe HTML, with the citations, steps and lessons it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.course import Step as StepRecord
from edu.courseware.markdown import ENGLISH, Words, reference_list, render
from edu.courseware.reference import Reference as ReferenceRecord
from edu.models import Audience, Course, Lesson, Reference, Step, Video, Visibility
from edu.policy import Viewer
from edu.services import course_files

MOST_KEPT = 400


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as HTML, and the numbered list of what it cites (empty when it cites nothing)."""

    html: str
    references: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a text can name: references by key, steps with their addresses, lessons by code."""

    references: dict[str, ReferenceRecord]
    steps: dict[str, tuple[StepRecord, str]]
    lessons: dict[str, str]

    def reference(self, key: str) -> ReferenceRecord | None:
        """The library entry of a citation."""
        return self.references.get(key)

    def step(self, step_id: str) -> tuple[StepRecord, str] | None:
        """The step and the address that plays it."""
        return self.steps.get(step_id)

    def lesson(self, code: str) -> str | None:
        """The address of a lesson."""
        return self.lessons.get(code)


def of(
    session: Session,
    viewer: Viewer,
    course_id: int,
    texts: tuple[str, ...],
    *,
    video_slug: str = "",
    words: Words = ENGLISH,
) -> tuple[Prose, ...]:
    """Texts of one course as HTML. Steps of the video `video_slug`, which stands on the page, play in place.

    What was made is remembered until the course changes; a text that cites nothing needs no statement.
    """
    stamp = session.scalar(select(Course.updated_at).where(Course.id == course_id))
    key = (course_id, str(stamp), viewer.passes_gate, video_slug)
    missing = [text for text in texts if (key, text, id(words)) not in _kept]
    if missing:
        around = _surroundings(session, viewer, course_id, video_slug)
        if len(_kept) + len(missing) > MOST_KEPT:
            _kept.clear()
        for text in missing:
            made = render(text, around, words=words)
            _kept[key, text, id(words)] = Prose(made.html, reference_list(made.citations, words=words))
    return tuple(_kept[key, text, id(words)] for text in texts)


_kept: dict[tuple[object, str, int], Prose] = {}


@lru_cache(maxsize=2000)
def line(text: str) -> str:
    """A short Markdown text, such as the words of an option, as HTML without blocks."""
    html = render(text, Surroundings({}, {}, {})).html.strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner and html.startswith("<p>") else html


def _surroundings(session: Session, viewer: Viewer, course_id: int, video_slug: str) -> Surroundings:
    references = session.scalars(select(Reference).where(Reference.course_id == course_id))
    lessons = session.execute(
        select(Lesson.code, Course.slug, Lesson.slug)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.course_id == course_id, Lesson.code != "")
    )
    return Surroundings(
        {row.key: course_files.reference(row) for row in references},
        _steps(session, viewer, video_slug),
        {code: f"/courses/{course}/{slug}" for code, course, slug in lessons},
    )


def _steps(session: Session, viewer: Viewer, video_slug: str) -> dict[str, tuple[StepRecord, str]]:
    asked = (
        select(Step, Video.slug, Video.audience)
        .join(Video, Video.id == Step.video_id)
        .where(Step.start_ms.is_not(None), Video.visibility == Visibility.PUBLISHED)
    )
    found = {}
    for step, slug, audience in session.execute(asked):
        if audience is Audience.PRO and not viewer.passes_gate:
            continue
        record = StepRecord(step.identifier, step.title, step.start_ms or 0, step.end_ms or 0)
        page = "" if slug == video_slug else f"/videos/{slug}"
        found[step.identifier] = (record, f"{page}#{step.identifier}")
    return found
