"""One dialect of each kind for a process, so that the engines of all tests share what it compiled.

SQLAlchemy keeps what it compiled by dialect, and gives each engine a dialect of its own. A test has an engine
of its own, so it would compile each statement anew, which takes longer than asking the database.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_made: dict[object, Any] = {}
_making = Lock()
_compiled: LRUCache[Any, Any] = LRUCache(4000)


class Shared:
    """A dialect that is made, and asks its database what it is, once for each set of options."""

    is_made = False
    is_known = False

    def __new__(cls, **options: Any) -> Any:
        with _making:
            return _made.setdefault(
                (cls, *sorted(options.items(), key=lambda item: item[0])), super().__new__(cls)
            )

    def __init__(self, **options: Any) -> None:
        with _making:
            if not self.is_made:
                super().__init__(**options)
                self.is_made = True

    def initialize(self, connection: sa.Connection) -> None:
        """Ask what the server is, the first time."""
        if not self.is_known:
            super().initialize(connection)  # type: ignore[misc]
            self.is_known = True

    @classmethod
    def engine_created(cls, engine: sa.Engine) -> None:
        """Give the engine the statements that all have."""
        engine.update_execution_options(compiled_cache=_compiled)


class SQLite(Shared, SQLiteDialect_pysqlite):
    """The embedded database."""

    supports_statement_cache = True


class PostgreSQL(Shared, PGDialect_psycopg):
    """The server."""

    supports_statement_cache = True


for name, kind in (("sqlite", SQLite), ("sqlite.pysqlite", SQLite), ("postgresql.psycopg", PostgreSQL)):
    registry.register(name, __name__, kind.__name__)
