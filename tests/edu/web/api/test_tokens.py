"""The page of one's tokens."""

from __future__ import annotations

import re

from edu.services.api import tokens
from tests.people import Person
from tests.reviewer import ReviewingClient

ADDRESS = "/account/tokens"


def test_a_token_is_shown_once_used_and_ended(learner: Person, client: ReviewingClient) -> None:
    page = learner.submit(ADDRESS, {"name": "My <laptop>"})

    text = page.get_data(as_text=True)
    (made,) = re.findall(r'value="(edu_[\w-]+)"', text)
    assert page.headers["Cache-Control"] == "no-store"
    assert "My &lt;laptop&gt;" in text
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {made}"}).status_code == 200

    listed = learner.get(ADDRESS).get_data(as_text=True)
    assert made not in listed
    assert "last used" in listed
    (end,) = re.findall(rf'action="({ADDRESS}/\d+/end)"', listed)
    assert learner.submit(end).status_code == 303
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {made}"}).status_code == 401
    assert learner.submit(end).status_code == 404


def test_a_form_without_a_name_says_so_at_the_field(learner: Person) -> None:
    page = learner.submit(ADDRESS, {"name": " "})

    assert page.status_code == 422
    assert "field-name-error" in page.get_data(as_text=True)


def test_with_ten_the_form_is_gone_and_one_more_is_refused(learner: Person) -> None:
    token = learner.csrf(ADDRESS)
    for number in range(tokens.MOST):
        page = learner.submit(ADDRESS, {"name": f"Program {number}"}, token=token)

    assert 'name="name"' not in page.get_data(as_text=True)
    assert learner.submit(ADDRESS, {"name": "One more"}, token=token).status_code == 409


def test_strangers_are_led_to_the_sign_in(client: ReviewingClient, learner: Person) -> None:
    assert client.get(ADDRESS).status_code == 303
    assert ADDRESS in learner.get("/account/").get_data(as_text=True)
