"""Hints, similar questions, clips that were watched, certainty beside an answer, more time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid
from edu.models import Attempt, AttemptSlot, Grading, QuestionVersion, ResponseEvent, User
from edu.policy import Viewer
from edu.services.quizzing import allowances, attempts, clips, helping, results
from edu.services.quizzing.answers import Answer
from quizzes import Mode
from tests.quizzing import SECRET, SINGLE, STEP, THREE, Crest, publish

HINTED = SINGLE + f'hints = ["{SECRET} look lower", "{SECRET} at the belt"]\n'
LIKE = (
    SINGLE.replace("T-single", "T-like")
    .replace("Where is", "And where is")
    .replace("critical = true", 'critical = true\nlesson = "L9"')
)
OTHER = SINGLE.replace("T-single", "T-other").replace(STEP, "V8-c01")


def test_hints_come_one_by_one_and_end(crest: Callable[..., Crest]) -> None:
    taken = crest(document=HINTED)
    who = taken.learner()
    begun = taken.begin(who)

    def next_hints() -> tuple[str, ...]:
        with taken.runtime.db.writing() as session:
            helping.take_hint(session, attempts.held(session, who, begun), 1, now=taken.clock.now())
        with taken.runtime.db.reading() as session:
            slots = session.scalars(select(AttemptSlot).where(AttemptSlot.attempt_id == begun)).all()
            return helping.hints_of(session, slots).get(1, ())

    assert [len(next_hints()) for _ in range(3)] == [1, 2, 2]


@pytest.mark.parametrize("unhelpful", [{"mode": Mode.TEST}, {"hints": False}])
def test_a_test_and_a_quiz_without_hints_give_none(crest: Callable[..., Crest], unhelpful: dict) -> None:
    taken = crest(document=HINTED, **unhelpful)
    who = taken.learner()
    begun = taken.begin(who)

    with taken.runtime.db.writing() as session, pytest.raises(Conflict):
        helping.take_hint(session, attempts.held(session, who, begun), 1, now=taken.clock.now())


def test_after_a_wrong_answer_a_similar_question_is_asked_and_counts_for_nothing(
    crest: Callable[..., Crest],
) -> None:
    taken = crest(document=SINGLE)
    with taken.runtime.db.writing() as session:
        publish(session, taken.clock.now(), slug="more", document=LIKE + OTHER)
    who = taken.learner()
    begun = taken.begin(who)
    taken.give(who, begun, Answer(1, 1, "1"))
    taken.check(who, begun, 1)

    with taken.runtime.db.writing() as session:
        held = attempts.held(session, who, begun)
        added = helping.add_sibling(session, held, 1, now=taken.clock.now())
        again = helping.add_sibling(session, held, 1, now=taken.clock.now())

    assert (added, again) == (2, 2)
    with taken.runtime.db.reading() as session:
        asked = select(QuestionVersion.body["stem"].as_string()).join(
            AttemptSlot, AttemptSlot.question_version_id == QuestionVersion.id
        )
        stems = session.scalars(asked.where(AttemptSlot.attempt_id == begun).order_by(AttemptSlot.position))
        assert list(stems) == ["Where is the crest?", "And where is the crest?"]
    assert taken.hand_in(who, begun)
    with taken.runtime.db.reading() as session:
        score = results.scores(session, [begun])[begun]
        assert score.possible == 1
    with taken.runtime.db.writing() as session, pytest.raises(Conflict):
        helping.add_sibling(session, attempts.held(session, who, begun), 1, now=taken.clock.now())


def test_without_a_similar_question_the_learner_is_told(crest: Callable[..., Crest]) -> None:
    taken = crest(document=THREE)
    who = taken.learner()
    begun = taken.begin(who)
    with taken.runtime.db.writing() as session, pytest.raises(Conflict, match="check this question first"):
        helping.add_sibling(session, attempts.held(session, who, begun), 1, now=taken.clock.now())
    taken.give(who, begun, Answer(1, 1, "1"))
    taken.check(who, begun, 1)

    with taken.runtime.db.writing() as session, pytest.raises(Conflict, match="no similar question"):
        helping.add_sibling(session, attempts.held(session, who, begun), 1, now=taken.clock.now())


def test_a_watched_clip_is_noted_by_its_longest_and_no_longer_than_it_is(crest: Callable[..., Crest]) -> None:
    taken = crest()
    who = taken.learner()
    begun = taken.begin(who)
    with taken.runtime.db.writing() as session, pytest.raises(Invalid):
        clips.note(session, attempts.held(session, who, begun), 1, STEP, 10, now=taken.clock.now())
    taken.give(who, begun, Answer(1, 1, "1"))
    taken.check(who, begun, 1)

    with taken.runtime.db.writing() as session:
        held = attempts.held(session, who, begun)
        for length in (3000, 99_000, 10):
            row = clips.note(session, held, 1, STEP, length, now=taken.clock.now())

        assert (row.watched_ms, row.length_ms, row.times) == (8600, 8600, 3)
        with pytest.raises(Invalid):
            clips.note(session, held, 1, "V1-c01", 10, now=taken.clock.now())


@pytest.mark.parametrize(
    ("option", "certainty", "mark"), [("2", 3, 3), ("1", 3, -6), ("1", 1, 0), ("2", None, None)]
)
def test_certainty_beside_an_answer_is_marked_apart(
    crest: Callable[..., Crest], option: str, certainty: int | None, mark: int | None
) -> None:
    taken = crest(document=SINGLE, certainty=True)
    who = taken.learner()
    begun = taken.begin(who)
    taken.give(who, begun, Answer(1, 1, option, certainty))

    taken.hand_in(who, begun)

    with taken.runtime.db.reading() as session:
        grading = session.scalars(select(Grading).where(Grading.attempt_id == begun)).one()
        assert (grading.certainty_mark, grading.fraction) == (mark, 1.0 if option == "2" else 0.0)
        event = session.scalars(select(ResponseEvent)).one()
        assert (event.body, event.certainty, event.rev) == (option, certainty, 1)


def test_certainty_is_refused_where_it_is_not_asked_and_out_of_its_scale(crest: Callable[..., Crest]) -> None:
    taken = crest(document=SINGLE)
    who = taken.learner()
    begun = taken.begin(who)

    for certainty in (2, 7):
        with pytest.raises(Invalid):
            taken.give(who, begun, Answer(1, 1, "2", certainty))


def test_more_time_and_more_attempts_are_given_to_one_person(crest: Callable[..., Crest]) -> None:
    taken = crest(time_limit_ms=60_000, attempts=1)
    slow, other = taken.learner(), taken.learner()
    running = taken.begin(slow)
    with taken.runtime.db.writing() as session:
        quiz, email = taken.quiz(session), email_of(session, slow)
        allowances.give(
            session,
            other,
            quiz,
            f" {email.upper()}",
            extra_percent=50,
            extra_attempts=1,
            now=taken.clock.now(),
        )

    with taken.runtime.db.reading() as session:
        attempt = session.get_one(Attempt, running)
        assert attempt.deadline_at == attempt.started_at + timedelta(seconds=90)
        assert [row.extra_percent for row in allowances.listed(session, taken.quiz(session))] == [50]
    assert taken.hand_in(slow, running)
    again = taken.begin(slow)
    with taken.runtime.db.reading() as session:
        attempt = session.get_one(Attempt, again)
        assert attempt.deadline_at == attempt.started_at + timedelta(seconds=90)
    taken.hand_in(slow, again)
    with pytest.raises(Conflict, match="all attempts"):
        taken.begin(slow)
    taken.hand_in(other, taken.begin(other))
    with pytest.raises(Conflict, match="all attempts"):
        taken.begin(other)


def email_of(session: Session, who: Viewer) -> str:
    return session.get_one(User, who.user_id).email
