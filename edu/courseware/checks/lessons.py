"""Checking a lesson: its marks, its steps, its quiz, and that an open lesson stays open."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.checks.board import check_boards
from edu.courseware.checks.external import check_external
from edu.courseware.course import Audience, Course, Lesson
from edu.courseware.finding import Finding
from edu.courseware.marks import Mark, find_marks


def check_lesson(course: Course, lesson: Lesson) -> Iterator[Finding]:
    """What a lesson says of things that are elsewhere in the course, or are not."""
    marks = find_marks(lesson.body)
    yield from _check_grades(lesson, marks)
    yield from _check_citations(course, lesson, marks)
    yield from _check_steps(course, lesson, marks)
    yield from _check_links(course, lesson, marks)
    yield from _check_quiz(course, lesson)
    yield from check_boards(lesson)
    yield from check_external(lesson.source.path, lesson.body, lesson.body_line)


def _at(lesson: Lesson, mark: Mark, rule: str, message: str, remedy: str) -> Finding:
    return Finding(lesson.source.path, lesson.body_line + mark.line - 1, rule, message, remedy)


def _check_grades(lesson: Lesson, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    """The evidence of the front matter, by which pages are filtered, is that of the text."""
    written = {mark.value for mark in marks if mark.kind == "grade"}
    said = {grade.value for grade in lesson.evidence}
    if written != said:
        tags = ", ".join(f'"{tag}"' for tag in sorted(written))
        message = f"the text of {lesson.code} has other grade tags than its front matter"
        yield Finding(lesson.source.path, 0, "evidence", message, f"Write evidence = [{tags}]")


def _check_citations(course: Course, lesson: Lesson, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    known = {reference.key for reference in course.references}
    for mark in marks:
        if mark.kind == "citation" and mark.value not in known:
            message = f'the reference "{mark.value}" is not in the library'
            yield _at(
                lesson, mark, "unknown-reference", message, "Add it to references.bib or correct the key"
            )


def _check_steps(course: Course, lesson: Lesson, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    """Steps exist, an open lesson shows no gated ones, and what the text plays is among the steps."""
    videos = {video.code: video for video in course.videos}
    video = videos.get(lesson.video)
    if lesson.video and video is None:
        message = f"there is no video {lesson.video}"
        yield Finding(
            lesson.source.path, 0, "unknown-video", message, "Add it to videos/ or correct the code"
        )
    if video and _leaks(lesson, video.audience):
        message = f"{lesson.code} is open and its video {video.code} is behind the gate"
        yield Finding(lesson.source.path, 0, "gate", message, 'Write audience = "pro"')
    owners = course.steps
    front = [Mark("step", step, 2 - lesson.body_line) for step in lesson.steps]
    for mark in (*front, *(mark for mark in marks if mark.kind == "step")):
        if mark.value not in owners:
            message = f'there is no step "{mark.value}"'
            yield _at(lesson, mark, "unknown-step", message, "Use a chapter id of one of the videos")
        elif _leaks(lesson, owners[mark.value].audience):
            message = f"{lesson.code} is open and shows the step {mark.value}, which is behind the gate"
            yield _at(lesson, mark, "gate", message, "Leave the step out")
        elif mark.value not in lesson.steps:
            message = f"the text plays {mark.value}, which is not among the steps of the lesson"
            yield _at(lesson, mark, "steps", message, "Add it to steps in the front matter")


def _check_links(course: Course, lesson: Lesson, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    lessons = {other.code: other for other in course.lessons}
    for mark in (mark for mark in marks if mark.kind == "lesson"):
        if mark.value not in lessons:
            message = f"there is no lesson {mark.value}"
            yield _at(lesson, mark, "unknown-lesson", message, "Correct the code after lesson:")
        elif _leaks(lesson, lessons[mark.value].audience):
            message = f"{lesson.code} is open and links to {mark.value}, which is behind the gate"
            yield _at(lesson, mark, "gate", message, "Leave the link out")


def _check_quiz(course: Course, lesson: Lesson) -> Iterator[Finding]:
    quizzes = {quiz.slug: quiz for quiz in course.quizzes}
    if not lesson.quiz:
        return
    if lesson.quiz not in quizzes:
        message = f'there is no quiz "{lesson.quiz}"'
        remedy = f"Write quizzes/{lesson.quiz}.toml or correct the name"
        yield Finding(lesson.source.path, 0, "unknown-quiz", message, remedy)
    elif _leaks(lesson, quizzes[lesson.quiz].audience):
        message = f"{lesson.code} is open and its quiz is behind the gate"
        yield Finding(lesson.source.path, 0, "gate", message, 'Write audience = "pro"')


def _leaks(lesson: Lesson, inner: Audience) -> bool:
    """Whether an open lesson would show something for professionals."""
    return lesson.audience is Audience.OPEN and inner is Audience.PRO
