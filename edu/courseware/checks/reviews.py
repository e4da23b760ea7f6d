"""Checking states and signatures: nobody reviewed a page unless somebody did."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.course import Course, Grade, Lesson, LessonTranslation, Module, PageState
from edu.courseware.finding import Finding
from edu.courseware.read import COURSE

SIGNED = (PageState.REVIEWED, PageState.NEEDS_REVIEW)


def check_reviews(course: Course) -> Iterator[Finding]:
    """State, reviewer and open questions of every page agree."""
    for module in course.modules:
        yield from _check_page(module, module.code)
        for lesson in module.lessons:
            yield from _check_page(lesson, lesson.code)
            yield from _check_open_questions(lesson)
            for text in lesson.translations:
                yield from _check_page(text, f"{lesson.code} in {text.language}")
    unsigned = [module.code for module in course.modules if module.state is not PageState.REVIEWED]
    if course.state is PageState.REVIEWED and (unsigned or not course.modules):
        message = f"the course is called reviewed and these modules are not: {', '.join(unsigned)}"
        yield Finding(COURSE, 0, "review", message, 'Write state = "under construction"')


def _check_page(page: Module | Lesson | LessonTranslation, code: str) -> Iterator[Finding]:
    path, review = page.source.path, page.review
    if page.state in SIGNED and review is None:
        message = f'{code} is called "{page.state.value}" and nobody signed it'
        yield Finding(path, 0, "review", message, 'Add [review] or write state = "under construction"')
    if page.state not in SIGNED and review is not None:
        message = f'{code} names the reviewer {review.reviewer} and is "{page.state.value}"'
        yield Finding(
            path, 0, "review", message, "Remove [review]; it is written when a clinician has signed"
        )
    if review is not None and review.due_on <= review.reviewed_on:
        message = f"the next review of {code} is due before the last one"
        yield Finding(path, 0, "review", message, "Correct due_on")


def _check_open_questions(lesson: Lesson) -> Iterator[Finding]:
    """Editorial duty 1: what is tagged [?] is cleared or deleted before a page counts as reviewed."""
    if lesson.state is PageState.REVIEWED and Grade.OPEN_QUESTION in lesson.evidence:
        message = f"{lesson.code} is called reviewed and holds statements tagged [?]"
        yield Finding(lesson.source.path, 0, "open-question", message, "Find a source, or delete them")
