"""find_samples: what still stands in a course as `edu course new` wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from edu.courseware.finding import CourseError, Finding
from edu.courseware.skeleton import samples
from edu.courseware.source import read_text

_TEXTS = ("*.toml", "*.bib", "modules/*/*.toml", "modules/*/*.md", "quizzes/*.toml", "questions/*.toml")


def find_samples(folder: Path) -> tuple[Finding, ...]:
    """Each line of the course in `folder` that is a sample still, by place; empty when all is its own.

    Nothing is wrong with a course for that, so `check_course` does not tell of it: it is only not to be
    published by mistake.
    """
    return tuple(sorted(_findings(folder)))


def _findings(folder: Path) -> Iterator[Finding]:
    known = samples()
    names = [path.relative_to(folder).as_posix() for pattern in _TEXTS for path in folder.glob(pattern)]
    for name in names:
        text = ""
        with suppress(CourseError):  # what cannot be read is told by `read_course`, if it is of the course
            text, _ = read_text(folder, name)
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip() in known:
                message = "this still stands as edu course new wrote it"
                yield Finding(name, number, "sample", message, "Write your own, or take it out")
