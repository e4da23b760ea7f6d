"""Visits: where an account stopped, and since when things are new to it."""

from __future__ import annotations

from datetime import timedelta

from edu.policy import Viewer
from edu.services.coursing import visits
from edu.services.coursing.visits import Visit
from tests.edu.services.coursing.conftest import NOW, Ground

HOUR = timedelta(hours=1)


def note(ground: Ground, hours: int, lesson: str = "") -> None:
    with ground.database.writing() as session:
        assert ground.me.user_id is not None
        at, lesson_id = NOW + hours * HOUR, ground.ids[lesson] if lesson else None
        visits.note(session, ground.me.user_id, ground.course_id, at, lesson_id=lesson_id)


def visit(ground: Ground, hours: int) -> Visit:
    return ground.ask(visits.of, ground.me, ground.course_id, NOW + hours * HOUR)


def test_who_comes_back_is_told_since_when_and_stays_so_for_the_whole_visit(ground: Ground) -> None:
    assert visit(ground, 0) == Visit()
    note(ground, 0)
    note(ground, 2)
    assert visit(ground, 3) == Visit(None, NOW + 2 * HOUR), "at the first visit nothing is new"

    assert visit(ground, 24).since == NOW + 2 * HOUR, "before the page is noted"
    note(ground, 24)
    note(ground, 25)

    assert visit(ground, 26) == Visit(NOW + 2 * HOUR, NOW + 25 * HOUR, ())


def test_lessons_come_in_the_order_in_which_they_were_opened_last(ground: Ground) -> None:
    for hours, lesson in enumerate(("L1.1", "L1.2", "L1.1")):
        note(ground, hours, lesson)

    assert visit(ground, 3).lesson_ids == (ground.ids["L1.1"], ground.ids["L1.2"])


def test_of_a_visitor_nothing_is_known(ground: Ground) -> None:
    note(ground, 0, "L1.1")

    assert ground.ask(visits.of, Viewer(), ground.course_id, NOW) == Visit()


def test_it_is_noted_anew_after_a_while_only() -> None:
    assert visits.is_stale(None, NOW)
    assert not visits.is_stale(NOW, NOW + timedelta(minutes=9))
    assert visits.is_stale(NOW, NOW + timedelta(minutes=10))
