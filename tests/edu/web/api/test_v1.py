"""The API over the small course: what everybody reads, what is closed, and how answers are dressed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from edu.clock import FixedClock
from edu.errors import TooMany
from edu.models import ApiToken, Reference, Role, User
from edu.runtime import Runtime
from edu.services.api import tokens
from edu.web.api import reader
from edu.web.api.pace import GUESSES, READING, TOGETHER, Pace
from edu.web.api.table import OPERATIONS
from tests.answers import add_attempt
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

ROOT = "/api/v1"
Declare = Callable[[ReviewingClient], None]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests of this process asked counts for nothing: each tenth request is statements more."""
    monkeypatch.setattr(reader, "PACE", Pace())


def token(runtime: Runtime, user_id: int) -> dict[str, str]:
    """The header by which a program reads as this account."""
    with runtime.db.writing() as session:
        made = tokens.make(session, user_id, "a program", runtime.clock.now())
    return {"Authorization": f"Bearer {made}"}


def read(client: ReviewingClient, path: str, headers: dict[str, str] | None = None) -> Any:
    answer = client.get(ROOT + path, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def refused(client: ReviewingClient, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    answer = client.get(ROOT + path, headers=headers)
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json is not None
    assert answer.json["status"] == answer.status_code
    assert answer.json["detail"].endswith(".")
    return answer.status_code, answer.json["code"]


def test_everybody_reads_courses_lessons_videos_captions_and_the_library(
    client: ReviewingClient, site: Site, statements: Counter
) -> None:
    with statements() as seen:
        (course,) = read(client, "/courses")["items"]
    assert len(seen) == 1
    assert (course["slug"], course["url"]) == ("small", "/courses/small")

    modules = {module["code"]: module for module in read(client, "/courses/small")["modules"]}
    lesson = read(client, "/courses/small/lessons/touch")
    assert [entry["slug"] for entry in modules["M1"]["lessons"]] == ["touch", "rest"]
    assert lesson["markdown"]
    assert lesson["html"].startswith("<")
    assert lesson["state"] == "under_construction"
    assert lesson["review"] is None
    assert lesson["updated_at"].endswith("Z")

    (listed,) = read(client, "/videos")["items"]
    video = read(client, f"/videos/{listed['slug']}")
    assert video["chapters"][0]["id"] == "V1-c01"
    assert video["files"]["hls"].endswith("/master.m3u8")
    assert client.get(video["files"]["poster"]).status_code == 200
    (words,) = video["captions"]
    cue = read(client, words["url"].removeprefix(ROOT))["cues"][0]
    assert cue["start_ms"] < cue["end_ms"]
    assert client.get(words["url"], headers={"Accept": "text/vtt"}).data.startswith(b"WEBVTT")
    assert client.get(words["url"] + "?format=srt").mimetype == "application/x-subrip"

    works = read(client, "/library")["items"]
    work = read(client, f"/library/{works[0]['key']}")
    assert work["csl"]["id"] == work["key"]
    assert work["key"] in work["bibtex"]


@pytest.mark.parametrize(
    "path",
    ["/courses/small/lessons/needle", "/videos/needle", "/videos/needle/captions/en", "/videos/none"],
)
def test_what_is_for_professionals_is_not_there_without_a_token_of_one(
    path: str, client: ReviewingClient, site: Site, learner: Person, runtime: Runtime
) -> None:
    assert refused(client, path) == (404, "not_found")
    assert refused(client, path, token(runtime, learner.user_id)) == (404, "not_found")


def test_no_title_from_behind_the_gate_is_told(client: ReviewingClient, site: Site) -> None:
    for path in ("/courses", "/courses/small", "/videos", "/library", "/courses/small/lessons/rest"):
        text = client.get(ROOT + path).get_data(as_text=True)
        assert "needle" not in text.lower(), path
        assert "GATED" not in text, path


def test_a_professional_reads_it_with_a_token_and_with_no_cookie(
    client: ReviewingClient, site: Site, learner: Person, declare: Declare, runtime: Runtime
) -> None:
    declare(learner)
    sent = token(runtime, learner.user_id)

    assert "GATED" in read(client, "/courses/small/lessons/needle", sent)["markdown"]
    film = read(client, "/videos/needle", sent)
    assert (film["is_gated"], film["files"]) == (True, None)
    assert "GATED" in read(client, "/videos/needle/captions/en", sent)["cues"][0]["text"]
    assert read(client, "/me", sent)["passes_gate"] is True
    # the cookie of a browser that is signed in, and declared, opens nothing here
    assert refused(learner, "/courses/small/lessons/needle") == (404, "not_found")
    assert refused(learner, "/me")[0] == 401


def test_a_token_of_an_instructor_reads_nothing_that_is_not_published(
    client: ReviewingClient, site: Site, instructor: Person, runtime: Runtime
) -> None:
    site.change_video("V1", visibility="draft")
    sent = token(runtime, instructor.user_id)

    assert [video["slug"] for video in read(client, "/videos", sent)["items"]] == ["needle"]
    assert refused(client, "/videos/find", sent) == (404, "not_found")


def test_a_token_that_is_not_good_is_refused_everywhere_and_guessing_is_slowed(
    client: ReviewingClient, site: Site, learner: Person, runtime: Runtime
) -> None:
    sent = token(runtime, learner.user_id)
    with runtime.db.writing() as session:
        session.get_one(User, learner.user_id).disabled_at = runtime.clock.now()

    answer = client.get(f"{ROOT}/courses", headers=sent)

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    for wrong in ("Bearer edu_no", "Basic eDp5", "edu_x", "Bearer"):
        assert refused(client, "/me", {"Authorization": wrong}) == (401, "bad_token")
    for _ in range(GUESSES.tries):
        answer = client.get(f"{ROOT}/me", headers={"Authorization": "Bearer edu_no"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get(f"{ROOT}/courses").status_code == 200, "who guesses nothing is not slowed"


def test_answers_are_marked_open_to_other_sites_and_not_sent_twice(
    client: ReviewingClient, site: Site, learner: Person, runtime: Runtime
) -> None:
    answer = client.get(f"{ROOT}/courses")

    again = client.get(f"{ROOT}/courses", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert answer.headers["Cache-Control"] == "no-cache, public"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Authorization" in answer.headers["Vary"]
    own = client.get(f"{ROOT}/me", headers=token(runtime, learner.user_id))
    assert own.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in own.headers
    private = client.get(f"{ROOT}/courses", headers=token(runtime, learner.user_id))
    assert private.headers["Cache-Control"] == "no-cache, private"


def test_lists_come_in_parts_that_stay_where_they_are(
    client: ReviewingClient, site: Site, learner: Person, runtime: Runtime, clock: FixedClock
) -> None:
    with runtime.db.writing() as session:
        known = session.query(Reference).one()
        also = {"kind": known.kind, "fields": known.fields, "details": known.details}
        session.add_all([Reference(course_id=known.course_id, key=f"more{n}", **also) for n in range(2)])
        for _ in range(3):  # two of them in one moment
            begun = [add_attempt(session, learner.user_id, clock.now()) for _ in range(2)]
            clock.advance(timedelta(days=1))
    sent = token(runtime, learner.user_id)

    for path, name, count in (("/library", "key", 3), ("/me/attempts", "id", 6), ("/videos", "slug", 1)):
        whole = read(client, path, sent)
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = read(client, f"{path}?limit=1&cursor={cursor}", sent)
            found += [item[name] for item in page["items"]]
            cursor = page["next_cursor"]
        assert whole["next_cursor"] is None
        assert len(found) == count
        assert found == [item[name] for item in whole["items"]]
    for moment in ("never", "2026-01-01", "0001-01-01T00:00:00+10:00"):  # the last is before all times in UTC
        invented = urlsafe_b64encode(f"{moment} x".encode()).decode().rstrip("=")
        assert refused(client, f"/me/attempts?cursor={invented}", sent) == (422, "bad_cursor")
    newest = read(client, "/me/attempts?limit=2", sent)["items"]
    assert [attempt["id"] for attempt in newest] == sorted(attempt.id for attempt in begun)
    assert newest[0]["score"]["is_passed"] in (True, False)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/courses?limit=0", "bad_limit"),
        ("/videos?limit=x", "bad_limit"),
        ("/library?cursor=%C3%A9", "bad_cursor"),
        ("/library?cursor=abcd", "bad_cursor"),
        ("/library?cursor=A", "bad_cursor"),
        ("/videos/find/captions/en?format=pdf", "bad_format"),
    ],
)
def test_a_wrong_parameter_is_named(path: str, code: str, client: ReviewingClient, site: Site) -> None:
    assert refused(client, path) == (422, code)


@pytest.mark.parametrize("path", ["/no", "/courses/no", "/courses/small/lessons/no", "/library/no", "/a/b/c"])
def test_what_is_not_there_is_a_problem_for_programs(path: str, client: ReviewingClient, site: Site) -> None:
    assert refused(client, path, {"Accept": "text/html"}) == (404, "not_found")


def test_a_use_is_noted_every_five_minutes(
    client: ReviewingClient, learner: Person, runtime: Runtime, clock: FixedClock
) -> None:
    sent = token(runtime, learner.user_id)
    begun = clock.now()
    moments = []

    for step in (tokens.NOTED_EVERY * 0, tokens.NOTED_EVERY / 2, tokens.NOTED_EVERY):
        clock.advance(step)
        read(client, "/me", sent)
        with runtime.db.reading() as session:
            moments.append(session.query(ApiToken).one().used_at)

    assert moments == [begun, begun, begun + tokens.NOTED_EVERY * 1.5]


def test_who_asks_too_often_waits(runtime: Runtime, clock: FixedClock) -> None:
    pace = Pace()

    for _ in range((READING.tries + 1) * TOGETHER - 1):
        pace.take(runtime.db, "a party", clock.now())

    with pytest.raises(TooMany) as refusal:
        pace.take(runtime.db, "a party", clock.now())
    with pytest.raises(TooMany):  # and again, without asking the table
        pace.take(runtime.db, "a party", clock.now())
    pace.take(runtime.db, "another", clock.now())
    clock.advance(READING.wait)
    pace.take(runtime.db, "a party", clock.now())
    assert refusal.value.parameters["retry_after"] == READING.wait.total_seconds()


def test_all_addresses_are_read_only(client: ReviewingClient) -> None:
    assert len(OPERATIONS) == len({operation.name for operation in OPERATIONS})
    assert client.post(f"{ROOT}/courses", headers={"Accept": "application/json"}).status_code == 405


def test_the_page_for_people_names_every_address(client: ReviewingClient, site: Site) -> None:
    page = client.get("/api").get_data(as_text=True)

    assert all(f"{ROOT}{operation.path}" in page for operation in OPERATIONS)
    assert Role.LEARNER.value not in page
