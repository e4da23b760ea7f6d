"""Checking pages outside the lessons: what they cite and link, their dates, signatures and translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from edu.courseware.checks.external import check_external
from edu.courseware.course import Audience, CalloutKind, Course, Grade, Page, PageState
from edu.courseware.finding import Finding
from edu.courseware.marks import Mark, find_marks
from edu.courseware.page_details import Known, PageKind

SIGNED = (PageState.REVIEWED, PageState.NEEDS_REVIEW)
# The weakest grade that lets a question be said to be known so well (curriculum, "How to read the grades").
NEEDED = {
    Known.OPINION: {Grade.EXPERIENCE, Grade.PRACTICE, Grade.GUIDELINE},
    Known.CASES: {Grade.SERIES, Grade.AGAINST},
    Known.STUDIES: {Grade.STUDIES, Grade.TRIALS},
}
_OPEN_BOX = re.compile(rf"^::: {CalloutKind.OPEN.value}\b.*?^:::$", re.MULTILINE | re.DOTALL)


def check_pages(course: Course) -> Iterator[Finding]:
    """What the pages of a course say of things that are elsewhere, or are not."""
    yield from _check_addresses(course)
    for page in course.pages:
        marks = find_marks(page.body)
        yield from _check_grades(page, marks)
        yield from _check_open_questions(page)
        yield from _check_citations(course, page, marks)
        yield from _check_steps(course, page, marks)
        yield from _check_lessons(course, page, marks)
        yield from _check_state(page)
        yield from check_external(page.source.path, page.body, page.body_line)


def _whole(page: Page, rule: str, message: str, remedy: str) -> Finding:
    return Finding(page.source.path, 0, rule, message, remedy)


def _at(page: Page, line: int, rule: str, message: str, remedy: str) -> Finding:
    return Finding(page.source.path, page.body_line + line - 1, rule, message, remedy)


def _check_addresses(course: Course) -> Iterator[Finding]:
    """Each place is taken once, and what is translated is there."""
    originals = {(page.kind, page.slug): page for page in course.pages if not page.is_translation}
    questions = [page for page in originals.values() if page.kind is PageKind.QUESTION]
    counts = Counter(page.position for page in questions)
    for page in questions:
        if counts[page.position] > 1 or not page.position:
            message = f"the question has the number {page.position}"
            remedy = "Write position = its own number, from 1"
            yield _whole(page, "duplicate", message, remedy)
    for page in course.pages:
        original = originals.get((page.kind, page.slug))
        if original is None:
            message = f"there is no {page.kind.value}/{page.slug}.md that this translates"
            yield _whole(page, "translation", message, "Add the original or correct the name of the file")
        elif page.is_translation and page.language == original.language:
            message = f'the translation is in "{page.language}", as its original is'
            yield _whole(page, "translation", message, "Correct the language, or remove one of the two")


def _check_grades(page: Page, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    written = {mark.value for mark in marks if mark.kind == "grade"}
    if written != {grade.value for grade in page.evidence}:
        tags = ", ".join(f'"{tag}"' for tag in sorted(written))
        message = "the text has other grade tags than its front matter"
        yield _whole(page, "evidence", message, f"Write evidence = [{tags}]")
    known = page.details.known
    stronger = list(Known)[list(Known).index(Known(known)) :] if known else []
    enough = set[Grade]().union(*(NEEDED.get(amount, set()) for amount in stronger))
    if known and known != Known.NOTHING and not enough & set(page.evidence):
        message = f'the question is called known by "{known}", and no grade of its text goes so far'
        yield _whole(page, "evidence", message, "Choose a smaller word for known, or cite what was found")


def _check_open_questions(page: Page) -> Iterator[Finding]:
    """What is tagged [?] stands in a box for open questions, and in no page that counts as reviewed."""
    if page.state is PageState.REVIEWED and Grade.OPEN_QUESTION in page.evidence:
        message = "the page is called reviewed and holds statements tagged [?]"
        yield _whole(page, "open-question", message, "Find a source, or delete them")
    outside = _OPEN_BOX.sub(lambda box: "\n" * box[0].count("\n"), page.body)
    for mark in find_marks(outside):
        if mark.kind == "grade" and mark.value == Grade.OPEN_QUESTION:
            message = "a statement tagged [?] stands outside a box for open questions"
            yield _at(page, mark.line, "open-question", message, 'Put it between "::: open" and ":::"')


def _check_citations(course: Course, page: Page, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    known = {reference.key for reference in course.references}
    cited = [(mark.value, mark.line) for mark in marks if mark.kind == "citation"]
    if page.details.reference:
        cited.append((page.details.reference, 2 - page.body_line))
    for key, line in cited:
        if key not in known:
            message = f'the reference "{key}" is not in the library'
            remedy = "Add it to references.bib or correct the key"
            yield _at(page, line, "unknown-reference", message, remedy)


def _check_steps(course: Course, page: Page, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    owners = course.steps
    for mark in (mark for mark in marks if mark.kind == "step"):
        if mark.value not in owners:
            message = f'there is no step "{mark.value}"'
            yield _at(page, mark.line, "unknown-step", message, "Use a chapter id of one of the videos")
        elif owners[mark.value].audience is Audience.PRO:
            message = f"the page is open and shows the step {mark.value}, which is behind the gate"
            yield _at(page, mark.line, "gate", message, "Leave the step out")


def _check_lessons(course: Course, page: Page, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    """Lessons exist or are announced; the text itself links to open ones only, the list marks the others."""
    gated = {lesson.code: lesson.audience is Audience.PRO for lesson in course.lessons}
    planned = {module.code for module in course.planned}
    for mark in (mark for mark in marks if mark.kind == "lesson"):
        if mark.value not in gated:
            message = f"there is no lesson {mark.value}"
            yield _at(page, mark.line, "unknown-lesson", message, "Correct the code after lesson:")
        elif gated[mark.value]:
            message = f"the page is open and links to {mark.value}, which is behind the gate"
            yield _at(page, mark.line, "gate", message, "Leave the link out")
    for code in page.details.lessons:
        if code not in gated and "M" + code[1:].partition(".")[0] not in planned:
            message = f"there is no lesson {code}"
            yield _whole(page, "unknown-lesson", message, "Correct the code in lessons")


def _check_state(page: Page) -> Iterator[Finding]:
    """A page that readers find has a day, and nobody is said to have signed it who did not."""
    review = page.review
    if page.state is not PageState.DRAFT and page.published_at is None:
        message = "the page is no draft, and nothing says from when it can be read"
        yield _whole(page, "published", message, "Write published = 2026-03-02")
    if page.kind is PageKind.STORY and page.state is not PageState.DRAFT and page.details.is_consent_awaited:
        message = "the story is no draft, and its consent is still awaited"
        yield _whole(page, "consent", message, 'Write state = "draft" until the consent is there')
    if page.state in SIGNED and review is None:
        message = f'the page is called "{page.state.value}" and nobody signed it'
        yield _whole(page, "review", message, 'Add [review] or write state = "under construction"')
    if page.state not in SIGNED and review is not None:
        message = f'the page names the reviewer {review.reviewer} and is "{page.state.value}"'
        yield _whole(page, "review", message, "Remove [review]; it is written when a clinician has signed")
    if review is not None and review.due_on <= review.reviewed_on:
        message = "the next review of the page is due before the last one"
        yield _whole(page, "review", message, "Correct due_on")
