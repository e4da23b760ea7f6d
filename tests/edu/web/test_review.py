"""The pages of spaced review, and the calendar feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update

from edu.models import Audience, Question, ReviewLog
from edu.runtime import Runtime
from quizzes.review import Rating
from tests.people import Person
from tests.quiz_browser import ANYWAY, begin, tells_nothing
from tests.quizzing import SECRET, TRUEFALSE, Crest, visitor
from tests.reviewer import ReviewingClient

RIGHT = {"q.s1": "2", "q.s2": ["1", "3"], "q.s3": "true"}
WORDS = {"crest": "Where is the crest?", "landmarks": "Which are landmarks?", "slips": "A nodule slips"}


def answer_quiz(who: Person, **said: object) -> None:
    """Take the quiz and hand it in."""
    assert who.submit(begin(who), {**RIGHT, **said, **ANYWAY}).status_code == 303


def session_of(who: Person) -> str:
    """Begin a review; gives its address."""
    begun = who.submit("/review/sessions")
    assert begun.status_code == 303
    return str(begun.location)


def slot_on(page: str) -> str:
    """The name of the question that the page asks."""
    found = re.search(r'name="check" value="(s\d+)"', page)
    assert found, page
    return found[1]


def say(page: str, *, wrongly: bool = False) -> dict[str, object]:
    """An answer to whatever the page asks."""
    slot = slot_on(page)
    if WORDS["slips"] in page:
        said: object = "false" if wrongly else "true"
    else:
        right = {"At the waist", "The spine", "The dimple"}
        values = re.findall(r'value="(\d)"[^>]*>\s*<span>([^<]+)</span>', page)
        said = [value for value, label in values if (label in right) is not wrongly][: 1 if wrongly else 9]
    return {"check": slot, f"q.{slot}.rev": "0", f"q.{slot}": said}


def make_feed(who: Person) -> str:
    """Make a calendar address; gives its path."""
    who.get("/review")
    page = who.submit("/review/feed").text
    found = re.search(r'value="(http[^"]+\.ics)"', page)
    assert found, page
    return urlsplit(found[1]).path


def test_a_stranger_is_told_what_this_is_and_where_patients_go(client: ReviewingClient) -> None:
    page = client.get("/review")

    assert page.status_code == 200
    assert "Questions come back just before you would forget them" in page.text
    assert 'href="/account/sign-in?next=/review"' in page.text
    assert "what was written for patients" in page.text
    for path in ("/review/sessions", "/review/plan", "/review/feed"):
        assert client.submit(path).status_code == 401


def test_an_account_without_answers_is_shown_the_way(crest: Callable[..., Crest], learner: Person) -> None:
    crest()

    page = learner.get("/review").text

    assert "Nothing to review yet" in page
    begun = learner.submit("/review/sessions")
    assert begun.location == "/review"
    assert "Nothing is due for review now." in learner.get("/review").text


def test_a_review_goes_from_question_to_explanation_to_the_end(
    crest: Callable[..., Crest], learner: Person
) -> None:
    house = crest()
    answer_quiz(learner)
    assert "Nothing is due today." in learner.get("/review").text
    house.clock.advance(timedelta(days=3))
    assert re.search(r"<strong>3</strong>\s+questions are due", learner.get("/review").text)

    path = session_of(learner)
    for place in range(3):
        asked = learner.get(path)
        assert tells_nothing(asked)
        assert f"{place} of 3" in asked.text
        assert sum(words in asked.text for words in WORDS.values()) == 1
        assert session_of(learner) == path  # beginning again goes on
        done = learner.submit(path, say(asked.text, wrongly=WORDS["crest"] in asked.text))
        said = learner.get(str(done.location)).text
        assert f"{SECRET} why" in said
        if place == 0:
            rest = learner.get("/review").text
            assert re.search(r"<strong>2</strong>\s+questions are left", rest)
            assert f'href="{path}"' in rest
    assert "See how it went" in said

    end = learner.get(path).text
    assert "2 of 3 right" in end
    assert end.count("Watch this step") == 1
    assert "All done. Nothing is due now." in learner.get("/review").text
    assert learner.get("/quizzes/spaced-review").location == "/review"


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"check": "s9"}, 422, "There is no such question"),
        ({"check": "s1", "q.s1.rev": "0"}, 422, "Choose an answer first"),
        ({"check": "s1", "q.s1.rev": "0", "q.s1": "99"}, 422, "99"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_the_question_stays(
    crest: Callable[..., Crest], learner: Person, form: dict[str, str], status: int, words: str
) -> None:
    house = crest()
    answer_quiz(learner)
    house.clock.advance(timedelta(days=3))
    path = session_of(learner)

    refused = learner.submit(path, form)

    assert refused.status_code == status
    assert words in refused.text
    assert slot_on(refused.text) == "s1"
    assert tells_nothing(refused)


def test_a_hint_is_given_and_a_right_answer_after_it_counts_as_hard(
    crest: Callable[..., Crest], learner: Person, runtime: Runtime
) -> None:
    house = crest(document=TRUEFALSE + 'hints = ["Think of soap."]\n')
    learner.submit(begin(learner), {"q.s1": "true", **ANYWAY})
    house.clock.advance(timedelta(days=3))
    path = session_of(learner)
    assert "Think of soap." not in learner.get(path).text

    given = learner.submit(path, {"hint": "s1", "q.s1.rev": "0"})
    page = learner.get(str(given.location)).text
    assert "Think of soap." in page
    learner.submit(path, say(page))

    with runtime.db.reading() as session:
        asked = select(ReviewLog.rating).order_by(ReviewLog.id)
        assert list(session.scalars(asked)) == [Rating.GOOD, Rating.HARD]


def test_sessions_and_feeds_of_others_cannot_be_seen(
    crest: Callable[..., Crest], person: Callable[..., Person], client: ReviewingClient
) -> None:
    house = crest()
    ada, bob = person(), person()
    answer_quiz(ada)
    house.clock.advance(timedelta(days=3))
    path = session_of(ada)

    assert bob.get(path).status_code == 404
    assert bob.submit(path, {"check": "s1", "q.s1": "1"}).status_code == 404
    assert client.get(path).location.startswith("/account/sign-in")
    assert client.get("/review/feed/invented.ics").status_code == 410
    other = house.begin(visitor())
    assert ada.get(f"/review/sessions/{other}").status_code == 404
    assert ada.get("/review/sessions/x").status_code == 404


def test_what_is_for_professionals_waits_for_the_gate(
    crest: Callable[..., Crest], learner: Person, runtime: Runtime, declare: Callable[[ReviewingClient], None]
) -> None:
    house = crest()
    answer_quiz(learner)
    house.clock.advance(timedelta(days=3))
    path = session_of(learner)
    with runtime.db.writing() as session:
        session.execute(update(Question).where(Question.uid == "T-single").values(audience=Audience.PRO))

    assert learner.get(path).location.startswith("/professionals")
    assert f"{SECRET} step" not in learner.get("/review").text
    declare(learner)
    assert learner.get(path).status_code == 200
    assert f"{SECRET} step" in learner.get("/review").text


def test_the_plan_is_kept_and_what_is_wrong_is_said_at_its_field(
    crest: Callable[..., Crest], learner: Person
) -> None:
    house = crest()
    answer_quiz(learner)
    exam = (house.clock.now() + timedelta(days=9)).date().isoformat()

    refused = learner.submit("/review/plan", {"exam_on": "2020-01-01", "per_day": "many"})
    assert refused.status_code == 422
    assert "Choose a day after today" in refused.text
    assert "Write a number from 1 to 100" in refused.text
    assert 'value="many"' in refused.text

    assert learner.submit("/review/plan", {"exam_on": exam, "per_day": "7"}).status_code == 303
    page = learner.get("/review").text
    assert f'value="{exam}"' in page
    assert "Your exam is on 11 Mar 2026, in 9 days." in page
    assert 'value="7"' in page


def test_the_feed_is_a_calendar_of_numbers(
    crest: Callable[..., Crest], learner: Person, client: ReviewingClient
) -> None:
    house = crest()
    answer_quiz(learner)
    path = make_feed(learner)
    house.clock.advance(timedelta(days=20))

    feed = client.get(path)

    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.headers["Cache-Control"] == "private, max-age=3600"
    assert feed.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in feed.headers
    assert feed.text.startswith("BEGIN:VCALENDAR\r\n")
    assert re.findall(r"SUMMARY;LANGUAGE=en:(.*)\r\n", feed.text) == ["3 questions to review"]
    assert "DTSTART;VALUE=DATE:20260322\r\n" in feed.text
    for private in (learner.name, learner.email, "crest", SECRET, path.split("/")[-1]):
        assert private not in feed.text
    again = client.get(path, headers={"If-None-Match": feed.headers["ETag"]})
    assert again.status_code == 304


def test_a_calendar_address_ends_with_the_next_one_and_when_it_is_switched_off(
    crest: Callable[..., Crest], learner: Person, client: ReviewingClient
) -> None:
    crest()
    first, second = make_feed(learner), make_feed(learner)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert second.split("/")[-1] not in learner.get("/review").text

    assert learner.submit("/review/feed/stop").status_code == 303

    assert client.get(second).status_code == 410
    assert "Switch it off" not in learner.get("/review").text
