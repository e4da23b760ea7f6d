"""A course written as the files it can be read from; the same records always give the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from edu.courseware.course import Course, LearningPath, Lesson, Module, Review, VideoEntry
from edu.courseware.course_languages import course_words_text, glossary_words_text
from edu.courseware.finding import broken
from edu.courseware.library.bib import write_bibtex
from edu.courseware.library.judgements import LIBRARY, judgements_text
from edu.courseware.pages import page_text
from edu.courseware.read import COURSE, REFERENCES
from edu.courseware.terms import TERMS, terms_text
from edu.courseware.toml_text import fields_text, table_text, tables_text
from edu.courseware.translations import translation_text

OpenFile = Callable[[str], IO[bytes]]


def write_course(course: Course, folder: Path, open_file: OpenFile) -> tuple[str, ...]:
    """Write a course into `folder` and give the paths written; other files there stay.

    `open_file` opens what a course carries as it is (`carried_files`), by its path in the course.
    Raises CourseError when a record names a path outside the folder.
    """
    texts = text_files(course)
    carried = carried_files(course)
    for path in (*texts, *carried):
        _refuse_outside(path)
    for path, text in texts.items():
        _make_room(folder, path).write_text(text, encoding="utf-8", newline="\n")
    for path in carried:
        with open_file(path) as source, _make_room(folder, path).open("wb") as target:
            shutil.copyfileobj(source, target)
    return tuple(sorted((*texts, *carried)))


def carried_files(course: Course) -> tuple[str, ...]:
    """The files of a course that are copied as they are: films, text tracks, word times."""
    files: list[str] = []
    for video in course.videos:
        files += [video.file, *(track.source.path for track in video.tracks)]
        files += [f"videos/{video.word_times}"] if video.word_times else []
    return tuple(files)


def text_files(course: Course) -> dict[str, str]:
    """The text files of a course that are made from records, by path."""
    files = {COURSE: course_text(course)}
    if course.references:
        files[REFERENCES] = write_bibtex(course.references)
    if judged := judgements_text(course.judgements):
        files[LIBRARY] = judged
    if course.terms:
        files[TERMS] = terms_text(course.terms)
    files |= {words.path: course_words_text(words) for words in course.words}
    files |= {words.path: glossary_words_text(words) for words in course.glossaries}
    for module in course.modules:
        files[module.source.path] = module_text(module)
        files |= {lesson.source.path: lesson_text(lesson) for lesson in module.lessons}
        translations = (text for lesson in module.lessons for text in lesson.translations)
        files |= {text.source.path: translation_text(text) for text in translations}
    files |= {video.source.path: video_text(video) for video in course.videos}
    files |= {quiz.source.path: quiz.document for quiz in course.quizzes}
    files |= {entry.source.path: entry.document for entry in course.checklists}
    files |= {page.source.path: page_text(page) for page in course.pages}
    return files | {question.source.path: question.document for question in course.questions}


def course_text(course: Course) -> str:
    """course.toml."""
    gate = course.gate
    return (
        fields_text(
            _present(
                slug=course.slug,
                title=course.title,
                subtitle=course.subtitle,
                language=course.language,
                state=course.state.value,
                summary=course.summary,
                evidence_line=course.evidence_line,
                honest_summary=course.honest_summary,
            )
        )
        + table_text(
            "gate",
            _present(
                version=gate.version,
                text=gate.text,
                confirm=gate.confirm,
                refuse=gate.refuse,
                patient_lesson=gate.patient_lesson,
            ),
        )
        + tables_text(
            "notices",
            [_present(slug=n.slug, title=n.title, version=n.version, text=n.text) for n in course.notices],
        )
        + tables_text("paths", [_path(path) for path in course.paths])
        + tables_text(
            "planned",
            [
                _present(
                    code=p.code, title=p.title, minutes=p.minutes, audience=p.audience.value, quiz=p.quiz
                )
                for p in course.planned
            ],
        )
    )


def module_text(module: Module) -> str:
    """module.toml."""
    return fields_text(
        _present(
            code=module.code,
            slug=module.slug,
            title=module.title,
            minutes=module.minutes,
            audience=module.audience.value,
            language=module.language,
            state=module.state.value,
            summary=module.summary,
            quiz=module.quiz,
            review_months=module.review_months,
        )
    ) + _review(module.review)


def lesson_text(lesson: Lesson) -> str:
    """A lesson: front matter and Markdown."""
    front = fields_text(
        _present(
            code=lesson.code,
            slug=lesson.slug,
            title=lesson.title,
            minutes=lesson.minutes,
            audience=lesson.audience.value,
            language=lesson.language,
            state=lesson.state.value,
            author=lesson.author,
            video=lesson.video,
            steps=lesson.steps,
            quiz=lesson.quiz,
            evidence=tuple(grade.value for grade in lesson.evidence),
            objectives=[{"verb": o.verb, "text": o.text, "bloom": o.bloom.value} for o in lesson.objectives],
        )
    )
    return f"+++\n{front}{_review(lesson.review)}+++\n\n{lesson.body}"


def video_text(video: VideoEntry) -> str:
    """<slug>.toml of a video."""
    return fields_text(
        _present(
            code=video.code,
            title=video.title,
            audience=video.audience.value,
            language=video.language,
            description=video.description,
            voice=video.voice,
            author=video.author,
            credits=video.credits,
            conflict_of_interest=video.conflicts,
            licence=video.licence,
            duration_ms=video.duration_ms,
            teaching_ms=video.teaching_ms,
            word_times=video.word_times,
            mirrored=video.mirrored,
        )
    )


def _path(path: LearningPath) -> dict[str, Any]:
    return _present(
        slug=path.slug,
        title=path.title,
        audience=path.audience.value,
        modules=path.modules,
        start=path.start,
        checklists=path.checklists,
        certificate=path.certificate,
        certificate_note=path.certificate_note,
        pass_mark=path.pass_mark,
        note=path.note,
        door=path.door,
        door_text=path.door_text,
    )


def _review(review: Review | None) -> str:
    if review is None:
        return ""
    return table_text(
        "review",
        {
            "reviewer": review.reviewer,
            "reviewed_on": review.reviewed_on,
            "due_on": review.due_on,
            "conflicts": review.conflicts,
        },
    )


def _present(**fields: Any) -> dict[str, Any]:
    """The fields that say something: what is empty or 0 is what reading assumes anyway."""
    return {name: value for name, value in fields.items() if value}


def _refuse_outside(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise broken(path, 0, "the path leads out of the course folder", "Give the page another address")


def _make_room(folder: Path, path: str) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
