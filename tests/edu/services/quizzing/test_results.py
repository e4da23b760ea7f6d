"""Results in lists: the same score as on the page of the result, newest first, in few statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu.models import AttemptState, Grading
from edu.runtime import Runtime
from edu.services.quizzing import results
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.results import PER_PAGE, Mark, ResultList
from tests.answers import add_attempt
from tests.people import add_user
from tests.quizzing import Crest
from tests.statements import Counter


@pytest.mark.parametrize(
    ("marks", "percent", "is_passed"),
    [
        ([], 0, False),
        ([Mark(1 / 3, 1, False)] * 3, 33, False),
        ([Mark(0.596, 1, False)], 59, False),
        ([Mark(1, 3, False), Mark(0, 2, False)], 60, True),
        ([Mark(1, 3, False), Mark(0.99, 1, True)], 99, False),
        ([Mark(1 / 3 + 1 / 3 + 1 / 3, 1, True)], 100, True),
    ],
)
def test_a_score_is_rounded_down_and_passed_only_with_every_critical_question(
    marks: list[Mark], percent: int, is_passed: bool
) -> None:
    score = results.score_of(marks, 60)

    assert (score.percent, score.is_passed) == (percent, is_passed)


@pytest.mark.parametrize(
    "given",
    [
        (),
        (Answer(1, 1, "2"), Answer(2, 1, ["1", "3"])),
        (Answer(2, 1, ["1", "3"]), Answer(3, 1, {"answer": True})),  # the critical one is missing
        (Answer(1, 1, "2"), Answer(2, 1, ["1", "3"]), Answer(3, 1, {"answer": True})),
    ],
)
def test_a_list_and_the_page_of_the_result_say_the_same(
    crest: Callable[..., Crest], given: tuple[Answer, ...]
) -> None:
    house = crest(pass_mark=66, marks=(1.0, 2.0, 0.5))
    who = house.learner()
    attempt_id = house.begin(who)
    house.give(who, attempt_id, *given)
    house.hand_in(who, attempt_id)

    with house.runtime.db.reading() as session:
        score = results.scores(session, [attempt_id])[attempt_id]

    whole = house.look(who, attempt_id).result
    assert whole is not None
    assert (score.earned, score.percent, score.is_passed) == (whole.earned, whole.percent, whole.is_passed)


def test_the_newest_mark_counts(runtime: Runtime) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        attempt_id = add_attempt(session, add_user(session, now=now).id, now).id
        for number, fraction in ((2, 0.25), (1, 0.75)):
            session.add(
                Grading(
                    attempt_id=attempt_id, position=1, key_number=number, fraction=fraction, graded_at=now
                )
            )

    with runtime.db.reading() as session:
        assert results.scores(session, [attempt_id])[attempt_id].percent == 25


def page_of(runtime: Runtime, user_id: int, page: int = 1) -> ResultList:
    with runtime.db.reading() as session:
        return results.listing(session, user_id, page=page)


def test_the_newest_comes_first_twenty_to_a_page_and_only_ones_own(runtime: Runtime) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        ada, eve = add_user(session, now=now).id, add_user(session, now=now).id
        made = [add_attempt(session, ada, now + timedelta(hours=n)).id for n in range(PER_PAGE + 1)]
        foreign = add_attempt(session, eve, now).id

    first, second = page_of(runtime, ada), page_of(runtime, ada, 2)

    urls = [row.url for row in (*first.rows, *second.rows)]
    assert urls == [f"/attempts/{attempt_id}" for attempt_id in reversed(made)]
    assert f"/attempts/{foreign}" not in urls
    assert (first.newer, first.older, second.newer, second.older) == (None, 2, 1, None)


@pytest.mark.parametrize("page", [-5, 0, 3, 10**30])
def test_a_page_that_is_not_there_is_empty_or_the_first(runtime: Runtime, page: int) -> None:
    with runtime.db.writing() as session:
        user_id = add_user(session, now=runtime.clock.now()).id
        add_attempt(session, user_id, runtime.clock.now())

    assert len(page_of(runtime, user_id, page).rows) == (1 if page < 1 else 0)


def test_an_open_attempt_has_no_score(runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        user_id = add_user(session, now=runtime.clock.now()).id
        add_attempt(session, user_id, runtime.clock.now(), state=AttemptState.OPEN)

    (row,) = page_of(runtime, user_id).rows

    assert row.is_open
    assert row.score is None


def test_a_list_takes_as_many_statements_for_one_attempt_as_for_twenty(
    runtime: Runtime, statements: Counter
) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        ada, eve = add_user(session, now=now).id, add_user(session, now=now).id
        add_attempt(session, ada, now)
        for _ in range(PER_PAGE):
            add_attempt(session, eve, now)
        assert session.scalars(select(Grading.fraction)).all()

    with statements() as one:
        page_of(runtime, ada)
    with statements() as twenty:
        page_of(runtime, eve)

    assert len(one) == len(twenty) == 2
