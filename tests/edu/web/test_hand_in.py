"""Handing in with open questions: a second word is asked for, and nothing is lost or ended before it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quizzes import Mode
from tests.quiz_browser import ANYWAY, begin, save, tells_nothing
from tests.quizzing import Crest
from tests.reviewer import ReviewingClient

pytestmark = pytest.mark.each_database

ALL_RIGHT = {"q.s1": "2", "q.s2": ["1", "3"], "q.s3": "true"}


@pytest.mark.parametrize("mode", list(Mode))
def test_open_questions_keep_an_attempt_open_and_are_named_and_answers_are_saved(
    crest: Callable[..., Crest], client: ReviewingClient, mode: Mode
) -> None:
    house = crest(mode=mode)
    attempt = begin(client)

    answer = client.submit(attempt, {"q.s1": "2", "q.s1.rev": "0"})

    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "2 questions are not answered yet" in page.text
    assert re.findall(r'<li><a href="#(s\d)">Question \d</a></li>', page.text) == ["s2", "s3"]
    assert 'name="q.s1" value="2" checked' in page.text
    assert tells_nothing(page)
    assert house.marks(attempt.removeprefix("/attempts/")) == []


def test_hand_in_anyway_hands_in_what_the_form_holds(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    attempt = begin(client)
    again = client.get(client.submit(attempt, {"q.s1": "2"}).location)
    assert re.search(r'form="attempt" name="hand_in" value="anyway">Hand in anyway<', again.text)

    answer = client.submit(attempt, {"q.s1": "2", "q.s1.rev": "1", "q.s3": "true", **ANYWAY})

    assert (answer.status_code, answer.location) == (303, attempt)
    assert "66 %" in client.get(attempt).text
    assert house.marks(attempt.removeprefix("/attempts/")) == [(1, 0, 1.0), (2, 0, 0.0), (3, 0, 1.0)]


def test_going_back_saves_shows_the_first_open_question_and_asks_no_more(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    again = client.get(client.submit(attempt, {"q.s1": "2"}).location)
    button = re.search(r'formaction="([^"]+)" name="save" value="1">Go back to the questions<', again.text)
    assert button
    assert button[1] == f"{attempt}#s2"

    answer = client.submit(attempt, {"save": "1", "q.s1": "2", "q.s1.rev": "1", "q.s3": "true"})

    assert answer.location == attempt
    page = client.get(attempt).text
    assert "not answered yet" not in page
    assert "2 of 3 answered" in page


def test_with_every_question_answered_no_second_word_is_asked_for(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    client.submit(attempt, {"check": "s1", "q.s1": "2"})  # a checked question has its answer

    answer = client.submit(attempt, {**ALL_RIGHT, "q.s2.rev": "0"})

    assert answer.location == attempt
    assert "100 %" in client.get(attempt).text


def test_an_emptied_question_is_an_open_one(crest: Callable[..., Crest], client: ReviewingClient) -> None:
    crest()
    attempt = begin(client)
    save(client, attempt, ("s1", 1, "2"), ("s2", 1, ["1"]), ("s3", 1, {"answer": True}))

    answer = client.submit(attempt, {"q.s2.rev": "1"})

    assert "1 question is not answered yet" in client.get(answer.location).text


def test_the_address_of_the_question_shows_no_panel_when_nothing_is_open(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    asked = client.submit(attempt, {"q.s1": "2"}).location
    save(client, attempt, ("s2", 1, ["1"]), ("s3", 1, {"answer": True}))

    assert "not answered yet" not in client.get(asked).text
    client.submit(attempt, {})
    assert "quiz-result" in client.get(asked).text


def test_enter_in_a_form_with_the_panel_ends_nothing(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)

    page = client.get(client.submit(attempt).location).text

    # a browser presses the first submit button that belongs to the form
    buttons = re.findall(r'<button class="[^"]*" type="submit"(?: form="attempt")?[^>]*>', page)
    mine = [button for button in buttons if 'name="' in button]
    assert 'name="save"' in mine[0]
