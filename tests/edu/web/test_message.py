"""What readers send, and where they find the answer; no script, account or further cookie needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.clock import FixedClock
from edu.models import Message, MessageKind, MessageState, Page, PageKind, PageState
from edu.runtime import Runtime
from edu.services import throttle
from edu.services.messages import receiving
from tests.messaging import add_message
from tests.people import Person
from tests.reviewer import ReviewingClient

STAMP = re.compile(r'name="stamp" value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
CONTACT = {"topic": "A word", "text": "What does it mean?"}
HOSTILE = '<script>alert("x")</script>'
Send = Callable[..., TestResponse]


@pytest.fixture
def send(clock: FixedClock) -> Send:
    """Opens a form, reads it for a while, and sends it."""

    def act(
        client: ReviewingClient, path: str, given: dict[str, str], *, after: float = 20, action: str = ""
    ) -> TestResponse:
        page = client.get(path).text
        clock.advance(timedelta(seconds=after))
        known = {"stamp": STAMP.findall(page)[0], "csrf_token": TOKEN.findall(page)[0]}
        return client.post(action or path, data={**known, **given})

    return act


def rows(runtime: Runtime) -> list[Message]:
    with runtime.db.reading() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def test_a_question_gets_a_number_and_an_address_of_its_own_that_nobody_else_knows(
    client: ReviewingClient, send: Send, runtime: Runtime, app: Flask
) -> None:
    sent = send(client, "/contact", {**CONTACT, "name": HOSTILE})

    page = client.get(sent.location)
    (row,) = rows(runtime)
    assert (sent.status_code, row.kind, row.language) == (303, MessageKind.CONTACT, "en")
    assert f"the number {row.id}" in page.text
    assert f"http://localhost{sent.location}" in page.text
    assert HOSTILE not in page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert app.test_client().get(f"/messages/{'0' * 64}").status_code == 404
    with client.session_transaction() as cookie:
        assert set(cookie) == {"csrf_token"}


def test_the_form_says_what_it_is_not_for(client: ReviewingClient) -> None:
    page = client.get("/contact").text

    assert "call your emergency number" in page
    assert "We cannot give advice on the health of a person." in page
    assert "Leave this empty: it is there to catch programs" in page


@pytest.mark.parametrize(
    ("given", "after", "words"),
    [
        ({**CONTACT, "topic": ""}, 20, "What it is about: Please fill this in."),
        ({**CONTACT, "text": "x" * 5_001}, 20, "This is too long: 5001 characters"),
        ({**CONTACT, "email": "ada@example.org\r\nBcc: b@example.org"}, 20, "this is not an e-mail address"),
        (CONTACT, 1, "That was very quick."),
        (CONTACT, 3 * 86400, "This form was open for too long."),
    ],
)
def test_a_refused_form_keeps_every_word_and_says_what_is_wrong(
    client: ReviewingClient, send: Send, runtime: Runtime, given: dict[str, str], after: float, words: str
) -> None:
    page = send(client, "/contact", given, after=after)

    assert page.status_code == 422
    assert words.lower() in page.text.lower()
    assert given["text"] in page.text
    assert 'id="error-summary"' in page.text
    assert rows(runtime) == []


def test_who_was_too_quick_sends_it_again_without_a_further_wait(
    client: ReviewingClient, send: Send, clock: FixedClock
) -> None:
    page = send(client, "/contact", CONTACT, after=2).text
    clock.advance(timedelta(seconds=2))

    again = client.post(
        "/contact",
        data={**CONTACT, "stamp": STAMP.findall(page)[0], "csrf_token": TOKEN.findall(page)[0]},
    )

    assert again.status_code == 303


def test_spam_is_thanked_like_everybody(client: ReviewingClient, send: Send, runtime: Runtime) -> None:
    sent = send(client, "/contact", {**CONTACT, "leave_empty": "x"})

    assert "Waiting" in client.get(sent.location).text
    assert rows(runtime)[0].state is MessageState.SPAM


def test_a_body_beyond_all_measure_is_refused_before_it_is_read(client: ReviewingClient) -> None:
    page = client.submit("/contact", {**CONTACT, "text": "x" * 600_000})

    assert page.status_code == 413
    assert "That is more than this address accepts at once." in page.text


def test_too_many_from_one_address_are_told_when_to_try_again(
    client: ReviewingClient, send: Send, runtime: Runtime
) -> None:
    with runtime.db.writing() as session:
        for _ in range(receiving.SENDS.tries):
            throttle.take(session, receiving.SENDS, "127.0.0.1", runtime.clock.now())

    page = send(client, "/contact", {**CONTACT, "text": "Another"})

    assert page.status_code == 429
    assert "Retry-After" in page.headers
    assert "Another" in page.text


def test_an_error_is_reported_for_the_very_page_and_nowhere_else(
    client: ReviewingClient, send: Send, runtime: Runtime, site: object
) -> None:
    foot = client.get("/courses/small/rest").text
    form = client.get("/corrections/new?page=/courses/small/rest")
    sent = send(
        client,
        "/corrections/new?page=/courses/small/rest",
        {"page": "/courses/small/rest", "text": "A word", "source": "A book", "publish": "1"},
        action="/corrections/new",
    )

    assert 'href="/corrections/new?page=/courses/small/rest"' in foot
    assert "<strong>Rest</strong>" in form.text
    assert form.headers["X-Robots-Tag"] == "noindex"
    assert sent.status_code == 303
    (row,) = rows(runtime)
    assert (row.kind, row.path, row.title) == (MessageKind.CORRECTION, "/courses/small/rest", "Rest")
    assert (row.consent["publish"], row.consent["name"]) == (True, False)


@pytest.mark.parametrize(
    "page", ["/courses/small/needle", "/courses/small/missing", "/../etc/passwd", "//evil.example", HOSTILE]
)
def test_a_page_that_is_gated_missing_or_none_is_refused_in_the_same_words(
    client: ReviewingClient, send: Send, runtime: Runtime, site: object, page: str
) -> None:
    shown = client.get("/corrections/new", query_string={"page": page})
    sent = send(client, "/corrections/new", {"page": page, "text": "A word"})

    for answer in (shown, sent):
        assert answer.status_code == 422
        assert "There is no page at this address that you can read." in answer.text
        assert "The needle" not in answer.text
        assert HOSTILE not in answer.text
    assert "A word" in sent.text
    assert rows(runtime) == []


def test_addresses_with_a_secret_are_handed_to_no_form(client: ReviewingClient, send: Send) -> None:
    sent = send(client, "/contact", CONTACT)

    page = client.get(sent.location).text

    assert 'href="/corrections/new" rel="nofollow"' in page
    assert f"page={urlsplit(sent.location).path}" not in page


def test_the_log_is_public_and_escapes_what_it_shows(client: ReviewingClient, runtime: Runtime) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        number = add_message(
            session, now, state=MessageState.ACCEPTED, is_public=True, answered_at=now, text=HOSTILE,
            source=HOSTILE, changed=f"Now 30. {HOSTILE}", name="Ada", consent={"publish": True, "name": True},
        ).id  # fmt: skip
        add_message(session, now, text="SECRET")

    log, entry = client.get("/corrections").text, client.get(f"/corrections/{number}").text

    assert "1 report waits to be looked at." in log
    assert "by an editor who has left" in log
    for page in (log, entry):
        assert "Now 30." in page
        assert HOSTILE not in page
        assert "SECRET" not in page
    assert "by Ada" in entry
    assert client.get(f"/corrections/{number + 1}").status_code == 404


def test_a_proposal_and_a_story_need_consent_and_are_kept_with_its_words(
    client: ReviewingClient, send: Send, runtime: Runtime
) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        session.add(
            Page(kind=PageKind.QUESTION, slug="why", title="Why?", state=PageState.UNDER_CONSTRUCTION,
                 created_at=now, updated_at=now, published_at=now)
        )  # fmt: skip

    refused = send(client, "/stories/tell", {"text": "It began in May.", "publish": "1"})
    told = send(client, "/stories/tell", {"text": "It began in May.", "publish": "1", "own": "1"})
    proposed = send(client, "/questions/why/propose", {"text": "Measure it.", "publish": "1"})

    assert (refused.status_code, told.status_code, proposed.status_code) == (422, 303, 303)
    assert "It began in May." in refused.text
    story, proposal = rows(runtime)
    assert (story.path, story.consent["own"], len(story.consent["text"])) == ("/stories", True, 2)
    assert (proposal.path, proposal.title) == ("/questions/why", "Why?")
    assert client.get("/questions/none/propose").status_code == 404


def test_signed_in_people_find_theirs_in_their_account_and_take_them_back(
    learner: Person, person: Callable[..., Person], send: Send, runtime: Runtime
) -> None:
    send(learner, "/contact", CONTACT)
    (row,) = rows(runtime)
    address = f"/account/messages/{row.id}"

    assert f'href="{address}"' in learner.get("/account/").text
    assert CONTACT["text"] in learner.get(address).text
    assert person("learner").get(address).status_code == 404
    assert learner.submit(f"{address}/withdraw").status_code == 303
    assert learner.get(address).status_code == 404
    assert rows(runtime)[0].text == ""


def test_a_sender_without_an_account_takes_a_message_back_by_its_address(
    client: ReviewingClient, send: Send, runtime: Runtime
) -> None:
    sent = send(client, "/contact", CONTACT)

    assert client.submit(f"{sent.location}/withdraw").status_code == 303

    assert client.get(sent.location).status_code == 404
    assert rows(runtime)[0].text == ""
