"""Links to a performance: they work once, for a week, for the right person."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.errors import EduError, GateClosed, Gone, Invalid, NotFound, SignInNeeded
from edu.models import ChecklistInvite, ChecklistRun, InvitePurpose, RaterRole, Role
from edu.policy import Viewer
from edu.services.stations import invites
from quizzes import Audience
from tests.quizzing import together
from tests.stations import ALL_DONE, STATION, Stations, visitor

RATE, CLAIM = InvitePurpose.RATE, InvitePurpose.CLAIM


def issue(stations: Stations, who: Viewer, run_id: str, purpose: InvitePurpose = RATE) -> str:
    with stations.runtime.db.writing() as session:
        performance = session.get_one(ChecklistRun, run_id).performance_id
        return invites.issue(session, who, performance, purpose, now=stations.clock.now())


def accept(stations: Stations, who: Viewer, token: str) -> str:
    with stations.runtime.db.writing() as session:
        return invites.accept(session, who, token, secrets.token_hex(16), now=stations.clock.now())


def test_a_rater_enters_once_by_the_link_in_the_role_of_the_account(stations: Stations) -> None:
    who, peer, teacher = stations.person(name="Ada"), stations.person(), stations.person(Role.INSTRUCTOR)
    run = stations.rated(who, ALL_DONE)
    token, other = issue(stations, who, run), issue(stations, who, run)

    with stations.runtime.db.reading() as session:
        assert invites.look(session, token, stations.clock.now()).from_name == "Ada"
        assert token not in str(session.scalars(select(ChecklistInvite.token_hash)).all())
    runs = [accept(stations, peer, token), accept(stations, teacher, other)]

    with stations.runtime.db.reading() as session:
        assert [session.get_one(ChecklistRun, one).role for one in runs] == [
            RaterRole.PEER,
            RaterRole.TEACHER,
        ]
    with pytest.raises(Gone):
        accept(stations, stations.person(), token)


def test_of_many_who_open_the_same_link_at_once_one_rates(stations: Stations) -> None:
    who = visitor()
    token = issue(stations, who, stations.rated(who, ALL_DONE))
    people = [stations.person() for _ in range(4)]

    def open_it(which: int) -> str:
        try:
            return accept(stations, people[which], token)
        except EduError as error:
            return error.code

    assert sorted(together(4, open_it))[1:].count("gone") == 3


def test_the_wrong_people_are_told_and_the_link_stays_good(stations: Stations) -> None:
    who, peer = stations.person(), stations.person()
    run = stations.rated(who, ALL_DONE)
    token = issue(stations, who, run)

    with pytest.raises(SignInNeeded):
        accept(stations, visitor(), token)
    with pytest.raises(Invalid):
        accept(stations, who, token)
    theirs = accept(stations, peer, token)

    second = issue(stations, who, run)
    assert accept(stations, peer, second) == theirs, "who rates already is led to the own run"
    with stations.runtime.db.reading() as session:
        invites.look(session, second, stations.clock.now())


def test_a_link_ends_after_a_week_and_an_invented_one_never_was(stations: Stations) -> None:
    who = visitor()
    token = issue(stations, who, stations.rated(who, ALL_DONE))

    stations.clock.advance(timedelta(days=7, seconds=1))

    for one in (token, "invented"):
        with pytest.raises(Gone):
            accept(stations, stations.person(), one)


def test_a_rated_person_takes_the_result_as_theirs_without_an_account(stations: Stations) -> None:
    teacher, who = stations.person(Role.INSTRUCTOR, name="Dr Gray"), visitor()
    run = stations.rated(teacher, ALL_DONE, is_self=False)
    token, second = issue(stations, teacher, run, CLAIM), issue(stations, teacher, run, CLAIM)

    assert accept(stations, who, token) == run

    assert stations.result(who, run).is_about_me
    assert not stations.result(teacher, run).can_offer
    with pytest.raises(Gone):
        accept(stations, visitor(), second)
    with pytest.raises(Invalid):
        issue(stations, teacher, run, CLAIM)


def test_a_result_is_taken_only_when_it_is_finished(stations: Stations) -> None:
    teacher, who = stations.person(Role.INSTRUCTOR), visitor()
    run = stations.begin(teacher, is_self=False)
    token = issue(stations, teacher, run, CLAIM)

    with pytest.raises(Invalid, match="not finished"):
        accept(stations, who, token)
    stations.finish(teacher, run)

    assert accept(stations, who, token) == run


def test_strangers_make_no_links_and_nobody_makes_them_without_end(stations: Stations) -> None:
    who = visitor()
    run = stations.rated(who, ALL_DONE)

    with pytest.raises(NotFound):
        issue(stations, visitor(), run)
    for _ in range(invites.MOST_OPEN):
        issue(stations, who, run)
    with pytest.raises(Invalid):
        issue(stations, who, run)


def test_a_link_leads_nobody_past_the_gate(stations: Stations) -> None:
    who = replace(visitor(), is_professional=True)
    stations.keep(replace(STATION, audience=Audience.PRO))
    token = issue(stations, who, stations.rated(who, ALL_DONE))

    with pytest.raises(GateClosed):
        accept(stations, stations.person(), token)
