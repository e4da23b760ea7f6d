"""Restoring: everything as it was, into an empty place only, from either database into either."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from edu import schema
from edu.clock import FixedClock
from edu.db import Base, Database
from edu.errors import Conflict, NotFound
from edu.keeping import manifest, tables
from edu.keeping.restore import Restored, restore
from edu.keeping.tables import Damaged
from edu.models import ReviewPlan, User, Video
from edu.runtime import Runtime, build
from edu.services import erasure
from edu.services.delivery import Signer
from edu.settings import Settings
from tests.edu.conftest import Site
from tests.edu.keeping.conftest import BackUp, unheard
from tests.people import add_user
from tests.postgresql import ReusedDatabase

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def act(folder: Path, environ: dict[str, str]) -> Restored:
    return restore(folder, environ, told=unheard)


def opened(environ: dict[str, str]) -> Runtime:
    return build(Settings.read(environ))


def contents(db: Database) -> dict[str, list[str]]:
    """Every row of every table, as lines in one order whatever the database sorts by."""
    with db.reading() as session:
        connection = session.connection()
        return {
            table.name: sorted(_canonical(line) for line in tables.dump(connection, table))
            for table in tables.tables(connection)
        }


def _canonical(line: bytes) -> str:
    return json.dumps(json.loads(line), sort_keys=True)


@pytest.fixture
def other_postgresql(postgresql_server: sa.URL) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it at all."""
    made = ReusedDatabase(postgresql_server)
    with made.admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {made.name} WITH (FORCE)"))
        connection.execute(sa.text(f"CREATE DATABASE {made.name}"))
    yield made.url
    with made.admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {made.name} WITH (FORCE)"))
    made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, empty: dict[str, str]) -> dict[str, str]:
    """An empty place on either database."""
    if request.param == "postgresql":
        empty["EDU_DATABASE_URL"] = request.getfixturevalue("other_postgresql")
    return empty


def test_a_site_comes_back_on_either_database(
    site: Site, back: BackUp, folder: Path, place: dict[str, str]
) -> None:
    with site.runtime.db.writing() as session:
        user = add_user(session, now=site.runtime.clock.now(), name="Zoë \U0001f98b")
        user.quota_bytes = 2**40
    back()

    done = act(folder, place)

    restored = opened(place)
    assert contents(restored.db) == contents(site.runtime.db)
    assert schema.is_current(restored.db)
    assert schema.differences(restored.db) == []
    objects = manifest.read(folder).objects()
    assert (done.objects, done.missing, done.is_same_key) == (len(objects), (), True)
    for key in objects:
        assert b"".join(restored.store.blocks(key)) == b"".join(site.runtime.store.blocks(key))
    assert {entry.key for entry in restored.store.list()} == set(objects)
    restored.db.dispose()


