"""Lacks: what keeps a page from being published. Drafts are kept with all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.courseware.checks.pages import NEEDED
from edu.courseware.course import CalloutKind, Grade
from edu.courseware.marks import Mark, find_marks, grades_of, parser
from edu.courseware.page_details import Known, PageDetails
from edu.errors import Invalid
from edu.models import Audience, Course, Lesson, Module, PageKind, Reference, Step, Video
from edu.services import lesson_marks
from edu.services.contents import facts

MOST_TOLD = 20
WRITTEN = {"grade": "[{}]", "citation": "[@{}]", "step": "[[{}]]", "lesson": "lesson:{}"}
_SAYING = ("inline", "fence", "code_block", "container_board_open", "container_external_open")
_OPEN_BOX = re.compile(rf"^::: {CalloutKind.OPEN.value}\b.*?^:::$", re.MULTILINE | re.DOTALL)


def of_text(session: Session, course_id: int, body: str) -> Iterator[Invalid]:
    """What a text on an open page cannot hold: names of nothing, what is behind the gate, bare [?]."""
    if missing := lesson_marks.unknown(session, course_id, body):
        yield _told("The text names what is not there: %(names)s. Mend it, or keep a draft.", missing)
    marks = find_marks(body)
    if gated := _gated(session, course_id, marks):
        yield _told("Everybody can read this, and it names what is for professionals: %(names)s.", gated)
    if bare := bare_lines(body):
        yield _told(
            "A statement tagged [?] stands in a box that begins with “::: open”. Not so in line %(names)s.",
            list(map(str, bare)),
        )


def of_details(session: Session, course_id: int, details: PageDetails, body: str) -> Iterator[Invalid]:
    """What the fields name that is not there, and a question called better known than its grades allow."""
    if details.reference and not known_keys(session, course_id, [details.reference]):
        yield Invalid("The library has no such key.", code="unknown_key", field="reference")
    if strange := _unknown_lessons(session, course_id, details.lessons):
        yield _told("There is no lesson %(names)s.", strange, field="lessons")
    if details.known and not _is_known_so_well(details.known, grades_of(body)):
        yield Invalid(
            "No grade in the text goes so far: choose a smaller word, or cite what was found with its grade.",
            code="grade_too_low", field="known",
        )  # fmt: skip


def of_kind(kind: PageKind, details: PageDetails, body: str, samples: Collection[str]) -> Iterator[Invalid]:
    """What a form began with and nobody replaced, a part of a question that says nothing, and a story whose
    consent is still awaited."""
    if kind is PageKind.STORY and details.is_consent_awaited:
        yield Invalid(
            "The consent is still awaited: keep a draft until it is there.", code="awaited", field="consent"
        )
    if left := sample_lines(body, samples):
        yield _told(
            "The sentence with which the form begins still stands in line %(names)s.", [str(n) for n in left]
        )
    if kind is PageKind.QUESTION and (empty := [title for _, title in empty_parts(body)]):
        yield _told(
            "Nothing stands under these headings: %(names)s. Say that nothing is known, or take them away.",
            empty,
        )


def bare_lines(body: str) -> tuple[int, ...]:
    """The lines of statements tagged [?] that stand in no box for open questions."""
    outside = _OPEN_BOX.sub(lambda box: "\n" * box[0].count("\n"), body)
    found = (mark for mark in find_marks(outside) if mark.kind == "grade")
    return tuple(mark.line for mark in found if mark.value == Grade.OPEN_QUESTION)


def sample_lines(body: str, samples: Collection[str]) -> tuple[int, ...]:
    """The lines on which a sample sentence of a form still stands."""
    lines = enumerate(body.splitlines(), start=1)
    return tuple(number for number, line in lines if any(sample in line for sample in samples))


def empty_parts(body: str) -> tuple[tuple[int, str], ...]:
    """Headings under which nothing stands, each with its line."""
    found: list[tuple[int, str]] = []
    waiting: list[tuple[int, int, str]] = []  # how deep, on which line, its words
    tokens = parser().parse(body)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            depth, line = int(token.tag[1:]), token.map[0] + 1 if token.map else 0
            found += [(at, title) for level, at, title in waiting if level >= depth]
            waiting = [one for one in waiting if one[0] < depth]
            waiting.append((depth, line, tokens[place + 1].content))
        elif token.type in _SAYING and tokens[place - 1].type != "heading_open":
            waiting = []
    return tuple(sorted([*found, *((at, title) for _, at, title in waiting)]))


def of_translation(original: str, translated: str) -> Iterator[Invalid]:
    """Marks that the original has and the translation lacks, or the other way round: each claim keeps its
    grade, its reference and its step in every language."""
    before, after = _counted(original), _counted(translated)
    if lost := sorted((before - after).elements()):
        yield _told(
            "The original has these marks, and the translation lacks them: %(names)s. Each statement keeps "
            "its grade and its sources in every language.",
            lost,
        )
    if added := sorted((after - before).elements()):
        yield _told("The translation has these marks, and its original does not: %(names)s.", added)


def known_keys(session: Session, course_id: int, keys: Collection[str]) -> set[str]:
    """Those of the keys that the library of the course has."""
    asked = select(Reference.key).where(Reference.course_id == course_id, Reference.key.in_(keys))
    return set(session.scalars(asked)) if keys else set()


def _counted(body: str) -> Counter[str]:
    return Counter(WRITTEN[mark.kind].format(mark.value) for mark in find_marks(body))


def _gated(session: Session, course_id: int, marks: Collection[Mark]) -> list[str]:
    """Steps of films and lessons that are behind the gate, as they are written."""
    named = {kind: [mark.value for mark in marks if mark.kind == kind] for kind in ("step", "lesson")}
    found: list[str] = []
    if named["step"]:
        steps = select(Step.identifier).join(Video, Video.id == Step.video_id)
        asked = steps.where(Step.identifier.in_(named["step"]), Video.audience == Audience.PRO)
        found += [WRITTEN["step"].format(step) for step in session.scalars(asked)]
    if named["lesson"]:
        lessons = select(Lesson).options(joinedload(Lesson.module))
        rows = session.scalars(lessons.where(Lesson.course_id == course_id, Lesson.code.in_(named["lesson"])))
        found += [WRITTEN["lesson"].format(row.code) for row in rows if facts(row).audience is Audience.PRO]
    return sorted(found)


def _unknown_lessons(session: Session, course_id: int, codes: Collection[str]) -> list[str]:
    """The codes of neither a lesson nor one of a module that is announced."""
    if not codes:
        return []
    lessons = select(Lesson.code).where(Lesson.course_id == course_id, Lesson.code.in_(codes))
    modules = select(Module.code).where(Module.course_id == course_id)
    course = session.get(Course, course_id)
    planned = [module["code"] for module in course.notices.get("planned", ())] if course else []
    known, announced = set(session.scalars(lessons)), {*planned, *session.scalars(modules)}
    return [code for code in codes if code not in known and f"M{code[1:].partition('.')[0]}" not in announced]


def _is_known_so_well(known: str, found: Collection[str]) -> bool:
    if known == Known.NOTHING:
        return True
    amounts = list(Known)
    enough = set[Grade]().union(*(NEEDED.get(one, set()) for one in amounts[amounts.index(Known(known)) :]))
    return bool(enough & {Grade(grade) for grade in found})


def _told(sentence: str, names: Collection[str], *, field: str = "body") -> Invalid:
    told = ", ".join(list(names)[:MOST_TOLD]) + (" …" if len(names) > MOST_TOLD else "")
    return Invalid(sentence, code="lack", field=field, names=told)
