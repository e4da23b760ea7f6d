"""Checking quizzes and questions against the rest of the course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edu.courseware.course import Audience, Course, QuestionEntry, QuizEntry, VideoEntry
from edu.courseware.finding import Finding
from quizzes import Kind


def check_bank(course: Course) -> Iterator[Finding]:
    """Quizzes name questions that exist; questions name references, lessons and steps that do."""
    questions = {question.id: question for question in course.questions}
    videos = {video.code: video for video in course.videos}
    for quiz in course.quizzes:
        yield from _check_quiz(quiz, questions)
        yield from _check_film(quiz, videos)
    references = {reference.key for reference in course.references}
    for question in course.questions:
        yield from _check_references(question, references)
        yield from _check_lesson(course, question)
        yield from _check_evidence(course, question)


def _check_quiz(quiz: QuizEntry, questions: Mapping[str, QuestionEntry]) -> Iterator[Finding]:
    path = quiz.source.path
    for name in quiz.questions:
        if name not in questions:
            message = f'the quiz "{quiz.slug}" asks {name}, which is not in the bank'
            yield Finding(
                path, 0, "unknown-question", message, f"Write questions/{name}.toml or correct the id"
            )
        elif quiz.audience is Audience.OPEN and questions[name].audience is Audience.PRO:
            message = f'the open quiz "{quiz.slug}" asks {name}, which is behind the gate'
            yield Finding(path, 0, "gate", message, 'Leave it out, or write audience = "pro"')


def _check_film(quiz: QuizEntry, videos: Mapping[str, VideoEntry]) -> Iterator[Finding]:
    """A quiz that stands in a film asks while it teaches; one that does not has no times."""
    path, code = quiz.source.path, quiz.quiz.video
    times = [slot.at_ms for slot in quiz.quiz.slots if slot.at_ms is not None]
    if not code:
        if times:
            message = f'the quiz "{quiz.slug}" has times and names no video'
            yield Finding(path, 0, "film-times", message, "Write its code as video, or take at_ms out")
        return
    video = videos.get(code)
    if video is None:
        message = f'the quiz "{quiz.slug}" stands in the video "{code}", which is not there'
        yield Finding(path, 0, "unknown-video", message, "Correct the code")
        return
    if not times:
        message = f'the quiz "{quiz.slug}" stands in {code} and asks at no time of it'
        yield Finding(path, 0, "film-times", message, "Write at_ms in its slots")
    for late in (time for time in times if time > video.teaching_ms):
        message = f"a question is asked at {late} ms, after the teaching of {code} ({video.teaching_ms} ms)"
        yield Finding(path, 0, "film-times", message, "Correct at_ms")


def _check_references(question: QuestionEntry, references: set[str]) -> Iterator[Finding]:
    path = question.source.path
    for key in question.item.references:
        if key not in references:
            message = f'the reference "{key}" of {question.id} is not in the library'
            yield Finding(
                path, 0, "unknown-reference", message, "Add it to references.bib or correct the key"
            )


def _check_lesson(course: Course, question: QuestionEntry) -> Iterator[Finding]:
    """A question belongs to a lesson that is there, or to a module that is announced."""
    code = question.item.lesson
    planned = {"L" + module.code[1:] for module in course.planned}
    lessons = {lesson.code: lesson for lesson in course.lessons}
    if code in lessons:
        if lessons[code].audience is Audience.PRO and question.audience is Audience.OPEN:
            message = f"{question.id} is open and belongs to {code}, which is behind the gate"
            yield Finding(question.source.path, 0, "gate", message, 'Write audience = "pro"')
    elif code.partition(".")[0] not in planned:
        message = f'{question.id} belongs to the lesson "{code}", which is neither written nor planned'
        yield Finding(question.source.path, 0, "unknown-lesson", message, "Correct the lesson")


def _check_evidence(course: Course, question: QuestionEntry) -> Iterator[Finding]:
    step_id = question.item.evidence
    if not step_id:
        return
    video = course.steps.get(step_id)
    if video is None:
        message = f'{question.id} points to the step "{step_id}", which is in no video'
        yield Finding(
            question.source.path, 0, "unknown-step", message, "Use a chapter id of one of the videos"
        )
        return
    if question.audience is Audience.OPEN and video.audience is Audience.PRO:
        message = f"{question.id} is open and points to {step_id}, which is behind the gate"
        yield Finding(question.source.path, 0, "gate", message, "Leave the evidence out")
    yield from _check_moment(question, video)


def _check_moment(question: QuestionEntry, video: VideoEntry) -> Iterator[Finding]:
    """The window of a moment question is its chapter: who re-times a video must see what moves."""
    if question.item.kind is not Kind.MOMENT:
        return
    step = next(step for step in video.steps if step.id == question.item.evidence)
    if question.item.key.plain() != {"key": {"start_ms": step.start, "end_ms": step.end}}:
        message = f"the window of {question.id} is not that of {step.id} ({step.start} to {step.end} ms)"
        yield Finding(question.source.path, 0, "moment-window", message, "Write the times of the chapter")
