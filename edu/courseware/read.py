"""read_course: a course folder as records, with every broken place named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edu.courseware.bank import read_questions, read_quizzes
from edu.courseware.board import look_at_board
from edu.courseware.checklists import read_checklists
from edu.courseware.course import (
    Audience,
    Course,
    Gate,
    LearningPath,
    Module,
    Notice,
    PageState,
    PlannedModule,
)
from edu.courseware.course_languages import read_course_words, read_glossary_words
from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.lessons import LANGUAGE, LESSON_CODE, MODULE_CODE, SLUG, code_order, read_module
from edu.courseware.library.bib import read_bibtex
from edu.courseware.library.judgements import read_judgements
from edu.courseware.pages import read_pages
from edu.courseware.reference import Reference
from edu.courseware.source import read_text
from edu.courseware.terms import read_terms
from edu.courseware.translations import with_translations
from edu.courseware.videos import read_videos

COURSE = "course.toml"
REFERENCES = "references.bib"


def read_course(folder: Path) -> Course:
    """The course in `folder`.

    Raises CourseError with a finding for each file that cannot be read: its path inside the folder, the line,
    what is wrong and what to do. What the files say to each other is the business of `check_course`.
    """
    if not (folder / COURSE).is_file():
        raise broken(COURSE, 0, f"there is no course in {folder}", "Give the folder that holds course.toml")
    lost: list[Finding] = []
    parts = _read_parts(folder, lost)
    look_at_board(folder, lost)
    try:
        text, source = read_text(folder, COURSE)
        fields = parse(text, COURSE)
        course = Course(
            slug=fields.name("slug", SLUG, "back-mice"),
            title=fields.text("title"),
            language=fields.name("language", LANGUAGE, "en"),
            subtitle=fields.text("subtitle", ""),
            summary=fields.text("summary"),
            honest_summary=fields.text("honest_summary"),
            evidence_line=fields.text("evidence_line", ""),
            state=fields.choice("state", PageState, PageState.UNDER_CONSTRUCTION),
            notices=tuple(_notice(table) for table in fields.tables("notices")),
            gate=_gate(fields.table("gate")),
            paths=tuple(_path(table) for table in fields.tables("paths")),
            planned=tuple(_planned(table) for table in fields.tables("planned")),
            source=source,
            **parts,
        )
        fields.close()
    except CourseError as error:
        raise CourseError([*lost, *error.findings]) from error
    if lost:
        raise CourseError(lost)
    return course


def _read_parts(folder: Path, lost: list[Finding]) -> dict[str, Any]:
    """What stands in files of its own, by the fields of the course; what cannot be read goes into `lost`."""
    return {
        "references": _read_references(folder, lost),
        "judgements": read_judgements(folder, lost),
        "modules": _read_modules(folder, lost),
        "videos": read_videos(folder, lost),
        "quizzes": read_quizzes(folder, lost),
        "questions": read_questions(folder, lost),
        "terms": read_terms(folder, lost),
        "words": read_course_words(folder, lost),
        "glossaries": read_glossary_words(folder, lost),
        "checklists": read_checklists(folder, lost),
        "pages": read_pages(folder, lost),
    }


def _read_references(folder: Path, lost: list[Finding]) -> tuple[Reference, ...]:
    if not (folder / REFERENCES).is_file():
        return ()
    try:
        text, _ = read_text(folder, REFERENCES)
        return read_bibtex(text, REFERENCES)
    except CourseError as error:
        lost.extend(error.findings)
        return ()


def _read_modules(folder: Path, lost: list[Finding]) -> tuple[Module, ...]:
    names = sorted(entry.name for entry in (folder / "modules").glob("*/") if entry.is_dir())
    modules = [read_module(folder, name, lost) for name in names]
    modules = [with_translations(folder, module, lost) if module else None for module in modules]
    return tuple(sorted((module for module in modules if module), key=lambda module: code_order(module.code)))


def _notice(table: Fields) -> Notice:
    return Notice(
        slug=table.name("slug", SLUG, "general"),
        title=table.text("title"),
        text=table.text("text"),
        version=table.text("version"),
    )


def _gate(table: Fields) -> Gate:
    gate = Gate(
        text=table.text("text"),
        version=table.text("version"),
        confirm=table.text("confirm"),
        refuse=table.text("refuse"),
        patient_lesson=table.name("patient_lesson", LESSON_CODE, "L0.2", ""),
    )
    table.close()
    return gate


def _path(table: Fields) -> LearningPath:
    return LearningPath(
        slug=table.name("slug", SLUG, "student"),
        title=table.text("title"),
        modules=table.texts("modules"),
        audience=table.choice("audience", Audience, Audience.OPEN),
        checklists=table.texts("checklists"),
        certificate=table.text("certificate", ""),
        certificate_note=table.text("certificate_note", ""),
        pass_mark=table.integer("pass_mark", 0),
        note=table.text("note", ""),
        door=table.text("door", ""),
        door_text=table.text("door_text", ""),
        start=table.texts("start"),
    )


def _planned(table: Fields) -> PlannedModule:
    return PlannedModule(
        code=table.name("code", MODULE_CODE, "M4"),
        title=table.text("title"),
        minutes=table.integer("minutes", at_least=1),
        audience=table.choice("audience", Audience, Audience.OPEN),
        quiz=table.text("quiz", ""),
    )
