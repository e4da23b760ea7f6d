"""The index of things: made anew of a row whenever that is written, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, contains_eager

from edu.courseware.headings import without_tags
from edu.models import (
    Lesson,
    LessonTranslation,
    Page,
    SearchName,
    SearchSection,
    SearchText,
    ThingKind,
)
from edu.models import SearchThing as Thing
from edu.services.searching import gaps, saying
from edu.services.searching.saying import Said
from edu.services.searching.words import words

AT_ONCE: Final = 200  # rows that are read and held
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # as typed where there are none
MOST_KEY: Final = 200


def index(session: Session, kind: ThingKind, ids: Collection[int]) -> int:
    """Make what is found of these rows anew; tells of how many that are there."""
    count, ordered = 0, sorted(ids)
    for first in range(0, len(ordered), AT_ONCE):
        count += _index(session, kind, ordered[first : first + AT_ONCE])
    return count


def mend(session: Session) -> int:
    """Index what is not in the index; tells how many things that were. After an upgrade these are all."""
    return sum(index(session, kind, ids) for kind, ids in gaps.lacking(session).items())


def rebuild(session: Session) -> int:
    """Make the whole index anew; tells of how many things."""
    for table in (SearchName, SearchSection, SearchText, Thing):
        session.execute(delete(table))
    if session.get_bind().dialect.name == "sqlite":
        again = "INSERT INTO search_index_things(search_index_things) VALUES ('rebuild')"
        session.connection().exec_driver_sql(again)
    return mend(session)


def key_of(text: str) -> str:
    """What spellings of a name have in common that differ in spaces, hyphens, accents or a plural s alone."""
    return "".join(words(text)).removesuffix("s")[:MOST_KEY]


def _index(session: Session, kind: ThingKind, ids: list[int]) -> int:
    if kind is ThingKind.PAGE:
        ids = _with_translations(session, ids)
    session.execute(delete(Thing).where(gaps.pointer(kind).in_(ids)))
    model = gaps.MODELS[kind]
    asked = select(model).where(model.id.in_(ids), *gaps.is_thing(kind)).order_by(model.id)
    if kind is ThingKind.LESSON:
        asked = asked.join(Lesson.module).options(contains_eager(Lesson.module))
    rows = session.scalars(asked).all()
    originals = _originals(session, ids) if kind is ThingKind.PAGE else {}
    pairs = [(row.id, saying.of(row)) for row in rows]
    pairs += _translated(session, rows) if kind is ThingKind.LESSON else []
    said = [each for _, each in pairs]
    made = [
        {"kind": kind, f"{kind.value}_id": row_id, "original_id": originals.get(row_id), **_thing(each)}
        for row_id, each in pairs
    ]
    if not made:
        return 0
    numbers = session.scalars(insert(Thing).returning(Thing.id, sort_by_parameter_order=True), made).all()
    texts = [_text(number, each) for number, each in zip(numbers, said, strict=True)]
    session.execute(insert(SearchText), texts)
    parts = [part for number, each in zip(numbers, said, strict=True) for part in _sections(number, each)]
    if parts:
        session.execute(insert(SearchSection), parts)
    if kind is ThingKind.TERM:
        _name(session, rows)
    return len(rows)


def _translated(session: Session, rows: Collection[Any]) -> list[tuple[int, Said]]:
    """What the translations of these lessons say: each is a thing of its lesson, in its own language."""
    by_id = {row.id: row for row in rows}
    asked = select(LessonTranslation).where(LessonTranslation.lesson_id.in_(by_id))
    found = session.scalars(asked.order_by(LessonTranslation.lesson_id, LessonTranslation.language))
    return [
        (text.lesson_id, saying.of_translation(by_id[text.lesson_id], text))
        for text in found
        if text.language != by_id[text.lesson_id].language  # the lesson's own is its language since
    ]


def _thing(said: Said) -> dict[str, Any]:
    return {
        "shelf": said.shelf,
        "language": said.language,
        "position": said.position,
    }


def _text(thing_id: int, said: Said) -> dict[str, Any]:
    lines = [without_tags(line) for part in said.sections for line in (part.heading, *part.lines)]
    whole = (*said.titles, *said.head, *said.hidden, *lines)
    return {
        "thing_id": thing_id,
        "title": _folded(said.titles),
        "head": _folded(said.head),
        "words": _folded(whole),
    }


def _sections(thing_id: int, said: Said) -> list[dict[str, Any]]:
    return [
        {
            "thing_id": thing_id,
            "number": number,
            "anchor": part.anchor[:200],
            "heading": part.heading,
            "lines": list(part.lines),
            "words": _folded((part.heading, *map(without_tags, part.lines))),
        }
        for number, part in enumerate(said.sections)
    ]


def _folded(texts: Collection[str]) -> str:
    """With a sign between texts that is no word, so that no phrase goes from one into the next."""
    return " | ".join(["", *(" ".join(words(text)) for text in texts if text.strip()), ""])


def _name(session: Session, rows: Collection[Any]) -> None:
    session.execute(delete(SearchName).where(SearchName.term_id.in_([row.id for row in rows])))
    made = [
        {
            "term_id": row.id,
            "key": key_of(spelt),
            "text": text,
            "words": " ".join(words(spelt)),
            "is_same": same,
        }
        for row in rows
        for text, language, same in saying.names(row)
        for spelt in _spellings(text, language)
    ]
    if made:
        session.execute(insert(SearchName), made)


def _spellings(text: str, language: str) -> tuple[str, ...]:
    spelt = text.lower().translate(_UMLAUTS) if language.split("-")[0] == "de" else text
    return tuple({key_of(way): way for way in (text, spelt)}.values())


def _with_translations(session: Session, ids: list[int]) -> list[int]:
    """The pages with all of their translations and originals: each of them knows its original."""
    named = select(Page.kind, Page.slug).where(Page.id.in_(ids)).distinct().subquery()
    family = select(Page.id).join(named, (named.c.kind == Page.kind) & (named.c.slug == Page.slug))
    return sorted({*ids, *session.scalars(family)})


def _originals(session: Session, ids: list[int]) -> dict[int, int]:
    """The originals of those pages that are translations."""
    rows = session.execute(
        select(Page.id, Page.kind, Page.slug, Page.source_revision).where(Page.id.in_(ids))
    ).all()
    firsts = {(row.kind, row.slug): row.id for row in rows if row.source_revision is None}
    return {
        row.id: firsts[row.kind, row.slug]
        for row in rows
        if row.source_revision is not None and (row.kind, row.slug) in firsts
    }
