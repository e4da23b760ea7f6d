"""Reading modules and lessons: module.toml, and Markdown with TOML front matter between +++ lines."""

from __future__ import annotations

import re
from pathlib import Path

from edu.courseware.course import Audience, Grade, Lesson, Module, Objective, PageState, Review
from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.source import read_text
from quizzes import Bloom

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
MODULE_CODE = r"M\d+"
LESSON_CODE = r"L\d+\.\d+"
VIDEO_CODE = r"V\d+"
STEP_ID = r"V\d+-c\d+"
FENCE = "+++"
TRANSLATION = re.compile(rf"(.+)\.({LANGUAGE})\.md")
"""The name of a file that holds a lesson in another language: the stem of the lesson's own, the language."""


def read_module(folder: Path, name: str, lost: list[Finding]) -> Module | None:
    """The module in `modules/<name>`; what cannot be read is added to `lost`."""
    path = f"modules/{name}/module.toml"
    lessons = tuple(_read_lessons(folder, name, lost))
    try:
        text, source = read_text(folder, path)
        fields = parse(text, path)
        module = Module(
            code=fields.name("code", MODULE_CODE, "M3"),
            slug=fields.name("slug", SLUG, "finding"),
            title=fields.text("title"),
            minutes=fields.integer("minutes", at_least=1),
            audience=fields.choice("audience", Audience, Audience.OPEN),
            language=fields.name("language", LANGUAGE, "en", "en"),
            summary=fields.text("summary"),
            lessons=lessons,
            source=source,
            quiz=fields.name("quiz", SLUG, "finding-back-mice", ""),
            state=fields.choice("state", PageState, PageState.UNDER_CONSTRUCTION),
            review=read_review(fields),
            review_months=fields.integer("review_months", 12, at_least=1),
        )
        fields.close()
    except CourseError as error:
        lost.extend(error.findings)
        return None
    return module


def _read_lessons(folder: Path, name: str, lost: list[Finding]) -> list[Lesson]:
    lessons = []
    for file in (folder / "modules" / name).glob("*.md"):
        if TRANSLATION.fullmatch(file.name):
            continue  # see translations.py
        try:
            lessons.append(read_lesson(folder, f"modules/{name}/{file.name}"))
        except CourseError as error:
            lost.extend(error.findings)
    return sorted(lessons, key=lambda lesson: code_order(lesson.code))


def read_lesson(folder: Path, path: str) -> Lesson:
    """One lesson file. Raises CourseError."""
    text, source = read_text(folder, path)
    front, body, body_line = split_front_matter(text, path)
    fields = parse(front, path, first_line=2)
    lesson = Lesson(
        code=fields.name("code", LESSON_CODE, "L3.2"),
        slug=fields.name("slug", SLUG, "the-sequence"),
        title=fields.text("title"),
        minutes=fields.integer("minutes", at_least=1),
        audience=fields.choice("audience", Audience, Audience.OPEN),
        language=fields.name("language", LANGUAGE, "en", "en"),
        objectives=_read_objectives(fields),
        evidence=tuple(fields.one_of("evidence", tag, Grade) for tag in fields.texts("evidence")),
        body=body,
        source=source,
        video=fields.name("video", VIDEO_CODE, "V1", ""),
        steps=fields.texts("steps"),
        quiz=fields.name("quiz", SLUG, "the-sequence", ""),
        state=fields.choice("state", PageState, PageState.UNDER_CONSTRUCTION),
        author=fields.text("author", ""),
        review=read_review(fields),
        body_line=body_line,
    )
    fields.close()
    return lesson


def split_front_matter(text: str, path: str) -> tuple[str, str, int]:
    """The TOML, the Markdown, and the line on which the Markdown begins."""
    if not text.startswith(FENCE + "\n"):
        raise broken(path, 1, "a lesson begins with its data", f"Put them between two lines {FENCE}")
    end = text.find(f"\n{FENCE}\n", len(FENCE))
    if end < 0:
        raise broken(path, 1, "the data of the lesson do not end", f"Add a line {FENCE} after them")
    front, rest = text[len(FENCE) + 1 : end + 1], text[end + len(FENCE) + 2 :]
    body = rest.lstrip("\n")
    first_line = front.count("\n") + 3 + len(rest) - len(body)
    if not body.strip():
        raise broken(path, first_line, "the lesson has no text", f"Write it after the second {FENCE}")
    return front, body, first_line


def read_review(fields: Fields) -> Review | None:
    """The signature under a page, when there is one."""
    if not fields.has("review"):
        return None
    table = fields.table("review")
    review = Review(
        table.text("reviewer"), table.day("reviewed_on"), table.day("due_on"), table.text("conflicts")
    )
    table.close()
    return review


def code_order(code: str) -> tuple[int, ...]:
    """A sort key for codes: M2 before M10, L3.2 before L3.10."""
    return tuple(int(number) for number in re.findall(r"\d+", code))


def _read_objectives(fields: Fields) -> tuple[Objective, ...]:
    return tuple(
        Objective(table.text("verb"), table.text("text"), table.choice("bloom", Bloom))
        for table in fields.tables("objectives")
    )
