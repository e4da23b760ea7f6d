"""Bell: wakes an idle worker when a job is promised. Losing a ring costs a poll's delay, never a job.

The bell hangs at the database itself, so that whoever shares the database shares it: a named pipe beside the
SQLite file, LISTEN and NOTIFY on PostgreSQL.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from edu.db import Database

_CHANNEL = "edu_job"


class Bell(Protocol):
    """Waits for a ring, or for any other file that becomes readable."""

    def wait(self, seconds: float, also: int) -> None:
        """Return at a ring, when the file descriptor `also` can be read, or after that many seconds."""
        ...

    def close(self) -> None:
        """Hear no more."""
        ...


def open_bell(db: Database) -> Bell:
    """The bell of this database, for a worker to wait at."""
    if not db.is_sqlite:
        return _Channel(db)
    try:
        return _Pipe(_pipe_path(db.url))
    except OSError:
        return _Silence()


def ring_after_commit(session: Session) -> None:
    """Ring when the session's transaction is committed; a rollback stays silent."""
    engine = session.get_bind().engine
    if engine.dialect.name == "postgresql":
        session.execute(sa.text(f"NOTIFY {_CHANNEL}"))
    elif not session.info.get("rings"):
        path = _pipe_path(engine.url)
        session.info["rings"] = True
        event.listen(session, "after_commit", lambda _: _ring(path))


def _pipe_path(url: sa.URL) -> Path:
    return Path(f"{url.database}-bell")


def _ring(path: Path) -> None:
    with suppress(OSError):  # nobody listens, or the pipe is full of rings already
        pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, b"\a")
        finally:
            os.close(pipe)


class _Pipe:
    """A named pipe, held open for reading and writing so that it never ends."""

    def __init__(self, path: Path) -> None:
        with suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        self._pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float, also: int) -> None:
        """Wait, and swallow the rings heard so far."""
        readable, _, _ = select.select([self._pipe, also], [], [], seconds)
        if self._pipe in readable:
            with suppress(BlockingIOError):  # another worker was faster
                os.read(self._pipe, 4096)

    def close(self) -> None:
        """Hear no more."""
        os.close(self._pipe)


class _Silence:
    """Where the file system knows no named pipes: a worker finds jobs by looking now and then."""

    def wait(self, seconds: float, also: int) -> None:
        """Wait."""
        select.select([also], [], [], seconds)

    def close(self) -> None:
        """Nothing was open."""


class _Channel:
    """A connection to PostgreSQL that listens; while it is broken, the worker looks now and then."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: sa.Connection | None = None

    def wait(self, seconds: float, also: int) -> None:
        """Wait, and swallow the notifications heard so far."""
        try:
            connection = self._connection = self._connection or self._listen()
            select.select([_driver(connection).fileno(), also], [], [], seconds)
            connection.exec_driver_sql("SELECT 1")  # takes in what has arrived
        except SQLAlchemyError:
            self.close()
            select.select([also], [], [], seconds)

    def close(self) -> None:
        """Hear no more."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _listen(self) -> sa.Connection:
        connection = self._db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"LISTEN {_CHANNEL}")
        _driver(connection).add_notify_handler(lambda _: None)  # else the driver keeps each one for ever
        return connection


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection
