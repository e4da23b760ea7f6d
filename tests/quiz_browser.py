"""What a browser does with a quiz: begin, save as the script does; and what must not be seen early."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from tests.quizzing import SECRET
from tests.reviewer import ReviewingClient

# what only pages with results hold, besides the planted words
TELLING = ("choice-right", "choice-wrong", "<edu-clip", "is_right", '"key"', "V9-c05", "/videos/film")
ANYWAY = {"hand_in": "anyway"}  # what is posted to hand in with open questions


def begin(client: ReviewingClient) -> str:
    """Begin the quiz; gives the attempt's address."""
    answer = client.submit("/quizzes/crest/attempts")
    assert answer.status_code == 303
    return str(answer.location)


def save(client: ReviewingClient, attempt: str, *answers: Any, **more: Any) -> TestResponse:
    """Save answers as the page's script does."""
    given = [dict(zip(("item", "rev", "response"), one, strict=True)) for one in answers]
    token = client.csrf()
    return client.put(f"{attempt}/answers", json={"answers": given, **more}, headers={"X-CSRFToken": token})


def tells_nothing(answer: TestResponse) -> bool:
    """Whether neither body nor headers hold anything of the key."""
    text = answer.get_data(as_text=True) + str(answer.headers)
    return not any(word in text for word in (SECRET, *TELLING))
