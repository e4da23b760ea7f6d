"""check_course: what the files of a course say to each other, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from edu.courseware.checks.bank import check_bank
from edu.courseware.checks.checklists import check_checklists
from edu.courseware.checks.lessons import check_lesson
from edu.courseware.checks.pages import check_pages
from edu.courseware.checks.reviews import check_reviews
from edu.courseware.checks.terms import check_terms
from edu.courseware.checks.translations import check_translations
from edu.courseware.checks.videos import check_videos
from edu.courseware.checks.words import check_words
from edu.courseware.course import Audience, Course, LearningPath, Module
from edu.courseware.finding import Finding
from edu.courseware.library.check import check_library
from edu.courseware.marks import find_marks
from edu.courseware.read import COURSE

MOST_AT_START = 6  # lessons that a path names to begin with


def check_course(course: Course) -> tuple[Finding, ...]:
    """Everything that is wrong with a course that could be read, by place; empty when all is well."""
    return tuple(sorted(set(_findings(course))))


def _findings(course: Course) -> Iterator[Finding]:
    yield from _duplicates(course)
    yield from _check_front(course)
    yield from _check_paths(course)
    for module in course.modules:
        yield from _check_module(course, module)
        for lesson in module.lessons:
            yield from check_lesson(course, lesson)
    yield from check_reviews(course)
    yield from check_videos(course)
    yield from check_bank(course)
    yield from check_checklists(course)
    yield from check_library(course.references, course.judgements)
    yield from check_pages(course)
    yield from check_terms(course)
    yield from check_translations(course)
    yield from check_words(course)


def _duplicates(course: Course) -> Iterator[Finding]:
    """Addresses and codes that are given twice."""
    lessons = [(lesson.source.path, lesson) for lesson in course.lessons]
    modules = [(module.source.path, module) for module in course.modules]
    videos = [(video.source.path, video) for video in course.videos]
    yield from _twice("lesson code", [(path, lesson.code) for path, lesson in lessons])
    yield from _twice("lesson address", [(path, lesson.slug) for path, lesson in lessons])
    yield from _twice("module code", [(path, module.code) for path, module in modules])
    yield from _twice("module address", [(path, module.slug) for path, module in modules])
    yield from _twice("video code", [(path, video.code) for path, video in videos])
    yield from _twice("step", [(path, step.id) for path, video in videos for step in video.steps])
    yield from _twice("notice", [(COURSE, notice.slug) for notice in course.notices])
    yield from _twice("path", [(COURSE, path.slug) for path in course.paths])
    lists = [(entry.source.path, entry.checklist.slug) for entry in course.checklists]
    yield from _twice("checklist address", lists)


def _twice(what: str, places: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    places = list(places)
    counts = Counter(value for _, value in places)
    for path, value in places:
        if counts[value] > 1:
            yield Finding(
                path, 0, "duplicate", f'the {what} "{value}" is given {counts[value]} times', "Change one"
            )


def _check_front(course: Course) -> Iterator[Finding]:
    """What the course's own page cites."""
    known = {reference.key for reference in course.references}
    texts = [course.honest_summary, *(notice.text for notice in course.notices)]
    for mark in (mark for text in texts for mark in find_marks(text)):
        if mark.kind == "citation" and mark.value not in known:
            message = f'the reference "{mark.value}" is not in the library'
            yield Finding(
                COURSE, 0, "unknown-reference", message, "Add it to references.bib or correct the key"
            )
    lessons = {lesson.code: lesson for lesson in course.lessons}
    alternative = course.gate.patient_lesson
    if alternative and (alternative not in lessons or lessons[alternative].audience is Audience.PRO):
        message = f"the gate sends patients to {alternative}, which is no lesson open to them"
        yield Finding(COURSE, 0, "gate", message, "Name an open lesson as patient_lesson")


