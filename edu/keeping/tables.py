"""Rows as lines of JSON: the tables of any revision, from SQLite or PostgreSQL, and back into either.

The tables are read from the database itself, not from the models, so that what an older edu made can be
copied before it is upgraded, and loaded at its own revision.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from edu.errors import EduError

REVISION = "alembic_version"
AT_ONCE = 500  # rows held in memory
# The bytes of uploads in progress are no part of a backup, so their rows are none either.
ONLY = {"upload": "video_id IS NOT NULL"}


class Damaged(EduError):
    """A backup is not as it was written; the sentence names the file."""

    code = "backup_damaged"


def tables(connection: Connection) -> list[sa.Table]:
    """Every table with rows of ours, as it is in the database; what others refer to comes first."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=_names(connection))
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type.none_as_null = bool(column.nullable)
    return metadata.sorted_tables


def revision(connection: Connection) -> str | None:
    """The schema's revision; None when nothing was made yet."""
    if not sa.inspect(connection).has_table(REVISION):
        return None
    found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def dump(connection: Connection, table: sa.Table) -> Iterator[bytes]:
    """A line with the names of the columns, then a line for each row, in the order of the key."""
    columns = [column for column in table.columns if column.computed is None]
    yield _line([column.name for column in columns])
    asked = sa.select(*columns).order_by(*table.primary_key.columns)
    if table.name in ONLY:
        asked = asked.where(sa.text(ONLY[table.name]))
    for row in connection.execute(asked, execution_options={"yield_per": AT_ONCE}):
        yield _line([_plain(value) for value in row])


def load(connection: Connection, table: sa.Table, lines: Iterable[bytes]) -> int:
    """Write the rows of such lines, and tell how many there were; Damaged when they do not fit the table."""
    rows = iter(lines)
    try:
        columns = [table.columns[name] for name in json.loads(next(rows))]
        count = 0
        while some := list(islice(rows, AT_ONCE)):
            connection.execute(sa.insert(table), [_row(columns, json.loads(line)) for line in some])
            count += len(some)
    except (ValueError, KeyError, TypeError, StopIteration, sa.exc.StatementError) as error:
        raise Damaged(f"the rows of {table.name} cannot be read: this backup is damaged") from error
    return count


def counters(connection: Connection, found: Iterable[sa.Table]) -> dict[str, int]:
    """The last number that each table gave out, where the database counts: some must never be given again."""
    if connection.dialect.name == "sqlite":
        if not sa.inspect(connection).has_table("sqlite_sequence"):
            return {}
        counted = connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
        return {str(name): int(number) for name, number in counted}
    asked = sa.text("SELECT pg_sequence_last_value(CAST(:name AS regclass))")
    last = {}
    for table, sequence in _sequences(connection, found):
        if (number := connection.scalar(asked, {"name": sequence})) is not None:
            last[table.name] = int(number)
    return last


def set_counters(connection: Connection, found: Iterable[sa.Table], last: Mapping[str, int]) -> None:
    """Go on counting after the last number, and after the highest in the table."""
    if connection.dialect.name == "sqlite":
        _set_sqlite(connection, last)
        return
    for table, sequence in _sequences(connection, found):
        (column,) = table.primary_key.columns
        highest = connection.scalar(sa.select(sa.func.max(column))) or 0
        if value := max(int(highest), last.get(table.name, 0)):
            connection.execute(sa.text("SELECT setval(:name, :value)"), {"name": sequence, "value": value})


def _set_sqlite(connection: Connection, last: Mapping[str, int]) -> None:
    counting = sa.text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    for name in connection.scalars(counting).all():
        value = {"name": name, "last": last.get(name, 0)}
        seen = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), value)
        if seen is None:
            connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), value)
        elif seen < value["last"]:
            connection.execute(sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), value)


def _sequences(connection: Connection, found: Iterable[sa.Table]) -> Iterator[tuple[sa.Table, str]]:
    asked = sa.text("SELECT pg_get_serial_sequence(:table, :column)")
    quote = connection.dialect.identifier_preparer.quote
    for table in found:
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, sa.Integer):
            named = {"table": quote(table.name), "column": keys[0].name}
            if (sequence := connection.scalar(asked, named)) is not None:
                yield table, sequence


def _names(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        # without search indexes and the tables that they keep for themselves: triggers fill them again
        asked = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        names = [name for name in connection.scalars(sa.text(asked)) if not name.startswith("sqlite_")]
    else:
        names = sa.inspect(connection).get_table_names()
    return sorted(name for name in names if name != REVISION)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _row(columns: list[sa.Column[Any]], values: list[Any]) -> dict[str, Any]:
    return {column.name: _typed(column.type, value) for column, value in zip(columns, values, strict=True)}


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.astimezone(UTC).replace(tzinfo=None)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, sa.LargeBinary) else value


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"
