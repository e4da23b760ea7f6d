"""The database: one class for SQLite and PostgreSQL, and the column types every model uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from edu.errors import SettingsError

BUSY_SECONDS = 10
KEPT_OPEN = 16  # connections; what threads ask for beyond them is opened and closed again
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
JSONValue = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    """What every model derives from: one naming convention, so that migrations can name any constraint."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {dict[str, Any]: JSONValue, list[Any]: JSONValue}  # noqa: RUF012 (SQLAlchemy reads it so)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware going in, UTC coming out; a naive value is refused, for nobody knows what it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware UTC value, whatever the driver gave."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumValue(TypeDecorator[StrEnum]):
    """A StrEnum stored by value in a plain text column, so that a new member needs no migration."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Refuse what is not a member."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give the member."""
        return None if value is None else self.kind(value)


def enum_column(kind: type[StrEnum]) -> EnumValue:
    """The column type for a closed set."""
    return EnumValue(kind)


class Database:
    """Connections to the one database, and the two ways to use them."""

    def __init__(self, url: str) -> None:
        """Nothing is connected yet. Raises SettingsError for an address that no driver here understands."""
        self.engine = _engine(url)
        self.url = self.engine.url
        self._turn = Lock()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            self._reader = self.engine
        else:
            # PostgreSQL's own default shows a reader the commits of others between two statements
            self._reader = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writer = self.engine.execution_options(writing=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the data and writes nothing."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session  # closing rolls back and leaves the rows that were read usable

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed when the block ends well and rolled back when it does not.

        On SQLite it takes the write lock at once: a transaction that reads first and writes later would fail
        with "locked" however long it waits.
        """
        with self._turn_to_write(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _turn_to_write(self) -> Iterator[None]:
        """One thread of this process at a time, on SQLite.

        SQLite's own waiting is a row of longer and longer naps: with eight writers the unlucky ones slept for
        a second while others went past. A lock wakes the next at once. Other processes still wait in
        SQLite, and so, in the end, does a thread that waited here for as long as SQLite would.
        """
        has_turn = self.is_sqlite and self._turn.acquire(timeout=BUSY_SECONDS)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str) -> sa.Engine:
    try:
        address = sa.make_url(url)
        # No limit of the pool's: there are never more connections than threads, and a thread that waited for
        # one while it held another would wait for ever.
        return sa.create_engine(
            address,
            pool_size=KEPT_OPEN,
            max_overflow=-1,
            pool_pre_ping=address.get_backend_name() != "sqlite",
        )
    except (ArgumentError, ImportError) as error:
        raise SettingsError(
            f"EDU_DATABASE_URL cannot be used ({type(error).__name__}): write "
            "postgresql+psycopg://user@host/name and install psycopg[binary], or leave it empty for SQLite"
        ) from error


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite says which kind is wanted.
    connection.isolation_level = None
    cursor = connection.cursor()
    busy = f"busy_timeout={BUSY_SECONDS * 1000}"
    for pragma in (busy, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
