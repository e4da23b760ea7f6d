"""Finding: one thing that is wrong with a course; CourseError: a course that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edu.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong at `path` (inside the course folder), on `line` (0 = the whole file), and what to do."""

    path: str
    line: int
    rule: str
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """`path:line`, or the path alone."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def sentence(self) -> str:
        """One line for a terminal."""
        return f"{self.place}: {self.message}. {self.remedy}"


class CourseError(Invalid):
    """The course folder cannot be read; `findings` holds every broken place that was met."""

    code = "course_unreadable"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        places = [finding.place for finding in self.findings]
        super().__init__("\n".join(finding.sentence for finding in self.findings), places=places)


def broken(path: str, line: int, message: str, remedy: str, *, rule: str = "unreadable") -> CourseError:
    """A CourseError of one finding."""
    return CourseError([Finding(path, line, rule, message, remedy)])
