"""Checking translations of lessons: each says all that its original says, and in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edu.courseware.course import Course, Grade, Lesson, LessonTranslation, PageState
from edu.courseware.finding import Finding
from edu.courseware.parallel import Difference, PartKind, differences

NAMES: dict[PartKind, Callable[[str], str]] = {
    PartKind.HEADING: lambda value: f"a heading ({'#' * int(value[1:] or 0)})",
    PartKind.PARAGRAPH: lambda _: "a paragraph",
    PartKind.ITEM: lambda _: "an item of a list",
    PartKind.ROW: lambda _: "a row of a table",
    PartKind.BOX: lambda value: f'a box "{value}"',
    PartKind.END: lambda value: f'the end of the box "{value}"',
    PartKind.FIGURE: lambda value: f'the figure "::: {value}"',
    PartKind.GRADE: lambda value: f"the grade tag [{value}]",
    PartKind.CITATION: lambda value: f"the reference [@{value}]",
    PartKind.STEP: lambda value: f"the step [[{value}]]",
    PartKind.LESSON: lambda value: f"the link to {value}",
    PartKind.NUMBER: lambda value: f"the number {value}",
}
"""What a part of a text is called."""


def check_translations(course: Course) -> Iterator[Finding]:
    """What the translations of a course have otherwise than their originals.

    One that says itself that its original went on is not held to what that says now.
    """
    for lesson in course.lessons:
        for text in lesson.translations:
            yield from _check_words(lesson, text)
            yield from _check_state(lesson, text)
            if not text.is_stale:
                yield from (_told(lesson, text, found) for found in differences(lesson.body, text.body))


def _whole(text: LessonTranslation, rule: str, message: str, remedy: str) -> Finding:
    return Finding(text.source.path, 0, rule, message, remedy)


def _told(lesson: Lesson, text: LessonTranslation, found: Difference) -> Finding:
    name, line = NAMES[found.kind](found.value), text.body_line + found.line - 1
    there = f"{lesson.source.path}:{lesson.body_line + found.original_line - 1}"
    if found.is_missing:
        message = f"{name} is missing here, which the original has at {there}"
        remedy = "Translate it, in the same place"
    else:
        message = f"{name} stands here, which the original has not"
        remedy = "Say what the original says, no more"
    return Finding(text.source.path, line, "translation", message, remedy)


def _check_words(lesson: Lesson, text: LessonTranslation) -> Iterator[Finding]:
    if text.language == lesson.language:
        message = f'the translation is in "{text.language}", as its original is'
        yield _whole(text, "translation", message, "Correct the name of the file, or remove one of the two")
    if not text.is_stale and len(text.objectives) != len(lesson.objectives):
        message = f"it has {len(text.objectives)} objectives, and its original {len(lesson.objectives)}"
        yield _whole(text, "translation", message, "Translate each, in the same order")


def _check_state(lesson: Lesson, text: LessonTranslation) -> Iterator[Finding]:
    if text.state is PageState.REVIEWED and Grade.OPEN_QUESTION in lesson.evidence:
        message = f"{lesson.code} is called reviewed and holds statements tagged [?]"
        yield _whole(text, "open-question", message, "Find a source, or delete them")
