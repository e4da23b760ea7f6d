"""A course as its maker works on it: made, edited, ordered among others, deleted while it is empty."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete as sa_delete
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Audience, Course, Lesson, Module, Page, PageState, ReviewSubject, Term
from edu.policy import Action, Facts, Viewer, can, require
from edu.services import audit, lesson_marks, lesson_places, ordering, slugs, typed
from edu.services.audit import Deed
from edu.services.authoring.forgetting import forget
from edu.services.ordering import Place, Way

MONTHS: Final = 12
"""For how many months a review counts where nothing else is said (curriculum, "Review")."""
MOST_MONTHS: Final = 120
MOST_SUMMARY, MOST_EVIDENCE = 2000, 20_000


@dataclass(frozen=True, slots=True)
class CourseForm:
    """What the form of a course says; `guard` tells whether somebody changed it since it was opened."""

    title: str
    language: str
    summary: str
    evidence_summary: str
    review_months: str
    guard: str = ""


EMPTY = CourseForm("", "en", "", "", str(MONTHS))


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course in the studio's list, with its place in the list that readers see."""

    id: int
    title: str
    language: str
    slug: str
    lesson_count: int
    is_published: bool
    is_editable: bool
    place: Place
    has_gate: bool


@dataclass(frozen=True, slots=True)
class CourseLesson:
    """A lesson in the list of a course; only those that the viewer may change lead anywhere."""

    id: int
    title: str
    is_published: bool
    is_editable: bool


@dataclass(frozen=True, slots=True)
class CourseModule:
    """A module in the list of a course; `state` is how its file or its last review calls it."""

    id: int
    code: str
    title: str
    is_gated: bool
    minutes: int
    place: Place
    lessons: tuple[CourseLesson, ...]


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """A module that is announced and not written yet."""

    code: str
    title: str
    minutes: int
    is_gated: bool


@dataclass(frozen=True, slots=True)
class CourseWork:
    """A course in the studio. `unknown` are marks of the evidence summary that name nothing."""

    id: int
    slug: str
    title: str
    form: CourseForm
    modules: tuple[CourseModule, ...]
    planned: tuple[PlannedModule, ...]
    unknown: tuple[str, ...]

    @property
    def lesson_count(self) -> int:
        """How many lessons stand in it, drafts too."""
        return sum(len(module.lessons) for module in self.modules)


def is_editable(viewer: Viewer, course: Course) -> bool:
    """Whether the viewer may change and delete the course."""
    return can(viewer, Action.EDIT, _facts(course))


def mine(session: Session, viewer: Viewer, course_id: int, *, locked: bool = False) -> Course:
    """A course the viewer may edit; NotFound, or Forbidden for somebody else's."""
    course = session.get(Course, course_id, with_for_update=locked or None)
    if course is None:
        raise NotFound("there is no such course")
    require(viewer, Action.EDIT, _facts(course))
    return course


def listed(session: Session, viewer: Viewer) -> tuple[CourseRow, ...]:
    """Every course in the order in which readers find them."""
    asked = select(Lesson.course_id, func.count()).group_by(Lesson.course_id)
    counts = {row[0]: row[1] for row in session.execute(asked)}
    rows = _in_order(session)
    return tuple(
        CourseRow(
            id=row.id,
            title=row.title,
            language=row.language,
            slug=row.slug,
            lesson_count=counts.get(row.id, 0),
            is_published=row.state is not PageState.DRAFT,
            is_editable=is_editable(viewer, row),
            place=Place(number, len(rows)),
            has_gate=bool(row.notices.get("gate")),
        )
        for number, row in enumerate(rows, 1)
    )


def page(session: Session, viewer: Viewer, course_id: int) -> CourseWork:
    """A course with its modules and all their lessons, drafts too."""
    course = mine(session, viewer, course_id)
    lessons: dict[int, list[CourseLesson]] = {}
    asked = select(Lesson).join(Lesson.module).where(Lesson.course_id == course.id)
    for row in session.scalars(asked.order_by(Module.position, Lesson.position, Lesson.id)):
        facts = Facts(row.audience, row.is_published, row.owner_id)
        shown = CourseLesson(row.id, row.title, row.is_published, can(viewer, Action.EDIT, facts))
        lessons.setdefault(row.module_id, []).append(shown)
    modules = modules_of(session, course)
    return CourseWork(
        id=course.id,
        slug=course.slug,
        title=course.title,
        form=_form(course),
        modules=tuple(
            CourseModule(
                id=module.id,
                code=module.code,
                title=module.title,
                is_gated=module.audience is Audience.PRO,
                minutes=module.minutes,
                place=Place(number, len(modules)),
                lessons=tuple(lessons.get(module.id, ())),
            )
            for number, module in enumerate(modules, 1)
        ),
        planned=planned_of(course),
        unknown=lesson_marks.unknown(session, course.id, course.evidence_summary),
    )


def modules_of(session: Session, course: Course, *, locked: bool = False) -> list[Module]:
    """The modules in teaching order; `locked` until the transaction ends."""
    asked = select(Module).where(Module.course_id == course.id).order_by(Module.position, Module.id)
    return list(session.scalars(asked.with_for_update() if locked else asked))


def planned_of(course: Course) -> tuple[PlannedModule, ...]:
    """The modules that are announced only, as the course file or the studio lists them."""
    return tuple(
        PlannedModule(
            str(entry["code"]), str(entry["title"]), int(entry["minutes"]), entry["audience"] == Audience.PRO
        )
        for entry in course.notices.get("planned", [])
    )


