"""The schema's history: brings a database to the newest revision, and tells how far it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

import edu.models  # noqa: F401 (every table must be known before anything is compared)
from edu.db import Base, Database
from edu.errors import Conflict

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is loaded by those who change or compare a schema. The processes that only ask where the database
# stands, at each start and for /readyz, would pay ten megabytes and a tenth of a second for it.
FOLDER = Path(__file__).parent / "migrations"
_REVISION = re.compile(r"""^(revision|down_revision) = ["']([^"']+)["']""", re.MULTILINE)


def upgrade(db: Database, revision: str = "head") -> None:
    """Bring the database to a revision."""
    from alembic import command

    with _changing(db) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(db: Database, revision: str) -> None:
    """Take a database back to an older revision (`base`: empty); what only the newer held is lost."""
    from alembic import command

    with _changing(db) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _changing(db: Database) -> Iterator[Connection]:
    """One transaction for the schema, whose foreign keys are whole again when it ends.

    Many changes make a table of SQLite anew: dropping the old one would delete, by cascades, all rows that
    point to it, or be refused. So nothing is cascaded meanwhile, and every key is looked at before the end.
    """
    with db.engine.execution_options(writing=True).connect() as connection:
        if db.engine.dialect.name != "sqlite":
            yield connection
            connection.commit()
            return
        # past SQLAlchemy, which would begin a transaction: inside of one the pragma does nothing
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
            if (loose := connection.exec_driver_sql("PRAGMA foreign_key_check").first()) is not None:
                raise Conflict(f"the change would leave rows of {loose[0]} that point to nothing")
            connection.commit()
        finally:
            connection.rollback()
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()


def current(db: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


@lru_cache(maxsize=1)
def head() -> str | None:
    """The newest revision this code knows."""
    known, replaced = _revisions()
    return next(iter(known - replaced), None)


def is_current(db: Database) -> bool:
    """Whether the database is at the newest revision."""
    return current(db) == head()


def is_newer(db: Database) -> bool:
    """Whether the database was made by a later edu, whose revision this code does not know."""
    at = current(db)
    return at is not None and at not in _revisions()[0]


def differences(db: Database) -> list[str]:
    """What the models say and the database does not, one line each; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with db.engine.connect() as connection:
        opts = {"compare_type": True, "include_name": _is_modelled}
        context = MigrationContext.configure(connection, opts=opts)
        return [repr(change) for change in compare_metadata(context, Base.metadata)]


def _is_modelled(name: str | None, kind: str, parents: object) -> bool:
    """Not so the indexes of search: each database has its own, which its migration makes."""
    return not (name or "").startswith("search_index")


def _revisions() -> tuple[set[str], set[str]]:
    """The revisions that the folder holds, and those that another of them comes after."""
    found: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for path in (FOLDER / "versions").glob("*.py"):
        for name, revision in _REVISION.findall(path.read_text(encoding="utf-8")):
            found[name].add(revision)
    return found["revision"], found["down_revision"]


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.attributes["connection"] = connection
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
