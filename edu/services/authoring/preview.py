"""A text as readers will see it, and what is to be mended in it, with the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from markdown_it.token import Token
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.board import MARK as BOARD
from edu.courseware.board import Layer, layers_of
from edu.courseware.course import CalloutKind, Grade
from edu.courseware.markdown import ENGLISH, Words
from edu.courseware.marks import Mark, find_marks, grades_of, parser
from edu.models import Audience, Lesson, Module, PageKind, Reference, Step, Video
from edu.policy import Viewer
from edu.services import prose
from edu.services.authoring.inner_links import dead_links
from edu.services.pages import lacks, related
from edu.services.prose import Prose

MOST_TOLD = 50
_HTML = re.compile(
    r"</?(?:a|b|br|div|em|figure|h[1-6]|i|iframe|img|p|span|strong|sub|sup|table|u|video)\b[^>]*>", re.I
)
_NEARLY = re.compile(r"\[([A-Za-z?](?:\s*[,;/]\s*[A-Za-z?])*)\](?![(\[])")
_PUBLISHED = (Grade.TRIALS, Grade.STUDIES, Grade.SERIES, Grade.AGAINST, Grade.GUIDELINE)
_BOX = re.compile(r" {0,3}:{3,}\s*(\S*).*")


class Rule(StrEnum):
    """What can be wrong with a text."""

    UNKNOWN_CITATION = "unknown_citation"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_LESSON = "unknown_lesson"
    GATED_STEP = "gated_step"
    GATED_LESSON = "gated_lesson"
    NO_GRADE = "no_grade"  # [E], [c]: looks like a tag and is none
    NO_BOX = "no_box"
    OPEN_BOX = "open_box"
    NO_LAYER = "no_layer"
    HTML = "html"
    PICTURE = "picture"
    TITLE = "title"
    UNGRADED = "ungraded"
    UNSOURCED = "unsourced"
    OPEN_QUESTION = "open_question"
    DEAD_LINK = "dead_link"
    BARE_OPEN = "bare_open"  # the last three are of pages outside the lessons
    SAMPLE = "sample"
    EMPTY_PART = "empty_part"


class Weight(StrEnum):
    """How much a finding matters."""

    BLOCKING = "blocking"  # it is not published so
    WARNING = "warning"  # readers would see something wrong
    HINT = "hint"


WEIGHTS = {
    **dict.fromkeys(
        (Rule.UNKNOWN_CITATION, Rule.UNKNOWN_STEP, Rule.UNKNOWN_LESSON, Rule.GATED_STEP), Weight.BLOCKING
    ),
    **dict.fromkeys((Rule.BARE_OPEN, Rule.SAMPLE, Rule.EMPTY_PART), Weight.BLOCKING),
    **dict.fromkeys((Rule.TITLE, Rule.UNGRADED, Rule.UNSOURCED, Rule.OPEN_QUESTION), Weight.HINT),
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is to be mended, on which line of the text (from 1); `name` is what the text says there."""

    line: int
    rule: Rule
    name: str = ""

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        return WEIGHTS.get(self.rule, Weight.WARNING)


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as HTML with its list of references, what was found, and its grade tags in their order.

    `lines` are those on which the blocks of `html` begin, block by block, so that both can scroll together.
    """

    html: str
    references: str
    findings: tuple[Finding, ...]
    grades: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether it can not be published so."""
        return any(found.weight is Weight.BLOCKING for found in self.findings)


def render(
    session: Session, viewer: Viewer, course_id: int | None, language: str, body: str, *,
    is_gated: bool = True, video_slug: str = "", words: Words = ENGLISH,
) -> Preview:  # fmt: skip
    """A text of a course (None: of no course) as readers see it. `is_gated`: it is for professionals.

    In `language` words of the glossary are explained; none for "".
    """
    library = related.library_of(session, course_id)
    (made,) = prose.of(
        session, viewer, library, (body,), video_slug=video_slug, words=words, explained=language
    )
    return looked_at(session, library, body, made, is_gated=is_gated)


def looked_at(
    session: Session, course_id: int, body: str, made: Prose, *,
    is_gated: bool, kind: PageKind | None = None, samples: tuple[str, ...] = (),
) -> Preview:  # fmt: skip
    """The same of a text of that library which was rendered already; with the kind of a page outside the
    lessons also what keeps only those from being published."""
    told = [*findings(session, course_id, body, is_gated=is_gated)]
    if kind is not None:
        told += _of_pages(kind, body, samples)
    found = sorted(set(told))
    return Preview(made.html, made.references, tuple(found[:MOST_TOLD]), grades_of(body), _block_lines(body))


def findings(session: Session, course_id: int, body: str, *, is_gated: bool) -> Iterator[Finding]:
    """All that is to be mended in a text; three small statements."""
    marks = find_marks(body)
    yield from _unknown(session, course_id, marks, is_gated)
    yield from _boxes(body)
    yield from _lines(body)
    yield from _claims(body)
    for line, address in dead_links(session, body):
        yield Finding(line, Rule.DEAD_LINK, address)
    opens = [mark.line for mark in marks if mark.kind == "grade" and mark.value == Grade.OPEN_QUESTION]
    if opens:
        yield Finding(opens[0], Rule.OPEN_QUESTION, str(len(opens)))


