"""Checking practical checklists against the rest of the course."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.course import Audience, ChecklistEntry, Course
from edu.courseware.finding import Finding
from quizzes.checklist import PRACTICE, Item


def check_checklists(course: Course) -> Iterator[Finding]:
    """Items name steps and references that exist, an open list nothing behind the gate; paths name lists."""
    references = {reference.key for reference in course.references} | {PRACTICE}
    for entry in course.checklists:
        for item in entry.checklist.items:
            yield from _check_item(course, entry, item, references)
    known = {entry.checklist.id: entry for entry in course.checklists}
    for path in course.paths:
        for name in path.checklists:
            if name not in known:
                message = f'the path "{path.slug}" names the checklist {name}, which is not there'
                remedy = f"Write checklists/{name}.toml or correct the id"
                yield Finding(course.source.path, 0, "unknown-checklist", message, remedy)
            elif path.audience is Audience.OPEN and known[name].audience is Audience.PRO:
                message = f'the open path "{path.slug}" names the checklist {name}, which is behind the gate'
                remedy = 'Leave it out, or write audience = "pro"'
                yield Finding(course.source.path, 0, "gate", message, remedy)


def _check_item(course: Course, entry: ChecklistEntry, item: Item, references: set[str]) -> Iterator[Finding]:
    path = entry.source.path
    for key in item.references:
        if key not in references:
            message = f'the reference "{key}" of {item.id} is not in the library'
            remedy = f'Add it to references.bib, correct the key, or write "{PRACTICE}"'
            yield Finding(path, 0, "unknown-reference", message, remedy)
    video = course.steps.get(item.step)
    if item.step and video is None:
        message = f'{item.id} points to the step "{item.step}", which is in no video'
        yield Finding(path, 0, "unknown-step", message, "Use a chapter id of one of the videos")
    elif video is not None and video.audience is Audience.PRO and entry.audience is Audience.OPEN:
        message = f"{item.id} is open and points to {item.step}, which is behind the gate"
        yield Finding(path, 0, "gate", message, 'Leave the step out, or write audience = "pro"')
