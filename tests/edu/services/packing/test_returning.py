"""Answers that come home: marked by the questions as they went out, once, and for one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from edu.errors import Conflict, EduError, GateClosed, Gone, Invalid
from edu.models import Attempt, AttemptState, Audience, Lesson, PackReturn, Quiz
from edu.policy import Viewer
from edu.services.packing import freezing, returning
from edu.services.packing.returned import Given, Returned
from quizzes import Mode
from tests.quizzing import MULTIPLE, NUMERIC, THREE, Crest, together, visitor

MOMENT = """
[[questions]]
id = "T-moment"
kind = "moment"
stem = "When?"
video = "V9"
key = {start_ms = 1000, end_ms = 2000}
"""
UID = "01234567-89ab-4def-8123-456789abcdef"
RIGHT = (Given(1, "2", None), Given(2, ["1", "3"], None), Given(3, {"answer": True}, None))


def pack_of(house: Crest, who: Viewer | None = None) -> str:
    """The pack of the lesson as it is now."""
    with house.runtime.db.writing() as session:
        lesson_id = session.scalars(select(Lesson.id)).one()
        frozen, _ = freezing.of_lesson(session, who or Viewer(is_professional=True), lesson_id)
        return freezing.keep(session, lesson_id, frozen, now=house.clock.now()).id


def back(house: Crest, pack: str, *answers: Given, **changes: Any) -> Returned:
    now = house.clock.now()
    facts = {"pack": pack, "quiz": 0, "uid": UID, "begun": now, "finished": now, "answers": answers}
    return Returned(**{**facts, **changes})


def bring(house: Crest, who: Viewer, returned: Returned) -> str:
    with house.runtime.db.writing() as session:
        return returning.bring_home(session, who, returned, now=house.clock.now()).id


def test_answers_become_an_attempt_that_is_marked_and_explained(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()

    attempt = bring(house, who, back(house, pack_of(house), *RIGHT))

    page = house.look(who, attempt)
    assert (page.state, page.number) == ("submitted", 1)
    assert page.result
    assert page.result.percent == 100
    assert page.questions[0].feedback
    assert "why the crest" in page.questions[0].feedback.text


def test_what_was_not_answered_earns_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()

    attempt = bring(house, who, back(house, pack_of(house), Given(1, "2", None), Given(2, [], None)))

    assert [mark[2] for mark in house.marks(attempt)] == [1.0, 0.0, 0.0]


def test_the_same_file_twice_is_one_attempt(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    returned = back(house, pack_of(house), *RIGHT)

    assert bring(house, who, returned) == bring(house, who, returned)
    assert house.count(Attempt) == house.count(PackReturn) == 1


def test_of_four_tabs_that_bring_it_at_once_one_makes_the_attempt(crest: Callable[..., Crest]) -> None:
    house = crest()
    who = house.learner()
    returned = back(house, pack_of(house), *RIGHT)

    assert len(set(together(4, lambda _: bring(house, who, returned)))) == 1
    assert house.count(Attempt) == 1


def test_what_somebody_else_brought_is_not_shown(crest: Callable[..., Crest]) -> None:
    house = crest()
    returned = back(house, pack_of(house), *RIGHT)
    bring(house, visitor(), returned)

    with pytest.raises(Conflict, match="somebody else"):
        bring(house, visitor(), returned)


def test_a_quiz_that_was_changed_meanwhile_is_marked_as_it_went_out(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    pack = pack_of(house)
    house.republish(document=THREE.replace('key = "B"', 'key = "C"').replace("At the waist", "At the hip"))

    attempt = bring(house, who, back(house, pack, *RIGHT))

    assert pack_of(house) != pack
    assert house.marks(attempt)[0][2] == 1.0
    assert house.look(who, attempt).questions[0].options[1].label == "At the waist"


def test_what_the_pack_could_not_ask_stays_open_and_the_rest_is_explained(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(document=THREE + MOMENT), visitor()

    attempt = bring(house, who, back(house, pack_of(house), RIGHT[0]))

    page = house.look(who, attempt)
    assert page.is_open
    assert [question.feedback is not None for question in page.questions] == [True, False, False, False]
    assert house.begin(who) == attempt


def test_beside_an_attempt_that_is_open_all_is_handed_in(crest: Callable[..., Crest]) -> None:
    house, who = crest(document=THREE + MOMENT), visitor()
    begun = house.begin(who)

    attempt = bring(house, who, back(house, pack_of(house), *RIGHT))

    assert (house.look(who, attempt).state, house.look(who, begun).state) == ("submitted", "open")
    assert house.look(who, attempt).number == 2


def test_a_typed_answer_that_is_no_number_is_kept_and_earns_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(document=NUMERIC), visitor()

    attempt = bring(house, who, back(house, pack_of(house), Given(1, "about twenty", None)))

    page = house.look(who, attempt)
    assert house.marks(attempt)[0][2] == 0.0
    assert page.questions[0].chosen == ("about twenty",)


def test_times_lie_between_the_pack_and_now_whatever_a_clock_said(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    pack, made_at = pack_of(house), house.clock.now()
    house.clock.advance(timedelta(hours=5))
    early = back(house, pack, *RIGHT, begun=made_at - timedelta(days=900))

    attempt = bring(house, who, early)

    with house.runtime.db.reading() as session:
        found = session.get_one(Attempt, attempt)
        assert (found.started_at, found.submitted_at) == (made_at, house.clock.now())
        assert found.state is AttemptState.SUBMITTED


FORGED: tuple[tuple[dict[str, Any], Given], ...] = (
    ({"quiz": 1}, RIGHT[0]),
    ({}, Given(4, "1", None)),
    ({}, Given(1, "9", None)),
    ({}, Given(1, ["1"], None)),
    ({}, Given(2, ["1", "1"], None)),
    ({}, Given(1, "2", 3)),  # this quiz does not ask how sure one is
    ({}, Given(3, {"answer": True, "certainty": 3}, None)),
    ({}, Given(3, {"answer": True, "fraction": 1}, None)),
)


def test_forged_answers_are_refused_and_leave_nothing(crest: Callable[..., Crest]) -> None:
    house = crest()
    pack = pack_of(house)

    for changes, given in FORGED:
        with pytest.raises(Invalid, match="do not fit"):
            bring(house, visitor(), back(house, pack, given, **changes))

    assert house.count(Attempt) == house.count(PackReturn) == 0


def refused(house: Crest, who: Viewer, returned: Returned) -> type[EduError]:
    with pytest.raises(EduError) as error:
        bring(house, who, returned)
    return type(error.value)


def test_a_pack_of_another_site_and_one_that_is_too_old_are_refused(crest: Callable[..., Crest]) -> None:
    house = crest()
    pack = pack_of(house)

    assert refused(house, visitor(), back(house, "f" * 32, *RIGHT)) is Invalid
    house.clock.advance(timedelta(days=366))
    assert refused(house, visitor(), back(house, pack, *RIGHT)) is Gone


def test_what_is_for_professionals_now_is_marked_for_them_alone(crest: Callable[..., Crest]) -> None:
    house = crest()
    pack = pack_of(house)
    with house.runtime.db.writing() as session:
        session.scalars(select(Quiz)).one().audience = Audience.PRO

    assert refused(house, visitor(), back(house, pack, *RIGHT)) is GateClosed


def test_an_attempt_from_a_pack_counts_among_those_that_are_allowed(crest: Callable[..., Crest]) -> None:
    house, who = crest(document=MULTIPLE, attempts=1), visitor()
    pack = pack_of(house)
    bring(house, who, back(house, pack, Given(1, ["1"], None)))

    other = back(house, pack, Given(1, ["1"], None), uid=UID.replace("0", "a"))
    assert refused(house, who, other) is Conflict


def test_tests_and_quizzes_with_a_clock_are_in_no_pack(crest: Callable[..., Crest]) -> None:
    house = crest(mode=Mode.TEST)
    with house.runtime.db.reading() as session:
        lesson_id = session.scalars(select(Lesson.id)).one()
        frozen, left = freezing.of_lesson(session, visitor(), lesson_id)

    assert (frozen, [quiz.why.value for quiz in left]) == ((), ["test"])


def test_as_long_as_nothing_changes_the_pack_is_the_same_one_for_a_month(crest: Callable[..., Crest]) -> None:
    house = crest(shuffle=True)
    first = pack_of(house)

    assert pack_of(house) == first
    house.clock.advance(timedelta(days=31))
    assert pack_of(house) != first
