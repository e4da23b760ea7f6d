"""What the pages of a quiz say and show to learners, and that none of them leads into a dead end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from edu.cli.prepare import BUNDLED
from edu.models import Audience, Quiz
from edu.runtime import Runtime
from quizzes import Mode, Review
from tests.edu.conftest import Site
from tests.edu.courseware.conftest import CourseFolder
from tests.people import Person
from tests.quiz_browser import ANYWAY, begin, save
from tests.quizzing import NUMERIC, SINGLE, Crest
from tests.reviewer import ReviewingClient

BOARD = """
[[questions]]
id = "{name}"
kind = "hotspot"
stem = "Where?"
limit = 1
why = "There."
key = [{{shape = "circle", x = 700, y = 400, r = 30}}]
landmarks = [{{id = "M1", text = "Here", x = 700, y = 400}}, {{id = "M2", text = "There", x = 300, y = 400}}]
picture = {{name = "board", width = 1280, height = 720, alt = "The back", hidden = {hidden}}}
"""
ACTIONS = """
[[questions]]
id = "K1"
kind = "keyfeature"
stem = "What now?"
limit = 3
why = "So."
key = {A = 1.0}
harmful = ["B", "C"]
options = {A = "Stop", B = "Go on", C = "Press"}
"""
BOARDS = BOARD.format(name="B1", hidden='["labels"]') + BOARD.format(name="B2", hidden='["labels", "nerves"]')


def layers(page: str, item: str) -> set[str]:
    """The layers that stand over the board of a question."""
    found = re.search(rf'id="{item}".*?(?:</fieldset>|</section>)', page, re.S)
    assert found
    return set(re.findall(r"board/(\w+)[.\w]*\.svg", found[0])) - {"ground"}


def test_a_board_gives_away_no_other_question_until_that_one_is_answered(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=BOARDS, shuffle=False)
    attempt = begin(client)
    open_page = client.get(attempt).text

    client.submit(attempt, {"check": "s1", "q.s1": "0.1,0.1", "q.s1.rev": "0"})
    one_left = client.get(attempt).text
    client.submit(attempt, {"check": "s2", "q.s2": "0.1,0.1", "q.s2.rev": "0"})
    answered = client.get(attempt).text

    assert layers(open_page, "s1") == layers(open_page, "s2") == {"zone", "nodules", "ruler"}
    assert layers(one_left, "s1") == {"zone", "nodules", "ruler"}
    assert (
        layers(answered, "s1") == layers(answered, "s2") == {"zone", "nodules", "ruler", "nerves", "labels"}
    )


def test_where_there_is_no_similar_question_the_attempt_says_so_and_goes_on(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=SINGLE + NUMERIC)
    attempt = begin(client)
    client.submit(attempt, {"check": "s1", "q.s1": "1", "q.s1.rev": "0"})
    assert "Try a similar question" not in client.get(attempt).text  # and who asks all the same is told:

    answer = client.submit(f"{attempt}/siblings", {"slot": "s1", "q.s2": "20", "q.s2.rev": "0"})

    assert (answer.status_code, answer.location) == (303, f"{attempt}?none_like=s1#s1-error")
    page = client.get(answer.location).text
    # the address leads to the sentence, which takes the focus: the question may be taller than the window
    assert re.search(r'id="s1-error" role="alert" tabindex="-1">There is no similar question yet', page)
    assert "Try a similar question" not in page
    assert 'value="20"' in page  # what the form held is kept
    assert f'name="check" value="s2" formaction="{attempt}#s2"' in page
    assert client.get(f"{attempt}/siblings").location == attempt


def test_handing_in_what_cannot_be_read_says_so_at_the_top_with_a_link_and_the_focus(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=SINGLE + NUMERIC, mode=Mode.TEST)
    attempt = begin(client)

    answer = client.submit(attempt, {"q.s1": "2", "q.s1.rev": "0", "q.s2": "six", "q.s2.rev": "0", **ANYWAY})

    assert answer.status_code == 422
    summary = re.search(r'<div[^>]* id="problems".*?</div>', answer.text, re.S)
    assert summary
    assert "autofocus" in summary[0]
    assert '<a href="#s2">Question 2: Write a number, such as 12 or 1.5</a>' in summary[0]
    assert "Question 1" not in summary[0]


GAP = """
[[questions]]
id = "T-gap"
kind = "cloze"
stem = "It is [[g]] deep."
gaps = [{id = "g", kind = "numeric"}]
key = [{gap = "g", value = 6}]
"""


def test_a_unit_that_nobody_asked_for_is_told_and_costs_nothing(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    only = "Write only the number, without a unit, such as 12 or 1.5"
    crest(document=NUMERIC.replace('unit = "mm"\n', "") + GAP)
    attempt = begin(client)
    assert "Write only a number, without a unit, with a comma or a point." in client.get(attempt).text
    save(client, attempt, ("s1", 1, "20"))

    typed = {"q.s1": "20,0 mm", "q.s1.rev": "1", "q.s2.a.g": "6 cm", "q.s2.rev": "0"}
    answer = client.submit(attempt, {"check": "s1", **typed})
    saved = save(client, attempt, ("s1", 2, "20 mm"))

    assert answer.status_code == 422
    for item in ("s1", "s2"):
        assert re.search(rf'id="{item}-error" role="alert" data-part="error">{only}<', answer.text)
    assert 'value="20,0 mm"' in answer.text
    assert (saved.status_code, saved.json["detail"], saved.json["field"]) == (422, only, "s1")
    page = client.get(attempt).text
    assert 'name="check" value="s1"' in page  # not checked
    assert 'value="20"' in page  # what was kept before is kept still
    client.submit(attempt, {"check": "s1", "q.s1": "20,0", "q.s1.rev": "1"})
    assert "question-right" in client.get(attempt).text


def test_a_unit_where_one_is_asked_is_still_read(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=NUMERIC)
    attempt = begin(client)

    client.submit(attempt, {"check": "s1", "q.s1": "2 cm", "q.s1.rev": "0"})

    assert "question-right" in client.get(attempt).text


WEIGHED = """
[[questions]]
id = "T-weighed"
kind = "single"
stem = "Which pressure?"
key = "A"
weights = {B = 0.5}
why = "So."
options = {A = "gently", B = "softly", C = "hard"}

