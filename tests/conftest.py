"""Fixtures that every room shares: databases, a runtime, an application and a reviewing client."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from edu import schema
from edu.app import create_app
from edu.clock import FixedClock
from edu.db import Database
from edu.runtime import Runtime, build
from edu.settings import Settings
from edu.web import drawn, media

if TYPE_CHECKING:  # pytest imports its plugins itself
    from tests.postgresql import ReusedDatabase

pytest_plugins = [
    "tests.engines",
    "tests.garbage",
    "tests.installed",
    "tests.memory",
    "tests.reflecting",
    "tests.reviewer",
    "tests.people",
    "tests.postgresql",
    "tests.statements",
    "tests.quizzing",
    "tests.stations",
    "tests.workers",
]
ROOT = Path(__file__).parents[1]
KINDS = os.environ.get("EDU_TEST_DATABASES", "sqlite,postgresql").split(",")
# Pages, jobs and services that ask a database what others ask it as well. `make soak` runs them on both.
TURNS = {
    ROOT / "tests" / "edu" / place
    for place in (
        "web",
        "jobs",
        "services/library",
        "services/messages",
        "services/packing",
        "services/quizzing",
        "services/stations",
        "services/watching",
    )
}
_absent: list[str] = []
_apps: dict[str, Flask] = {}
# How long an example takes says more about the machine than about the code; and the same examples each time.
hypothesis.settings.register_profile("edu", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("edu")
# Each test has an application of its own; without this each would compile every template anew.
Flask.jinja_options["bytecode_cache"] = FileSystemBytecodeCache()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of other people's files that some tables of tests read."""
    return _corpus()


def _corpus() -> Path:
    return Path(os.environ.get("EDU_CORPUS") or ROOT.parent / "shared" / "corpus")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests over the corpus are left out, and counted, where it is not at hand; pages and jobs take turns.

    What services and the queue ask of a database is tried on both. A page or a job asks nothing else, so each
    of their tests runs on one of the two, by its name, unless EDU_TEST_DATABASES names them.
    """
    if "EDU_TEST_DATABASES" not in os.environ:
        off = [item for item in items if _waits_its_turn(item)]
        config.hook.pytest_deselected(items=off)
        items[:] = [item for item in items if item not in set(off)]
    wanting = [item for item in items if "corpus" in getattr(item, "fixturenames", ())]
    if wanting and not _corpus().is_dir():
        if os.environ.get("EDU_CORPUS_REQUIRED") == "1":
            raise pytest.UsageError(f"the corpus is required and not at {_corpus()}")
        _absent.extend(item.nodeid for item in wanting)
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason="the corpus is not at hand"))


def _waits_its_turn(item: pytest.Item) -> bool:
    if TURNS.isdisjoint(item.path.parents) or item.get_closest_marker("each_database"):
        return False
    kind = getattr(item, "callspec", None) and item.callspec.params.get("database_url")
    name = item.nodeid.replace(f"[{kind}-", "[").replace(f"-{kind}]", "]").replace(f"[{kind}]", "")
    return kind in KINDS and KINDS[zlib.crc32(name.encode()) % len(KINDS)] != kind


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One visible line when the corpus was absent."""
    if _absent:
        terminalreporter.write_line(f"corpus not at {_corpus()}: {len(_absent)} tests not run", yellow=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "edu.sqlite3"
    db = Database(f"sqlite:///{path}")
    schema.upgrade(db)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    db.dispose()
    return path


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database; once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "edu.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    reused: ReusedDatabase = request.getfixturevalue("postgresql_database")
    yield reused.url
    reused.empty()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    db = Database(database_url)
    yield db
    db.dispose()


@pytest.fixture
def clock() -> FixedClock:
    """A clock that moves only when told to."""
    return FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a small site in a folder of its own."""
    return Settings.read(
        {
            "EDU_DATA_DIR": str(tmp_path / "data"),
            "EDU_DATABASE_URL": database_url,
            "EDU_SECRET_KEY": "a key for tests that is long enough",
            "EDU_BASE_URL": "http://localhost",
        }
    )


@pytest.fixture
def runtime(settings: Settings, clock: FixedClock) -> Iterator[Runtime]:
    """A runtime over the empty database."""
    made = build(settings, clock=clock)
    yield made
    made.db.dispose()


@pytest.fixture
def app(runtime: Runtime) -> Iterator[Flask]:
    """An application over the runtime: the same one for all tests whose settings differ in places only.

    Compiling its hundreds of addresses takes longer than most tests of pages do. A view that a test puts in
    the place of another goes with the test.
    """
    settings = runtime.settings
    where = {"data_dir": Path(), "database_url": "", "secret_key": ""}
    kept = repr((replace(settings, **where), runtime.store.origin()))
    if kept not in _apps:
        _apps[kept] = create_app(runtime)
    made = _apps[kept]
    made.extensions["edu"] = runtime
    made.config["SECRET_KEY"] = settings.secret_key
    media.install(made)  # it remembers which files were found
    drawn.install(made)  # and what it drew, perhaps with words of another test
    made.testing = True
    views = dict(made.view_functions)
    yield made
    made.view_functions = views


@pytest.fixture
def with_settings(runtime: Runtime) -> Callable[..., Runtime]:
    """The same runtime with some settings changed."""
    return lambda **changes: replace(runtime, settings=replace(runtime.settings, **changes))
