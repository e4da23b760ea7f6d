"""Slowing down guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.errors import TooMany
from edu.models import Throttle
from edu.services import throttle
from edu.services.throttle import Limit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIVE = Limit("five", 5)
MINUTE = timedelta(minutes=1)


def tries(db: Database, many: int, now: datetime, party: str = "somebody") -> None:
    for _ in range(many):
        with db.writing() as session:
            throttle.take(session, FIVE, party, now)


def refused_for(db: Database, now: datetime, party: str = "somebody") -> int:
    with pytest.raises(TooMany) as caught, db.writing() as session:
        throttle.take(session, FIVE, party, now)
    seconds = caught.value.parameters["retry_after"]
    assert isinstance(seconds, int)
    return seconds


def test_the_sixth_try_in_a_minute_waits_for_the_rest_of_a_minute(database: Database) -> None:
    tries(database, 5, NOW)

    assert refused_for(database, NOW + timedelta(seconds=20)) == 40


def test_after_the_wait_another_round_is_free_and_its_wait_is_twice_as_long(database: Database) -> None:
    tries(database, 5, NOW)
    tries(database, 5, NOW + MINUTE)

    assert refused_for(database, NOW + MINUTE) == 120


def test_the_wait_never_grows_beyond_its_bound(database: Database) -> None:
    moment = NOW
    for _ in range(9):
        tries(database, 5, moment)
        moment += FIVE.longest
        tries(database, 0, moment)

    tries(database, 5, moment)

    assert refused_for(database, moment) == FIVE.longest.total_seconds()


def test_a_refused_try_does_not_lengthen_the_wait(database: Database) -> None:
    tries(database, 5, NOW)
    for second in range(0, 60, 10):
        refused_for(database, NOW + timedelta(seconds=second))

    tries(database, 1, NOW + MINUTE)


def test_few_tries_spread_over_time_are_never_refused(database: Database) -> None:
    for minute in range(20):
        tries(database, 4, NOW + minute * MINUTE)


def test_an_hour_of_quiet_begins_anew(database: Database) -> None:
    tries(database, 5, NOW)
    tries(database, 5, NOW + MINUTE)
    later = NOW + timedelta(hours=1, minutes=2)

    tries(database, 5, later)

    assert refused_for(database, later) == 60


def test_one_party_does_not_make_another_wait(database: Database) -> None:
    tries(database, 5, NOW)

    tries(database, 5, NOW, party="somebody else")


def test_a_try_given_back_is_free_again(database: Database) -> None:
    tries(database, 4, NOW)
    with database.writing() as session:
        throttle.give_back(session, FIVE, "somebody")

    tries(database, 2, NOW)

    refused_for(database, NOW)


def test_a_cleared_party_begins_anew(database: Database) -> None:
    tries(database, 5, NOW)
    with database.writing() as session:
        throttle.clear(session, FIVE, "somebody")

    tries(database, 5, NOW)


def test_the_table_holds_no_address_and_loses_what_is_a_day_old(database: Database) -> None:
    tries(database, 1, NOW, party="192.0.2.1 ada@example.org")
    tries(database, 1, NOW + timedelta(days=2), party="other")

    with database.reading() as session:
        keys = list(session.scalars(select(Throttle.key)))
    assert len(keys) == 1
    assert "ada" not in keys[0]


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_party_is_an_address_or_one_home_network(address: str | None, party: str) -> None:
    assert throttle.network(address) == party
