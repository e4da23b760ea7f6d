"""A quiz through HTTP: the whole way of a visitor, what is refused, and that no key is seen too early."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.models import Attempt, Audience, Quiz, User
from quizzes import Mode
from tests.people import Person
from tests.quiz_browser import ANYWAY, begin, save, tells_nothing
from tests.quizzing import SECRET, SINGLE, Crest, publish
from tests.reviewer import ReviewingClient
from tests.statements import Counter

# the way of a visitor


def test_a_visitor_takes_a_quiz_from_its_page_to_the_result(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(certainty=True)
    assert "Begin" in client.get("/quizzes/crest").text
    attempt = begin(client)
    assert "Where is the crest?" in client.get(attempt).text

    saved = save(client, attempt, ("s1", 1, "1"), ("s3", 1, {"answer": True, "certainty": 3}))
    assert saved.json == {"saved": [{"item": "s1", "rev": 1}, {"item": "s3", "rev": 1}], "stale": []}

    checked = client.submit(attempt, {"check": "s1", "q.s1": "1", "q.s1.rev": "1"})
    assert (checked.status_code, checked.location) == (303, f"{attempt}#s1")
    page = client.get(attempt).text
    for words in (
        f"{SECRET} why the crest",
        f"{SECRET} about the neck",
        f"{SECRET} step",
        f"{SECRET} and others 2001",
        "https://example.org/paper",
        "/videos/film?t=31.2,39.8",
        "The right answer",
        "Your answer, wrong",
    ):
        assert words in page
    assert f"{SECRET} why these two" not in page

    done = client.submit(
        attempt,
        {"q.s2.rev": "0", "q.s2": ["1", "3"], "q.s3": "true", "q.s3.certainty": "3", "q.s3.rev": "1"},
    )
    assert done.status_code == 303
    result = client.get(attempt).text
    assert "66 %" in result  # two of three, rounded down
    assert "Not passed yet" in result
    assert "First of all: these must be right to pass" in result
    assert "3 of 3. It does not count towards passing." in result
    assert f"{SECRET} why these two" in result
    assert attempt in client.get("/quizzes/crest").text


def test_beginning_again_leads_back_to_what_is_open(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()

    attempt = begin(client)

    assert begin(client) == attempt
    assert f'href="{attempt}"' in client.get("/quizzes/crest").text


def test_answers_that_were_saved_are_there_when_the_page_comes_again(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)

    save(client, attempt, ("s1", 3, "2"), ("s2", 1, ["1", "4"]), ("s3", 1, {"answer": False}))

    page = client.get(attempt).text
    ticked = re.findall(r'name="q\.(s\d)" value="(\w+)" checked', page)
    assert ticked == [("s1", "2"), ("s2", "1"), ("s2", "4"), ("s3", "false")]
    assert 'name="q.s1.rev" value="3"' in page
    assert "3 of 3 answered" in page


def test_without_script_the_form_alone_saves_and_an_emptied_question_is_emptied(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)

    kept = client.submit(attempt, {"save": "1", "q.s1.rev": "0", "q.s1": "2", "q.s2.rev": "0", "q.s2": ["1"]})
    assert kept.status_code == 303
    assert "2 of 3 answered" in client.get(attempt).text
    client.submit(attempt, {"save": "1", "q.s1.rev": "1", "q.s1": "2", "q.s2.rev": "1"})

    assert "1 of 3 answered" in client.get(attempt).text


def test_everything_right_is_a_pass(crest: Callable[..., Crest], client: ReviewingClient) -> None:
    crest(mode=Mode.TEST)
    attempt = begin(client)

    client.submit(attempt, {"q.s1": "2", "q.s2": ["1", "3"], "q.s3": "true"})

    page = client.get(attempt).text
    assert "Passed" in page
    assert "100 %" in page


# nothing too early


@pytest.mark.parametrize("mode", list(Mode))
def test_no_answer_before_the_release_tells_anything_of_the_key(
    crest: Callable[..., Crest], client: ReviewingClient, mode: Mode
) -> None:
    crest(mode=mode, certainty=True)
    seen = [client.get("/quizzes/crest"), client.submit("/quizzes/crest/attempts")]
    attempt = str(seen[-1].location)

    seen += [
        client.get(attempt),
        save(client, attempt, ("s1", 1, "2"), ("s2", 1, ["1", "3"])),
        save(client, attempt, ("s1", 1, "1")),  # stale
        save(client, attempt, ("s1", 2, "9")),  # unknown
        save(client, attempt, ("s9", 1, "1")),  # foreign
        client.submit(attempt, {"check": "s3", "q.s3.rev": "0"}),  # nothing to check, or a test
        client.submit(attempt, {"check": "s7"}),
        client.submit(attempt, {"save": "1", "q.s1": "x"}),
        client.get(attempt),
        client.get("/quizzes/crest"),
        client.get("/courses/c/l"),
    ]

    assert len(seen) == 13
    for answer in seen:
        assert tells_nothing(answer), answer.get_data(as_text=True)


def test_a_test_explains_nothing_before_it_is_handed_in_and_everything_after(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(mode=Mode.TEST)
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "1"))
    assert "Check this answer" not in client.get(attempt).text

    refused = client.submit(attempt, {"check": "s1"})

    assert refused.status_code == 409
    assert "explanations come when it is handed in" in refused.text
    assert tells_nothing(refused)
    client.submit(attempt, ANYWAY)
    assert f"{SECRET} why the crest" in client.get(attempt).text


def test_an_attempt_is_kept_in_no_cache(crest: Callable[..., Crest], client: ReviewingClient) -> None:
    crest()

    assert client.get(begin(client)).headers["Cache-Control"] == "no-store"


# two windows


def test_an_answer_that_was_given_later_elsewhere_is_told_and_kept(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    save(client, attempt, ("s1", 2, "3"))

    answer = save(client, attempt, ("s1", 2, "1"), ("s2", 1, ["1"]))

    assert answer.json == {
        "saved": [{"item": "s2", "rev": 1}],
        "stale": [{"item": "s1", "rev": 2, "response": "3"}],
    }


def test_a_form_that_knew_an_older_answer_hands_nothing_in(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "3"))

    stale = client.submit(attempt, {"q.s1": "1", "q.s1.rev": "0", "q.s2": ["1"], "q.s2.rev": "0"})

    assert stale.status_code == 409
    assert "another window" in stale.text
    assert 'name="q.s1" value="3" checked' in stale.text
    assert '<a href="#s1">Question 1: You answered in another window' in stale.text
    assert "2 of 3 answered" in client.get(attempt).text  # the answer to the other question is not lost


def test_a_form_posted_before_its_answer_was_saved_carries_that_answer(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "3"))

    client.submit(attempt, {"save": "1", "q.s1": "2", "q.s1.rev": "2"})  # the script had put revision 2 there

    assert 'name="q.s1" value="2" checked' in client.get(attempt).text
    assert save(client, attempt, ("s1", 2, "2")).json == {"saved": [{"item": "s1", "rev": 2}], "stale": []}


# time


def test_after_the_grace_a_save_is_refused_and_a_form_shows_what_was_saved_in_time(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(time_limit_ms=600_000)
    attempt = begin(client)
    assert "About 10 minutes are left." in client.get(attempt).text
    save(client, attempt, ("s1", 1, "2"))
    house.clock.advance(timedelta(minutes=10, seconds=31))

    assert save(client, attempt, ("s1", 2, "1")).status_code == 409
    late = client.submit(attempt, {"q.s1": "1", "q.s2": ["1", "3"]})

    assert late.status_code == 409
    assert "33 %" in late.text
    assert "what was saved" in late.text
    assert late.text.count("question-right") == 1


def test_reading_an_attempt_whose_time_is_over_closes_it(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(time_limit_ms=600_000)
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "2"))
    house.clock.advance(timedelta(minutes=11))

    page = client.get(attempt)

    assert "what you had answered by then was handed in" in page.text
    assert len(house.marks(attempt.removeprefix("/attempts/"))) == 3


# the gate


def declare(client: ReviewingClient) -> None:
    version = re.search(r'name="version" value="([^"]+)"', client.get("/professionals").text)
    assert version
    answer = client.submit("/professionals", {"profession": "physician", "version": version[1]})
    assert answer.status_code == 303


def test_a_quiz_for_professionals_opens_with_the_declaration_and_closes_with_its_withdrawal(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    with house.runtime.db.writing() as session:
        session.scalars(select(Quiz)).one().audience = Audience.PRO
    assert client.get("/quizzes/crest").location.startswith("/professionals")
    assert client.submit("/quizzes/crest/attempts").status_code == 403
    assert house.count(Attempt) == 0

    declare(client)
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "2"))
    client.submit("/professionals/withdraw")

    assert client.get(attempt).location.startswith("/professionals")
    assert client.submit(attempt).status_code == 403
    refused = save(client, attempt, ("s1", 2, "1"))
    assert refused.status_code == 403
    assert tells_nothing(refused)
    declare(client)
    assert 'name="q.s1" value="2" checked' in client.get(attempt).text


# claiming


def test_a_visitors_result_moves_to_the_account_that_is_made_or_signed_in_to(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    attempt = begin(client)
    client.submit(attempt, {"q.s1": "2", **ANYWAY})
    assert "within 30 days" in client.get(attempt).text

    account = {"name": "Ada", "email": "ada@example.org", "password": "a long sentence to keep"}
    assert client.submit("/account/sign-up", account).status_code == 303

    with house.runtime.db.reading() as session:
        found = session.scalars(select(Attempt)).one()
        assert found.user_id == session.scalars(select(User.id)).one()
        assert found.owner_hash is None
    assert "within 30 days" not in client.get(attempt).text
    client.submit("/account/sign-out")
    assert client.get(attempt).status_code == 404
    second = begin(client)
    client.submit(second, ANYWAY)
    client.submit("/account/sign-in", account)
    assert client.get(second).status_code == 200
    assert "Attempt 2" in client.get(second).text


# costs


def test_a_page_takes_eight_statements_at_most_and_two_more_to_look_for_similar_questions(
    crest: Callable[..., Crest], learner: Person, statements: Counter
) -> None:
    house = crest(certainty=True)
    with house.runtime.db.writing() as session:
        publish(session, house.clock.now(), slug="more", document=SINGLE.replace("T-single", "T-more"))
    attempt = begin(learner)
    save(learner, attempt, ("s1", 1, "1"), ("s2", 1, ["1"]))

    with statements() as fresh:
        learner.get(attempt)
    learner.submit(attempt, {"check": "s1"})
    with statements() as checked:
        learner.get(attempt)
    learner.submit(attempt, ANYWAY)
    with statements() as closed:
        learner.get(attempt)

    assert len(fresh) <= 5
    assert len(checked) <= 10
    assert len(closed) <= 8


def test_saving_an_answer_takes_few_statements(
    crest: Callable[..., Crest], learner: Person, statements: Counter
) -> None:
    crest()
    attempt = begin(learner)
    headers = {"X-CSRFToken": learner.csrf(attempt)}
    body = {"answers": [{"item": "s1", "rev": 1, "response": "1"}]}

    with statements() as seen:
        learner.put(f"{attempt}/answers", json=body, headers=headers)

    assert len(seen) <= 7


def test_the_address_of_an_unknown_quiz_is_not_found(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()

    for path in ("/quizzes/none", "/quizzes/a%00b", "/attempts/%00", "/attempts/none"):
        assert client.get(path).status_code == 404
    assert client.submit("/quizzes/none/attempts").status_code == 404
