"""Which questions are similar to one, and which of them comes first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from edu.models import AttemptSlot, Audience, Question
from edu.services.quizzing import similar
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.similar import Likeness
from tests.quizzing import STEP, Crest, publish

OWN = Likeness("ordering", frozenset({"palpation"}), "V1-c01", "L3.2")


def like(kind: str = "single", tags: str = "", step: str = "", lesson: str = "") -> Likeness:
    return Likeness(kind, frozenset(tags.split()), step, lesson)


def test_the_nearest_is_of_the_same_subject_step_and_kind() -> None:
    ordered = [
        like("ordering", "", "V1-c01", "L3.2"),
        like("ordering", "", "V1-c05", "L3.2"),
        like("single", "", "V1-c01", "L3.2"),
        like("ordering", "", "V1-c01", "L4.1"),
        like("single", "palpation", "V1-c07", "L4.1"),
    ]

    assert [OWN.rank(other) for other in ordered] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "other",
    [
        like("keyfeature", "warning", "V1-c01", "L4.1"),  # shown at the same place, about something else
        like("single", "", "V1-c07", "L3.2"),  # of the same lesson, about something else
        like("ordering", "", "V2-c01", "L5.3"),
        like(),
    ],
)
def test_a_question_of_another_subject_is_not_similar(other: Likeness) -> None:
    assert OWN.rank(other) is None
    assert like().rank(like("multiple")) is None


ORDERING = f"""
[[questions]]
id = "O-own"
kind = "ordering"
lesson = "L3.2"
evidence = "{STEP}"
stem = "Put the steps in their order."
key = ["B", "A"]
why = "One asks first."
options = {{A = "Feel", B = "Ask"}}
"""
EMERGENCY = f"""
[[questions]]
id = "O-emergency"
kind = "single"
lesson = "L4.1"
evidence = "{STEP}"
stem = "Her saddle is numb. What now?"
key = "A"
why = "It cannot wait."
options = {{A = "Call", B = "Wait"}}
"""
MORE_ORDER = ORDERING.replace("O-own", "O-more").replace(STEP, "V9-c01")


def tried(house: Crest, attempt: str, *positions: int) -> dict[int, tuple[str, ...]]:
    """What may be tried after these positions, by the names of the questions."""
    with house.runtime.db.reading() as session:
        slots = session.scalars(select(AttemptSlot).where(AttemptSlot.attempt_id == attempt)).all()
        names = {row.id: row.uid for row in session.execute(select(Question.id, Question.uid))}
        asked = similar.asked_in(session, slots)
        taken = {known.ident for known in asked.values()}
        found = similar.to_try(session, {at: asked[at] for at in positions}, taken=taken)
        return {place: tuple(names[ident] for ident in idents) for place, idents in found.items()}


def test_after_a_wrong_order_an_emergency_at_the_same_step_is_not_offered(
    crest: Callable[..., Crest],
) -> None:
    house = crest(document=ORDERING)
    who = house.learner()
    attempt = house.begin(who)
    with house.runtime.db.writing() as session:
        publish(session, house.clock.now(), slug="care", document=EMERGENCY)
    with house.runtime.db.reading() as session:
        shown = (
            session.scalars(select(AttemptSlot).where(AttemptSlot.attempt_id == attempt)).one().option_order
        )
    house.give(who, attempt, Answer(1, 1, [str(shown.index(option) + 1) for option in ("A", "B")]))
    house.check(who, attempt, 1)

    assert tried(house, attempt, 1) == {}
    assert not house.look(who, attempt).questions[0].can_try_another
    with house.runtime.db.writing() as session:
        publish(session, house.clock.now(), slug="more", document=MORE_ORDER)
    assert tried(house, attempt, 1) == {1: ("O-more",)}
    assert house.look(who, attempt).questions[0].can_try_another


def test_what_is_behind_the_gate_is_offered_behind_it_alone(crest: Callable[..., Crest]) -> None:
    house = crest(document=ORDERING + EMERGENCY)
    attempt = house.begin(house.learner())
    with house.runtime.db.writing() as session:
        publish(
            session,
            house.clock.now(),
            slug="gated",
            document=MORE_ORDER + EMERGENCY.replace("O-emergency", "O-other"),
            audience=Audience.PRO,
        )
        for name in ("O-more", "O-own"):
            session.scalars(select(Question).where(Question.uid == name)).one().audience = Audience.PRO

    assert tried(house, attempt, 1, 2) == {1: ("O-more",)}