def _check_paths(course: Course) -> Iterator[Finding]:
    """Paths lead through modules that exist or are announced, and open ones stay open."""
    audiences = {module.code: module.audience for module in course.planned}
    audiences |= {module.code: module.audience for module in course.modules}
    for path in course.paths:
        for code in path.modules:
            if code not in audiences:
                message = f'the path "{path.slug}" names {code}, which is neither written nor planned'
                yield Finding(
                    COURSE, 0, "unknown-module", message, "Correct the code or add it to [[planned]]"
                )
            elif path.audience is Audience.OPEN and audiences[code] is Audience.PRO:
                message = f'the open path "{path.slug}" leads through {code}, which is behind the gate'
                yield Finding(COURSE, 0, "gate", message, 'Leave it out, or write audience = "pro"')
        yield from _check_start(course, path)
    quizzes = {quiz.slug: quiz for quiz in course.quizzes}
    for planned in course.planned:
        if planned.quiz and planned.quiz not in quizzes:
            message = f'there is no quiz "{planned.quiz}"'
            remedy = f"Write quizzes/{planned.quiz}.toml or correct the name"
            yield Finding(COURSE, 0, "unknown-quiz", message, remedy)
    for code in sorted(
        {module.code for module in course.planned} & {module.code for module in course.modules}
    ):
        message = f"{code} is announced as planned and is there"
        yield Finding(COURSE, 0, "planned", message, "Take it out of [[planned]]")


def _check_start(course: Course, path: LearningPath) -> Iterator[Finding]:
    """What a path begins with are a few lessons of its own modules, each named once, open to its readers."""
    on_it = {lesson.code: lesson for module in course.modules for lesson in module.lessons}
    for code in path.start:
        if code not in on_it:
            message = f'the path "{path.slug}" begins with {code}, which is no lesson'
            yield Finding(COURSE, 0, "unknown-lesson", message, "Correct the code")
        elif "M" + code[1:].partition(".")[0] not in path.modules:
            message = f'the path "{path.slug}" begins with {code}, which lies in none of its modules'
            yield Finding(COURSE, 0, "start", message, "Name a lesson of its modules")
        elif _is_gated(on_it[code].audience, path.audience):
            message = f'the open path "{path.slug}" begins with {code}, which is behind the gate'
            yield Finding(COURSE, 0, "gate", message, "Name a lesson that is open")
    if len(path.start) > MOST_AT_START:
        message = f'the path "{path.slug}" begins with {len(path.start)} lessons'
        yield Finding(COURSE, 0, "start", message, f"Name {MOST_AT_START} at most")
    yield from _twice(f"start of the path {path.slug}", [(COURSE, code) for code in path.start])


def _check_module(course: Course, module: Module) -> Iterator[Finding]:
    path = module.source.path
    if not module.lessons:
        yield Finding(path, 0, "empty-module", f"{module.code} has no lessons", "Add one, or plan the module")
    minutes = sum(lesson.minutes for lesson in module.lessons)
    if module.lessons and minutes != module.minutes:
        message = f"{module.code} takes {module.minutes} minutes and its lessons {minutes}"
        yield Finding(path, 0, "minutes", message, "Make them agree")
    quizzes = {quiz.slug: quiz for quiz in course.quizzes}
    if module.quiz and module.quiz not in quizzes:
        message = f'there is no quiz "{module.quiz}"'
        yield Finding(
            path, 0, "unknown-quiz", message, f"Write quizzes/{module.quiz}.toml or correct the name"
        )
    elif module.quiz and _is_gated(quizzes[module.quiz].audience, module.audience):
        yield Finding(path, 0, "gate", f"{module.code} is open and its quiz is not", 'Write audience = "pro"')
    for lesson in module.lessons:
        number = "M" + lesson.code[1:].partition(".")[0]
        if number != module.code:
            message = f"{lesson.code} lies in module {module.code}"
            yield Finding(
                lesson.source.path, 0, "wrong-module", message, f"Move it to {number} or renumber it"
            )
        if _is_gated(module.audience, lesson.audience):
            message = f"{lesson.code} is open and its module is behind the gate"
            yield Finding(lesson.source.path, 0, "gate", message, 'Write audience = "pro"')


def _is_gated(inner: Audience, outer: Audience) -> bool:
    """Whether something for professionals hangs under something open."""
    return inner is Audience.PRO and outer is Audience.OPEN
