"""The professional gate as a page."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from edu.models import Course, Declaration
from edu.runtime import Runtime
from edu.services.gate import OWN_TEXT
from tests.people import Person
from tests.reviewer import ReviewingClient

CONFIRM = {"profession": "physician", "version": "1"}


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
