"""People as administrators see and change them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import Conflict, Invalid, NotFound
from edu.models import AuditEntry, LoginSession, Purpose, Role, User
from edu.services import links, people, sessions
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def add(db: Database, role: Role = Role.LEARNER, *, name: str = "", email: str = "") -> int:
    with db.writing() as session:
        return add_user(session, now=NOW, role=role, name=name, email=email).id


def role_of(db: Database, user_id: int) -> Role:
    with db.reading() as session:
        return session.scalars(select(User.role).where(User.id == user_id)).one()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ada Lovelace", "Charles Babbage", "Élodie 100% Roux"]),
        ("ada", ["Ada Lovelace"]),
        ("LOVELACE ada", ["Ada Lovelace"]),
        ("engine.example", ["Charles Babbage"]),
        ("élodie", ["Élodie 100% Roux"]),
        ("100%", ["Élodie 100% Roux"]),
        ("%", ["Élodie 100% Roux"]),
        ("_", []),
        ("ada babbage", []),
    ],
)
def test_people_are_found_by_parts_of_name_or_address(
    database: Database, query: str, names: list[str]
) -> None:
    add(database, name="Ada Lovelace", email="ada@example.org")
    add(database, name="Charles Babbage", email="c@engine.example.org")
    add(database, name="Élodie 100% Roux", email="roux@example.fr")

    with database.reading() as session:
        page = people.listing(session, query=query, page=1, now=NOW)

    assert sorted(row.name for row in page.rows) == names
    assert page.total == len(names)


def test_the_list_is_paged_and_a_page_too_far_is_the_last(database: Database) -> None:
    for number in range(people.PER_PAGE + 1):
        add(database, name=f"Person {number:03}")

    with database.reading() as session:
        first = people.listing(session, query="", page=-3, now=NOW)
        last = people.listing(session, query="", page=999, now=NOW)

    assert (first.page, first.pages, len(first.rows)) == (1, 2, people.PER_PAGE)
    assert [row.name for row in last.rows] == ["Person 050"]


def test_a_role_is_given_and_noted(database: Database) -> None:
    boss, ada = add(database, Role.ADMINISTRATOR), add(database)

    with database.writing() as session:
        people.set_role(session, ada, "instructor", actor_id=boss, now=NOW)

    assert role_of(database, ada) is Role.INSTRUCTOR
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.actor_id, entry.subject) == (boss, f"user:{ada}")
        assert entry.detail == {"before": "learner", "after": "instructor"}


def test_the_last_administrator_keeps_the_role_and_the_account(database: Database) -> None:
    boss = add(database, Role.ADMINISTRATOR)
    with database.writing() as session:
        add_user(session, now=NOW, role=Role.ADMINISTRATOR).disabled_at = NOW

    with pytest.raises(Conflict, match="last administrator"), database.writing() as session:
        people.set_role(session, boss, "learner", actor_id=boss, now=NOW)
    with pytest.raises(Conflict, match="last administrator"), database.writing() as session:
        people.disable(session, boss, actor_id=boss, now=NOW)

    assert role_of(database, boss) is Role.ADMINISTRATOR


def test_of_two_administrators_who_step_down_at_once_one_stays(database: Database) -> None:
    both, start = [add(database, Role.ADMINISTRATOR) for _ in range(2)], Barrier(2)

    def step_down(user_id: int) -> str:
        start.wait()
        try:
            with database.writing() as session:
                people.set_role(session, user_id, "learner", actor_id=user_id, now=NOW)
        except Conflict:
            return "stays"
        return "steps down"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(step_down, both)) == ["stays", "steps down"]


@pytest.mark.parametrize("role", ["", "owner", "Administrator"])
def test_an_unknown_role_is_refused(database: Database, role: str) -> None:
    ada = add(database)

    with pytest.raises(Invalid), database.writing() as session:
        people.set_role(session, ada, role, actor_id=None, now=NOW)


def test_closing_an_account_ends_its_sessions_and_links_and_opening_brings_it_back(
    database: Database,
) -> None:
    boss, ada = add(database, Role.ADMINISTRATOR), add(database)
    with database.writing() as session:
        sessions.begin(session, ada, now=NOW, device="")
        token = people.reset_link(session, ada, actor_id=boss, now=NOW)

    with database.writing() as session:
        people.disable(session, ada, actor_id=boss, now=NOW)

    with database.reading() as session:
        assert session.scalars(select(LoginSession.ended_at)).one() == NOW
    with pytest.raises(Conflict), database.writing() as session:
        people.reset_link(session, ada, actor_id=boss, now=NOW)
    with database.writing() as session:
        people.enable(session, ada, actor_id=boss, now=NOW)
        with pytest.raises(Exception, match="used already"):
            links.look(session, token, NOW)


@pytest.mark.parametrize(
    ("text", "bytes_"), [("500", 500_000_000), (" 20000 ", 20_000_000_000), ("0", 0), ("", None)]
)
def test_a_quota_is_given_in_megabytes(database: Database, text: str, bytes_: int | None) -> None:
    ada = add(database)

    with database.writing() as session:
        people.set_quota(session, ada, text, actor_id=ada, now=NOW)

    with database.reading() as session:
        assert session.scalars(select(User.quota_bytes)).one() == bytes_


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "٣", "9" * 11, "9" * 400])
def test_a_quota_that_is_no_number_is_refused(database: Database, text: str) -> None:
    ada = add(database)

    with pytest.raises(Invalid), database.writing() as session:
        people.set_quota(session, ada, text, actor_id=ada, now=NOW)


def test_sessions_are_counted_as_they_end(database: Database) -> None:
    ada = add(database)
    with database.writing() as session:
        for _ in range(3):
            sessions.begin(session, ada, now=NOW, device="")

    with database.writing() as session:
        assert people.end_sessions(session, ada, actor_id=ada, now=NOW) == 3
        assert people.end_sessions(session, ada, actor_id=ada, now=NOW) == 0


def test_an_invitation_carries_its_role_and_its_token_is_not_noted(database: Database) -> None:
    boss = add(database, Role.ADMINISTRATOR)

    with database.writing() as session:
        token = people.invite(session, "instructor", actor_id=boss, now=NOW)

    with database.reading() as session:
        assert links.look(session, token, NOW).role is Role.INSTRUCTOR
        entry = session.scalars(select(AuditEntry)).one()
        assert entry.detail == {"purpose": Purpose.INVITATION.value, "role": "instructor"}


def test_a_person_who_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound), database.writing() as session:
        people.disable(session, 999, actor_id=None, now=NOW)
