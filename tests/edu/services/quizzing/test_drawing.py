"""Pools: what fits them, what an attempt draws, and what stays behind the gate."""

from __future__ import annotations

from random import Random

import pytest

from edu.clock import FixedClock
from edu.db import Database
from edu.models import AttemptSlot, Audience, Question, QuestionVersion
from edu.services.quizzing import attempts, drawing, questions, quizzes
from quizzes import Kind, Pool
from tests.quizzing import SINGLE, THREE, Crest, items, publish, visitor

TAGGED = """
[[questions]]
id = "P-%(number)s"
kind = "truefalse"
stem = "Statement %(number)s."
key = true
lesson = "L%(number)s"
evidence = "V%(number)s-c01"
critical = %(critical)s
tags = ["depth", "%(tag)s"]
"""


def bank(session, now) -> None:
    for number, critical, tag in ((1, "true", "odd"), (2, "false", "even"), (3, "false", "odd")):
        document = TAGGED % {"number": number, "critical": critical, "tag": tag}
        questions.keep(session, items(document)[0], now=now)


@pytest.mark.parametrize(
    ("pool", "found"),
    [
        (Pool(tags=("depth",)), {"P-1", "P-2", "P-3"}),
        (Pool(tags=("odd", "nothing")), {"P-1", "P-3"}),
        (Pool(tags=("odd",), critical=True), {"P-1"}),
        (Pool(lesson="L2"), {"P-2"}),
        (Pool(video="V3"), {"P-3"}),
        (Pool(kinds=(Kind.SINGLE,)), {"T-single"}),
        (Pool(kinds=(Kind.SINGLE,), tags=("odd",)), set()),
    ],
)
def test_a_question_fits_a_pool_by_every_filter(
    database: Database, clock: FixedClock, pool: Pool, found: set[str]
) -> None:
    with database.writing() as session:
        bank(session, clock.now())
        questions.keep(session, items(SINGLE)[0], now=clock.now())

        fitting = drawing.candidates(session, pool, is_gated=False)

        assert {session.get_one(Question, ident).uid for ident in fitting} == found


def test_nothing_is_drawn_twice_and_nothing_that_has_a_place_of_its_own(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        bank(session, clock.now())
        pools = (Pool(count=2, tags=("depth",)), Pool(count=5))
        quiz = publish(session, clock.now(), document=THREE, pools=pools)
        version = quizzes.current_version(session, quiz)

        asked = drawing.drawn(session, version, Random(7), is_gated=False)

        uids = [session.get_one(Question, wording.question_id).uid for _, wording in asked]
        assert uids[:3] == ["T-single", "T-multiple", "T-true"]
        assert sorted(uids[3:]) == ["P-1", "P-2", "P-3"]
        assert drawing.asked_count(session, version) == 3 + 7


def test_only_a_quiz_behind_the_gate_draws_what_is_behind_the_gate(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        bank(session, clock.now())
        gated = session.query(Question).where(Question.uid == "P-2").one()
        gated.audience = Audience.PRO
        pool = Pool(count=3, tags=("depth",))

        assert gated.id not in drawing.candidates(session, pool, is_gated=False)
        assert gated.id in drawing.candidates(session, pool, is_gated=True)


def test_what_was_drawn_stays_drawn_and_is_numbered_through(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        bank(session, clock.now())
        quiz = publish(session, clock.now(), document=SINGLE, pools=(Pool(count=2, tags=("depth",)),))
        who = visitor()
        attempt = attempts.start(session, who, quiz, now=clock.now())
        again = attempts.start(session, who, quiz, now=clock.now())

        slots = session.query(AttemptSlot).where(AttemptSlot.attempt_id == attempt.id).all()

        assert again.id == attempt.id
        assert [slot.position for slot in slots] == [1, 2, 3]
        wordings = {session.get_one(QuestionVersion, slot.question_version_id).question_id for slot in slots}
        assert len(wordings) == 3


def test_a_pool_of_a_question_that_was_archived_gives_fewer(crest, database: Database) -> None:
    taken: Crest = crest(document=SINGLE, pools=(Pool(count=1, kinds=(Kind.MULTIPLE,)),))

    who = taken.learner()

    assert len(taken.look(who, taken.begin(who)).questions) == 1
