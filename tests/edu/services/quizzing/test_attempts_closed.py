"""The end of attempts: handed in once, closed when the time is over, claimed, marked anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select

from edu.errors import Conflict
from edu.models import Attempt, AttemptState, Grading, Job, Question, QuestionVersion
from edu.policy import Viewer
from edu.services.quizzing import attempts, questions
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.attempt_pages import AttemptPage
from tests.quizzing import SINGLE, Crest, item, together, visitor

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

# handing in


def test_of_many_simultaneous_submits_one_marks_and_all_see_the_same_result(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "2"), Answer(2, 1, ["1"]))

    def deed(_: int) -> tuple[bool, AttemptPage]:
        return house.hand_in(who, attempt), house.look(who, attempt)

    ends = together(50, deed)

    assert [won for won, _ in ends].count(True) == 1
    assert all(page == ends[0][1] for _, page in ends)
    assert house.marks(attempt) == [(1, 0, 1.0), (2, 0, 0.5), (3, 0, 0.0)]


def test_answers_that_race_with_the_submit_are_marked_or_refused_never_lost(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)

    def deed(which: int) -> bool:
        if which == 3:
            return house.hand_in(who, attempt)
        try:
            return bool(house.give(who, attempt, Answer(1, which + 1, "2")))
        except Conflict:
            return False

    saved = together(8, deed).count(True) - 1

    fraction = {position: fraction for position, _, fraction in house.marks(attempt)}[1]
    assert fraction == (1.0 if saved else 0.0)


def test_after_handing_in_nothing_is_taken_any_more(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))
    house.hand_in(who, attempt)
    before = house.look(who, attempt)

    with pytest.raises(Conflict, match="handed in"):
        house.give(who, attempt, Answer(1, 2, "2"))
    assert house.hand_in(who, attempt) is False
    assert house.look(who, attempt) == before


# time


def test_an_answer_is_taken_until_thirty_seconds_after_the_deadline(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)

    house.clock.advance(MINUTE + 30 * SECOND)
    assert house.give(who, attempt, Answer(1, 1, "1"))
    house.clock.advance(SECOND)
    with pytest.raises(Conflict, match="time for this attempt is over"):
        house.give(who, attempt, Answer(1, 2, "2"))
    with pytest.raises(Conflict, match="time for this attempt is over"):
        house.check(who, attempt, 1)

    with house.runtime.db.reading() as session:
        assert session.scalars(select(Attempt.state)).one() is AttemptState.OPEN


def test_handing_in_late_marks_what_was_saved_in_time(crest: Callable[..., Crest]) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "2"))
    house.clock.advance(5 * MINUTE)

    assert house.hand_in(who, attempt) is False

    page = house.look(who, attempt)
    assert page.state == "expired"
    assert page.questions[0].feedback.outcome == "right"  # type: ignore[union-attr]
    with house.runtime.db.reading() as session:
        found = session.scalars(select(Attempt)).one()
        assert found.submitted_at == found.deadline_at


def test_an_attempt_with_a_limit_promises_the_job_that_closes_it_and_one_without_does_not(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    attempt = house.begin(who)
    house.begin(who)

    with house.runtime.db.reading() as session:
        job = session.scalars(select(Job)).one()
    assert job.payload == {"attempt_id": attempt}
    assert job.run_at > house.runtime.clock.now() + MINUTE + attempts.GRACE


def test_no_limit_no_job_and_no_end(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.clock.advance(timedelta(days=90))

    assert house.give(who, attempt, Answer(1, 1, "1"))
    assert house.count(Job) == 0


def test_who_comes_back_too_late_begins_anew_and_the_old_attempt_is_marked(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(time_limit_ms=60_000), visitor()
    old = house.begin(who)
    house.clock.advance(5 * MINUTE)

    assert house.begin(who) != old

    assert house.look(who, old).state == "expired"
    assert len(house.marks(old)) == 3


# claiming


def claim(house: Crest, who: Viewer, learner: Viewer) -> int:
    with house.runtime.db.writing() as session:
        assert learner.user_id
        return attempts.claim(session, who.visitor_hash, learner.user_id, now=house.clock.now())


def test_attempts_move_to_the_account_and_are_numbered_after_its_own(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    learner = house.learner()
    own = house.begin(learner)
    house.hand_in(learner, own)
    handed_in, open_one = house.begin(who), ""
    house.hand_in(who, handed_in)
    open_one = house.begin(who)

    assert claim(house, who, learner) == 2

    assert [house.look(learner, which).number for which in (own, handed_in, open_one)] == [1, 2, 3]
    assert not house.look(learner, handed_in).is_claimable
    assert house.begin(learner) == open_one
    assert claim(house, who, house.learner()) == 0


def test_an_open_attempt_stays_the_visitors_where_the_account_has_one_open(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    learner = house.learner()
    house.begin(learner)
    attempt = house.begin(who)

    assert claim(house, who, learner) == 0

    both = Viewer(user_id=learner.user_id, role=learner.role, visitor_hash=who.visitor_hash)
    assert house.look(both, attempt).is_open


@pytest.mark.parametrize(("days", "claimed"), [(29, 1), (30, 0)])
def test_attempts_can_be_claimed_for_thirty_days(
    crest: Callable[..., Crest], days: int, claimed: int
) -> None:
    house, who = crest(), visitor()
    house.hand_in(who, house.begin(who))
    house.clock.advance(timedelta(days=days))

    assert claim(house, who, house.learner()) == claimed


def test_who_was_no_visitor_before_has_nothing_to_claim(crest: Callable[..., Crest]) -> None:
    house = crest()
    house.begin(visitor())

    assert claim(house, Viewer(), house.learner()) == 0


# marking anew


def correct(house: Crest, key: str, *, may_lower: bool = False) -> int:
    """Say that another option of the first question is right, and mark anew."""
    now = house.clock.now()
    with house.runtime.db.writing() as session:
        asked = select(QuestionVersion).join(Question, Question.id == QuestionVersion.question_id)
        version = session.scalars(asked.where(Question.uid == "T-single")).one()
        corrected = item(SINGLE, {'key = "B"': f'key = "{key}"'})
        questions.correct_key(session, version, corrected, reason="misread", now=now, author_id=None)
        return attempts.regrade(session, version.id, now=now, may_lower=may_lower)


def test_a_corrected_key_adds_marks_where_the_question_was_answered_and_keeps_the_old_ones(
    crest: Callable[..., Crest],
) -> None:
    house, glad, inside, checked = crest(), visitor(), visitor(), visitor()
    done, still_open, half_open = house.begin(glad), house.begin(inside), house.begin(checked)
    for who, attempt in ((glad, done), (inside, still_open), (checked, half_open)):
        house.give(who, attempt, Answer(1, 1, "1"))
    house.hand_in(glad, done)
    house.check(checked, half_open, 1)

    assert correct(house, "A") == 2

    assert house.marks(done) == [(1, 0, 0.0), (2, 0, 0.0), (3, 0, 0.0), (1, 1, 1.0)]
    assert house.marks(half_open) == [(1, 0, 0.0), (1, 1, 1.0)]
    assert house.marks(still_open) == []
    said = house.look(glad, done).questions[0].feedback
    assert said is not None
    assert (said.outcome, said.is_corrected) == ("right", True)
    house.hand_in(inside, still_open)
    assert (1, 1, 1.0) in house.marks(still_open)


def test_only_those_whose_answer_came_first_are_told_that_the_key_was_corrected_after_it(
    crest: Callable[..., Crest],
) -> None:
    house, early, silent, later = crest(), visitor(), visitor(), visitor()
    given, empty = house.begin(early), house.begin(silent)
    house.give(early, given, Answer(1, 1, "1"))
    for who, attempt in ((early, given), (silent, empty)):
        house.hand_in(who, attempt)
    house.clock.advance(MINUTE)
    correct(house, "A")
    house.clock.advance(MINUTE)

    afterwards = house.begin(later)
    house.give(later, afterwards, Answer(1, 1, "1"))
    house.hand_in(later, afterwards)

    seen = [
        house.look(who, attempt).questions[0].feedback
        for who, attempt in ((early, given), (silent, empty), (later, afterwards))
    ]
    assert [said and (said.outcome, said.is_corrected) for said in seen] == [
        ("right", True),
        ("unanswered", False),
        ("right", False),
    ]


@pytest.mark.parametrize(("may_lower", "fraction"), [(False, 1.0), (True, 0.0)])
def test_a_corrected_key_takes_a_mark_away_only_when_its_author_says_so(
    crest: Callable[..., Crest], may_lower: bool, fraction: float
) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "2"))
    house.hand_in(who, attempt)

    correct(house, "A", may_lower=may_lower)

    assert house.marks(attempt)[-1] == (1, 1, fraction)
    with house.runtime.db.reading() as session:
        latest = session.scalars(select(Grading).where(Grading.key_number == 1)).one()
    assert latest.detail["by_key"] == 0.0


def test_marking_anew_twice_adds_nothing(crest: Callable[..., Crest]) -> None:
    house, who = crest(), visitor()
    house.hand_in(who, house.begin(who))
    correct(house, "A")
    with house.runtime.db.writing() as session:
        version = session.scalars(select(QuestionVersion.id).order_by(QuestionVersion.id)).first()
        assert version

        assert attempts.regrade(session, version, now=house.clock.now()) == 0


def test_a_key_corrected_while_somebody_hands_in_is_used_for_that_attempt_too(
    crest: Callable[..., Crest],
) -> None:
    house, who = crest(), visitor()
    attempt = house.begin(who)
    house.give(who, attempt, Answer(1, 1, "1"))
    is_trying = Event()

    def author() -> None:
        is_trying.set()
        correct(house, "A")

    thread = Thread(target=author)
    with house.runtime.db.writing() as session:
        attempts.submit(session, attempts.held(session, who, attempt), now=house.clock.now())
        thread.start()
        is_trying.wait()
        thread.join(0.3)  # it waits for the marks that are being written
        assert thread.is_alive()
    thread.join()

    assert house.marks(attempt)[-1] == (1, 1, 1.0)
