"""Counts the statements that a request or a service sends to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from edu.runtime import Runtime

_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def statements(runtime: Runtime) -> Counter:
    """`with statements() as seen: …`; then `seen` holds each statement sent, those around them left out."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_: Any, __: Any, statement: str, *___: Any) -> None:
            if not statement.startswith(_FRAME):
                seen.append(statement)

        event.listen(runtime.db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(runtime.db.engine, "before_cursor_execute", note)

    return counting