def review_months(course: Course) -> int:
    """For how many months a review of its modules counts where a module does not say."""
    return int(course.notices.get("review_months", MONTHS))


def months(value: str, field: str = "review_months") -> int:
    """A number of months as it is typed; Invalid for what is none from 1 to 120."""
    number = int(value) if value.strip().isdecimal() and len(value.strip()) <= 3 else 0
    if not 0 < number <= MOST_MONTHS:
        raise Invalid(
            "Write a whole number of months from 1 to %(most)s.", code="months", field=field, most=MOST_MONTHS
        )
    return number


def create(session: Session, viewer: Viewer, form: CourseForm, now: datetime) -> Course:
    """A new course of the viewer, last in the list. Learners find it from its first published lesson on.

    Its address name is made from the title once and stays. Invalid names the field that is wrong.
    """
    title = typed.line(form.title, "title", most=200)
    lesson_places.require_free_title(session, viewer, title, "title")
    taken = set(session.scalars(select(Course.slug)))
    last = session.scalar(select(func.max(Course.position)))
    course = Course(
        slug=slugs.free(slugs.stem(title, "course"), taken),
        owner_id=viewer.user_id,
        position=0 if last is None else last + 1,
        notices={},
        created_at=now,
    )
    _write(course, title, form, now)
    session.add(course)
    session.flush()
    note(session, Deed.COURSE_CREATED, viewer, course, now)
    return course


def save(session: Session, viewer: Viewer, course_id: int, form: CourseForm, now: datetime) -> None:
    """Change a course; its address stays. Conflict when somebody saved it since the form was opened.

    Modules whose reviews counted as long as the course said follow it, the others keep their months.
    """
    course = mine(session, viewer, course_id, locked=True)
    title = typed.line(form.title, "title", most=200)
    lesson_places.require_free_title(session, viewer, title, "title", besides=course.id)
    before = _form(course)
    if form.guard != before.guard:
        raise Conflict(
            "Somebody else saved this course while you wrote. Your words are below, unsaved: compare them "
            "with the course as it is now, then save again to replace it.",
            code="course_changed",
        )
    months_before = review_months(course)
    _write(course, title, form, now)
    for module in modules_of(session, course):
        if int(module.details.get("review_months", MONTHS)) == months_before != review_months(course):
            module.details = {**module.details, "review_months": review_months(course)}
    deed = Deed.COURSE_RENAMED if title != before.title else Deed.COURSE_CHANGED
    note(session, deed, viewer, course, now)


def move(session: Session, viewer: Viewer, course_id: int, way: Way, now: datetime) -> Place:
    """Move a course a place up or down in the list that readers see; gives where it stands then.

    The list is the site's, so only administrators do. NotFound for no such course.
    """
    if not viewer.is_administrator:
        raise Forbidden("only administrators order the courses of the site")
    course = mine(session, viewer, course_id)
    place = ordering.move(_in_order(session, locked=True), course.id, way)
    note(session, Deed.COURSE_MOVED, viewer, course, now)
    return place


def delete(session: Session, viewer: Viewer, course_id: int, now: datetime) -> None:
    """Delete a course that holds no lesson, drafts counted; Conflict while it holds one.

    Its words go with it. The pages that came with it are the site's, such as the terms that accounts agreed
    to: they stay.
    """
    course = mine(session, viewer, course_id, locked=True)
    if session.scalar(select(func.count()).where(Lesson.course_id == course.id)):
        raise Conflict("There are lessons in this course: delete or move them first.", code="not_empty")
    note(session, Deed.COURSE_DELETED, viewer, course, now)
    for kind, model in ((ReviewSubject.MODULE, Module), (ReviewSubject.TERM, Term)):
        forget(session, kind, session.scalars(select(model.id).where(model.course_id == course.id)).all())
    session.execute(update(Page).where(Page.course_id == course.id).values(course_id=None))
    session.execute(sa_delete(Module).where(Module.course_id == course.id))
    session.execute(sa_delete(Course).where(Course.id == course.id))
    session.expire_all()


def note(session: Session, deed: Deed, viewer: Viewer, course: Course, now: datetime) -> None:
    """Write into the trail what the viewer did to the course."""
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"course:{course.id}")


def print_of(*said: object) -> str:
    """A short print of what a form was opened with: another one tells that somebody saved meanwhile."""
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _write(course: Course, title: str, form: CourseForm, now: datetime) -> None:
    course.title, course.language = title, typed.language(form.language)
    course.summary = typed.text(form.summary, "summary", most=MOST_SUMMARY, optional=True)
    evidence = typed.text(form.evidence_summary, "evidence_summary", most=MOST_EVIDENCE, optional=True)
    course.evidence_summary, course.updated_at = evidence, now
    number = months(form.review_months)
    if number != review_months(course):
        course.notices = {**course.notices, "review_months": number}


def _form(course: Course) -> CourseForm:
    said = (course.title, course.language, course.summary, course.evidence_summary, review_months(course))
    return CourseForm(*said[:4], review_months=str(said[4]), guard=print_of(*said))


def _in_order(session: Session, *, locked: bool = False) -> list[Course]:
    asked = select(Course).order_by(Course.position, Course.title, Course.id)
    return list(session.scalars(asked.with_for_update() if locked else asked))


def _facts(course: Course) -> Facts:
    return Facts(Audience.OPEN, course.state is not PageState.DRAFT, course.owner_id)
