"""New accounts agree to the terms; a later version is asked for once, after signing in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from edu.models import Purpose, Role, TermsAcceptance
from edu.runtime import Runtime
from edu.services import links, passwords
from tests.edu.services.test_terms_acceptance import publish
from tests.people import Person, add_user
from tests.reviewer import ReviewingClient

PASSWORD = "a quiet blue harbour"
ADA = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
HTML = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def terms(runtime: Runtime) -> Callable[[str], None]:
    """Publishes a version of the terms."""

    def make(version: str) -> None:
        with runtime.db.writing() as session:
            publish(session, version)

    make("1")
    return make


def agreed(runtime: Runtime) -> list[int]:
    with runtime.db.reading() as session:
        return sorted(row.version for row in session.query(TermsAcceptance))


def test_a_new_account_ticks_the_terms(client: ReviewingClient, runtime: Runtime, terms) -> None:
    assert "I agree to the terms (version 1)" in client.get("/account/sign-up").text

    refused = client.submit("/account/sign-up", {**ADA, "terms_number": "1"})
    made = client.submit("/account/sign-up", {**ADA, "terms_number": "1", "terms": "1"})

    assert (refused.status_code, made.status_code) == (422, 303)
    assert 'id="field-terms-error"' in refused.text
    assert agreed(runtime) == [1]
    assert "You agreed to version 1 of the terms on" in client.get("/account/").text


def test_the_invited_tick_them_as_well_and_a_new_password_does_not_ask(
    client: ReviewingClient, runtime: Runtime, terms
) -> None:
    with runtime.db.writing() as session:
        now = runtime.clock.now()
        token = links.issue(session, Purpose.INVITATION, now=now, role=Role.INSTRUCTOR)
        other = add_user(session, now=now)
        reset = links.issue(session, Purpose.RESET, now=now, user_id=other.id)

    assert "I agree to the terms" in client.get(f"/account/link/{token}").text
    assert "I agree to the terms" not in client.get(f"/account/link/{reset}").text
    assert client.submit(f"/account/link/{token}", ADA).status_code == 422
    answer = client.submit(f"/account/link/{token}", {**ADA, "terms_number": "1", "terms": "1"})
    assert answer.status_code == 303
    assert agreed(runtime) == [1]


def test_a_later_version_asks_once_after_signing_in(client: ReviewingClient, runtime: Runtime, terms) -> None:
    with runtime.db.writing() as session:
        add_user(
            session, now=runtime.clock.now(), email=ADA["email"], password_hash=passwords.hashed(PASSWORD)
        )

    asked = client.submit("/account/sign-in", {**ADA, "next": "/notes"})
    page = client.get(asked.location).text

    assert asked.location == "/account/terms?next=/notes"
    assert "Terms of this site" in page
    assert "Sign out" in page
    assert client.get("/notes", headers=HTML).location == "/account/terms?next=/notes"
    for open_to_all in ("/courses", "/account/", "/terms"):  # the emergency signs among them
        assert client.get(open_to_all, headers=HTML).status_code == 200
    terms("2")
    changed = client.submit("/account/terms", {"terms_number": "1", "next": "/notes"})
    assert changed.status_code == 422
    assert "The terms have changed" in changed.text
    assert client.submit("/account/terms", {"terms_number": "2", "next": "/notes"}).location == "/notes"
    assert client.get("/notes", headers=HTML).status_code == 200
    assert client.get("/account/terms?next=/notes").location == "/notes"
    client.submit("/account/sign-out")
    assert client.submit("/account/sign-in", {**ADA, "next": "/notes"}).location == "/notes"
    assert agreed(runtime) == [2]


def test_without_terms_nobody_is_asked(learner: Person) -> None:
    assert "I agree" not in learner.get("/account/sign-up").text
    assert learner.get("/account/terms").location == "/account/"