def test_media_addresses_are_the_same_afterwards(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    back()
    act(folder, empty)

    key = Settings.read(empty).secret_key

    assert Signer(key).public(1) == site.signer.public(1)
    assert (Path(empty["EDU_DATA_DIR"]) / "secret-key").stat().st_mode & 0o777 == 0o600


def test_numbers_that_were_given_out_are_not_given_again(
    site: Site, back: BackUp, folder: Path, place: dict[str, str]
) -> None:
    """Step ids and media tokens hold a video's number, and the last one was deleted."""
    with site.runtime.db.writing() as session:
        last = Video(slug="last", title="Last", original_key="")
        last.state_at = last.created_at = site.runtime.clock.now()
        session.add(last)
        session.flush()
        number = last.id
        session.delete(last)
    back()
    act(folder, place)

    restored = opened(place)
    with restored.db.writing() as session:
        following = Video(slug="next", title="Next", original_key="")
        following.state_at = following.created_at = restored.clock.now()
        session.add(following)
        somebody = add_user(session, now=restored.clock.now())
        assert somebody.id > 0
        assert following.id > number
    restored.db.dispose()


@ONE_DATABASE
def test_an_erased_account_stays_erased(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        gone, _ = (add_user(session, now=now, email=f"{name}@example.org") for name in ("gone", "stays"))
        gone_id = gone.id
    back()
    with site.runtime.db.writing() as session:
        erasure.erase(session, gone_id, now)
    back()

    act(folder, empty)

    restored = opened(empty)
    with restored.db.reading() as session:
        assert session.scalars(select(User.email)).all() == ["stays@example.org"]
    restored.db.dispose()


@ONE_DATABASE
def test_a_data_folder_with_anything_in_it_is_left_alone(
    back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    back()
    data = Path(empty["EDU_DATA_DIR"])
    data.mkdir()
    (data / "note.txt").touch()

    with pytest.raises(Conflict, match="is not empty, and nothing is ever overwritten"):
        act(folder, empty)

    assert [path.name for path in data.iterdir()] == ["note.txt"]


@ONE_DATABASE
def test_a_database_with_tables_in_it_is_left_alone(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    back()
    before = contents(site.runtime.db)

    with pytest.raises(Conflict, match="the database is not empty"):
        act(folder, empty | {"EDU_DATABASE_URL": site.runtime.settings.database_url})

    assert contents(site.runtime.db) == before
    assert not (Path(empty["EDU_DATA_DIR"]) / "secret-key").exists()


def test_without_a_backup_there_is_nothing_to_restore(folder: Path, empty: dict[str, str]) -> None:
    folder.mkdir()

    with pytest.raises(NotFound, match="there is no backup in"):
        act(folder, empty)

    assert not Path(empty["EDU_DATA_DIR"]).exists()


@ONE_DATABASE
@pytest.mark.parametrize(
    "what", ["objects/videos/1/vV1/720.mp4", "state-*/video.jsonl", "state-*/secret-key"]
)
@pytest.mark.parametrize("is_missing", [True, False])
def test_a_damaged_file_ends_it_before_there_are_rows(
    back: BackUp, folder: Path, empty: dict[str, str], what: str, is_missing: bool
) -> None:
    back()
    (path,) = folder.glob(what)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    if not is_missing:
        path.write_bytes(data)

    with pytest.raises(Damaged, match="damaged"):
        act(folder, empty)

    db = Database(f"sqlite:///{empty['EDU_DATA_DIR']}/edu.sqlite3")
    assert sa.inspect(db.engine).get_table_names() == []
    db.dispose()


@ONE_DATABASE
def test_a_backup_of_a_later_edu_is_refused_before_anything_is_written(
    back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    back()
    path = folder / manifest.NAME
    path.write_text(path.read_text().replace(f'"revision": "{schema.head()}"', '"revision": "9999"'))

    with pytest.raises(Conflict, match="made by a later edu"):
        act(folder, empty)

    assert not Path(empty["EDU_DATA_DIR"]).exists()


@ONE_DATABASE
def test_an_older_backup_is_brought_to_the_present_revision(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    schema.downgrade(site.runtime.db, "0001")
    back()
    assert manifest.read(folder).head.revision == "0001"

    act(folder, empty)

    restored = opened(empty)
    assert schema.is_current(restored.db)
    with restored.db.reading() as session:
        assert session.scalars(select(Video.slug).order_by(Video.id)).all() == ["find", "needle"]
        assert session.scalars(select(Video.film)).all() == [0, 0]
    restored.db.dispose()


@ONE_DATABASE
def test_a_key_that_the_settings_name_is_used_and_compared(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str], tmp_path: Path
) -> None:
    back()
    same = empty | {"EDU_SECRET_KEY": site.runtime.settings.secret_key}
    other = empty | {
        "EDU_SECRET_KEY": "quite another key, and long enough",
        "EDU_DATA_DIR": str(tmp_path / "second"),
    }

    assert act(folder, same).is_same_key
    assert not act(folder, other).is_same_key

    for environ in (same, other):
        assert not (Path(environ["EDU_DATA_DIR"]) / "secret-key").exists()


@ONE_DATABASE
def test_a_backup_without_the_key_is_restored_and_says_so(
    back: BackUp, folder: Path, empty: dict[str, str]
) -> None:
    back(with_key=False)

    assert not act(folder, empty).is_same_key
    assert not (Path(empty["EDU_DATA_DIR"]) / "secret-key").exists()


@ONE_DATABASE
def test_what_the_backup_lacks_is_told(site: Site, back: BackUp, folder: Path, empty: dict[str, str]) -> None:
    site.runtime.store.delete("videos/1/vV1/poster.jpg")
    back()

    assert act(folder, empty).missing == ("videos/1/vV1/poster.jpg",)


def test_every_column_is_of_a_kind_that_a_line_of_json_can_hold(database: Database) -> None:
    with database.reading() as session:
        found = tables.tables(session.connection())

    names = {type(column.type).__visit_name__.lower() for table in found for column in table.columns}
    assert {table.name for table in found} == set(Base.metadata.tables)
    texts, numbers = {"string", "varchar", "text"}, {"integer", "bigint", "float", "double", "boolean"}
    others = {"double_precision", "date", "datetime", "timestamp", "json", "jsonb", "blob", "bytea"}
    assert names <= texts | numbers | others


def test_a_day_comes_back_as_the_same_day(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        plan = ReviewPlan(user_id=add_user(session, now=clock.now()).id, changed_at=clock.now())
        plan.exam_on = date(2026, 12, 1)
        session.add(plan)

    with database.writing() as session:
        (table,) = (one for one in tables.tables(session.connection()) if one.name == "review_plan")
        lines = list(tables.dump(session.connection(), table))
        session.execute(table.delete())
        tables.load(session.connection(), table, lines)

    with database.reading() as session:
        assert session.scalars(select(ReviewPlan.exam_on)).one() == date(2026, 12, 1)
