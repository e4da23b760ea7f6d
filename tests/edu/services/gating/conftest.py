"""Somebody before the gate, and whether it is open under the ways in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from edu.db import Database
from edu.models import GateMode, Role
from edu.services import gate
from edu.services.gate import OWN_TEXT
from edu.services.gating.asking import Asker
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def account(database: Database) -> Callable[..., int]:
    """Makes an account and gives its number."""

    def make(role: Role = Role.LEARNER, email: str = "") -> int:
        with database.writing() as session:
            return add_user(session, now=NOW, role=role, email=email).id

    return make


@pytest.fixture
def opened(database: Database) -> Callable[..., bool]:
    """Whether the gate is open to an account or a visitor under these ways."""

    def ask(asker: Asker, *modes: GateMode) -> bool:
        with database.reading() as session:
            return gate.has_declared(
                session, user_id=asker.user_id, visitor_hash=asker.visitor_hash, modes=frozenset(modes)
            )

    return ask


def asker(user_id: int | None = None, visitor: str | None = None, version: str = OWN_TEXT.version) -> Asker:
    """A physician who read the text in force."""
    return Asker(user_id, visitor, "physician", version)
