"""What was watched through HTTP, the page of progress, and the statement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.models import Audience, Course, Lesson, Module, PageState, Quiz, Video
from edu.services.watching.telling import MOST_SENT
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

FILM = "/videos/find"
TOLD = {"film": 0, "spans": [[0, 5_000]], "played_ms": 5_000, "place_ms": 5_000}


def tell(client: ReviewingClient, path: str = FILM, **facts: Any) -> TestResponse:
    headers = {"X-CSRFToken": client.csrf()}
    return client.post(f"{path}/watched", json={**TOLD, **facts}, headers=headers)


def test_what_was_told_is_there_on_another_device(learner: Person, site: Site) -> None:
    empty = learner.get(f"{FILM}/watching").get_json()
    assert (empty["spans"], empty["placed_at"], empty["age_ms"]) == ([], None, None)

    kept = tell(learner, spans=[[0, 20_000]])

    said = learner.get(f"{FILM}/watching")
    assert said.headers["Cache-Control"] == "no-store"
    assert said.get_json()["spans"] == [[0, 10_000]]
    assert kept.get_json() == {**said.get_json(), "surplus": [[10_000, 20_000]]}
    assert said.get_json()["place_ms"] == 5_000
    assert sorted(said.get_json()["steps"].values()) == [0.111, 1.0]


def test_of_a_stranger_nothing_is_known_and_nothing_is_taken(client: ReviewingClient, site: Site) -> None:
    nothing = client.get(f"{FILM}/watching")
    assert (nothing.status_code, nothing.data) == (204, b"")
    assert 'edu-watching class="watching"' in client.get(FILM).text
    assert "data-account" not in client.get(FILM).text

    assert tell(client).status_code == 401


def test_behind_the_gate_it_is_as_closed_as_the_film(learner: Person, site: Site) -> None:
    headers = {"Accept": "application/json"}

    assert learner.get("/videos/needle/watching", headers=headers).status_code == 403
    assert tell(learner, "/videos/needle").status_code == 403
    assert learner.get("/videos/nowhere/watching", headers=headers).status_code == 404
    assert tell(learner, "/videos/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 422),
        (b'{"film": 0, "film": 1}', 422),
        (b'{"film": NaN}', 422),
        (b'{"film": 0}', 422),
        (b"[" * 100, 422),
        (b'{"film": 0, "spans": [' + b"[0, 1], " * 3000 + b"[0, 1]]}", 413),
    ],
)
def test_what_is_no_telling_is_refused_with_a_sentence(
    learner: Person, site: Site, body: bytes, status: int
) -> None:
    headers = {"X-CSRFToken": learner.csrf()}
    answer = learner.post(f"{FILM}/watched", data=body, content_type="application/json", headers=headers)

    assert answer.status_code == status
    assert answer.get_json()["detail"]


def test_the_most_that_a_browser_sends_is_taken(learner: Person, site: Site) -> None:
    spans = [[9_000_000 + at * 500, 9_000_200 + at * 500] for at in range(MOST_SENT)]

    assert tell(learner, spans=spans).status_code == 200


def test_a_page_that_was_open_for_another_account_tells_nothing(learner: Person, site: Site) -> None:
    assert tell(learner, account=learner.user_id + 1).status_code == 409
    assert learner.post(f"{FILM}/watched", json=TOLD).status_code == 400  # without a token
    assert tell(learner, account=learner.user_id).status_code == 200


def test_a_telling_is_one_transaction_of_few_statements(
    learner: Person, site: Site, statements: Counter
) -> None:
    tell(learner)
    token = learner.csrf()

    with statements() as seen:
        learner.post(f"{FILM}/watched", json=TOLD, headers={"X-CSRFToken": token})

    assert len(seen) <= 7, seen


# -- the course ----------------------------------------------------------------------------------------------


def finish(site: Site, learner: Person) -> None:
    """Watch the only open film; its lesson's quiz is taken away, and the module's with it."""
    with site.runtime.db.writing() as session:
        for quiz in session.scalars(select(Quiz)):
            quiz.lesson_id, quiz.current = None, 0
    tell(learner, spans=[])
    site.runtime.clock.advance(timedelta(seconds=22))
    assert tell(learner, spans=[[0, 22_000]]).get_json()["surplus"] == []


def test_the_page_says_in_plain_words_what_is_missing(learner: Person, site: Site) -> None:
    assert 'href="/courses/small/progress"' in learner.get("/courses/small").text

    page = learner.get("/courses/small/progress").text
    assert "0 of 1 lesson is complete." in page
    assert "The film was not watched yet." in page
    assert "Not answered yet:" in page
    assert "Text to read; nothing is counted here." in page
    assert "1 lesson for professionals is not open to you" in page
    assert "GATED" not in page
    assert "There is a statement of participation, for paper" in page
    assert "1 part is missing." in page
    why = "There is no statement of participation yet"
    assert why not in page
    early = learner.get("/courses/small/statement")
    assert (early.status_code, early.location) == (303, "/courses/small/progress")
    assert why in learner.get(early.location).text


def test_a_statement_says_who_what_when_and_what_it_is_not(learner: Person, site: Site) -> None:
    finish(site, learner)

    assert "All that is open to you is complete." in learner.get("/courses/small/progress").text
    page = learner.get("/courses/small/statement").text

    for words in (
        learner.name,
        "on 2 Mar 2026.",
        "This states what was watched and answered on this site. It is not a certificate of competence.",
        "has not yet been reviewed by a clinician",
        "film watched, 2 Mar 2026",
        "at least 95 % of each of its steps",
        "1 lesson for professionals was not part of it.",
    ):
        assert words in page, words
    assert "GATED" not in page


def test_strangers_sign_in_first_and_find_no_way_there(client: ReviewingClient, site: Site) -> None:
    assert "/progress" not in client.get("/courses/small").text
    for page in ("progress", "statement"):
        answer = client.get(f"/courses/small/{page}")
        assert (answer.status_code, answer.location) == (
            303,
            f"/account/sign-in?next=/courses/small/{page}",
        )


def test_there_is_no_progress_in_a_course_that_cannot_be_found(learner: Person, site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.scalars(select(Course)).one().state = PageState.DRAFT

    for page in ("small/progress", "small/statement", "nowhere/progress"):
        assert learner.get(f"/courses/{page}").status_code == 404


def test_what_has_been_opened_is_asked_for_too(learner: Person, site: Site) -> None:
    finish(site, learner)
    with site.runtime.db.writing() as session:
        for model in (Module, Lesson, Video):
            for row in session.scalars(select(model)):
                row.audience = Audience.OPEN

    page = learner.get("/courses/small/progress").text

    assert "1 of 2 lessons are complete." in page
    assert learner.get("/courses/small/statement").status_code == 303
