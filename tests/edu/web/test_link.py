"""One-time links as pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from edu.clock import FixedClock
from edu.models import AuditEntry, Purpose, Role, User
from edu.runtime import Runtime
from edu.services import links, passwords
from tests.people import Person, add_user
from tests.reviewer import ReviewingClient

PASSWORD = "a quiet blue harbour"
NEW = {"name": "Grace", "email": "grace@example.org", "password": PASSWORD}


def issued(
    runtime: Runtime, purpose: Purpose, *, user_id: int | None = None, role: Role = Role.LEARNER
) -> str:
    with runtime.db.writing() as session:
        token = links.issue(session, purpose, now=runtime.clock.now(), user_id=user_id, role=role)
    return f"/account/link/{token}"


def accounts(runtime: Runtime) -> list[tuple[str, Role]]:
    with runtime.db.reading() as session:
        return [(user.email, user.role) for user in session.scalars(select(User).order_by(User.id))]


def test_the_first_administrator_makes_an_account_by_the_printed_link(
    client: ReviewingClient, runtime: Runtime
) -> None:
    with runtime.db.writing() as session:
        token = links.first_administrator(session, runtime.clock.now())
    path = f"/account/link/{token}"
    assert "Become the first administrator" in client.get(path).get_data(as_text=True)

    answer = client.submit(path, NEW)

    assert answer.status_code == 303
    assert accounts(runtime) == [("grace@example.org", Role.ADMINISTRATOR)]
    assert client.get("/studio/people").status_code == 200
    assert client.get(path).status_code == 410


def test_an_invitation_gives_its_role_and_works_once(
    client: ReviewingClient, app: Flask, runtime: Runtime
) -> None:
    path = issued(runtime, Purpose.INVITATION, role=Role.INSTRUCTOR)
    second = ReviewingClient(app, app.response_class)

    assert client.submit(path, NEW).status_code == 303
    assert second.submit(path, {**NEW, "email": "eve@example.org"}).status_code == 410

    assert accounts(runtime) == [("grace@example.org", Role.INSTRUCTOR)]


def test_a_role_in_the_form_changes_nothing(client: ReviewingClient, runtime: Runtime) -> None:
    client.submit(issued(runtime, Purpose.INVITATION), {**NEW, "role": "administrator"})

    assert accounts(runtime) == [("grace@example.org", Role.LEARNER)]


@pytest.mark.parametrize("changed", [{"password": "short"}, {"email": "taken@example.org"}, {"name": ""}])
def test_a_refused_form_does_not_use_the_link_up(
    client: ReviewingClient, runtime: Runtime, changed: dict[str, str]
) -> None:
    with runtime.db.writing() as session:
        add_user(session, now=runtime.clock.now(), email="taken@example.org")
    path = issued(runtime, Purpose.INVITATION)

    refused = client.submit(path, {**NEW, **changed})

    assert refused.status_code == 422
    assert f'id="field-{next(iter(changed))}-error"' in refused.get_data(as_text=True)
    assert client.submit(path, NEW).status_code == 303


def test_a_reset_link_sets_the_password_and_signs_every_browser_out(
    client: ReviewingClient, learner: Person, runtime: Runtime
) -> None:
    path = issued(runtime, Purpose.RESET, user_id=learner.user_id)

    answer = client.submit(path, {"password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/account/sign-in")
    assert learner.get("/account/").status_code == 303
    with runtime.db.reading() as session:
        assert passwords.matches(session.get_one(User, learner.user_id).password_hash, PASSWORD)
        deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert deeds == ["account.password_changed", "link.used"]
    signed_in = client.submit("/account/sign-in", {"email": learner.email, "password": PASSWORD})
    assert signed_in.status_code == 303


def test_a_new_password_is_looked_at_with_the_accounts_own_words(
    client: ReviewingClient, person, runtime: Runtime
) -> None:
    ada = person("learner", name="Ada Lovelace")
    path = issued(runtime, Purpose.RESET, user_id=ada.user_id)

    assert client.submit(path, {"password": "lovelace1815"}).status_code == 422
    assert client.get(path).status_code == 200


def test_used_expired_and_invented_links_give_the_same_page(
    client: ReviewingClient, app: Flask, runtime: Runtime, clock: FixedClock
) -> None:
    expired = issued(runtime, Purpose.INVITATION)
    clock.advance(timedelta(days=8))
    used = issued(runtime, Purpose.INVITATION)
    ReviewingClient(app, app.response_class).submit(used, NEW)

    paths = (used, expired, "/account/link/invented")
    answers = [client.get(path) for path in paths]
    posts = [client.submit(path, NEW) for path in paths]

    assert {answer.status_code for answer in (*answers, *posts)} == {410}
    texts = {
        "\n".join(line for line in answer.text.splitlines() if "csrf" not in line).replace(path, "")
        for path, answer in zip(paths, answers, strict=True)
    }
    assert len(texts) == 1
    assert "This link was used already, or it has expired" in texts.pop()


def test_the_address_of_a_link_is_told_to_nobody(client: ReviewingClient, runtime: Runtime) -> None:
    page = client.get(issued(runtime, Purpose.INVITATION))

    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
