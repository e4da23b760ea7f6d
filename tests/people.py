"""Signed-in people for tests: rows are written directly, so no password is hashed where none is tested."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from edu.models import LoginSession, Role, User
from edu.runtime import Runtime
from edu.services.viewers import hashed
from tests.reviewer import ReviewingClient

NO_PASSWORD = "!"


class Person(ReviewingClient):
    """The browser of somebody who is signed in; it reviews every page it is given."""

    user_id: int
    email: str
    name: str


def add_user(
    session: Session,
    *,
    now: datetime,
    role: Role = Role.LEARNER,
    email: str = "",
    name: str = "",
    password_hash: str = NO_PASSWORD,
) -> User:
    """Write an account's row."""
    email = email or f"{role.value}-{secrets.token_hex(4)}@example.org"
    name = name or f"A {role.value}"
    user = User(email=email, name=name, password_hash=password_hash, role=role, created_at=now)
    session.add(user)
    session.flush()
    return user


@pytest.fixture
def person(app: Flask, runtime: Runtime) -> Callable[..., Person]:
    """Makes a signed-in person: `person("instructor")`, `person(Role.LEARNER, name="Ada")`."""

    def make(role: Role | str = Role.LEARNER, *, name: str = "", email: str = "") -> Person:
        token, now = secrets.token_urlsafe(32), runtime.clock.now()
        with runtime.db.writing() as session:
            user = add_user(session, now=now, role=Role(role), email=email, name=name)
            session.add(
                LoginSession(token_hash=hashed(token), user_id=user.id, created_at=now, last_seen_at=now)
            )
        client = Person(app, app.response_class)
        client.user_id, client.email, client.name = user.id, user.email, user.name
        with client.session_transaction() as cookie:
            cookie["login"] = token
        return client

    return make


@pytest.fixture
def learner(person: Callable[..., Person]) -> Person:
    """The browser of a learner."""
    return person(Role.LEARNER)


@pytest.fixture
def instructor(person: Callable[..., Person]) -> Person:
    """The browser of an instructor."""
    return person(Role.INSTRUCTOR)


@pytest.fixture
def administrator(person: Callable[..., Person]) -> Person:
    """The browser of an administrator."""
    return person(Role.ADMINISTRATOR)
