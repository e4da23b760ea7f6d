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
from edu.models import QuestionVersion
from edu.runtime import Runtime
from edu.services.quizzing.questions import content_hash


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


def test_a_site_in_use_keeps_its_quizzes_and_attempts_when_the_schema_changes(empty: Database) -> None:
    schema.upgrade(empty, "0004")
    now = "2026-11-25 12:00:00+00"
    with empty.writing() as session:
        for statement in (
            f"INSERT INTO quiz VALUES (1, 'crest', 'C', 'open', NULL, NULL, 1, '{{}}', '{now}')",
            f"INSERT INTO quiz_version VALUES (1, 1, 1, '{{}}', '{now}')",
            f"INSERT INTO question VALUES (1, 'Q1', 'single', 'open', NULL, '{now}', NULL)",
            f"""INSERT INTO question_version (id, question_id, number, kind, body, secret, status,
            content_hash, created_at) VALUES (1, 1, 1, 'single', '{{}}', '{{}}', 'ready', 'x', '{now}')""",
            "INSERT INTO quiz_slot VALUES (1, 1, 1, NULL, 1.0)",
            f"""INSERT INTO attempt (id, owner_hash, quiz_version_id, number, seed, state, started_at)
            VALUES ('a', 'o', 1, 1, 7, 'open', '{now}')""",
            """INSERT INTO attempt_slot (attempt_id, position, question_version_id, option_order, max_mark)
            VALUES ('a', 1, 1, '[]', 1.0)""",
            f"INSERT INTO response VALUES ('a', 1, 1, '\"B\"', '{now}')",
        ):
            session.execute(sa.text(statement))

    schema.upgrade(empty)

    names = ("quiz", "quiz_version", "quiz_slot", "attempt", "attempt_slot", "response")
    counts = {name: f"SELECT count(*) FROM {name}" for name in names}
    with empty.reading() as session:
        assert {name: session.scalar(sa.text(asked)) for name, asked in counts.items()} == dict.fromkeys(
            names, 1
        )
        body = session.scalar(sa.select(QuestionVersion.body))
        assert body == {"gaps": [], "pins": [], "hint_count": 0}
        digest = session.scalar(sa.select(QuestionVersion.content_hash))
        assert digest == content_hash(body, {})
        if empty.engine.dialect.name == "sqlite":
            assert session.scalar(sa.text("PRAGMA foreign_keys")) == 1
    schema.downgrade(empty, "0004")
    with empty.reading() as session:
        assert {name: session.scalar(sa.text(asked)) for name, asked in counts.items()} == dict.fromkeys(
            names, 1
        )
