"""The form of a module and what is made of it: plain values, or a refusal that names the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from edu.errors import Invalid
from edu.models import Audience, Course, Module
from edu.services import course_editing, typed

MOST_SUMMARY: Final = 2000
MOST_MINUTES: Final = 10_000


@dataclass(frozen=True, slots=True)
class ModuleForm:
    """What the form says. `is_planned`: it is announced only; `open_to_all`: that opening it is meant."""

    title: str
    summary: str
    audience: str
    minutes: str
    review_months: str
    is_planned: bool = False
    open_to_all: bool = False
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The same, read."""

    title: str
    summary: str
    audience: Audience
    minutes: int
    review_months: int


def empty(course: Course) -> ModuleForm:
    """The form of a module that is not made yet."""
    return ModuleForm("", "", Audience.OPEN.value, "10", str(course_editing.review_months(course)))


def of_module(row: Module) -> ModuleForm:
    """The form of a module as it stands."""
    months = int(row.details.get("review_months", course_editing.MONTHS))
    said = (row.title, row.summary, row.audience.value, row.minutes, months)
    return ModuleForm(
        row.title, row.summary, row.audience.value, str(row.minutes), str(months),
        guard=course_editing.print_of(*said),
    )  # fmt: skip


def of_planned(course: Course, entry: Mapping[str, Any]) -> ModuleForm:
    """The form of a module that is announced; what its announcement does not say is as for a new one."""
    said = (entry["title"], "", str(entry["audience"]), str(entry["minutes"]))
    months = str(course_editing.review_months(course))
    return ModuleForm(*said, months, is_planned=True, guard=course_editing.print_of(*said))


def read(form: ModuleForm) -> Said:
    """What the form says; Invalid names the field that is wrong."""
    return Said(
        title=typed.line(form.title, "title", most=200),
        summary=typed.text(form.summary, "summary", most=MOST_SUMMARY, optional=True),
        audience=typed.word(form.audience, Audience, "audience"),
        minutes=_minutes(form.minutes),
        review_months=course_editing.months(form.review_months),
    )


def _minutes(value: str) -> int:
    plain = value.strip()
    number = int(plain) if plain.isdecimal() and len(plain) <= 5 else 0
    if not 0 < number <= MOST_MINUTES:
        raise Invalid(
            "Write how many minutes it takes, from 1 to %(most)s.",
            code="minutes", field="minutes", most=MOST_MINUTES,
        )  # fmt: skip
    return number
