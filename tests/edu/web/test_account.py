"""Signing in and out, making an account, and asking for a new password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from edu.app import create_app
from edu.clock import FixedClock
from edu.models import AuditEntry, Job, LoginSession, Role, User
from edu.runtime import Runtime
from edu.services import passwords
from edu.settings import SignUp
from tests.people import Person, add_user
from tests.reviewer import ReviewingClient, without_tokens

PASSWORD = "a quiet blue harbour"
KEPT = passwords.hashed(PASSWORD)


@pytest.fixture
def ada(runtime: Runtime) -> int:
    """An account with a password."""
    with runtime.db.writing() as session:
        return add_user(
            session, now=runtime.clock.now(), email="ada@example.org", name="Ada", password_hash=KEPT
        ).id


def sign_in(client: ReviewingClient, email: str = "ada@example.org", password: str = PASSWORD, **more):
    return client.submit(
        "/account/sign-in", {"email": email, "password": password, "next": more.pop("next", "")}, **more
    )


def signed_in(client: ReviewingClient) -> bool:
    return client.get("/account/").status_code == 200


def browser(app: Flask) -> ReviewingClient:
    return ReviewingClient(app, app.response_class)


def test_signing_up_makes_a_learner_and_signs_in(client: ReviewingClient, runtime: Runtime) -> None:
    answer = client.submit(
        "/account/sign-up",
        {"name": "Ada", "email": "Ada@example.org", "password": PASSWORD, "next": "/courses"},
    )

    assert (answer.status_code, answer.location) == (303, "/courses")
    assert "Ada" in client.get("/account/").get_data(as_text=True)
    with runtime.db.reading() as session:
        user = session.scalars(select(User)).one()
        assert (user.email, user.role) == ("ada@example.org", Role.LEARNER)
        assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "ada"}, "This is not an e-mail address."),
        ({"name": " "}, "Write a name of 1 to 120 characters."),
        ({"password": "short"}, "The password needs at least 8 characters"),
        ({"password": "Password123"}, "among the first that are guessed"),
        ({"password": "ada@example.org"}, "little more than your name"),
    ],
)
def test_a_sign_up_that_is_refused_says_why_beside_the_field(
    client: ReviewingClient, runtime: Runtime, changed: dict[str, str], words: str
) -> None:
    given = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD, **changed}

    answer = client.submit("/account/sign-up", given)

    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert words in text
    assert f'id="field-{next(iter(changed))}-error"' in text
    assert given["password"] not in text or given["password"] == given["email"]
    with runtime.db.reading() as session:
        assert session.scalars(select(User)).all() == []


def test_an_address_that_has_an_account_cannot_sign_up_again(client: ReviewingClient, ada: int) -> None:
    answer = client.submit(
        "/account/sign-up", {"name": "Eve", "email": "ADA@example.org", "password": PASSWORD}
    )

    assert answer.status_code == 422
    assert not signed_in(client)


@pytest.mark.parametrize("policy", [SignUp.INVITATION, SignUp.CLOSED])
def test_where_sign_up_is_not_open_there_is_no_form_and_a_post_is_refused(
    with_settings: Callable[..., Runtime], policy: SignUp
) -> None:
    client = browser(create_app(with_settings(signup=policy)))

    page = client.get("/account/sign-up")
    answer = client.submit("/account/sign-up", {"name": "A", "email": "a@example.org", "password": PASSWORD})

    assert "<form" not in page.get_data(as_text=True)
    assert answer.status_code == 403
    assert "/account/sign-up" not in client.get("/account/sign-in").get_data(as_text=True)


def test_the_right_password_signs_in_and_goes_where_one_was_going(client: ReviewingClient, ada: int) -> None:
    asked = client.get("/account/")
    assert (asked.status_code, asked.location) == (303, "/account/sign-in?next=/account/")

    answer = sign_in(client, next="/account/")

    assert (answer.status_code, answer.location) == (303, "/account/")
    assert signed_in(client)


def test_an_unknown_account_and_a_wrong_password_are_answered_alike(
    client: ReviewingClient, ada: int
) -> None:
    token = client.csrf()
    wrong = sign_in(client, "ada@example.org", "not her password", token=token)
    unknown = sign_in(client, "eve@example.org", "not her password", token=token)

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    pages = [
        answer.get_data(as_text=True).replace(email, "…")
        for answer, email in ((wrong, "ada@example.org"), (unknown, "eve@example.org"))
    ]
    assert "The e-mail address or the password is wrong." in pages[0]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def test_signing_in_gives_a_new_session_and_ends_the_old_one(
    client: ReviewingClient, ada: int, runtime: Runtime
) -> None:
    sign_in(client)
    old_form = client.csrf()
    with client.session_transaction() as cookie:
        first = cookie["login"]

    sign_in(client, token=old_form)

    with client.session_transaction() as cookie:
        assert cookie["login"] != first
    assert client.submit("/account/sign-out", token=old_form).status_code == 400, (
        "the form's token is new too"
    )
    with runtime.db.reading() as session:
        ends = session.scalars(select(LoginSession.ended_at).order_by(LoginSession.id)).all()
    assert [end is None for end in ends] == [False, True]


def test_a_planted_session_is_not_taken_over(client: ReviewingClient, ada: int) -> None:
    with client.session_transaction() as cookie:
        cookie["login"] = "planted"

    sign_in(client)

    with client.session_transaction() as cookie:
        assert cookie["login"] != "planted"


def test_the_sixth_wrong_try_in_a_minute_waits_and_then_the_right_one_works(
    client: ReviewingClient, ada: int, clock: FixedClock
) -> None:
    token = client.csrf()
    for _ in range(5):
        assert sign_in(client, password="wrong guess", token=token).status_code == 422

    refused = sign_in(client, token=token)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "in 60 seconds" in refused.get_data(as_text=True)

    clock.advance(timedelta(seconds=60))
    assert sign_in(client, token=token).status_code == 303


def test_a_guesser_does_not_keep_the_owner_away(app: Flask, ada: int) -> None:
    guesser, owner = browser(app), browser(app)
    token = guesser.csrf()
    for _ in range(6):
        sign_in(guesser, password="wrong guess", token=token, environ_base={"REMOTE_ADDR": "198.51.100.9"})

    assert sign_in(owner, environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 303


def test_one_address_that_tries_many_accounts_waits_after_twenty(client: ReviewingClient) -> None:
    token = client.csrf()
    statuses = [
        sign_in(client, f"person{number}@example.org", "wrong guess", token=token).status_code
        for number in range(21)
    ]

    assert statuses == [422] * 20 + [429]


def test_a_class_behind_one_address_signs_in_together(app: Flask, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        for number in range(25):
            add_user(session, now=runtime.clock.now(), email=f"s{number}@example.org", password_hash=KEPT)

    statuses = {sign_in(browser(app), f"s{number}@example.org").status_code for number in range(25)}

    assert statuses == {303}


def test_refused_tries_are_noted_without_the_address(client: ReviewingClient, runtime: Runtime) -> None:
    sign_in(client, "ada@example.org", "wrong guess")

    with runtime.db.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.detail) == ("account.sign_in_refused", {"reason": "sign_in_wrong"})


def test_a_closed_account_cannot_sign_in(client: ReviewingClient, ada: int, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        session.get_one(User, ada).disabled_at = runtime.clock.now()

    answer = sign_in(client)

    assert answer.status_code == 403
    assert "This account is closed" in answer.get_data(as_text=True)
    assert not signed_in(client)


def test_a_weaker_hash_is_made_anew_at_sign_in(client: ReviewingClient, ada: int, runtime: Runtime) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with runtime.db.writing() as session:
        session.get_one(User, ada).password_hash = weak

    sign_in(client)

    with runtime.db.reading() as session:
        kept = session.get_one(User, ada).password_hash
    assert not passwords.is_outdated(kept)
    assert passwords.matches(kept, PASSWORD)


def test_signing_out_ends_the_session_for_a_copied_cookie_too(app: Flask, learner: Person) -> None:
    thief = browser(app)
    with learner.session_transaction() as cookie:
        token = cookie["login"]
    with thief.session_transaction() as cookie:
        cookie["login"] = token
    assert signed_in(thief)

    assert learner.submit("/account/sign-out").status_code == 303

    assert not signed_in(learner)
    assert not signed_in(thief)


def test_signing_out_needs_the_forms_token(learner: Person) -> None:
    assert learner.post("/account/sign-out").status_code == 400
    assert signed_in(learner)


def test_who_is_signed_in_already_is_told_so(learner: Person) -> None:
    page = learner.get("/account/sign-in?next=/courses").get_data(as_text=True)

    assert "You are signed in as A learner." in page
    assert 'href="/courses"' in page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nX-Evil: 1",
        " /account/",
        "evil",
        "/" + "x" * 2001,
    ],
)
def test_signing_in_never_leads_to_another_site(client: ReviewingClient, ada: int, elsewhere: str) -> None:
    answer = sign_in(client, next=elsewhere)

    assert (answer.status_code, answer.location) == (303, "/")


def test_without_a_mail_server_the_page_says_who_can_help(client: ReviewingClient) -> None:
    page = client.get("/account/forgotten").get_data(as_text=True)

    assert "Ask the person who runs this site for a link" in page
    assert "edu user" not in page
    assert "People" not in page
    assert "<form" not in page


def test_a_forgotten_password_is_answered_alike_and_mails_only_whom_it_knows(
    with_settings: Callable[..., Runtime], ada: int
) -> None:
    house = with_settings(smtp_url="smtp://127.0.0.1:9")
    client = browser(create_app(house))
    token = client.csrf("/account/forgotten")

    known, unknown = (
        client.submit("/account/forgotten", {"email": email}, token=token)
        for email in ("ada@example.org", "eve@example.org")
    )

    assert known.status_code == unknown.status_code == 200
    assert without_tokens(known.get_data(as_text=True)) == without_tokens(unknown.get_data(as_text=True))
    with house.db.reading() as session:
        assert session.scalars(select(Job.payload)).all() == [{"user_id": ada, "language": "en"}]


def test_a_forgotten_password_is_mailed_in_the_language_of_the_page(
    with_settings: Callable[..., Runtime], ada: int
) -> None:
    house = with_settings(smtp_url="smtp://127.0.0.1:9")
    client = browser(create_app(house))
    token = client.csrf("/account/forgotten?lang=fr")

    client.submit("/account/forgotten", {"email": "ada@example.org"}, token=token)

    with house.db.reading() as session:
        assert session.scalars(select(Job.payload)).one() == {"user_id": ada, "language": "fr"}


def test_asking_for_a_new_password_again_and_again_waits(
    with_settings: Callable[..., Runtime], ada: int
) -> None:
    client = browser(create_app(with_settings(smtp_url="smtp://127.0.0.1:9")))
    token = client.csrf("/account/forgotten")

    answers = [
        client.submit("/account/forgotten", {"email": "ada@example.org"}, token=token) for _ in range(4)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["Retry-After"] == "900"


def test_making_accounts_again_and_again_waits(client: ReviewingClient) -> None:
    token = client.csrf()
    given = {"name": "Ada", "email": "ada@example.org", "password": "short"}

    statuses = [client.submit("/account/sign-up", given, token=token).status_code for _ in range(31)]

    assert statuses == [422] * 30 + [429]


def test_a_program_is_answered_with_a_problem(client: ReviewingClient) -> None:
    answer = client.submit(
        "/account/sign-in",
        {"email": "a@example.org", "password": "wrong guess"},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["code"] == "sign_in_wrong"
