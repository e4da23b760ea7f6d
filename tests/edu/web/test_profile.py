"""A person's own account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from edu.clock import FixedClock
from edu.models import LoginSession, User
from edu.runtime import Runtime
from edu.services import passwords, sessions
from tests.answers import add_attempt
from tests.people import Person
from tests.reviewer import ReviewingClient

PASSWORD = "a quiet blue harbour"
KEPT = passwords.hashed(PASSWORD)


@pytest.fixture
def ada(person, runtime: Runtime) -> Person:
    """A signed-in learner who has a password."""
    made = person("learner", name="Ada", email="ada@example.org")
    with runtime.db.writing() as session:
        session.get_one(User, made.user_id).password_hash = KEPT
    return made


def elsewhere(app: Flask, runtime: Runtime, user_id: int) -> ReviewingClient:
    """Another browser of the same person."""
    client = ReviewingClient(app, app.response_class)
    with runtime.db.writing() as session:
        token = sessions.begin(session, user_id, now=runtime.clock.now(), device="Firefox Android")
    with client.session_transaction() as cookie:
        cookie["login"] = token
    return client


def row(runtime: Runtime, user_id: int) -> tuple[str, str, str]:
    with runtime.db.reading() as session:
        user = session.get_one(User, user_id)
        return user.name, user.email, user.password_hash


def test_the_page_shows_the_account_and_its_browsers_and_is_kept_nowhere(
    ada: Person, app: Flask, runtime: Runtime
) -> None:
    elsewhere(app, runtime, ada.user_id)

    page = ada.get("/account/")

    text = page.get_data(as_text=True)
    assert 'value="ada@example.org"' in text
    assert "Firefox, Android" in text
    assert text.count("this one") == 1
    assert page.headers["Cache-Control"] == "no-store"


def test_a_name_is_changed(ada: Person, runtime: Runtime) -> None:
    assert ada.submit("/account/name", {"name": " Ada  King "}).status_code == 303

    assert row(runtime, ada.user_id)[0] == "Ada King"


@pytest.mark.parametrize(
    ("path", "given", "field"),
    [
        ("/account/name", {"name": ""}, "name"),
        ("/account/email", {"email": "new@example.org", "email_password": "wrong"}, "email_password"),
        ("/account/email", {"email": "no address", "email_password": PASSWORD}, "email"),
        (
            "/account/password",
            {"password": "another harbour", "current_password": "wrong"},
            "current_password",
        ),
        ("/account/password", {"password": "short", "current_password": PASSWORD}, "password"),
        ("/account/password", {"password": "ada@example.org", "current_password": PASSWORD}, "password"),
        ("/account/erase", {"erase_password": "wrong"}, "erase_password"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(
    ada: Person, runtime: Runtime, path: str, given: dict[str, str], field: str
) -> None:
    answer = ada.submit(path, given)

    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.get_data(as_text=True)
    assert row(runtime, ada.user_id) == ("Ada", "ada@example.org", KEPT)


def test_an_address_is_changed_after_the_password(ada: Person, runtime: Runtime) -> None:
    answer = ada.submit("/account/email", {"email": "King@example.org", "email_password": PASSWORD})

    assert answer.status_code == 303
    assert row(runtime, ada.user_id)[1] == "king@example.org"


def test_a_new_password_signs_the_other_browsers_out_and_gives_this_one_a_new_session(
    ada: Person, app: Flask, runtime: Runtime
) -> None:
    other = elsewhere(app, runtime, ada.user_id)
    with ada.session_transaction() as cookie:
        before = cookie["login"]

    answer = ada.submit("/account/password", {"password": "another harbour", "current_password": PASSWORD})

    assert answer.status_code == 303
    assert passwords.matches(row(runtime, ada.user_id)[2], "another harbour")
    assert ada.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 303
    with ada.session_transaction() as cookie:
        assert cookie["login"] != before


def test_guessing_the_password_of_an_open_browser_waits(ada: Person) -> None:
    token = ada.csrf()
    given = {"password": "another harbour", "current_password": "wrong"}

    statuses = [ada.submit("/account/password", given, token=token).status_code for _ in range(6)]

    assert statuses == [422] * 5 + [429]


def test_another_browser_is_signed_out(ada: Person, app: Flask, runtime: Runtime) -> None:
    other = elsewhere(app, runtime, ada.user_id)
    with runtime.db.reading() as session:
        newest = session.scalars(select(LoginSession.id).order_by(LoginSession.id.desc())).first()

    ada.submit(f"/account/sessions/{newest}/end")

    assert other.get("/account/").status_code == 303
    assert ada.get("/account/").status_code == 200


def test_this_browser_can_be_signed_out_from_the_list(ada: Person) -> None:
    answer = ada.submit("/account/sessions/1/end")

    assert answer.location == "/account/sign-in"
    assert ada.get("/account/").status_code == 303


def test_signing_out_everywhere_is_everywhere(ada: Person, app: Flask, runtime: Runtime) -> None:
    other = elsewhere(app, runtime, ada.user_id)

    ada.submit("/account/sessions/end")

    assert ada.get("/account/").status_code == 303
    assert other.get("/account/").status_code == 303


def test_a_session_of_somebody_else_is_not_there(ada: Person, instructor: Person) -> None:
    with_number = [ada.submit(f"/account/sessions/{number}/end").status_code for number in (2, 999)]

    assert with_number == [404, 404]
    assert instructor.get("/account/").status_code == 200


def test_the_export_is_a_file_and_three_an_hour_are_enough(ada: Person, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        add_attempt(session, ada.user_id, runtime.clock.now())

    answers = [ada.submit("/account/export") for _ in range(4)]

    assert answers[0].headers["Content-Disposition"] == 'attachment; filename="my-account.json"'
    content = answers[0].get_json()
    assert content["account"]["email"] == "ada@example.org"
    assert len(content["attempts"]) == 1
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_an_erased_account_is_gone_and_signed_out(ada: Person, runtime: Runtime) -> None:
    answer = ada.submit("/account/erase", {"erase_password": PASSWORD})

    assert answer.status_code == 303
    assert ada.get("/account/").status_code == 303
    with runtime.db.reading() as session:
        assert session.get(User, ada.user_id) is None


def test_the_last_administrator_is_told_why_the_account_stays(
    administrator: Person, runtime: Runtime
) -> None:
    with runtime.db.writing() as session:
        session.get_one(User, administrator.user_id).password_hash = KEPT

    answer = administrator.submit("/account/erase", {"erase_password": PASSWORD})

    assert answer.status_code == 409
    assert "The last administrator must stay" in answer.get_data(as_text=True)


def test_last_seen_is_written_every_five_minutes_and_not_more_often(
    ada: Person, runtime: Runtime, clock: FixedClock
) -> None:
    began, seen = clock.now(), []
    for _ in range(4):
        clock.advance(timedelta(minutes=2))
        ada.get("/account/")
        with runtime.db.reading() as session:
            seen.append(session.scalars(select(LoginSession.last_seen_at)).one() - began)

    assert seen == [timedelta(0), timedelta(0), timedelta(minutes=6), timedelta(minutes=6)]
