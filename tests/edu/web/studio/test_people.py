"""The administrators' pages about people."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from edu.models import AuditEntry, Role, User
from edu.runtime import Runtime
from tests.people import Person
from tests.reviewer import ReviewingClient


def row(runtime: Runtime, user_id: int) -> tuple[Role, int | None, bool]:
    with runtime.db.reading() as session:
        user = session.get_one(User, user_id)
        return user.role, user.quota_bytes, user.disabled_at is not None


def link_in(page: str) -> str:
    found = re.search(r'data-part="link">http://localhost(/account/link/[\w-]+)<', page)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/studio/people", "/studio/people/1"])
def test_only_administrators_see_people(
    client: ReviewingClient, learner: Person, instructor: Person, administrator: Person, path: str
) -> None:
    answers = [who.get(path).status_code for who in (client, learner, instructor, administrator)]

    assert answers == [303, 403, 403, 200]


def test_people_are_listed_and_found(administrator: Person, person) -> None:
    person("learner", name="Ada Lovelace")
    person("instructor", name="Charles Babbage")

    everybody = administrator.get("/studio/people")
    found = administrator.get("/studio/people?q=love").get_data(as_text=True)
    nobody = administrator.get("/studio/people?q=<script>&page=x").get_data(as_text=True)

    text = everybody.get_data(as_text=True)
    assert "Ada Lovelace" in text
    assert "3 people" in text
    assert everybody.headers["Cache-Control"] == "no-store"
    assert "Ada Lovelace" in found
    assert "Charles Babbage" not in found
    assert "Nobody found" in nobody


def test_a_learner_is_made_an_instructor_and_the_studio_knows_at_once(
    administrator: Person, learner: Person, runtime: Runtime
) -> None:
    answer = administrator.submit(f"/studio/people/{learner.user_id}/role", {"role": "instructor"})

    assert answer.status_code == 303
    assert row(runtime, learner.user_id)[0] is Role.INSTRUCTOR
    assert ">Studio</a>" in learner.get("/account/").get_data(as_text=True)


def test_the_last_administrator_cannot_step_down(administrator: Person, runtime: Runtime) -> None:
    for deed, given in (("role", {"role": "learner"}), ("disable", {})):
        answer = administrator.submit(f"/studio/people/{administrator.user_id}/{deed}", given)
        assert answer.status_code == 409
        assert "The last administrator must stay" in answer.get_data(as_text=True)

    assert row(runtime, administrator.user_id) == (Role.ADMINISTRATOR, None, False)


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(
    administrator: Person, learner: Person, runtime: Runtime
) -> None:
    administrator.submit(f"/studio/people/{learner.user_id}/disable")

    assert learner.get("/account/").status_code == 303
    assert "This account is closed" in administrator.get(f"/studio/people/{learner.user_id}").get_data(
        as_text=True
    )
    administrator.submit(f"/studio/people/{learner.user_id}/enable")
    assert row(runtime, learner.user_id)[2] is False


def test_sessions_are_ended_from_afar(administrator: Person, learner: Person) -> None:
    administrator.submit(f"/studio/people/{learner.user_id}/sessions/end")

    assert learner.get("/account/").status_code == 303


def test_a_quota_is_set_and_a_wrong_one_refused(
    administrator: Person, instructor: Person, runtime: Runtime
) -> None:
    path = f"/studio/people/{instructor.user_id}/quota"

    assert administrator.submit(path, {"quota": "0" * 12 + "9" * 12}).status_code == 422
    refused = administrator.submit(path, {"quota": "much"})
    assert refused.status_code == 422
    assert 'id="field-quota-error"' in refused.get_data(as_text=True)
    administrator.submit(path, {"quota": "50000"})

    assert row(runtime, instructor.user_id)[1] == 50_000_000_000
    assert 'value="50000"' in administrator.get(f"/studio/people/{instructor.user_id}").get_data(as_text=True)


def test_a_reset_link_is_shown_once_and_works_once(
    administrator: Person, learner: Person, client: ReviewingClient
) -> None:
    path = f"/studio/people/{learner.user_id}"
    link = link_in(administrator.submit(f"{path}/reset").get_data(as_text=True))

    assert "/account/link/" not in administrator.get(path).get_data(as_text=True)
    assert client.submit(link, {"password": "a quiet blue harbour"}).status_code == 303
    assert client.get(link).status_code == 410


def test_an_invitation_is_shown_once_listed_and_can_be_withdrawn(
    administrator: Person, client: ReviewingClient
) -> None:
    page = administrator.submit("/studio/people/invitations", {"role": "instructor"}).get_data(as_text=True)
    link = link_in(page)
    assert client.get(link).status_code == 200
    listed = administrator.get("/studio/people").get_data(as_text=True)
    assert link not in listed
    ending = re.search(r"/studio/people/invitations/\d+/end", listed)
    assert ending

    assert administrator.submit(ending[0]).status_code == 303

    assert client.get(link).status_code == 410
    assert administrator.submit(ending[0]).status_code == 404


def test_every_deed_is_noted_with_who_did_it(
    administrator: Person, learner: Person, runtime: Runtime
) -> None:
    path = f"/studio/people/{learner.user_id}"
    for deed, given in (
        ("role", {"role": "instructor"}),
        ("quota", {"quota": "5"}),
        ("sessions/end", {}),
        ("reset", {}),
        ("disable", {}),
        ("enable", {}),
    ):
        administrator.submit(f"{path}/{deed}", given)
    administrator.submit("/studio/people/invitations", {"role": "learner"})

    with runtime.db.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [entry.action for entry in entries] == [
            "account.role_changed",
            "account.quota_changed",
            "account.signed_out_everywhere",
            "link.issued",
            "account.disabled",
            "account.enabled",
            "link.issued",
        ]
        assert {entry.actor_id for entry in entries} == {administrator.user_id}
        assert {entry.subject for entry in entries[:-1]} == {f"user:{learner.user_id}"}


@pytest.mark.parametrize("deed", ["role", "quota", "sessions/end", "reset", "disable", "enable"])
def test_a_person_who_is_not_there_is_not_found(administrator: Person, deed: str) -> None:
    assert administrator.submit(f"/studio/people/999/{deed}", {"role": "learner"}).status_code == 404


@pytest.mark.parametrize("deed", ["role", "quota", "sessions/end", "reset", "disable", "enable"])
def test_others_can_do_nothing_to_people(
    app: Flask, learner: Person, instructor: Person, runtime: Runtime, deed: str
) -> None:
    stranger = ReviewingClient(app, app.response_class)
    path, given = f"/studio/people/{learner.user_id}/{deed}", {"role": "administrator", "quota": "1"}

    answers = [who.submit(path, given).status_code for who in (stranger, learner, instructor)]

    assert answers == [401, 403, 403]
    assert row(runtime, learner.user_id) == (Role.LEARNER, None, False)
