"""What a process of edu needs, built once: settings, database, store and clock."""

from __future__ import annotations

from dataclasses import dataclass

from edu.clock import Clock, SystemClock
from edu.db import Database
from edu.settings import Settings
from edu.storage import ObjectStore, open_store


@dataclass(frozen=True, slots=True)
class Runtime:
    """The collaborators that web, worker and command line share."""

    settings: Settings
    db: Database
    store: ObjectStore
    clock: Clock


def build(settings: Settings, *, clock: Clock | None = None) -> Runtime:
    """Open the database and the store that the settings name."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.storage_url, settings.data_dir)
    return Runtime(settings, Database(settings.database_url), store, clock or SystemClock())
