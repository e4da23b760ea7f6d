"""The schema's history: brings a database to the newest revision, and tells how far it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import edu.models  # noqa: F401 (every table must be known before anything is compared)
from edu.db import Base, Database

FOLDER = Path(__file__).parent / "migrations"


def upgrade(db: Database, revision: str = "head") -> None:
    """Bring the database to a revision."""
    with db.engine.execution_options(writing=True).connect() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def current(db: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The newest revision this code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_current(db: Database) -> bool:
    """Whether the database is at the newest revision."""
    return current(db) == head()


def is_newer(db: Database) -> bool:
    """Whether the database was made by a later edu, whose revision this code does not know."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    at = current(db)
    return at is not None and at not in known


def differences(db: Database) -> list[str]:
    """What the models say and the database does not, one line each; empty when they agree."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [repr(change) for change in compare_metadata(context, Base.metadata)]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config
