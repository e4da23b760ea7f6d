"""Whether the process lives and the site can work, and what is answered when it cannot."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask, request

from edu.app import create_app
from edu.db import Database
from edu.runtime import Runtime
from tests.reviewer import ReviewingClient


def test_a_process_that_answers_lives(client: ReviewingClient) -> None:
    assert client.get("/livez").json == {"status": "ok"}


def test_a_site_that_can_work_is_ready(client: ReviewingClient) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ok", "checks": {"database": True, "schema": True, "storage": True, "disk": True}},
    )


def test_what_is_not_as_it_must_be_is_named(client: ReviewingClient, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'older'"))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    assert [name for name, well in answer.json["checks"].items() if not well] == ["schema"]


@pytest.fixture
def without_database(runtime: Runtime) -> ReviewingClient:
    """A browser of the site while its database is away."""
    away = Database(f"sqlite:///{runtime.settings.data_dir}/no-such-folder/edu.sqlite3")
    app = create_app(replace(runtime, db=away))
    return ReviewingClient(app, app.response_class)


def test_a_database_that_is_away_is_said_plainly_and_is_no_crash(without_database: ReviewingClient) -> None:
    page = without_database.get("/courses")
    told = without_database.get("/courses", headers={"Accept": "application/json"})

    assert page.status_code == told.status_code == 503
    assert "Nothing was lost" in page.text
    assert page.headers["Retry-After"] == "30"
    assert told.json is not None
    assert told.json["code"] == "busy"
    assert without_database.get("/livez").status_code == 200
    assert without_database.get("/readyz").status_code == 503


def test_an_error_of_ours_is_a_page_that_tells_nothing_of_the_inside(runtime: Runtime) -> None:
    app = create_app(runtime)
    app.view_functions["course.index"] = lambda: 1 // 0
    client = ReviewingClient(app, app.response_class)

    answer = client.get("/courses")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "ZeroDivisionError" not in answer.text


def test_a_null_character_is_no_name_of_anything(client: ReviewingClient) -> None:
    assert client.get("/courses/a%00b").status_code == 404
    assert client.get("/courses/small?x=%00").status_code == 404


@pytest.mark.parametrize("number", ["0", "2147483648", "9" * 30])
def test_a_number_that_no_row_has_is_no_address(app: Flask, client: ReviewingClient, number: str) -> None:
    assert client.get(f"/studio/people/{number}").status_code == 404


@pytest.mark.parametrize("secure", [False, True])
def test_transport_security_is_asked_for_over_https_only(
    with_settings: Callable[..., Runtime], secure: bool
) -> None:
    scheme = "https" if secure else "http"
    app = create_app(with_settings(base_url=f"{scheme}://learn.example.org"))
    client = ReviewingClient(app, app.response_class)

    assert ("Strict-Transport-Security" in client.get("/livez").headers) is secure


def test_pages_of_an_account_are_kept_by_no_cache_at_all(
    client: ReviewingClient, person: Callable[[str], ReviewingClient]
) -> None:
    assert person("learner").get("/account/").headers["Cache-Control"] == "no-store"
    assert client.get("/courses").headers["Cache-Control"] == "no-cache, private"


def test_each_request_leaves_one_line_without_a_word_about_a_person(
    client: ReviewingClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "edu.web"):
        answer = client.get("/courses/secret-name?token=geheim", headers={"User-Agent": "Mozilla"})

    (line,) = [json.loads(record.getMessage()) for record in caplog.records if record.name == "edu.web"]
    assert line.keys() == {"request", "user", "method", "route", "status", "ms"}
    assert (line["route"], line["status"]) == ("/courses/<course>", 404)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert "geheim" not in caplog.text


@pytest.mark.parametrize(("proxies", "url"), [(0, "http://localhost/"), (1, "https://learn.example.org/")])
def test_what_proxies_say_is_believed_only_as_far_as_the_settings_say(
    with_settings: Callable[..., Runtime], proxies: int, url: str
) -> None:
    app = create_app(with_settings(proxies=proxies))
    app.view_functions["health.livez"] = lambda: {"root": request.url_root}
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "learn.example.org"}

    assert ReviewingClient(app, app.response_class).get("/livez", headers=forged).json == {"root": url}