def steps(body: str) -> tuple[str, ...]:
    """The steps that a text shows, each once, in its order."""
    return tuple(dict.fromkeys(mark.value for mark in find_marks(body) if mark.kind == "step"))


def _unknown(session: Session, course_id: int, marks: tuple[Mark, ...], is_gated: bool) -> Iterator[Finding]:
    """Names of nothing, and of what an open text must not show."""
    named: dict[str, set[str]] = {"citation": set(), "step": set(), "lesson": set(), "grade": set()}
    for mark in marks:
        named[mark.kind].add(mark.value)
    works = select(Reference.key).where(
        Reference.course_id == course_id, Reference.key.in_(named["citation"])
    )
    steps = (
        select(Step.identifier, Video.audience)
        .join(Video, Video.id == Step.video_id)
        .where(Step.identifier.in_(named["step"]), Step.start_ms.is_not(None))
    )
    lessons = (
        select(Lesson.code, Lesson.audience, Module.audience)
        .join(Module, Module.id == Lesson.module_id)
        .where(Lesson.course_id == course_id, Lesson.code.in_(named["lesson"]))
    )
    known: dict[tuple[str, str], bool] = {}
    if named["citation"]:
        known |= {("citation", key): False for key in session.scalars(works)}
    for kind, asked in (("step", steps), ("lesson", lessons)):
        rows = session.execute(asked) if named[kind] else ()
        known |= {(kind, name): Audience.PRO in audiences for name, *audiences in rows}
    for mark in (mark for mark in marks if mark.kind != "grade"):
        gated = known.get((mark.kind, mark.value))
        if gated is None:
            yield Finding(mark.line, Rule(f"unknown_{mark.kind}"), mark.value)
        elif gated and not is_gated:
            yield Finding(mark.line, Rule(f"gated_{mark.kind}"), mark.value)


def _boxes(body: str) -> Iterator[Finding]:
    """Boxes that are none, that do not end, or that draw layers which are none."""
    begun: list[int] = []
    for token in parser().parse(body):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "inline":
            yield from _no_boxes(token, line)
        elif token.type in _BEGINS:
            begun.append(line)
            named = layers_of(token.info.strip())[1] if token.type == _BEGINS[-1] else ()
            yield from (Finding(line, Rule.NO_LAYER, name) for name in named)
        elif token.type in _ENDS:
            line = begun.pop()
            if not token.markup:
                yield Finding(line, Rule.OPEN_BOX)


def _no_boxes(token: Token, line: int) -> Iterator[Finding]:
    """Lines that would begin or end a box and stand as plain text."""
    for place, text in enumerate(token.content.split("\n")):
        if box := _BOX.match(text):
            yield Finding(line + place, Rule.NO_BOX, box[1][:40])


_BEGINS, _ENDS = (
    tuple(f"container_{kind}_{end}" for kind in (*CalloutKind, BOARD)) for end in ("open", "close")
)


def _lines(body: str) -> Iterator[Finding]:
    """What is shown as it is typed: HTML, pictures, tags that are none; and titles above the page's own."""
    for token in parser().parse(body):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open" and token.tag == "h1":
            yield Finding(line, Rule.TITLE)
        yield from _typed(token.children or [], line)


def _typed(children: list[Token], line: int) -> Iterator[Finding]:
    """Words that would be something else in another language than Markdown as it is read here."""
    for child, after in zip_longest(children, children[1:]):
        line += child.type in ("softbreak", "hardbreak")
        if child.type != "text":
            continue
        if found := _HTML.search(child.content):
            yield Finding(line, Rule.HTML, found[0][:60])
        if child.content.endswith("!") and after is not None and after.type == "link_open":
            yield Finding(line, Rule.PICTURE)
        for tag in _NEARLY.finditer(child.content):
            yield Finding(line, Rule.NO_GRADE, tag[1])


def _claims(body: str) -> Iterator[Finding]:
    """Paragraphs that cite a work and do not say how strong what it found is; a text that gives grades which
    rest on published work, and names none.
    """
    graded: list[tuple[int, str]] = []
    is_cited = False
    for token in parser().parse(body):
        kinds = {child.type for child in token.children or ()}
        line = token.map[0] + 1 if token.map else 0
        is_cited |= "citation" in kinds
        if token.type == "inline" and "citation" in kinds and "grade" not in kinds:
            yield Finding(line, Rule.UNGRADED)
        for child in token.children or ():
            if child.type == "grade":
                graded += [(line, grade) for grade in child.meta["grades"] if grade in _PUBLISHED]
    if graded and not is_cited:
        yield Finding(graded[0][0], Rule.UNSOURCED, graded[0][1])


def _of_pages(kind: PageKind, body: str, samples: tuple[str, ...]) -> Iterator[Finding]:
    """What saving refuses of a published page outside the lessons."""
    yield from (Finding(line, Rule.BARE_OPEN) for line in lacks.bare_lines(body))
    yield from (Finding(line, Rule.SAMPLE) for line in lacks.sample_lines(body, samples))
    if kind is PageKind.QUESTION:
        yield from (Finding(line, Rule.EMPTY_PART, title) for line, title in lacks.empty_parts(body))


def _block_lines(body: str) -> tuple[int, ...]:
    found = (token for token in parser().parse(body) if token.level == 0 and token.nesting >= 0)
    return tuple(token.map[0] + 1 for token in found if token.map)


LAYERS = ", ".join(Layer)
