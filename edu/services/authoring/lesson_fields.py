"""What the form of a lesson says, read and refused field by field; objectives as lines and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from edu.errors import Invalid
from edu.models import Audience
from edu.services import typed
from quizzes import Bloom

MOST_BODY, MOST_SUMMARY, MOST_NOTE = 200_000, 600, 200
MOST_OBJECTIVES, MOST_OBJECTIVE, MOST_MINUTES = 12, 300, 600
_LEVEL = re.compile(r"\s*\((" + "|".join(Bloom) + r")\)$")
_BRACKETS = re.compile(r"\(([^\W\d_]+)\)$")
_VERBS = {
    Bloom.REMEMBER: "list match name order recall state give define label",
    Bloom.UNDERSTAND: "describe explain recognise summarise tell identify illustrate",
    Bloom.APPLY: "act advise answer apply calculate choose demonstrate draw elicit examine find locate map "
    "measure obtain perform prepare send show simulate use",
    Bloom.ANALYSE: "analyse classify compare contrast distinguish separate",
    Bloom.EVALUATE: "appraise assess criticise decide defend evaluate interpret judge justify predict weigh",
    Bloom.CREATE: "create design plan write",
}
LEVELS = {verb: level for level, verbs in _VERBS.items() for verb in verbs.split()}
"""The level a verb speaks of where none is written (Anderson and Krathwohl's revision of Bloom, 2001)."""


class State(StrEnum):
    """What a maker chooses; whether a page counts as reviewed is not the maker's to say."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class LessonForm:
    """What the form says. `publish_video`: also publish the video that is attached, if it is a draft.

    `standing` is how the lesson stood when the form was filled: published by somebody meanwhile is a change
    as well, though no word of it is different. `objectives` has one a line, `publish_at` a moment in UTC.
    """

    place: str
    course_title: str
    module_title: str
    title: str
    body: str
    language: str
    audience: str
    state: str
    video: str
    publish_video: bool
    revision: str
    open_to_all: bool = False  # the tick that opening what was for professionals is meant
    summary: str = ""
    minutes: str = ""
    objectives: str = ""
    publish_at: str = ""
    note: str = ""
    standing: str = ""


EMPTY = LessonForm("", "", "", "", "", "en", "open", "draft", "", True, "")


@dataclass(frozen=True, slots=True)
class Said:
    """The same, read."""

    title: str
    summary: str
    body: str
    language: str
    audience: Audience
    minutes: int
    objectives: list[dict[str, Any]]
    state: State
    publish_at: datetime | None
    note: str


def read(form: LessonForm, kept: list[dict[str, Any]]) -> Said:
    """What was typed; Invalid names the field. `kept` are the objectives as they stand, with their levels."""
    title = typed.line(form.title, "title", most=200)  # the first field is told first
    state = typed.word(form.state, State, "state")
    return Said(
        title=title,
        summary=typed.line(form.summary, "summary", most=MOST_SUMMARY, optional=True),
        body=typed.text(form.body, "body", most=MOST_BODY, optional=True),
        language=typed.language(form.language),
        audience=typed.word(form.audience, Audience, "audience"),
        minutes=_minutes(form.minutes),
        objectives=objectives(form.objectives, kept),
        state=state,
        publish_at=typed.moment(form.publish_at, "publish_at") if state is State.SCHEDULED else None,
        note=typed.line(form.note, "note", most=MOST_NOTE, optional=True),
    )


def objective_lines(kept: list[dict[str, Any]]) -> str:
    """Objectives as lines to edit: `find the nodule with two fingers (apply)`."""
    return "\n".join(f"{one['verb']} {one['text']} ({one['bloom']})" for one in kept)


def objectives(text: str, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objectives in such lines. Without a level in brackets it is as it was, or that of the verb.

    Invalid tells the line that is no objective.
    """
    before = {f"{one['verb']} {one['text']}": str(one["bloom"]) for one in kept}
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = " ".join(line.split()).lstrip("-*• ")
        if not words:
            continue
        level = _LEVEL.search(words)
        said = _LEVEL.sub("", words)
        verb, _space, rest = said.partition(" ")
        if not rest or len(said) > MOST_OBJECTIVE:
            raise Invalid(
                "Line %(line)s is no objective: write a verb and what is done, such as “find the nodule”.",
                code="no_objective", field="objectives", line=number,
            )  # fmt: skip
        if level is None and said not in before and (other := _BRACKETS.search(words)):
            raise Invalid(
                "Line %(line)s: “%(word)s” is no level. Write one of %(levels)s in the brackets, or none.",
                code="no_level", field="objectives", line=number, word=other[1], levels=", ".join(Bloom),
            )  # fmt: skip
        bloom = level[1] if level else before.get(said) or LEVELS.get(verb.lower(), Bloom.UNDERSTAND)
        found.append({"verb": verb, "text": rest, "bloom": str(bloom)})
    if len(found) > MOST_OBJECTIVES:
        raise Invalid(
            "At most %(most)s objectives are kept.", code="too_many", field="objectives", most=MOST_OBJECTIVES
        )
    return found


def _minutes(value: str) -> int:
    said = value.strip()
    if not said:
        return 0
    if not re.fullmatch(r"[0-9]{1,4}", said, re.ASCII) or int(said) > MOST_MINUTES:
        raise Invalid(
            "Write how many minutes it takes, from 0 to %(most)s.",
            code="minutes", field="minutes", most=MOST_MINUTES,
        )  # fmt: skip
    return int(said)
