"""Plans and the secret address of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from edu.errors import Gone, InvalidFields
from edu.models import Audience, GateMode, Question, ReviewPlan, User
from edu.services import erasure, export_account, gate
from edu.services.quizzing.reviewing import feed, plans
from edu.services.quizzing.reviewing.feed import Feed
from tests.edu.services.quizzing.reviewing.decks import ALL_RIGHT, Reviewer, reviewer
from tests.quizzing import MULTIPLE, TRUEFALSE, Crest, publish


def make(ada: Reviewer) -> str:
    """A new address."""
    with ada.house.runtime.db.writing() as session:
        return plans.make_feed(session, ada.id, now=ada.house.clock.now())


def read(ada: Reviewer, token: str) -> Feed:
    """The feed behind an address."""
    with ada.house.runtime.db.reading() as session:
        modes = frozenset({GateMode.DECLARATION})
        return feed.read(session, token, modes=modes, now=ada.house.clock.now())


@pytest.mark.parametrize(
    ("exam_on", "per_day", "wrong"),
    [
        ("2026-03-02", "20", {"exam_on"}),  # today
        ("2025-01-01", "20", {"exam_on"}),
        ("2036-01-01", "20", {"exam_on"}),
        ("soon", "0", {"exam_on", "per_day"}),
        ("", "101", {"per_day"}),
        ("", "²", {"per_day"}),
        ("", "", {"per_day"}),
    ],
)
def test_a_plan_that_cannot_be_is_refused(exam_on: str, per_day: str, wrong: set[str]) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    with pytest.raises(InvalidFields) as refused:
        plans.checked(exam_on, per_day, now)

    assert {fault.parameters["field"] for fault in refused.value.faults} == wrong


def test_a_feed_tells_how_many_are_due_on_each_day_and_nothing_else(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    token = make(ada)

    found = read(ada, token)

    assert sum(count for _, count in found.days) == 3
    assert all(count > 0 for _, count in found.days)
    assert read(ada, token) == found
    ada.later(days=10)
    assert read(ada, token).days == ((ada.house.clock.now().date(), 3),)
    assert read(ada, token).stem == found.stem
    with ada.house.runtime.db.reading() as session:
        assert token not in str(vars(session.get_one(ReviewPlan, ada.id)))


def test_an_address_ends_when_a_new_one_is_made_or_when_it_is_switched_off(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())
    first, second = make(ada), make(ada)
    with pytest.raises(Gone):
        read(ada, first)
    assert read(ada, second).days == ()

    with ada.house.runtime.db.writing() as session:
        plans.stop_feed(session, ada.id, now=ada.house.clock.now())
    for token in (first, second, "invented", ""):
        with pytest.raises(Gone):
            read(ada, token)

    third = make(ada)
    with ada.house.runtime.db.writing() as session:
        session.get_one(User, ada.id).disabled_at = ada.house.clock.now()
    with pytest.raises(Gone):  # the account was closed
        read(ada, third)


def test_what_is_for_professionals_is_counted_while_the_owner_passes_the_gate(
    crest: Callable[..., Crest],
) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    token, now = make(ada), ada.house.clock.now()
    with ada.house.runtime.db.writing() as session:
        publish(session, now, document=MULTIPLE + TRUEFALSE, slug="free")
        session.execute(update(Question).where(Question.uid == "T-single").values(audience=Audience.PRO))
    ada.later(days=5)
    assert [count for _, count in read(ada, token).days] == [2]

    with ada.house.runtime.db.writing() as session:
        gate.declare(session, user_id=ada.id, visitor_hash=None, profession="nurse", version="1", now=now)
    assert [count for _, count in read(ada, token).days] == [3]


def test_cards_go_out_with_the_account_and_go_with_it(crest: Callable[..., Crest]) -> None:
    ada = reviewer(crest())
    ada.quiz(*ALL_RIGHT)
    ada.plan(exam_on=(ada.house.clock.now() + timedelta(days=9)).date().isoformat())
    token = make(ada)
    with ada.house.runtime.db.writing() as session:
        review = export_account.export(session, ada.id, ada.house.clock.now())["review"]

    assert review["plan"]["exam_on"] == "2026-03-11"
    assert [card["question"] for card in review["cards"]] == ["T-single", "T-multiple", "T-true"]
    assert [line["rating"] for line in review["answers"]] == ["good"] * 3
    assert "feed_hash" not in str(review)

    with ada.house.runtime.db.writing() as session:
        erasure.erase(session, ada.id, ada.house.clock.now())
    assert (ada.cards(), ada.log()) == ({}, [])
    with pytest.raises(Gone):
        read(ada, token)
