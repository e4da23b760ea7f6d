"""The index follows what is written: each session that writes a thing renews what is found of it.

Hung on SQLAlchemy's sessions, so that no service that writes lessons, terms, entries or pages has to think
of search, and none can forget it. It is done just before the commit, in the same transaction. What is deleted
takes its rows along by its foreign key.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from edu.models import Lesson, LessonTranslation, Module, ThingKind
from edu.services.searching import gaps, things
from edu.services.searching.saying import READING

DUE: Final = "search_due"
ALL: Final = 0  # no row has this id


def begin() -> None:
    """Follow from now on, in this process; asked for again it changes nothing."""
    for name, deed in (("after_flush", _note), ("do_orm_execute", _note_many), ("before_commit", _renew)):
        if not event.contains(Session, name, deed):
            event.listen(Session, name, deed)


def _note(session: Session, _: UOWTransaction) -> None:
    """Note the things of this flush. One that a later flush changes again is renewed once."""
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, LessonTranslation):
            _due(session)[ThingKind.LESSON].add(row.lesson_id)
    for row in (*session.new, *session.dirty):
        found = READING.get(type(row))
        if found and session.is_modified(row):
            _due(session)[found[0]].add(row.id)
        elif isinstance(row, Module) and session.is_modified(row):
            of_module = select(Lesson.id).where(Lesson.module_id == row.id)
            _due(session)[ThingKind.LESSON].update(session.connection().scalars(of_module))


def _note_many(state: ORMExecuteState) -> None:
    """Note all things of a kind of which a statement changes or adds many at once, unread."""
    mapper = state.bind_mapper
    if mapper is None or not (state.is_update or state.is_insert):
        return
    if found := READING.get(mapper.class_):
        _due(state.session)[found[0]].add(ALL)


def _renew(session: Session) -> None:
    session.flush()
    due: dict[ThingKind, set[int]] = session.info.pop(DUE, {})
    for kind, ids in due.items():
        if ALL in ids:
            ids = set(session.scalars(select(gaps.MODELS[kind].id)))
        things.index(session, kind, ids)


def _due(session: Session) -> dict[ThingKind, set[int]]:
    found: dict[ThingKind, set[int]] = session.info.setdefault(DUE, defaultdict(set))
    return found