[[questions]]
id = "T-words"
kind = "cloze"
stem = "Press [[g1]] and [[g2]]."
why = "So."
gaps = [{id = "g1", kind = "short"}, {id = "g2", kind = "short"}]
key = [
  {gap = "g1", answers = [{text = "gently"}, {text = "softly", fraction = 0.5}]},
  {gap = "g2", answers = [{text = "slowly"}]},
]
"""


def test_what_earned_a_part_is_called_partly_right_with_a_sign_of_its_own(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=WEIGHED)
    attempt = begin(client)

    client.submit(attempt, {"q.s1": "2", "q.s2.a.g1": "softly", "q.s2.a.g2": "fast", **ANYWAY})

    page = client.get(attempt).text
    option = re.search(r'<li class="choice choice-partly">.*?</li>', page, re.S)
    assert option
    assert "◐" in option[0]
    assert "Your answer, partly right" in option[0]
    assert "Your answer, wrong" not in page
    words = re.findall(r'class="verdict verdict-(\w+)"><span aria-hidden="true">(.)</span> ([\w ]+)<', page)
    assert words == [("partly", "◐", "Partly right"), ("wrong", "✕", "Wrong")]
    assert "0.5 of 1" in page


def test_every_open_quiz_of_the_course_leads_patients_to_what_is_theirs(
    runtime: Runtime, client: ReviewingClient, learner: Person, tmp_path: Path
) -> None:
    Site(runtime, CourseFolder(tmp_path / "unused")).install_from(BUNDLED / "back-mice")
    with runtime.db.reading() as session:
        slugs = set(
            session.scalars(select(Quiz.slug).where(Quiz.audience == Audience.OPEN, Quiz.current > 0))
        )
    theirs = "start-here"  # the quiz of the page that the others lead to

    led = {slug for slug in slugs if "Are you here because of your own back?" in page_of(client, slug)}

    assert {"telling-apart", "finding-back-mice", "both-sides"} <= led
    assert slugs - led == {theirs}
    assert 'href="/courses/back-mice/when-to-seek-care-now"' in page_of(client, theirs)
    for slug in led:
        assert 'href="/courses/back-mice/when-to-seek-care-now"' in page_of(client, slug)
    assert "your own back?" not in page_of(learner, "telling-apart")


def page_of(client: ReviewingClient | Person, slug: str) -> str:
    """What is read before a quiz."""
    return client.get(f"/quizzes/{slug}").text


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        (Review.EXPLANATIONS, "you read the marks, the right answers and why."),
        (Review.LAST, "the right answers and why come after your last attempt."),
        (Review.MARKS, "you read which answers were right, without explanations."),
        (Review.SCORE, "not which answers were right."),
    ],
)
def test_a_quiz_says_before_it_begins_what_may_be_read_after_it(
    crest: Callable[..., Crest], client: ReviewingClient, review: Review, sentence: str
) -> None:
    crest(mode=Mode.TEST, review=review, attempts=2, certainty=True)

    page = client.get("/quizzes/crest").text

    assert sentence in page
    assert "optional, counted apart" in page


def test_a_result_that_waits_for_the_last_attempt_says_so_and_leads_to_the_next(
    crest: Callable[..., Crest], learner: ReviewingClient
) -> None:
    crest(mode=Mode.TEST, review=Review.LAST, attempts=2)
    first = begin(learner)
    learner.submit(first, ANYWAY)
    waiting = learner.get(first).text
    learner.submit(begin(learner), ANYWAY)

    assert "come after your last attempt" in waiting
    assert 'action="/quizzes/crest/attempts"' in waiting
    assert "The right answer" in learner.get(first).text
    assert "come after your last attempt" not in learner.get(first).text


def test_without_an_account_what_waits_for_the_last_attempt_is_not_shown(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(mode=Mode.TEST, review=Review.LAST, attempts=1)
    only = begin(client)
    client.submit(only, ANYWAY)

    page = client.get(only).text

    assert "The right answer</" not in page
    assert "They are shown to those who have signed in." in page


@pytest.mark.parametrize(
    ("certainty", "said"), [(None, None), (3, "−6 of 3. It does not count towards passing.")]
)
def test_certainty_is_counted_over_the_answers_where_it_was_given(
    crest: Callable[..., Crest], client: ReviewingClient, certainty: int | None, said: str | None
) -> None:
    crest(certainty=True)
    attempt = begin(client)
    assert "optional, does not count towards passing" in client.get(attempt).text
    save(client, attempt, ("s1", 1, "1"), ("s3", 1, {"answer": False, "certainty": certainty}))

    client.submit(attempt, ANYWAY)

    page = client.get(attempt).text
    assert ("counted apart" in page) is (said is not None)
    assert said is None or said in page


def test_a_certainty_that_nobody_gave_is_not_counted(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(certainty=True)
    attempt = begin(client)

    client.submit(attempt, ANYWAY)

    assert "Certainty, counted apart" not in client.get(attempt).text


@pytest.mark.parametrize(
    ("ticked", "said"),
    [(["1", "2"], "One of your actions can do harm"), (["1", "2", "3"], "2 of your actions can do harm")],
)
def test_it_is_said_how_many_of_the_chosen_actions_can_do_harm(
    crest: Callable[..., Crest], client: ReviewingClient, ticked: list[str], said: str
) -> None:
    crest(document=ACTIONS, shuffle=False)
    attempt = begin(client)

    client.submit(attempt, {**ANYWAY, "q.s1": ticked, "q.s1.rev": "0"})

    assert said in client.get(attempt).text


@pytest.mark.parametrize(("limit_ms", "said"), [(60_000, "Time: 1 minute<"), (90_000, "Time: 1.5 minutes<")])
def test_the_time_is_told_in_the_right_number(
    crest: Callable[..., Crest], client: ReviewingClient, limit_ms: int, said: str
) -> None:
    crest(mode=Mode.TEST, time_limit_ms=limit_ms)

    assert said in client.get("/quizzes/crest").text


def test_without_a_pass_mark_nothing_is_passed_or_failed(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(pass_mark=0)
    attempt = begin(client)
    assert "must be right to pass" not in client.get(attempt).text

    client.submit(attempt, ANYWAY)

    for page in (client.get(attempt).text, client.get("/quizzes/crest").text):
        assert not re.search(r"passed|to pass", page, re.I)
    assert "Your result" in client.get(attempt).text


def test_a_page_that_handed_in_when_its_time_was_over_says_so(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(mode=Mode.TEST, time_limit_ms=60_000)
    attempt = begin(client)
    house.clock.advance(timedelta(seconds=59))

    client.submit(attempt, ANYWAY)

    assert "The time was over; what you had answered by then was handed in." in client.get(attempt).text
