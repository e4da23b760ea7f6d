"""Pages with questions in a film: the list beside it, the page of one question, and what its form does."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from edu.models import Audience, Question, Quiz, Response, Video
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

LESSON, FILM, STANDING = "/courses/small/touch", "/videos/find", "/videos/find/questions"
IN_FILM = """\
id = "in-film"
title = "In the film"
video = "V1"
audience = "open"
language = "en"

[settings]
mode = "practice"
shuffle = false

[[slots]]
question = "Q001"
at_ms = 9000

[[slots]]
question = "Q002"
at_ms = 18000
"""


@pytest.fixture
def cinema(site: Site) -> Site:
    """The small course with a quiz that stands in its first film."""
    site.folder.write("quizzes/in-film.toml", IN_FILM)
    site.install()
    return site


def text(client: ReviewingClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def begin(client: ReviewingClient) -> str:
    answer = client.submit("/quizzes/in-film/attempts")
    assert answer.status_code == 303
    return str(answer.location)


@pytest.mark.parametrize("address", [LESSON, FILM])
def test_a_page_with_the_film_lists_its_times_with_ways_that_need_no_script(
    client: ReviewingClient, cinema: Site, address: str
) -> None:
    page = text(client, address)

    assert re.findall(r'href="([^"]+)" data-part="moment"', page) == [f"{FILM}?t=9", f"{FILM}?t=18"]
    assert page.count('href="/quizzes/in-film"') == 2
    assert f'data-url="{STANDING}"' in page
    assert ".asking/js/player/edu-player.js" in page, "the questions are in the module that it loads"
    assert "It moves." not in page


def test_a_page_without_such_questions_loads_nothing_for_them(client: ReviewingClient, site: Site) -> None:
    for address in (LESSON, FILM):
        assert "film-questions" not in text(client, address)
    assert client.get(STANDING).status_code == 404


def test_the_list_costs_a_lesson_no_statement(learner: Person, cinema: Site, statements: Counter) -> None:
    learner.get(LESSON)
    with statements() as seen:
        learner.get(LESSON)

    assert len(seen) <= 8, seen


def test_the_page_of_the_questions_tells_how_the_reader_stands(client: ReviewingClient, cinema: Site) -> None:
    before = text(client, STANDING)
    attempt = begin(client)
    client.submit(f"{attempt}/questions/1", {"q.s1": "true", "q.s1.rev": "0", "check": "s1"})
    after = text(client, STANDING)

    assert "0 of 2 answered" in before
    assert 'action="/quizzes/in-film/attempts"' in before
    assert "1 of 2 answered" in after
    assert f'data-question="{attempt}/questions/1" data-done' in after
    assert f'data-question="{attempt}/questions/2">' in after
    assert "See the result" not in after


def test_a_question_stands_alone_and_its_check_comes_back_to_it(
    client: ReviewingClient, cinema: Site
) -> None:
    attempt = begin(client)
    page = text(client, f"{attempt}/questions/1")
    assert "Question 1 of 2" in page
    assert "It moves." in page
    assert "Stop where it moves" not in page
    assert "Hand in" not in page
    assert "It does." not in page

    answer = client.submit(f"{attempt}/questions/1", {"q.s1": "false", "q.s1.rev": "0", "check": "s1"})

    assert (answer.status_code, answer.location) == (303, f"{attempt}/questions/1")
    page = text(client, f"{attempt}/questions/1")
    assert "Not right" in page
    assert "It does." in page
    assert f'href="{FILM}?t=9"' in page
    assert "Not right" in text(client, attempt)


def test_the_form_of_one_question_hands_nothing_in_whatever_it_says(
    client: ReviewingClient, cinema: Site
) -> None:
    attempt = begin(client)
    for more in ({}, {"hand_in": "anyway"}, {"save": "1"}):
        client.submit(f"{attempt}/questions/1", {"q.s1": "true", "q.s1.rev": "9", **more})

    assert "Hand in" in text(client, attempt)
    with cinema.runtime.db.reading() as session:
        assert [row.body for row in session.scalars(select(Response))] == [{"answer": True}]


def test_a_question_without_an_answer_cannot_be_checked_and_says_so_there(
    client: ReviewingClient, cinema: Site
) -> None:
    attempt = begin(client)

    answer = client.submit(f"{attempt}/questions/1", {"q.s1.rev": "0", "check": "s1"})

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "hoose an answer first" in page
    assert "Question 1 of 2" in page


def test_a_foreign_or_absent_question_is_not_there(
    client: ReviewingClient, learner: Person, cinema: Site
) -> None:
    attempt = begin(client)

    assert learner.get(f"{attempt}/questions/1").status_code == 404
    for position in ("0", "3", "99999999999999999999", "x"):
        assert client.get(f"{attempt}/questions/{position}").status_code == 404
    answer = client.submit(f"{attempt}/questions/1", {"check": "s9"})
    assert answer.status_code == 422


def test_what_was_handed_in_shows_its_questions_alone_as_well(client: ReviewingClient, cinema: Site) -> None:
    attempt = begin(client)
    client.submit(attempt, {"hand_in": "anyway"})

    page = text(client, f"{attempt}/questions/1")

    assert "Not answered" in page
    assert "The result" in page
    assert "See the result" in text(client, STANDING)


def test_a_question_with_a_limit_of_time_is_shown_whole_with_its_clock(
    client: ReviewingClient, cinema: Site
) -> None:
    first = cinema.folder.text("quizzes/first.toml")
    timed = first.replace("[[slots]]", "[settings]\ntime_limit_ms = 60000\n\n[[slots]]", 1)
    cinema.folder.write("quizzes/first.toml", timed)
    cinema.install()
    attempt = str(client.submit("/quizzes/first/attempts").location)

    assert "<edu-countdown" in text(client, f"{attempt}/questions/1")


def test_what_is_for_professionals_stays_out_of_an_open_film(client: ReviewingClient, cinema: Site) -> None:
    with cinema.runtime.db.writing() as session:
        session.execute(update(Question).where(Question.uid == "Q001").values(audience=Audience.PRO))

    for address in (LESSON, FILM):
        assert "film-questions" not in text(client, address)
    assert client.get(STANDING).status_code == 404


def test_a_quiz_in_a_film_comes_with_the_course_and_goes_out_with_it(cinema: Site) -> None:
    with cinema.runtime.db.reading() as session:
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "in-film")).one()
        video = session.scalars(select(Video).where(Video.code == "V1")).one()

    assert (quiz.current, quiz.video_id) == (1, video.id)
    again = cinema.install()
    assert (again.added, again.updated, again.conflicts) == ([], [], [])


def test_the_attempt_at_a_quiz_in_a_film_says_that_nobody_has_reviewed_it(
    client: ReviewingClient, cinema: Site
) -> None:
    assert "not yet been reviewed by a clinician" in text(client, begin(client))
