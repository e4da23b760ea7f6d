"""Open keys: only where the author allowed it and nobody can be harmed, and marked as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from edu.models import Audience, Lesson, Question
from edu.policy import Viewer
from edu.services.packing import freezing, open_keys
from edu.services.packing.open_keys import OpenKey
from edu.services.quizzing import questions
from quizzes import Mode, Review
from tests.edu.services.packing import grades
from tests.quizzing import MULTIPLE, NUMERIC, SECRET, SINGLE, TRUEFALSE, Crest, publish

OPEN = "open_key = true\nkey ="
FREE = SINGLE.replace("critical = true\n", "")
ALL = "".join(document.replace("key =", OPEN, 1) for document in (FREE, MULTIPLE, TRUEFALSE, NUMERIC))


def opened(house: Crest) -> dict[int, OpenKey]:
    """The open keys of the lesson's quiz, by position."""
    with house.runtime.db.reading() as session:
        lesson_id = session.scalars(select(Lesson.id)).one()
        (quiz,), _ = freezing.of_lesson(session, Viewer(is_professional=True), lesson_id)
        return open_keys.of_quiz(session, quiz)


def test_the_table_of_marks_is_what_the_grader_gives_now() -> None:
    assert grades.TABLE.read_text(encoding="utf-8") == grades.written()


def test_questions_whose_author_allowed_it_are_opened_with_their_words(crest: Callable[..., Crest]) -> None:
    found = opened(crest(document=ALL))

    assert sorted(found) == [1, 2, 3, 4]
    assert found[1].document == {"kind": "single", "right": "2", "weights": {}}
    assert found[1].why == f"{SECRET} why the crest"
    assert found[1].notes == (("1", f"{SECRET} about the neck"), ("2", f"{SECRET} about the waist"))
    assert (found[1].right, found[1].step) == (("At the waist",), "V9-c05")
    assert found[2].document["right"] == ["1", "3"]
    assert found[4].right == ("20 mm",)


def test_without_that_no_key_is_opened(crest: Callable[..., Crest]) -> None:
    assert opened(crest()) == {}


def test_what_is_not_explained_at_once_to_everybody_stays_closed(crest: Callable[..., Crest]) -> None:
    house = crest(document=ALL, review=Review.MARKS)
    assert opened(house) == {}

    for taken in ({"review": Review.LAST, "attempts": 2}, {"attempts": 3}, {"audience": Audience.PRO}):
        house.republish(document=ALL, **taken)
        assert opened(house) == {}


def test_what_a_test_asks_as_well_stays_closed(crest: Callable[..., Crest]) -> None:
    house = crest(document=ALL)
    with house.runtime.db.writing() as session:
        asked = FREE.replace("key =", OPEN, 1)
        publish(session, house.clock.now(), document=asked, slug="exam", mode=Mode.TEST)

    assert sorted(opened(house)) == [2, 3, 4]


def test_a_question_that_was_put_behind_the_gate_since_closes_the_quiz(crest: Callable[..., Crest]) -> None:
    house = crest(document=ALL)
    with house.runtime.db.writing() as session:
        session.scalars(select(Question).where(Question.uid == "T-true")).one().audience = Audience.PRO

    assert opened(house) == {}


def test_a_correction_of_the_key_can_close_it_again(crest: Callable[..., Crest]) -> None:
    house = crest(document=FREE.replace("key =", OPEN, 1))
    with house.runtime.db.writing() as session:
        version = questions.latest(session, session.scalars(select(Question.id)).one())
        assert version is not None
        item = replace(questions.keyed(session, [version.id])[version.id].item, open_key=False)
        now = house.clock.now()
        questions.correct_key(session, version, item, reason="closed", now=now, author_id=None)

    assert opened(house) == {}
