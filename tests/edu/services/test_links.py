"""One-time links."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from edu.db import Database
from edu.errors import Gone, NotFound
from edu.models import Purpose, Role
from edu.services import links
from edu.services.links import Offer
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def issued(db: Database, purpose: Purpose, *, user_id: int | None = None, role: Role = Role.LEARNER) -> str:
    with db.writing() as session:
        return links.issue(session, purpose, now=NOW, user_id=user_id, role=role)


def use(db: Database, token: str, now: datetime = NOW) -> Offer:
    with db.writing() as session:
        return links.use(session, token, now)


def learner(db: Database, role: Role = Role.LEARNER) -> int:
    with db.writing() as session:
        return add_user(session, now=NOW, role=role).id


def test_a_link_works_once(database: Database) -> None:
    token = issued(database, Purpose.INVITATION, role=Role.INSTRUCTOR)

    assert use(database, token) == Offer(Purpose.INVITATION, Role.INSTRUCTOR, None)
    with pytest.raises(Gone):
        use(database, token)


def test_looking_at_a_link_does_not_use_it_up(database: Database) -> None:
    token = issued(database, Purpose.INVITATION)

    for _ in range(3):
        with database.reading() as session:
            links.look(session, token, NOW)

    use(database, token)


def _spent(db: Database) -> str:
    token = issued(db, Purpose.INVITATION)
    use(db, token)
    return token


def _for_a_closed_account(db: Database) -> str:
    with db.writing() as session:
        user = add_user(session, now=NOW)
        user.disabled_at = NOW
        user_id = user.id
    return issued(db, Purpose.RESET, user_id=user_id)


def _expired(db: Database) -> str:
    with db.writing() as session:
        return links.issue(session, Purpose.INVITATION, now=NOW - timedelta(days=7))


def _replaced(db: Database) -> str:
    user_id = learner(db)
    old = issued(db, Purpose.RESET, user_id=user_id)
    issued(db, Purpose.RESET, user_id=user_id)
    return old


@pytest.mark.parametrize("make", [lambda db: "invented", _spent, _expired, _replaced, _for_a_closed_account])
def test_every_bad_link_is_gone_with_the_same_words(
    database: Database, make: Callable[[Database], str]
) -> None:
    token = make(database)

    with pytest.raises(Gone) as caught:
        use(database, token)

    assert caught.value.sentence == "this link was used already, or it has expired; ask for a new one"


def test_of_two_who_use_a_link_at_once_one_is_told_that_it_is_gone(database: Database) -> None:
    token, start = issued(database, Purpose.INVITATION), Barrier(2)

    def attempt(_: int) -> str:
        start.wait()
        try:
            use(database, token)
        except Gone:
            return "gone"
        return "used"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["gone", "used"]


def test_the_first_administrator_is_offered_until_there_is_one(database: Database) -> None:
    with database.writing() as session:
        first = links.first_administrator(session, NOW)
    with database.writing() as session:
        second = links.first_administrator(session, NOW)
    assert first
    assert second

    with pytest.raises(Gone):
        use(database, first)
    assert use(database, second) == Offer(Purpose.FIRST_ADMINISTRATOR, Role.ADMINISTRATOR, None)

    learner(database, Role.ADMINISTRATOR)
    with database.writing() as session:
        assert links.first_administrator(session, NOW) is None


def test_the_first_administrators_link_dies_when_somebody_else_became_one(database: Database) -> None:
    with database.writing() as session:
        token = links.first_administrator(session, NOW)
    assert token
    learner(database, Role.ADMINISTRATOR)

    with pytest.raises(Gone):
        use(database, token)


def test_invitations_wait_side_by_side_and_can_be_withdrawn(database: Database) -> None:
    first, second = (issued(database, Purpose.INVITATION) for _ in range(2))
    with database.reading() as session:
        newest, oldest = links.invitations(session, NOW)

    with database.writing() as session:
        links.withdraw_invitation(session, newest.id, NOW)

    with pytest.raises(Gone):
        use(database, second)
    use(database, first)
    with pytest.raises(NotFound), database.writing() as session:
        links.withdraw_invitation(session, oldest.id, NOW)


def test_a_reset_link_cannot_be_withdrawn_as_an_invitation(database: Database) -> None:
    token = issued(database, Purpose.RESET, user_id=learner(database))

    with pytest.raises(NotFound), database.writing() as session:
        links.withdraw_invitation(session, 1, NOW)

    use(database, token)


def test_the_address_stands_on_the_sites_own_host() -> None:
    assert links.address("https://learn.example.org", "t0k") == "https://learn.example.org/account/link/t0k"
