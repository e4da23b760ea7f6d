"""Signed-in browsers and who stands behind them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from edu.db import Database
from edu.errors import NotFound
from edu.models import GateMode, LoginSession, Role
from edu.policy import Viewer
from edu.services import sessions, viewers
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MODES = frozenset({GateMode.DECLARATION})


def begun(db: Database, role: Role = Role.LEARNER, *, replaces: str | None = None) -> tuple[int, str]:
    with db.writing() as session:
        user_id = add_user(session, now=NOW, role=role).id
        return user_id, sessions.begin(session, user_id, now=NOW, device="", replaces=replaces)


def viewer(db: Database, token: str, now: datetime = NOW) -> Viewer:
    with db.reading() as session:
        return viewers.identify(session, now=now, token=token, visitor_hash=None, modes=MODES)


def test_a_token_tells_who_asks_and_is_not_in_the_database(database: Database) -> None:
    user_id, token = begun(database, Role.INSTRUCTOR)

    who = viewer(database, token)

    assert (who.user_id, who.role, who.name) == (user_id, Role.INSTRUCTOR, "A instructor")
    with database.reading() as session:
        assert token not in list(session.scalars(sa.select(LoginSession.token_hash)))


def test_an_invented_token_tells_nothing(database: Database) -> None:
    begun(database)

    assert viewer(database, "invented") == Viewer()


def test_signing_in_ends_the_session_the_browser_had(database: Database) -> None:
    _, old = begun(database)
    _, new = begun(database, replaces=old)

    assert viewer(database, old) == Viewer()
    assert viewer(database, new).user_id is not None


@pytest.mark.parametrize(
    ("role", "idle"),
    [
        (Role.LEARNER, timedelta(days=14)),
        (Role.INSTRUCTOR, timedelta(hours=12)),
        (Role.ADMINISTRATOR, timedelta(hours=2)),
    ],
)
def test_an_idle_session_ends_by_itself(database: Database, role: Role, idle: timedelta) -> None:
    _, token = begun(database, role)

    assert viewer(database, token, NOW + idle).user_id is not None
    assert viewer(database, token, NOW + idle + timedelta(seconds=1)) == Viewer()


def test_a_session_in_use_ends_after_thirty_days(database: Database) -> None:
    _, token = begun(database)
    for day in range(31):
        who = viewer(database, token, NOW + timedelta(days=day))
        assert who.session_id is not None
        with database.writing() as session:
            sessions.touch(session, who.session_id, NOW + timedelta(days=day))

    assert viewer(database, token, NOW + timedelta(days=30, seconds=1)) == Viewer()


def test_the_last_seen_time_is_stale_after_five_minutes() -> None:
    assert not sessions.is_stale(NOW, NOW + timedelta(minutes=4, seconds=59))
    assert sessions.is_stale(NOW, NOW + timedelta(minutes=5))


def test_all_sessions_end_but_one(database: Database) -> None:
    user_id, first = begun(database)
    with database.writing() as session:
        second = sessions.begin(session, user_id, now=NOW, device="")
    kept = viewer(database, second).session_id

    with database.writing() as session:
        ended = sessions.end_all(session, user_id, NOW, but=kept)

    assert ended == 1
    assert viewer(database, first) == Viewer()
    assert viewer(database, second).user_id == user_id


def test_another_persons_session_cannot_be_ended_nor_told_from_none(database: Database) -> None:
    mine, _ = begun(database)
    _, theirs = begun(database)
    their_id = viewer(database, theirs).session_id
    assert their_id is not None

    for session_id in (their_id, 999_999):
        with pytest.raises(NotFound, match="no such session"), database.writing() as session:
            sessions.end_one(session, mine, session_id, NOW)

    assert viewer(database, theirs).user_id is not None


def test_the_list_shows_living_sessions_and_which_is_this(database: Database) -> None:
    user_id, token = begun(database)
    with database.writing() as session:
        sessions.begin(session, user_id, now=NOW - timedelta(days=15), device="")
        ended = sessions.begin(session, user_id, now=NOW, device="")
        sessions.end(session, ended, NOW)
    this = viewer(database, token).session_id

    with database.reading() as session:
        listed = sessions.listing(session, user_id, NOW, this=this)

    assert [(row.id, row.is_this) for row in listed] == [(this, True)]


def test_a_session_is_known_in_one_statement_and_the_gate_in_another(database: Database) -> None:
    _, learner = begun(database)
    _, teacher = begun(database, Role.INSTRUCTOR)
    statements: list[str] = []
    sa.event.listen(
        database.engine, "before_cursor_execute", lambda *event: statements.append(event[2]) or None
    )

    counts = []
    for token, visitor in ((learner, None), (teacher, "f" * 64), ("", None), ("", "f" * 64)):
        statements.clear()
        with database.reading() as session:
            viewers.identify(session, now=NOW, token=token, visitor_hash=visitor, modes=MODES)
        counts.append(len([text for text in statements if text.lstrip().upper().startswith("SELECT")]))

    assert counts == [2, 1, 0, 1]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/126.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", "Firefox, Android"),
        ("curl/8.5", ""),
        ("<script>alert(1)</script>", ""),
    ],
)
def test_a_device_is_named_without_its_version(agent: str, words: str) -> None:
    assert sessions.device_name(agent) == words
