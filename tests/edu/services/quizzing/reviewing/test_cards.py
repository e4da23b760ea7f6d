"""Cards: what was answered, taken in once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete

from edu.models import ReviewCard, ReviewLog
from edu.services.quizzing import attempts
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.reviewing import cards
from quizzes import Mode
from quizzes.review import Rating
from tests.edu.services.quizzing.reviewing.decks import ALL_RIGHT, ALL_WRONG, Reviewer, reviewer
from tests.quizzing import STEP, Crest, together, visitor


def ratings(ada: Reviewer) -> list[Rating]:
    return [line.rating for line in ada.log()]


def test_each_answer_of_a_quiz_makes_a_card_and_what_was_wrong_comes_back_first(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())

    ada.quiz(ALL_WRONG[0], *ALL_RIGHT[1:])

    found, now = ada.cards(), ada.house.clock.now()
    assert set(found) == {"T-single", "T-multiple", "T-true"}
    assert found["T-single"].step == STEP
    assert (found["T-single"].is_critical, found["T-true"].is_critical) == (True, False)
    assert {(card.asked, card.reviewed_at) for card in found.values()} == {(0, now)}
    assert ratings(ada) == [Rating.AGAIN, Rating.GOOD, Rating.GOOD]
    assert found["T-single"].due_at == now + timedelta(days=1)
    assert found["T-multiple"].due_at == now + timedelta(days=2)


def test_only_what_was_answered_and_marked_makes_a_card(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    attempt = ada.house.begin(ada.who)
    ada.house.give(ada.who, attempt, *ALL_RIGHT)
    ada.house.check(ada.who, attempt, 1)
    assert set(ada.cards()) == {"T-single"}

    # one answer is taken back, in the two ways in which that is kept, and one stays
    ada.house.give(ada.who, attempt, Answer(2, 2, []))
    ada.house.hand_in(ada.who, attempt)

    assert set(ada.cards()) == {"T-single", "T-true"}
    assert ada.take_in() == 0  # nothing counts twice
    assert len(ada.log()) == 2


def test_certainty_decides_between_hard_and_a_mistake_to_be_seen_first(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest(certainty=True))

    ada.quiz(Answer(3, 1, {"answer": False, "certainty": 3}))
    assert ada.cards()["T-true"].is_misled
    assert ratings(ada) == [Rating.AGAIN]

    ada.later(days=2)
    ada.quiz(Answer(3, 1, {"answer": True, "certainty": 1}))
    assert not ada.cards()["T-true"].is_misled
    assert ratings(ada) == [Rating.AGAIN, Rating.HARD]


def test_answers_that_a_visitor_gave_are_noted_when_claimed_and_move_no_later_card(
    crest: Callable[..., Crest],
) -> None:
    house, guest = crest(), visitor()
    early = house.begin(guest)
    house.give(guest, early, *ALL_WRONG)
    house.hand_in(guest, early)
    assert house.count(ReviewCard) == 0
    ada = reviewer(house)
    ada.later(days=1)
    ada.quiz(ALL_RIGHT[0])
    before = ada.cards()["T-single"]

    with house.runtime.db.writing() as session:
        attempts.claim(session, guest.visitor_hash, ada.id, now=house.clock.now())
    ada.take_in()

    after = ada.cards()
    assert (after["T-single"].stability, after["T-single"].due_at) == (before.stability, before.due_at)
    assert after["T-true"].reviewed_at == house.clock.now() - timedelta(days=1)
    assert (len(after), len(ada.log())) == (3, 4)


def test_answers_from_before_there_were_cards_are_taken_in_once_by_one_of_many(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    before = {uid: card.due_at for uid, card in ada.cards().items()}
    with ada.house.runtime.db.writing() as session:
        session.execute(delete(ReviewLog))
        session.execute(delete(ReviewCard))
    with ada.house.runtime.db.reading() as session:
        assert cards.is_behind(session, ada.id)

    assert sorted(together(8, lambda _: ada.take_in())) == [0] * 7 + [3]

    assert {uid: card.due_at for uid, card in ada.cards().items()} == before
    with ada.house.runtime.db.reading() as session:
        assert not cards.is_behind(session, ada.id)


def test_what_was_saved_before_the_time_ended_is_taken_in(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest(mode=Mode.TEST, time_limit_ms=60_000))
    attempt = ada.house.begin(ada.who)
    ada.house.give(ada.who, attempt, ALL_RIGHT[0])
    ended = ada.house.clock.now() + timedelta(minutes=1)
    ada.later(minutes=10)
    assert not ada.house.hand_in(ada.who, attempt)

    ada.take_in()

    assert ada.cards()["T-single"].reviewed_at == ended
