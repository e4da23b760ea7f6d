"""Reading the practical checklists of a course by way of the quizzes library."""

from __future__ import annotations

import re
from pathlib import Path

from edu.courseware.course import ChecklistEntry
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.source import read_text
from quizzes import QuizError, checklist

FOLDER = "checklists"


def read_checklists(folder: Path, lost: list[Finding]) -> tuple[ChecklistEntry, ...]:
    """All documents in `checklists/`, by file name; what cannot be read is added to `lost`."""
    entries = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            entries.append(_read(folder, f"{FOLDER}/{file.name}"))
        except CourseError as error:
            lost.extend(error.findings)
    return tuple(entries)


def _read(folder: Path, path: str) -> ChecklistEntry:
    text, source = read_text(folder, path)
    try:
        found = checklist.read(text.encode())
    except QuizError as error:
        where = f" (at {error.place})" if error.place else ""
        said = error.reason.rstrip(".") + where
        raise broken(path, _line_of(text, error.place), said, "Correct the field") from error
    if found.id != Path(path).stem:
        line = _line_of(text, "id")
        raise broken(path, line, f'the id is "{found.id}"', f"Name the file {found.id}.toml")
    if not found.slug:
        raise broken(path, 0, "there is no slug", 'Write slug = "station-a": the end of its address')
    return ChecklistEntry(found, text, source)


def _line_of(text: str, place: str) -> int:
    """The line of `line 3`, or of a field such as `items[3].weight`: the key after the fourth [[items]]."""
    if said := re.fullmatch(r"line (\d+)", place):
        return int(said[1])
    lines = text.split("\n")
    start = 0
    if listed := re.match(r"(\w+)\[(\d+)\]", place):
        headers = [n for n, line in enumerate(lines) if line == f"[[{listed[1]}]]"]
        start = headers[int(listed[2])] if int(listed[2]) < len(headers) else 0
    name = place.rpartition(".")[2]
    keyed = (n for n in range(start, len(lines)) if lines[n].startswith(f"{name} ="))
    found = next(keyed, start if listed else None)
    return 0 if found is None else found + 1
