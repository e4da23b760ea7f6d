"""Every kind of question through HTTP: explained as far as the quiz allows, and the loop around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from edu.models import Response
from quizzes import Mode, Review
from tests.people import Person
from tests.question_kinds import (
    DOCUMENT,
    KEY,
    KINDS,
    form,
    part_of,
    words_of,
)
from tests.quiz_browser import ANYWAY, begin, tells_nothing
from tests.quizzing import SECRET, Crest, publish
from tests.reviewer import ReviewingClient
from tests.statements import Counter

# what is said afterwards

WRONG: dict[str, Any] = {
    "single": "A",
    "multiple": ["A", "B"],
    "ordering": ["A", "C", "D", "B"],
    "numeric": "60",
    "hotspot": [[0.25, 0.5]],
    "moment": 20_000,
    "matching": {"L1": "R3", "L2": "R2"},
    "truefalse": {"answer": False},
    "emq": {"1": "D"},
    "keyfeature": ["A", "B"],
    "cloze": {"how": "how.A", "where": "the crest", "much": "3"},
    "short": "a lump",
    "draglabels": {"P1": "C", "P2": "B"},
    "interval": [31_125, 49_875],
    "concordance": -1,
}
SAID = {
    "single": ("Two The right answer", "One Your answer, wrong"),
    "multiple": ("Three Right too, and not ticked", "Two Your answer, wrong"),
    "ordering": ("1 Three You put it at place 2", "3 Four ✓ Right"),
    "numeric": ("Your answer 60 mm", "The right answer 61.5 mm (± 0.25 mm)"),
    "hotspot": ("The dashed outline is the right place.", "Your point: ✕ Wrong"),
    "moment": ("Your answer 0:20.0", "0:36.125 – 0:46.375 (0.75 s before or after are right as well)"),
    "matching": ("Crest Fat ✕ Wrong Right: Bone", "Dimple Skin ✓ Right"),
    "truefalse": ("True The right answer", "False Your answer, wrong"),
    "emq": ("The first Four ✓ Right", "The second not answered Right: One"),
    "keyfeature": ("can do harm; the whole answer earns nothing", "One Your answer: it can do harm"),
    "cloze": ("how hard hard ✕ Wrong Right: lightly", "the place the crest ✓ Right",
              "Gap 3 3 ✕ Wrong Right: 2.25 cm ± 0.125 cm"),
    "short": ("Your answer a lump", "Right answers PLANTED dimple a dimple"),
    "draglabels": ("upper place Hip ✕ Wrong Right: Crest", "lower place Dimple ✓ Right"),
    "interval": ("0:31.125 – 0:49.875", "The right answer 0:31.125 – 0:39.875"),
    "concordance": ("What 11 people with experience answered", "Less likely Your answer 3"),
}  # fmt: skip


def test_after_handing_in_each_kind_shows_what_was_right_in_its_own_form(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT, mode=Mode.TEST)
    attempt = begin(client)

    client.submit(attempt, {**ANYWAY, **form(house, attempt, WRONG)})

    page = client.get(attempt).text
    for kind in KINDS:
        shown = words_of(part_of(page, kind))
        for words in (
            *SAID[kind],
            f"{SECRET} why {kind}",
            "case series, single cross-sectional study, narrative review",
            f"{SECRET} and others",
        ):
            assert words in shown, (kind, words, shown)
    assert page.count(f"{SECRET} wrong ") == sum("question-wrong" in part_of(page, kind) for kind in KINDS)
    zone = part_of(page, "hotspot")
    assert '<ellipse class="zone-line" cx="727" cy="471" rx="31" ry="31"/>' in zone
    assert 'transform="translate(320 360)"' in zone


def test_a_learner_who_gave_no_answer_is_told_what_was_right_as_well(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=DOCUMENT)
    attempt = begin(client)

    client.submit(attempt, ANYWAY)

    page = client.get(attempt).text
    assert page.count("question-unanswered") == len(KINDS)
    assert page.count(f"{SECRET} why ") == len(KINDS)
    assert f"{SECRET} wrong" not in page  # said to a wrong answer only
    assert "You placed no point." in page


# what may be read


@pytest.mark.parametrize("review", [Review.MARKS, Review.SCORE, Review.LAST])
def test_a_closed_attempt_shows_no_more_than_the_quiz_allows(
    crest: Callable[..., Crest], learner: ReviewingClient, review: Review
) -> None:
    house = crest(document=DOCUMENT, mode=Mode.TEST, review=review, attempts=2)
    attempt = begin(learner)
    learner.submit(attempt, {**ANYWAY, **form(house, attempt, WRONG)})

    page = learner.get(attempt)

    assert tells_nothing(page)
    assert not KEY.search(page.text)
    assert "Your answer" in page.text
    assert "60" in part_of(page.text, "numeric")
    assert (review is Review.MARKS) == ("Not right" in page.text)
    assert ("is not shown" in page.text) == (review is Review.SCORE)
    second = begin(learner)
    assert not KEY.search(learner.get(attempt).text)
    learner.submit(second, ANYWAY)
    assert (f"{SECRET} why" in learner.get(attempt).text) == (review is Review.LAST)


def test_what_was_checked_in_practice_stays_explained(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT, review=Review.SCORE)
    attempt = begin(client)
    client.submit(attempt, {"check": "s1", **form(house, attempt, {"single": "A"})})

    client.submit(attempt, ANYWAY)

    page = client.get(attempt).text
    assert re.findall(rf"{SECRET} why (\w+)", page) == ["single"]
    assert "Not right" not in part_of(page, "multiple")


# the loop


def test_a_similar_question_stands_under_its_own_and_counts_for_nothing(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT)
    with house.runtime.db.writing() as session:
        others = DOCUMENT.replace('id = "K-', 'id = "OTHER-')
        publish(session, house.clock.now(), document=others, slug="other")
    attempt = begin(client)
    client.submit(attempt, {"check": "s1", **form(house, attempt, {"single": "A"})})
    page = client.get(attempt).text
    assert 'name="slot" value="s1"' in part_of(page, "single")

    answer = client.submit(f"{attempt}/siblings", {"slot": "s1", "q.s4": "61.5", "q.s4.rev": "0"})

    assert answer.location == f"{attempt}#s16"
    page = client.get(attempt).text
    assert "Similar to question 1, without marks" in part_of(page, "single")
    assert page.index('id="s16"') < page.index('id="s2"')
    assert "2 of 15 answered" in page
    assert 'value="61.5"' in page
    client.submit(attempt, ANYWAY)
    result = client.get(attempt).text
    assert "1 of 15 marks" in result
    assert "Back to question 1" in result


def test_a_right_answer_that_was_a_guess_offers_the_step_and_another_question(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT, certainty=True)
    with house.runtime.db.writing() as session:
        others = DOCUMENT.replace('id = "K-', 'id = "OTHER-')
        publish(session, house.clock.now(), document=others, slug="other")
    attempt = begin(client)
    right = form(house, attempt, {"single": "B", "numeric": "61.5"})

    for item, level in (("s1", "1"), ("s4", "3")):
        own = {name: said for name, said in right.items() if name.startswith(f"q.{item}")}
        client.submit(attempt, {"check": item, **own, f"q.{item}.certainty": level})

    page = client.get(attempt).text
    assert "You said that you were guessing" in part_of(page, "single")
    assert "Try a similar question" in part_of(page, "single")
    assert "Certainty, counted apart: +1" in words_of(part_of(page, "single"))
    assert "Try a similar question" not in part_of(page, "numeric")
    with house.runtime.db.reading() as session:
        levels = session.scalars(select(Response.certainty).order_by(Response.position)).all()
    assert levels == [1, 3]


# costs


def test_a_page_with_every_kind_takes_eight_statements_at_most_beside_its_films(
    crest: Callable[..., Crest], learner: Person, statements: Counter
) -> None:
    crest(document=DOCUMENT)
    attempt = begin(learner)

    with statements() as seen:
        learner.get(attempt)

    assert len(seen) <= 8


def test_scripts_of_a_kind_are_loaded_where_such_a_question_is_open(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest()
    plain = client.get(begin(client)).text
    assert scripts_of(plain) == ["edu-quiz"]


def test_every_kind_brings_its_element_and_a_time_limit_its_countdown(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=DOCUMENT, mode=Mode.TEST, time_limit_ms=600_000)
    attempt = begin(client)

    found = scripts_of(client.get(attempt).text)

    kinds = ["edu-hotspot", "edu-labels", "edu-limit", "edu-moment", "edu-ordering"]
    assert found == [*kinds, "edu-quiz", "edu-countdown"]
    client.submit(attempt, ANYWAY)
    assert scripts_of(client.get(attempt).text) == ["edu-picture", "edu-quiz"]


def scripts_of(page: str) -> list[str]:
    """The elements of questions that a page loads, in order."""
    return re.findall(r'<script [^>]*js/quiz/(edu-\w+)\.js"', page)
