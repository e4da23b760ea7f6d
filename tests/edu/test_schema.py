"""The schema: from empty to the newest and back, on both databases, and equal to the models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from edu import schema
from edu.cli.prepare import upgrade
from edu.db import Base, Database
from edu.errors import Conflict
from edu.runtime import Runtime


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param not in os.environ.get("EDU_TEST_DATABASES", "sqlite,postgresql"):
        pytest.skip("this run leaves that database out")
    if request.param == "sqlite":
        db = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        yield db
        db.dispose()
        return
    server: sa.URL = request.getfixturevalue("postgresql_server")
    name = f"e{os.urandom(6).hex()}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    db = Database(server.set(database=name).render_as_string(hide_password=False))
    yield db
    db.dispose()
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def tables(db: Database) -> set[str]:
    """Those of the models; SQLite keeps the index of search as tables of its own."""
    names = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
    return {name for name in names if not name.startswith("search_index")}


def test_an_empty_database_is_brought_to_the_newest_revision(empty: Database) -> None:
    assert schema.current(empty) is None

    schema.upgrade(empty)

    assert schema.current(empty) == schema.head()
    assert tables(empty) == set(Base.metadata.tables)
    assert schema.differences(empty) == []


def test_it_can_be_taken_back_and_brought_up_again(empty: Database) -> None:
    schema.upgrade(empty)

    schema.downgrade(empty, "base")
    assert tables(empty) == set()

    schema.upgrade(empty)
    assert schema.differences(empty) == []


def test_the_models_say_nothing_that_the_migrations_do_not(database: Database) -> None:
    assert schema.is_current(database)
    assert schema.differences(database) == []


def test_a_database_that_was_changed_by_hand_is_told_apart(database: Database) -> None:
    with database.writing() as session:
        session.execute(sa.text("DROP TABLE installed_file"))

    (difference,) = schema.differences(database)

    assert "installed_file" in difference


def test_upgrading_twice_is_upgrading_once(empty: Database) -> None:
    schema.upgrade(empty)

    schema.upgrade(empty)

    assert schema.is_current(empty)


def test_the_database_of_a_later_edu_is_refused_and_left_alone(runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))
    said: list[str] = []

    assert schema.is_newer(runtime.db)
    with pytest.raises(Conflict, match="a later edu"):
        upgrade(runtime, said.append)

    assert schema.current(runtime.db) == "later"
    assert said == []


def test_every_constraint_has_the_name_that_a_migration_can_call_it_by() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]

    assert nameless == []
