"""No table that tells of an account is forgotten when the account is exported or erased."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, Text, event, insert, select
from sqlalchemy.orm import Session

from edu.db import Base, Database, EnumValue
from edu.models import Role
from edu.services import erasure, export_account
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TABLES = Base.metadata.tables
WORDS = "own words"
NOT_TOLD = {
    "checklist_invite": "links to raters: only hashes of them are kept, and the ratings they led to are told",
    "response_event": "the single changes of answers that are told as they were left",
}
# Words of the account in rows that stay or go without it.
SAID = ("message.user_id", "hand_in_remark.author_id")


def keys_to(*tables: str) -> Iterator[tuple[Column[Any], ForeignKey]]:
    for table in TABLES.values():
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name in tables:
                    yield column, key


OF_ACCOUNTS = {f"{column.table.name}.{column.name}": column for column, _ in keys_to("user")}
OWNED = sorted({column.table.name for column, key in keys_to("user") if key.ondelete == "CASCADE"})
PARTS = {column.table.name: column for column, key in keys_to(*OWNED) if key.ondelete == "CASCADE"}


class Filler:
    """Puts a row into any table; other rows that it needs, it makes as well."""

    def __init__(self, session: Session, words: str, numbers: Iterator[int]) -> None:
        self._session = session
        self._text = words
        self._numbers = numbers

    def row(self, table: Table, **given: Any) -> Any:
        values = dict(given)
        for column in table.columns:
            if column.name not in values and self._is_needed(column):
                values[column.name] = self._value(column)
        key = next(iter(table.primary_key))
        return self._session.scalar(insert(table).values(values).returning(key))

    def _is_needed(self, column: Column[Any]) -> bool:
        if column.foreign_keys:
            return not column.nullable
        is_text = _kind(column) is str
        comes_by_itself = column is column.table.autoincrement_column or column.default is not None
        return is_text or not (column.nullable or comes_by_itself)

    def _value(self, column: Column[Any]) -> Any:
        if column.foreign_keys:
            return self.row(next(iter(column.foreign_keys)).column.table)
        if isinstance(column.type, EnumValue):
            return next(iter(column.type.kind))
        number = next(self._numbers)
        kinds: dict[type, Any] = {
            str: f"{number} {self._text}" if isinstance(column.type, Text) else str(number),
            int: number, float: 1.0, bool: False, bytes: b"x", object: {}, datetime: NOW,
            date: NOW.date(),
        }  # fmt: skip
        return kinds[_kind(column)]


def _kind(column: Column[Any]) -> type:
    if isinstance(column.type, EnumValue):
        return column.type.kind
    kind: type = getattr(column.type, "impl", column.type).python_type
    return kind


def full(session: Session) -> int:
    """An account to which a row of every table belongs, with parts of such rows, beside an administrator."""
    ada = add_user(session, now=NOW)
    numbers = count(1)
    own, others = Filler(session, WORDS, numbers), Filler(session, "words of others", numbers)
    add_user(session, now=NOW, role=Role.ADMINISTRATOR)
    owned: dict[str, Any] = {}
    for name, column in OF_ACCOUNTS.items():
        filler = own if column.table.name in OWNED or name in SAID else others
        key = filler.row(column.table, **{column.name: ada.id})
        owned |= {column.table.name: key} if column.table.name in OWNED else {}
    for part in PARTS.values():
        own.row(part.table, **{part.name: owned[next(iter(part.foreign_keys)).column.table.name]})
    return ada.id


def test_every_table_with_an_account_and_what_hangs_on_it_is_asked_for_an_export(database: Database) -> None:
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(" ".join(statement.replace('"', "").split()))

    with database.writing() as session:
        ada = full(session)
        event.listen(database.engine, "before_cursor_execute", note)
        told = export_account.export(session, ada, NOW)
        event.remove(database.engine, "before_cursor_execute", note)

    text = "\n".join(asked)
    assert [name for name in OF_ACCOUNTS if not re.search(rf"\b{re.escape(name)} = ", text)] == []
    assert {name for name in PARTS if not re.search(rf"\b(?:FROM|JOIN) {name}\b", text)} == set(NOT_TOLD)
    assert json.dumps(told)
    assert {name for name, value in told["works"].items() if not value} == set()
    assert [name for name in ("admissions", "links", "packs") if len(told[name]) != 1] == []


def test_erased_an_account_is_named_nowhere_and_its_own_words_are_gone(database: Database) -> None:
    with database.writing() as session:
        ada = full(session)

    with database.writing() as session:
        erasure.erase(session, ada, NOW)

    tables = [TABLES[name] for name in {*OWNED, *PARTS, "message"}]
    texts = [column for table in tables for column in table.columns if isinstance(column.type, Text)]
    with database.reading() as session:
        named = [name for name, column in OF_ACCOUNTS.items() if ada in session.scalars(select(column))]
        said = {
            str(column) for column in texts if any(WORDS in str(e) for e in session.scalars(select(column)))
        }
    assert named == []
    assert said == set()
