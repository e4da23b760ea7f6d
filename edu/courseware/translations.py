"""Lessons in other languages: `<lesson>.<language>.md` beside the lesson, TOML and then Markdown, both ways.

Such a file has the words alone: title, summary, objectives, text. What a lesson is besides, such as its
steps, its quiz and whom it is for, is said once, in its own file.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edu.courseware.course import Lesson, LessonTranslation, Module, PageState
from edu.courseware.fields import parse
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.lessons import TRANSLATION, read_review, split_front_matter
from edu.courseware.page_details import Freshness
from edu.courseware.source import read_text
from edu.courseware.toml_text import fields_text, table_text


def with_translations(folder: Path, module: Module, lost: list[Finding]) -> Module:
    """The module, its lessons with what translates them; what cannot be read is added to `lost`."""
    place = Path(module.source.path).parent
    found: dict[str, list[LessonTranslation]] = {}
    for file in sorted((folder / place).glob("*.*.md")):
        name = TRANSLATION.fullmatch(file.name)
        if name is None:
            continue
        original = f"{place.as_posix()}/{name[1]}.md"
        try:
            text = read_translation(folder, f"{place.as_posix()}/{file.name}")
            if not (folder / original).is_file():
                message = f"there is no lesson {original} that this translates"
                raise broken(text.source.path, 0, message, "Add the lesson or correct the name of the file")
            found.setdefault(original, []).append(text)
        except CourseError as error:
            lost.extend(error.findings)
    if not found:
        return module
    return replace(module, lessons=tuple(_with(lesson, found) for lesson in module.lessons))


def _with(lesson: Lesson, found: dict[str, list[LessonTranslation]]) -> Lesson:
    texts = found.get(lesson.source.path)
    return replace(lesson, translations=tuple(texts)) if texts else lesson


def read_translation(folder: Path, path: str) -> LessonTranslation:
    """One translation. Raises CourseError with file, line and remedy."""
    name = TRANSLATION.fullmatch(Path(path).name)
    if name is None:
        raise broken(path, 0, "the name of the file tells no language", "Name it like L1.1-touch.es.md")
    text, source = read_text(folder, path)
    front, body, body_line = split_front_matter(text, path)
    fields = parse(front, path, first_line=2)
    found = LessonTranslation(
        language=name[2],
        title=fields.text("title"),
        body=body,
        source=source,
        summary=fields.text("summary", ""),
        objectives=fields.texts("objectives"),
        state=fields.choice("state", PageState, PageState.UNDER_CONSTRUCTION),
        is_stale=fields.choice("translation", Freshness, Freshness.CURRENT) is Freshness.STALE,
        review=read_review(fields),
        body_line=body_line,
    )
    fields.close()
    return found


def translation_path(lesson_path: str, language: str) -> str:
    """Where the translation of a lesson lies: beside it."""
    return f"{lesson_path.removesuffix('.md')}.{language}.md"


def translation_text(text: LessonTranslation) -> str:
    """The file of a translation, always in the same bytes."""
    said = {
        "title": text.title,
        "state": text.state.value,
        "translation": Freshness.STALE.value if text.is_stale else "",
        "summary": text.summary,
        "objectives": text.objectives,
    }
    front = fields_text({name: value for name, value in said.items() if value})
    if (review := text.review) is not None:
        front += table_text(
            "review",
            {
                "reviewer": review.reviewer,
                "reviewed_on": review.reviewed_on,
                "due_on": review.due_on,
                "conflicts": review.conflicts,
            },
        )
    return f"+++\n{front}+++\n\n{text.body}"
