"""Opens the engine that the settings name."""

from __future__ import annotations

from edu.queue.embedded import EmbeddedEngine
from edu.queue.engine import Engine
from edu.runtime import Runtime


def open_engine(runtime: Runtime) -> Engine:
    """The engine for a worker over this runtime; `embedded` is the only one so far."""
    return EmbeddedEngine(runtime.db, runtime.clock, lease_seconds=runtime.settings.lease_seconds)
