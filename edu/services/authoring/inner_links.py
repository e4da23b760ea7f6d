"""Links of a text to pages of this site that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from edu.courseware.marks import parser
from edu.models import Checklist, Course, Lesson, Page, PageKind, Quiz, Reference, Term, Video
from edu.services.pages.finding import ADDRESSES

_ROOMS: dict[str, InstrumentedAttribute[str]] = {
    "courses": Course.slug,
    "videos": Video.slug,
    "glossary": Term.slug,
    "library": Reference.key,
    "quizzes": Quiz.slug,
    "checklists": Checklist.slug,
}
_PAGES = {url.strip("/"): kind for kind, url in ADDRESSES.items() if kind is not PageKind.SITE}
_OWN = frozenset({"timeline", "feed.xml", "tell", "spaced-review", "invitations", "runs", "pictures"})
"""Pages of the rooms themselves, which no row of theirs is."""
_OF_COURSE = frozenset({"changes", "feed.xml", "paths", "progress", "state", "statement"})


def dead_links(session: Session, body: str) -> Iterator[tuple[int, str]]:
    """The links to rooms of this site that name nothing there, each with its line; one statement for each.

    Drafts are there: what is written together is published one after the other. Of other addresses nothing
    is said.
    """
    known: dict[str, bool] = {}
    for line, address in _links(body):
        if address not in known:
            known[address] = _is_there(
                session, [unquote(part) for part in urlsplit(address).path.split("/")[1:]]
            )
        if not known[address]:
            yield line, address


def _links(body: str) -> Iterator[tuple[int, str]]:
    for block in parser().parse(body):
        line = block.map[0] + 1 if block.map else 0
        for token in block.children or ():
            line += token.type in ("softbreak", "hardbreak")
            href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if href.startswith("/") and not href.startswith("//"):
                yield line, href


def _is_there(session: Session, parts: list[str]) -> bool:
    room, *rest = [part for part in parts if part] or [""]
    if not rest or rest[0] in _OWN:
        return True
    if kind := _PAGES.get(room):
        return _has(session, Page.slug, rest[0], Page.kind == kind)
    if room not in _ROOMS:
        return True
    if not _has(session, _ROOMS[room], rest[0]):
        return False
    if room != "courses" or len(rest) == 1 or rest[1] in _OF_COURSE:
        return True
    of_course = Lesson.course_id.in_(select(Course.id).where(Course.slug == rest[0]))
    return _has(session, Lesson.slug, rest[1], of_course)


def _has(session: Session, column: InstrumentedAttribute[str], name: str, *more: ColumnElement[bool]) -> bool:
    return session.scalar(select(column).where(column == name, *more).limit(1)) is not None
