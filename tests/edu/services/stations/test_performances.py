"""Performances: begun once, rated by those who may, seen by those it concerns and by nobody else."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from edu.errors import Conflict, Forbidden, GateClosed, Invalid, NotFound
from edu.models import ChecklistPerformance, ChecklistRun, RaterRole, Role
from edu.policy import Viewer
from edu.services.stations import performances
from quizzes import Audience
from tests.quizzing import together
from tests.stations import ALL_DONE, STATION, Stations, visitor


def count(stations: Stations) -> tuple[int, int]:
    with stations.runtime.db.reading() as session:
        tables = (ChecklistPerformance, ChecklistRun)
        performed, runs = (session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
        return performed, runs


def test_the_same_form_sent_many_times_at_once_begins_one_run(stations: Stations) -> None:
    who, run_id = visitor(), secrets.token_hex(16)

    begun = together(5, lambda _: stations.begin(who, run_id=run_id))

    assert set(begun) == {run_id}
    assert count(stations) == (1, 1)


@pytest.mark.parametrize("text", ["", "x" * 32, "12", "../" * 10, "0" * 31])
def test_an_id_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        performances.run_id_of(text)


def test_a_uuid_is_taken_with_and_without_hyphens() -> None:
    assert (
        performances.run_id_of("0F8FAD5B-D9CB-469F-A165-70867728950E") == "0f8fad5bd9cb469fa16570867728950e"
    )


def test_the_id_of_somebody_elses_run_begins_nothing(stations: Stations) -> None:
    run = stations.begin(visitor())

    with pytest.raises(NotFound):
        stations.begin(visitor(), run_id=run)
    assert count(stations) == (1, 1)


def test_only_an_instructor_rates_others_without_an_invitation(stations: Stations) -> None:
    for who in (visitor(), stations.person()):
        with pytest.raises(Forbidden):
            stations.begin(who, is_self=False)

    teacher = stations.person(Role.INSTRUCTOR)
    run_id = stations.begin(teacher, is_self=False, label="  Candidate   12 ")

    with stations.runtime.db.reading() as session:
        run, performance = performances.seen(session, teacher, run_id)
        assert (run.role, performance.label, performance.subject_id) == (
            RaterRole.TEACHER,
            "Candidate 12",
            None,
        )


def test_a_station_for_professionals_is_begun_by_nobody_else(stations: Stations) -> None:
    stations.keep(replace(STATION, audience=Audience.PRO))

    with pytest.raises(GateClosed):
        stations.begin(visitor())
    stations.begin(replace(visitor(), is_professional=True))


def test_a_run_goes_behind_the_gate_with_its_list(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)

    stations.keep(replace(STATION, audience=Audience.PRO))

    with pytest.raises(GateClosed):
        stations.mark(who, run, {"S1": 2})


def test_what_is_begun_stays_with_the_list_as_it_was(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)

    stations.keep(replace(STATION, items=STATION.items[:1], branches=(), title="Changed"))

    stations.mark(who, run, ALL_DONE)
    stations.finish(who, run)
    assert stations.result(who, run).title == "A small station"
    assert stations.result(who, run).score.points == 14


def test_others_see_nothing_and_change_nothing(stations: Stations) -> None:
    who, teacher = visitor(), stations.person(Role.INSTRUCTOR)
    run = stations.rated(who, ALL_DONE)

    for stranger in (visitor(), stations.person(), teacher, Viewer()):
        with pytest.raises(NotFound):
            stations.result(stranger, run)
        with pytest.raises(NotFound):
            stations.finish(stranger, run)
    for nonsense in ("x", "0" * 32, "\0"):
        with pytest.raises(NotFound):
            stations.result(who, nonsense)


def test_raters_judge_alone_until_they_have_finished(stations: Stations) -> None:
    who, first, second = stations.person(), stations.person(Role.INSTRUCTOR), stations.person()
    own = stations.rated(who, ALL_DONE)
    theirs = stations.join(first, own, ALL_DONE)
    mine = stations.join(second, own)

    with pytest.raises(NotFound):
        stations.result(second, theirs)
    stations.finish(second, mine)

    assert stations.result(second, theirs).score.points == 14
    assert {column.run.id for column in stations.result(second, mine).columns} == {own, theirs, mine}


def test_the_performer_sees_finished_ratings_only(stations: Stations) -> None:
    who, teacher = stations.person(), stations.person(Role.INSTRUCTOR, name="Dr Gray")
    own = stations.rated(who, ALL_DONE)
    theirs = stations.join(teacher, own)

    with pytest.raises(NotFound):
        stations.result(who, theirs)
    stations.finish(teacher, theirs)

    assert stations.result(who, theirs).columns[0].name == "Dr Gray"


def test_one_finishes_once(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)

    assert sum(together(4, lambda _: stations.finish(who, run, 1000))) == 1


def test_the_second_rating_after_watching_is_one_of_the_same_performance(stations: Stations) -> None:
    who = visitor()
    run = stations.rated(who, {"S1": 0})

    def again(_: int) -> str:
        with stations.runtime.db.writing() as session:
            first, _performance = performances.held(session, who, run)
            return performances.again(session, who, first, secrets.token_hex(16), now=stations.clock.now()).id

    begun = together(3, again)

    assert len(set(begun)) == 1
    assert count(stations) == (1, 2)


def test_a_rating_that_is_not_ones_own_finished_first_one_cannot_be_done_again(stations: Stations) -> None:
    who, teacher = visitor(), stations.person(Role.INSTRUCTOR)
    runs = [(who, stations.begin(who)), (teacher, stations.rated(teacher, ALL_DONE, is_self=False))]

    for viewer, run_id in runs:
        with stations.runtime.db.writing() as session:
            run, _ = performances.held(session, viewer, run_id)
            with pytest.raises(Invalid):
                performances.again(session, viewer, run, secrets.token_hex(16), now=stations.clock.now())


def test_what_a_browser_rated_goes_to_the_account_that_is_made_in_it(stations: Stations) -> None:
    who, user = visitor(), stations.person()
    run = stations.rated(who, ALL_DONE)

    with stations.runtime.db.writing() as session:
        assert performances.claim(session, who.visitor_hash, user.user_id or 0, now=stations.clock.now()) == 1
        assert performances.claim(session, None, user.user_id or 0, now=stations.clock.now()) == 0

    assert stations.result(user, run).is_about_me
    with pytest.raises(NotFound):
        stations.result(who, run)


def test_after_30_days_it_stays_with_the_browser(stations: Stations) -> None:
    who, user = visitor(), stations.person()
    stations.rated(who, ALL_DONE)

    later = stations.clock.advance(timedelta(days=31))

    with stations.runtime.db.writing() as session:
        assert performances.claim(session, who.visitor_hash, user.user_id or 0, now=later) == 0


def test_who_rated_a_performance_cannot_become_the_one_who_performed(stations: Stations) -> None:
    who, peer, teacher = visitor(), stations.person(), stations.person(Role.INSTRUCTOR)
    stations.join(peer, stations.rated(who, ALL_DONE), ALL_DONE)
    run = stations.rated(teacher, ALL_DONE, is_self=False)

    with stations.runtime.db.writing() as session:
        assert performances.claim(session, who.visitor_hash, peer.user_id or 0, now=stations.clock.now()) == 0
        _, performance = performances.held(session, teacher, run)
        with pytest.raises(Invalid):
            performances.give(session, performance, teacher, now=stations.clock.now())
        performances.give(session, performance, peer, now=stations.clock.now())
        with pytest.raises(Conflict):
            performances.give(session, performance, visitor(), now=stations.clock.now())
