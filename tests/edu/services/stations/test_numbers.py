"""Statistics for instructors: from 5 people on, one rating for each performance, like counted with like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edu.errors import NotFound
from edu.models import Role
from edu.policy import NOBODY, Viewer
from edu.services.stations import lists, numbers
from edu.services.stations.numbers import StatisticsPage
from tests.stations import ALL_DONE, STATION, Stations

ADMIN = Viewer(user_id=None, role=Role.ADMINISTRATOR)


def page(stations: Stations, who: Viewer = ADMIN) -> StatisticsPage:
    with stations.runtime.db.reading() as session:
        return numbers.page(session, who, "small")


def rate(stations: Stations, teacher: Viewer, count: int) -> list[str]:
    """So many performances; every second one misses a critical step and is rated lower."""
    poor = {**ALL_DONE, "S1": 1, "rating:global": 2}
    return [stations.rated(teacher, poor if n % 2 else ALL_DONE, is_self=False) for n in range(count)]


def test_nothing_is_told_of_fewer_than_5_people(stations: Stations) -> None:
    teacher = stations.person(Role.INSTRUCTOR)
    rate(stations, teacher, 4)

    found = page(stations)

    assert (found.people, found.is_told, found.passed, found.results) == (4, False, 0, ())
    assert {row.numbers.count for row in found.rows} == {0}
    rate(stations, teacher, 1)
    assert page(stations).is_told


def test_one_person_rated_often_is_one_person(stations: Stations) -> None:
    who, teacher = stations.person(), stations.person(Role.INSTRUCTOR)
    for _ in range(6):
        stations.join(teacher, stations.rated(who, ALL_DONE), ALL_DONE)

    found = page(stations)

    assert (found.count, found.people, found.is_told) == (6, 1, False)


def test_items_raters_and_the_cut(stations: Stations) -> None:
    teacher, peer = stations.person(Role.INSTRUCTOR), stations.person()
    runs = rate(stations, teacher, 30)
    for n, run in enumerate(runs[:10]):
        # the peer agrees on everything but one hand-wash
        stations.join(peer, run, {**ALL_DONE, "S1": 2 if n in (0, 2, 4, 6, 8, 9) else 1})

    found = page(stations)

    assert (found.count, found.passed, found.critical_failures, found.pair_count) == (30, 15, 15, 10)
    hands = found.rows[0].numbers
    assert (hands.difficulty, hands.critical_failures) == (0.75, 0.5)
    assert hands.discrimination == pytest.approx(1)
    assert hands.weighted_kappa == pytest.approx(0.8)
    assert found.cut is not None
    assert (found.cut.points, found.cut.needed, found.cut.is_usable) == (pytest.approx(13), 13, True)


def test_self_ratings_and_other_wordings_are_left_out(stations: Stations) -> None:
    teacher = stations.person(Role.INSTRUCTOR)
    rate(stations, teacher, 5)
    stations.rated(stations.person(), ALL_DONE)
    stations.keep(replace(STATION, room="Another room"))
    assert page(stations).count == 5, "the room is not what is rated"

    stations.keep(replace(STATION, items=STATION.items[:3]))

    assert (page(stations).count, page(stations).other_count) == (0, 5)


def test_the_points_needed_follow_the_cut_and_go_back_to_the_share(stations: Stations) -> None:
    with stations.runtime.db.writing() as session:
        row = lists.named(session, ADMIN, "small")
        lists.set_cut(session, row, 13, now=stations.clock.now())
    assert (page(stations).needed, page(stations).points) == (13, 13)

    with stations.runtime.db.writing() as session:
        lists.set_cut(session, lists.named(session, ADMIN, "small"), 0, now=stations.clock.now())

    assert page(stations).needed == 10


def test_a_list_without_a_rule_has_no_points_to_ask_for(stations: Stations) -> None:
    stations.keep(replace(STATION, passing=None))

    assert page(stations).needed == 0
    with stations.runtime.db.writing() as session:
        row = lists.named(session, NOBODY, "small")
        with pytest.raises(NotFound):
            lists.set_cut(session, row, 5, now=stations.clock.now())


def test_a_number_that_would_tell_of_four_people_is_withheld(stations: Stations) -> None:
    teacher = stations.person(Role.INSTRUCTOR)
    rate(stations, teacher, 8)

    found = page(stations)

    assert (found.count, found.passed, found.critical_failures) == (8, None, None)
