"""Questions: versions that never change, keys apart from words, corrected keys."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError

from edu.clock import FixedClock
from edu.db import Database
from edu.errors import Invalid
from edu.models import QuestionVersion
from edu.services.quizzing import questions
from tests.quizzing import SECRET, SINGLE, TRUEFALSE, item


def test_the_same_words_and_key_add_no_version(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        _, first = questions.keep(session, item(SINGLE), now=clock.now())
        _, second = questions.keep(session, item(SINGLE), now=clock.now())

    assert second.id == first.id


def test_other_words_are_the_next_version_and_the_first_stays_as_it_was(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        question, first = questions.keep(session, item(SINGLE), now=clock.now())
        changed = item(SINGLE, {"Where is the crest?": "Where does the crest lie?"})
        same, second = questions.keep(session, changed, now=clock.now())

    assert same.id == question.id
    assert (first.number, second.number) == (1, 2)
    assert first.body["stem"] == "Where is the crest?"


def test_what_a_learner_may_see_holds_nothing_of_the_key(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        _, version = questions.keep(session, item(SINGLE), now=clock.now())
        found = session.get_one(QuestionVersion, version.id)

    assert SECRET not in str(found.body)
    assert "key" not in found.body


def test_a_key_that_was_not_asked_for_by_name_cannot_be_read(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        questions.keep(session, item(SINGLE), now=clock.now())

    with database.reading() as session:
        found = session.scalars(select(QuestionVersion)).one()
        with pytest.raises(InvalidRequestError, match="raiseload"):
            _ = found.secret


def test_the_key_that_counts_is_the_latest_correction(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        _, version = questions.keep(session, item(SINGLE), now=clock.now())
        _, other = questions.keep(session, item(TRUEFALSE), now=clock.now())
        for key in ("A", "C"):
            corrected = item(SINGLE, {'key = "B"': f'key = "{key}"'})
            questions.correct_key(
                session, version, corrected, reason="misread", now=clock.now(), author_id=None
            )

        found = questions.keyed(session, {version.id, other.id})

    assert found[version.id].key_number == 2
    assert found[version.id].item.key.plain() == {"key": "C"}
    assert found[other.id].key_number == 0


def test_other_words_are_no_correction_of_a_key(database: Database, clock: FixedClock) -> None:
    changed = item(SINGLE, {"Where is the crest?": "Where does the crest lie?"})

    with database.writing() as session:
        _, version = questions.keep(session, item(SINGLE), now=clock.now())

        with pytest.raises(Invalid, match="only the key"):
            questions.correct_key(session, version, changed, reason="", now=clock.now(), author_id=None)
