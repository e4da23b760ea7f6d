"""The professional gate as a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from edu.models import Course, Declaration
from edu.runtime import Runtime
from edu.services.gate import OWN_TEXT
from edu.services.gating import institution
from tests.people import Person
from tests.reviewer import ReviewingClient

CONFIRM = {"profession": "physician", "version": "1"}
InForce = Callable[..., None]


@pytest.fixture
def in_force(app: Flask, with_settings: Callable[..., Runtime]) -> InForce:
    """Put ways through the gate, and what they need, into the settings of the running site."""

    def switch(*modes: str, **settings: object) -> None:
        app.extensions["edu"] = with_settings(gate=modes, **settings)

    return switch


def install(runtime: Runtime, version: str) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        course = session.scalar(select(Course)) or Course(
            slug="mice", title="Mice", created_at=now, updated_at=now
        )
        course.notices = {"gate": {"text": f"Text number {version}", "version": version}}
        session.add(course)


def open_to(client: ReviewingClient) -> bool:
    return "is open to you" in client.get("/professionals").get_data(as_text=True)


def test_the_page_shows_the_text_its_version_and_both_buttons(client: ReviewingClient) -> None:
    page = client.get("/professionals").get_data(as_text=True)

    assert OWN_TEXT.text in page
    assert "Version 1 of this text" in page
    assert ">I confirm</button>" in page
    assert "Show me the information for patients instead</a>" in page


def test_a_visitor_without_an_account_confirms_and_goes_back_to_what_was_asked_for(
    client: ReviewingClient, runtime: Runtime
) -> None:
    answer = client.submit("/professionals", {**CONFIRM, "next": "/courses/mice/infiltrate?part=2"})

    assert (answer.status_code, answer.location) == (303, "/courses/mice/infiltrate?part=2")
    assert open_to(client)
    with runtime.db.reading() as session:
        row = session.scalars(select(Declaration)).one()
        assert (row.user_id, row.profession, row.text_version) == (None, "physician", "1")
        assert row.declared_at == runtime.clock.now()


def test_the_way_back_leads_to_no_other_site(client: ReviewingClient) -> None:
    assert client.submit("/professionals", {**CONFIRM, "next": "//evil.example"}).location == "/professionals"


def test_one_browser_does_not_open_the_gate_for_another(client: ReviewingClient, app: Flask) -> None:
    client.submit("/professionals", CONFIRM)

    assert not open_to(ReviewingClient(app, app.response_class))


def test_a_declaration_of_an_account_holds_in_all_its_browsers_and_not_after_signing_out(
    learner: Person, app: Flask
) -> None:
    learner.submit("/professionals", CONFIRM)
    other = ReviewingClient(app, app.response_class)
    with learner.session_transaction() as mine, other.session_transaction() as theirs:
        theirs["login"] = mine["login"]

    assert open_to(other)
    learner.submit("/account/sign-out")
    assert not open_to(learner)


def test_a_visitor_who_confirmed_stays_confirmed_after_signing_in(client: ReviewingClient) -> None:
    client.submit("/professionals", CONFIRM)

    client.submit(
        "/account/sign-up", {"name": "A", "email": "a@example.org", "password": "a quiet blue harbour"}
    )

    assert open_to(client)


@pytest.mark.parametrize("profession", ["", "patient"])
def test_without_a_profession_nothing_is_confirmed(client: ReviewingClient, profession: str) -> None:
    answer = client.submit("/professionals", {**CONFIRM, "profession": profession})

    assert answer.status_code == 422
    assert "Choose what you work as." in answer.get_data(as_text=True)
    assert not open_to(client)


def test_declaring_again_and_again_waits(client: ReviewingClient) -> None:
    token = client.csrf("/professionals")

    statuses = [
        client.submit("/professionals", {**CONFIRM, "version": "0"}, token=token).status_code
        for _ in range(2)
    ] + [client.submit("/professionals", CONFIRM, token=token).status_code for _ in range(61)]

    assert statuses == [409] * 2 + [303] * 60 + [429]


def test_a_new_text_asks_again(client: ReviewingClient, runtime: Runtime) -> None:
    install(runtime, "1")
    client.submit("/professionals", CONFIRM)
    assert open_to(client)

    install(runtime, "2")

    page = client.get("/professionals").get_data(as_text=True)
    assert "Text number 2" in page
    assert not open_to(client)


def test_a_text_that_changed_under_the_readers_eyes_is_shown_anew(
    client: ReviewingClient, runtime: Runtime
) -> None:
    install(runtime, "2")

    answer = client.submit("/professionals", CONFIRM)

    assert answer.status_code == 409
    assert "please read it again" in answer.get_data(as_text=True)
    assert not open_to(client)


def test_a_confirmation_can_be_withdrawn(client: ReviewingClient) -> None:
    client.submit("/professionals", CONFIRM)

    client.submit("/professionals/withdraw")

    assert not open_to(client)


def test_the_studios_people_need_not_confirm(instructor: Person) -> None:
    page = instructor.get("/professionals?next=/courses").get_data(as_text=True)

    assert "because you teach on this site" in page
    assert "<select" not in page
    assert 'href="/courses"' in page


def test_patients_are_led_to_their_own_page(client: ReviewingClient, runtime: Runtime) -> None:
    install(runtime, "1")

    assert 'href="/courses/mice"' in client.get("/professionals").get_data(as_text=True)


def test_declaring_is_no_way_in_where_the_operator_asks_for_more(
    client: ReviewingClient, in_force: InForce
) -> None:
    client.submit("/professionals", CONFIRM)
    assert open_to(client)

    in_force("code")

    assert not open_to(client)
    assert client.submit("/professionals", CONFIRM).status_code == 409
    page = client.get("/professionals").get_data(as_text=True)
    assert "Invitation code" in page
    assert "Show me the information for patients instead</a>" in page


def test_a_code_opens_the_gate_to_a_visitor_and_guessing_has_to_wait(
    client: ReviewingClient, administrator: Person, in_force: InForce
) -> None:
    in_force("code", "manual")
    made = administrator.submit("/studio/gate/codes", {"name": "A clinic", "uses": "1", "days": "30"})
    found = re.search(r'data-part="code">([A-Z0-9-]+)<', made.get_data(as_text=True))
    assert found
    assert found[1] not in administrator.get("/studio/gate").get_data(as_text=True), "it is shown once"
    token = client.csrf("/professionals")

    wrong = client.submit("/professionals/code", {**CONFIRM, "code": "AAAA"}, token=token)
    right = client.submit(
        "/professionals/code", {**CONFIRM, "code": found[1], "next": "/courses"}, token=token
    )

    assert (wrong.status_code, right.status_code, right.location) == (422, 303, "/courses")
    assert "This code does not open the gate." in wrong.get_data(as_text=True)
    assert open_to(client)
    guesses = [
        client.submit("/professionals/code", {**CONFIRM, "code": "AAAA"}, token=token).status_code
        for _ in range(10)
    ]
    assert guesses == [422] * 9 + [429]
    client.submit("/professionals/withdraw")
    assert not open_to(client)


def test_a_visitor_is_told_which_ways_need_an_account(client: ReviewingClient, in_force: InForce) -> None:
    in_force("institution", "manual")

    page = client.get("/professionals?next=/courses").get_data(as_text=True)

    assert page.count("This way needs an account") == 2
    assert "/account/sign-up?next=/professionals?next%3D/courses" in page.replace("%2F", "/").replace(
        "%3F", "?"
    )
    assert "<textarea" not in page


def test_a_request_waits_visibly_and_is_decided_in_the_studio(
    learner: Person, administrator: Person, in_force: InForce
) -> None:
    in_force("manual")
    asked = learner.submit("/professionals/request", {**CONFIRM, "stated": "Nurse, register of Lyon"})
    assert asked.status_code == 303
    assert "An administrator will look; you will see it here." in learner.get("/professionals").text
    assert not open_to(learner)
    desk = administrator.get("/studio/gate").text
    assert "Nurse, register of Lyon" in desk
    address = re.search(r'action="(/studio/gate/requests/\d+)"', desk)
    assert address

    sent_back = administrator.submit(address[1], {"decision": "refuse", "reason": ""})
    refused = administrator.submit(address[1], {"decision": "refuse", "reason": "unclear"})
    late = administrator.submit(address[1], {"decision": "admit"})

    assert (sent_back.status_code, refused.status_code, late.status_code) == (422, 303, 409)
    assert "What you wrote does not say where you are registered." in learner.get("/professionals").text
    learner.submit("/professionals/request", {**CONFIRM, "stated": "Nurse, chamber of Lyon, Rhône"})
    address = re.search(r'action="(/studio/gate/requests/\d+)"', administrator.get("/studio/gate").text)
    assert address
    assert administrator.submit(address[1], {"decision": "admit"}).status_code == 303
    assert open_to(learner)
    learner.submit("/professionals/withdraw")
    assert not open_to(learner)


def test_the_link_to_an_institution_opens_the_gate_and_without_mail_the_page_says_so(
    learner: Person, runtime: Runtime, in_force: InForce
) -> None:
    in_force("institution", gate_domains=("clinic.example.org",))
    assert "This site sends no mail at present" in learner.get("/professionals").text
    in_force("institution", gate_domains=("clinic.example.org",), smtp_url="smtp://localhost:1")

    elsewhere = learner.submit("/professionals/institution", {**CONFIRM, "email": "ada@example.org"})
    asked = learner.submit("/professionals/institution", {**CONFIRM, "email": "ada@clinic.example.org"})

    assert (elsewhere.status_code, asked.status_code) == (422, 303)
    assert "We send a link to ada@clinic.example.org" in learner.get("/professionals").text
    with runtime.db.writing() as session:
        declared = session.scalars(select(Declaration.id)).one()
        token = institution.proof(session, declared, runtime.clock.now()).token
    assert not open_to(learner)
    assert "ada@clinic.example.org" in learner.get(f"/professionals/link/{token}").text
    assert learner.get(f"/account/link/{token}").status_code == 410
    assert learner.submit(f"/professionals/link/{token}").status_code == 303
    assert open_to(learner)


def test_the_list_for_an_audit_is_the_administrators(
    client: ReviewingClient, administrator: Person, instructor: Person
) -> None:
    client.submit("/professionals", CONFIRM)

    file = administrator.submit("/studio/gate/declarations.csv")

    assert (file.status_code, file.mimetype) == (200, "text/csv")
    assert ",visitor,physician,1," in file.text
    assert instructor.get("/studio/gate").status_code == 403
    assert instructor.submit("/studio/gate/declarations.csv").status_code == 403
