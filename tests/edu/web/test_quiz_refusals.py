"""What a quiz refuses: malformed, foreign, late and second answers. The attempt stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from edu.models import Attempt
from edu.services import throttle
from edu.services.throttle import Limit
from tests.people import Person
from tests.quiz_browser import ANYWAY, begin, save
from tests.quizzing import Crest, together
from tests.reviewer import ReviewingClient, without_tokens

# what is refused


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([("s1", 1, "9")], 422),
        ([("s1", 1, "A")], 422),
        ([("s1", 1, {"answer": True})], 422),
        ([("s2", 1, ["1", "1"])], 422),
        ([("s9", 1, "1")], 422),
        ([("s0", 1, "1")], 422),
        ([("x", 1, "1")], 422),
        ([(1, 1, "1")], 422),
        ([("s1", 0, "1")], 422),
        ([("s1", -1, "1")], 422),
        ([("s1", 2**31, "1")], 422),
        ([("s1", True, "1")], 422),
        ([("s1", 1.0, "1")], 422),
        ([("s1", "1", "1")], 422),
        ([("s3", 1, {"answer": True, "certainty": 3})], 422),  # not asked for here
        ([("s1", 1, None)], 200),
        ([], 200),
    ],
)
def test_malformed_answers_are_refused_and_change_nothing(
    crest: Callable[..., Crest], client: ReviewingClient, answers: list[Any], status: int
) -> None:
    crest()
    attempt = begin(client)
    before = client.get(attempt).text

    assert save(client, attempt, *answers).status_code == status

    after = client.get(attempt).text
    assert re.findall(r"<input[^>]*checked", after) == re.findall(r"<input[^>]*checked", before) == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"answers": [{"item": "s1", "rev": 1, "response": "1", "fraction": 1}]}',
        b'{"answers": [], "state": "submitted"}',
        b'{"answers": {"s1": "1"}}',
        b'{"answers": ["s1"]}',
        b'{"answers": [{"item": "s1", "rev": 1}]}',
        b'{"answers": [{"item": "s1", "rev": 1, "rev": 2, "response": "1"}]}',
        b'{"answers": [{"item": "s1", "rev": NaN, "response": "1"}]}',
        b'{"answers": [{"item": "s1", "rev": 1, "response": ' + b"[" * 100_000,
        b"[" * 100_000,
        b"{}",
        b"",
        b"\xff",
    ],
)
def test_bodies_that_are_not_what_the_address_takes_are_refused(
    crest: Callable[..., Crest], client: ReviewingClient, body: bytes
) -> None:
    crest()
    attempt = begin(client)
    headers = {"X-CSRFToken": client.csrf(attempt)}

    answer = client.put(f"{attempt}/answers", data=body, content_type="application/json", headers=headers)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"


def test_a_huge_body_is_refused(crest: Callable[..., Crest], client: ReviewingClient) -> None:
    crest()
    attempt = begin(client)
    headers = {"X-CSRFToken": client.csrf(attempt)}

    huge = client.put(
        f"{attempt}/answers", data=b" " * 600_000, content_type="application/json", headers=headers
    )
    form = client.submit(attempt, {"q.s1": "1" * 3_000_000})

    assert huge.status_code == 413
    assert form.status_code in (413, 422)


def test_without_the_token_of_the_form_nothing_is_done(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest()
    attempt = begin(client)

    for answer in (
        client.post("/quizzes/crest/attempts"),
        client.post(attempt),
        client.put(f"{attempt}/answers", json={"answers": []}),
    ):
        assert answer.status_code == 400

    assert house.count(Attempt) == 1
    assert "Hand in" in client.get(attempt).text


@pytest.mark.parametrize(
    "fields",
    [
        {"q.s1": "9"},
        {"q.s1": "\0"},
        {"q.s2": ["1", "1"]},
        {"q.s3": "maybe"},
        {"q.s1": "1", "q.s1.rev": "x"},
        {"q.s1": "1", "q.s1.rev": "9" * 30},
        {"check": "s99"},
        {"check": "1"},
        {"check": "s1"},
    ],
)
def test_a_form_that_cannot_be_taken_is_shown_again_with_a_sentence(
    crest: Callable[..., Crest], client: ReviewingClient, fields: dict[str, Any]
) -> None:
    crest()
    attempt = begin(client)

    answer = client.submit(attempt, fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Hand in" in client.get(attempt).text


def test_fields_that_are_not_ours_change_nothing(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)

    foreign = {"fraction": "1", "state": "open", "user_id": "1", "q.s1.mark": "1"}
    client.submit(attempt, {"q.s1": "1", **foreign, **ANYWAY})

    assert "0 %" in client.get(attempt).text


def test_a_foreign_attempt_is_answered_like_none(
    crest: Callable[..., Crest], app: Flask, client: ReviewingClient, learner: Person
) -> None:
    crest()
    attempt = begin(client)
    stranger = app.test_client()
    assert isinstance(stranger, ReviewingClient)

    for other in (stranger, learner):
        for path in (attempt, f"/attempts/{'0' * 32}"):
            assert other.get(path).status_code == 404
            assert other.submit(path).status_code == 404
            headers = {"X-CSRFToken": other.csrf()}
            assert other.put(f"{path}/answers", json={"answers": []}, headers=headers).status_code == 404
        foreign, none = (
            re.sub(
                rf"{path}|[\w.-]{{80,}}", "", other.get(path).text
            )  # but for its own address and the token
            for path in (attempt, f"/attempts/{'0' * 32}")
        )
        assert foreign == none


def test_a_second_hand_in_sees_the_result_of_the_first(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    attempt = begin(client)
    client.submit(attempt, {"q.s1": "1", **ANYWAY})
    first = client.get(attempt).text

    again = client.submit(attempt, {"q.s1": "2", "q.s2": ["1", "3"], "q.s3": "true"})

    assert (again.status_code, again.location) == (303, attempt)
    assert without_tokens(client.get(attempt).text) == without_tokens(first)
    assert save(client, attempt, ("s1", 9, "2")).status_code == 409
    assert client.submit(attempt, {"check": "s1"}).status_code == 409


def test_fifty_browsers_of_one_person_hand_in_at_once_and_all_see_one_result(
    crest: Callable[..., Crest], app: Flask, client: ReviewingClient
) -> None:
    house = crest()
    attempt = begin(client)
    token = client.csrf(attempt)
    cookie = client.get_cookie("session")
    assert cookie is not None

    def deed(_: int) -> tuple[int, str]:
        browser = app.test_client()
        browser.set_cookie("session", cookie.value)
        answer = browser.post(attempt, data={"csrf_token": token, "q.s1": "2", "q.s1.rev": "0", **ANYWAY})
        return answer.status_code, browser.get(attempt).get_data(as_text=True)

    ends = together(50, deed)

    assert {status for status, _ in ends} == {303}
    assert len({re.sub(r"[\w.-]{80,}", "", page) for _, page in ends}) == 1
    assert house.marks(attempt.removeprefix("/attempts/")) == [(1, 0, 1.0), (2, 0, 0.0), (3, 0, 0.0)]


def test_visitors_of_one_network_begin_so_many_quizzes_and_then_wait(
    crest: Callable[..., Crest], client: ReviewingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    crest()
    monkeypatch.setattr(throttle, "BEGIN_QUIZ", Limit("begin-quiz", 2))
    for _ in range(2):
        assert client.submit("/quizzes/crest/attempts").status_code == 303
        client.delete_cookie("session")

    refused = client.submit("/quizzes/crest/attempts")

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
