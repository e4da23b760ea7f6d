"""Where results are found again: the account, the quiz's page, and the account that a visitor makes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import update

from edu.app import create_app
from edu.models import AttemptState, Course, Lesson, Module, PageState, Quiz
from edu.runtime import Runtime
from edu.services import passwords
from edu.services.quizzing.results import PER_PAGE
from edu.settings import SignUp
from tests.answers import add_attempt
from tests.people import Person, add_user
from tests.quiz_browser import ANYWAY, begin
from tests.quizzing import MULTIPLE, Crest
from tests.reviewer import ReviewingClient
from tests.statements import Counter

ALL_RIGHT = {"q.s1": "2", "q.s2": ["1", "3"], "q.s3": "true"}
PASSWORD = "a long sentence to keep"
ACCOUNT = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
MOVED = "Your result was moved to your account."
NOTICE = "This quiz has not yet been reviewed by a clinician."


def test_the_account_lists_results_and_leads_on_to_what_is_open(
    crest: Callable[..., Crest], learner: Person
) -> None:
    crest()
    attempts = [begin(learner)]
    learner.submit(attempts[0], ALL_RIGHT)
    attempts.append(begin(learner))
    learner.submit(attempts[1], {"q.s1": "1", **ANYWAY})
    attempts.append(begin(learner))

    page = learner.get("/account/").text

    listed = page[page.index("My results") : page.index("name-heading")]
    assert listed.count("About the crest") == 3
    assert re.findall(r'class="rows-title" href="([^"]+)"', listed) == attempts[::-1]
    assert "100 %, passed" in listed
    assert "0 %, not passed" in listed
    assert re.search(rf'href="{attempts[2]}">Go on<', listed)
    assert listed.count("2 Mar 2026, 09:00 UTC") == 3


def test_an_account_without_results_says_what_will_stand_there(learner: Person) -> None:
    page = learner.get("/account/").text

    assert "No results yet" in page
    assert 'href="/courses">To the courses<' in page
    assert "More results" not in page


def test_more_results_are_a_link_away(learner: Person, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        for _ in range(PER_PAGE + 1):
            add_attempt(session, learner.user_id, runtime.clock.now())

    first = learner.get("/account/").text
    assert first.count("A quiz<") == PER_PAGE
    assert 'href="?results=2#results">More results<' in first

    second = learner.get("/account/?results=2").text
    assert second.count("A quiz<") == 1
    assert 'href="?results=1#results">Newer results<' in second
    assert "There are no older results." in learner.get("/account/?results=99").text
    assert learner.get("/account/?results=x").text.count("A quiz<") == PER_PAGE


def test_the_account_takes_nine_statements_at_most_however_many_results_it_lists(
    learner: Person, runtime: Runtime, statements: Counter
) -> None:
    with runtime.db.writing() as session:
        add_attempt(session, learner.user_id, runtime.clock.now())
    with statements() as one:
        learner.get("/account/")
    with runtime.db.writing() as session:
        for _ in range(PER_PAGE):
            add_attempt(session, learner.user_id, runtime.clock.now())

    with statements() as many:
        learner.get("/account/")

    assert len(one) == len(many) <= 9  # one of them for the terms that were agreed to


def test_the_page_of_a_quiz_shows_what_each_attempt_came_to_in_eight_statements(
    crest: Callable[..., Crest], learner: Person, statements: Counter
) -> None:
    crest()
    for answers in (ALL_RIGHT, ANYWAY):
        learner.submit(begin(learner), answers)

    with statements() as seen:
        page = learner.get("/quizzes/crest").text

    assert re.findall(r"\d+ %, (?:not )?passed", page) == ["0 %, not passed", "100 %, passed"]
    assert len(seen) <= 8


# a visitor's result


def test_a_visitors_result_leads_to_both_signing_in_and_signing_up(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    client.submit(attempt, ANYWAY)

    page = client.get(attempt).text

    assert f'href="/account/sign-in?next={attempt}">Sign in<' in page
    assert f'href="/account/sign-up?next={attempt}">Make an account<' in page


def test_where_sign_up_is_not_open_a_result_leads_to_signing_in_alone(
    crest: Callable[..., Crest], with_settings: Callable[..., Runtime]
) -> None:
    crest()
    app = create_app(with_settings(signup=SignUp.CLOSED))
    client = ReviewingClient(app, app.response_class)
    attempt = begin(client)
    client.submit(attempt, ANYWAY)

    page = client.get(attempt).text

    assert f'href="/account/sign-in?next={attempt}">Sign in<' in page
    assert "/account/sign-up" not in page


def test_a_result_that_moves_to_a_new_account_is_told(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    client.submit(attempt, ANYWAY)

    answer = client.submit("/account/sign-up", {**ACCOUNT, "next": attempt})

    assert answer.location == attempt
    assert MOVED in client.get(attempt).text
    assert MOVED not in client.get(attempt).text


def test_results_that_move_at_signing_in_are_told_and_none_where_nothing_moves(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        add_user(
            session,
            now=house.clock.now(),
            email=ACCOUNT["email"],
            password_hash=passwords.hashed(PASSWORD),
        )
    for _ in range(2):
        client.submit(begin(client), ANYWAY)

    client.submit("/account/sign-in", ACCOUNT)
    assert "2 results were moved to your account." in client.get("/courses").text
    client.submit("/account/sign-out")
    client.submit("/account/sign-in", ACCOUNT)
    assert "moved to your account" not in client.get("/courses").text


# under construction


def pages(client: ReviewingClient) -> list[str]:
    """The quiz's page, an open attempt and a result."""
    start, attempt = client.get("/quizzes/crest").text, begin(client)
    running = client.get(attempt).text
    client.submit(attempt, ANYWAY)
    return [start, running, client.get(attempt).text]


@pytest.mark.parametrize(("unfinished", "count"), [(Course, 3), (Lesson, 3), (None, 0)])
def test_a_quiz_of_an_unreviewed_lesson_or_course_says_so_on_each_of_its_pages(
    crest: Callable[..., Crest],
    client: ReviewingClient,
    unfinished: type[Course] | type[Lesson] | None,
    count: int,
) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        for model in {Course, Lesson} - {unfinished}:
            session.execute(update(model).values(state=PageState.REVIEWED))

    assert sum(NOTICE in page for page in pages(client)) == count


def test_a_quiz_that_a_module_shows_waits_with_its_course(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        session.execute(update(Quiz).values(lesson_id=None))
    assert not any(NOTICE in page for page in pages(client))

    with house.runtime.db.writing() as session:
        session.execute(update(Module).values(details={"quiz": "crest"}))

    assert all(NOTICE in page for page in pages(client))


# how to answer


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Which are landmarks?", 1),
        ("Which are landmarks? Tick all that apply.", 1),
        ("Which are landmarks (tick ALL that apply)?", 1),
    ],
)
def test_how_to_answer_is_said_once(
    crest: Callable[..., Crest], client: ReviewingClient, stem: str, count: int
) -> None:
    crest(document=MULTIPLE.replace("Which are landmarks?", stem))

    page = client.get(begin(client)).text

    assert page.lower().count("tick all that apply") == count
    described = re.search(r'aria-describedby="(s1-hint)"', page)
    assert bool(described) == ('id="s1-hint"' in page)


def test_an_attempt_that_is_open_is_not_called_a_result_that_failed(
    learner: Person, runtime: Runtime
) -> None:
    with runtime.db.writing() as session:
        add_attempt(session, learner.user_id, runtime.clock.now(), state=AttemptState.OPEN)

    assert "not passed" not in learner.get("/account/").text
