"""flask-login over the server-side sessions."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, session
from flask_login import current_user

from edu.app import create_app
from edu.models import Role
from edu.runtime import Runtime
from edu.web import login
from edu.web.context import viewer
from tests.people import Person
from tests.reviewer import ReviewingClient


def test_current_user_is_whoever_the_session_says(app: Flask, instructor: Person) -> None:
    with instructor.session_transaction() as cookie:
        token = cookie["login"]

    with app.test_request_context("/"):
        session["login"] = token
        assert current_user.is_authenticated
        assert (current_user.name, current_user.role) == ("A instructor", Role.INSTRUCTOR)
        assert current_user.get_id() == str(instructor.user_id) == str(viewer().user_id)


def test_without_a_good_token_nobody_is_signed_in(app: Flask) -> None:
    for token in (None, "", "invented"):
        with app.test_request_context("/"):
            session["login"] = token
            assert not current_user.is_authenticated
            assert viewer().user_id is None


def test_signing_in_keeps_the_visitor_and_the_theme_and_nothing_else(app: Flask) -> None:
    with app.test_request_context("/"):
        session.update(visitor="v", theme="dark", csrf_token="old", login="old", other="x")
        login.sign_in("new")

        assert {**session} == {"visitor": "v", "theme": "dark", "login": "new", "_permanent": True}


def test_signing_out_leaves_no_token(app: Flask) -> None:
    with app.test_request_context("/"):
        session.update(login="old", csrf_token="old")
        login.sign_out()

        assert login.token() is None
        assert "csrf_token" not in session


def test_on_https_the_cookie_is_bound_to_the_host_and_secure(with_settings: Callable[..., Runtime]) -> None:
    app = create_app(with_settings(base_url="https://learn.example.org"))
    client = ReviewingClient(app, app.response_class)

    page = client.get("/account/sign-in", base_url="https://learn.example.org")

    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_on_plain_http_the_cookie_has_its_plain_name(client: ReviewingClient) -> None:
    cookie = client.get("/account/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie
