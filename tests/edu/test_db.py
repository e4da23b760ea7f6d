"""The database: pragmas, column types, the two ways to use it, and eight writers at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError

from edu.db import KEPT_OPEN, Database
from edu.errors import SettingsError
from edu.models import Role, Throttle, User
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


def add(db: Database, moment: datetime, key: str = "a") -> None:
    with db.writing() as session:
        session.add(Throttle(key=key, started_at=moment, count=0))


def count(db: Database, key: str = "a") -> int | None:
    with db.reading() as session:
        return session.scalar(sa.select(Throttle.count).where(Throttle.key == key))


def test_sqlite_keeps_what_was_committed_and_waits_for_other_writers(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'edu.sqlite3'}")

    with database.reading() as session:
        values = [
            session.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
        ]

    database.dispose()
    assert values == ["wal", 10_000, 2, 1]  # synchronous 2 is FULL


def test_a_moment_comes_back_as_it_was_in_utc(database: Database) -> None:
    add(database, NOW.astimezone(timezone(timedelta(hours=-5))))

    with database.reading() as session:
        kept = session.scalars(sa.select(Throttle.started_at)).one()

    assert (kept, kept.utcoffset()) == (NOW, timedelta(0))


def test_moments_are_compared_as_moments_whatever_zone_they_are_given_in(database: Database) -> None:
    add(database, NOW)
    later = (NOW + timedelta(minutes=1)).astimezone(timezone(timedelta(hours=9)))

    with database.reading() as session:
        assert session.scalar(sa.select(Throttle.key).where(Throttle.started_at < later)) == "a"


def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        add(database, datetime(2026, 3, 2, 9, 0))  # the very thing under test

    assert count(database) is None


def test_a_member_of_a_closed_set_is_stored_by_its_value_in_a_text_column(database: Database) -> None:
    with database.writing() as session:
        add_user(session, now=NOW, role=Role.INSTRUCTOR)

    with database.reading() as session:
        raw = session.execute(sa.text('SELECT role FROM "user"')).scalar_one()
        assert raw == "instructor"
        assert session.scalars(sa.select(User.role)).one() is Role.INSTRUCTOR


def test_what_is_no_member_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="is not a valid Role"), database.writing() as session:
        session.execute(sa.update(User).values(role="owner"))


def test_a_writing_block_that_ends_well_is_kept_and_one_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.add(Throttle(key="b", started_at=NOW, count=0))
            session.flush()
            raise LookupError

    add(database, NOW)
    with pytest.raises(LookupError):
        fail()

    assert count(database, "a") == 0
    assert count(database, "b") is None


def test_a_reader_sees_one_state_whatever_is_committed_meanwhile(database: Database) -> None:
    add(database, NOW, "a")
    rows = sa.select(sa.func.count()).select_from(Throttle)

    with database.reading() as session:
        before = session.scalar(rows)
        add(database, NOW, "b")
        assert session.scalar(rows) == before == 1

    with database.reading() as session:
        assert session.scalar(rows) == 2


def test_rows_that_were_read_stay_usable_after_the_block(database: Database) -> None:
    add(database, NOW)

    with database.reading() as session:
        row = session.get_one(Throttle, "a")

    assert row.started_at == NOW


def test_a_reader_changes_nothing(database: Database) -> None:
    add(database, NOW)

    try:
        with database.reading() as session:
            session.execute(sa.update(Throttle).values(count=7))
    except DBAPIError:  # PostgreSQL refuses at once, SQLite forgets at the end
        assert not database.is_sqlite

    assert count(database) == 0


def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(DBAPIError), database.writing() as session:
        session.execute(
            sa.text("INSERT INTO step (identifier, video_id, title) VALUES ('V9-c01', 999, 'Nowhere')")
        )


def test_eight_writers_at_once_meet_no_lock_and_lose_no_update(database: Database) -> None:
    add(database, NOW, "counter")

    def work(writer: int) -> None:
        for turn in range(12):
            with database.writing() as session:
                row = session.get_one(Throttle, "counter", with_for_update=True)
                session.add(Throttle(key=f"{writer}-{turn}", started_at=NOW, count=0))
                row.count += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert count(database, "counter") == 96


def test_a_thread_that_holds_a_connection_never_waits_for_another(database: Database) -> None:
    with ExitStack() as stack:
        for _ in range(KEPT_OPEN + 4):
            session = stack.enter_context(database.reading())
            assert session.scalar(sa.text("SELECT 1")) == 1


@pytest.mark.parametrize("url", ["nonsense", "postgresql+nothing://host/name", "oracle://host/name"])
def test_a_database_that_no_driver_understands_is_said_by_the_name_of_its_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="EDU_DATABASE_URL"):
        Database(url)


@pytest.mark.parametrize("way", [Database.reading, Database.writing])
def test_after_an_error_the_connection_can_be_used_again(
    database: Database, way: Callable[[Database], ExitStack]
) -> None:
    with pytest.raises(DBAPIError), way(database) as session:
        session.execute(sa.text("SELECT nothing FROM nowhere"))

    with way(database) as session:
        assert session.scalar(sa.text("SELECT 1")) == 1
