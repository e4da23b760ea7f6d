"""Reading the quizzes and questions of a course by way of the quizzes library."""

from __future__ import annotations

import re
from pathlib import Path

from edu.courseware.course import QuestionEntry, QuizEntry
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.source import read_text
from quizzes import QuizError, read_bank, read_quiz


def read_quizzes(folder: Path, lost: list[Finding]) -> tuple[QuizEntry, ...]:
    """All documents in `quizzes/`, by file name; what cannot be read is added to `lost`."""
    entries = []
    for file in sorted((folder / "quizzes").glob("*.toml")):
        try:
            entries.append(_read_quiz(folder, f"quizzes/{file.name}"))
        except CourseError as error:
            lost.extend(error.findings)
    return tuple(entries)


def read_questions(folder: Path, lost: list[Finding]) -> tuple[QuestionEntry, ...]:
    """All questions in `questions/`, one to a file, by file name."""
    entries = []
    for file in sorted((folder / "questions").glob("*.toml")):
        try:
            entries.append(_read_question(folder, f"questions/{file.name}"))
        except CourseError as error:
            lost.extend(error.findings)
    return tuple(entries)


def _read_quiz(folder: Path, path: str) -> QuizEntry:
    text, source = read_text(folder, path)
    try:
        quiz = read_quiz(text.encode())
    except QuizError as error:
        raise _wrapped(error, path, text) from error
    if quiz.items:
        line = _line_of(text, "[[questions]]")
        raise broken(path, line, "a quiz of a course holds no questions", "Move each to questions/<id>.toml")
    if quiz.id != Path(path).stem:
        raise broken(path, _line_of(text, "id ="), f'the id is "{quiz.id}"', f"Name the file {quiz.id}.toml")
    return QuizEntry(quiz, text, source)


def _read_question(folder: Path, path: str) -> QuestionEntry:
    text, source = read_text(folder, path)
    try:
        items = read_bank(text.encode())
    except QuizError as error:
        raise _wrapped(error, path, text) from error
    if len(items) != 1:
        raise broken(
            path, 0, f"the file holds {len(items)} questions", "Put each question in a file of its own"
        )
    if items[0].id != Path(path).stem:
        line = _line_of(text, "id =")
        raise broken(path, line, f'the id is "{items[0].id}"', f"Name the file {items[0].id}.toml")
    return QuestionEntry(items[0], text, source)


def _wrapped(error: QuizError, path: str, text: str) -> CourseError:
    """The library's error with the file and, where the field can be found, its line."""
    field = re.sub(r"\[\d+\]", "", error.place).rpartition(".")[2]
    where = f" (at {error.place})" if error.place else ""
    line = _line_of(text, f"{field} =") if field else 0
    return broken(path, line, error.reason.rstrip(".") + where, "Correct the field")


def _line_of(text: str, start: str) -> int:
    return next((n for n, line in enumerate(text.split("\n"), 1) if line.startswith(start)), 0)
