"""Paths: modules in order, what is closed, where one left, and what a certificate would ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from edu.errors import NotFound
from edu.models import Course, Lesson
from edu.policy import Viewer
from edu.services.coursing import paths, visits
from edu.services.coursing.paths import Certificate, PathPage, Progress
from tests.edu.services.coursing.conftest import NOW, PATHS, PROFESSIONAL, Ground


def page(ground: Ground, viewer: Viewer, slug: str = "student") -> PathPage:
    return ground.ask(paths.page, viewer, "mice", slug, NOW + timedelta(hours=1))


def open_lesson(ground: Ground, lesson: str, minutes: int) -> None:
    with ground.database.writing() as session:
        assert ground.me.user_id is not None
        at = NOW + timedelta(minutes=minutes)
        visits.note(session, ground.me.user_id, ground.course_id, at, lesson_id=ground.ids[lesson])


def progress(ground: Ground) -> Progress:
    found = page(ground, ground.me).progress
    assert found is not None
    return found


def test_a_path_names_its_modules_and_tells_no_title_of_what_is_closed(ground: Ground) -> None:
    found = page(ground, Viewer())

    assert [module.code for module in found.modules] == ["M1", "M5"]
    assert (found.minutes, found.lesson_count, found.planned) == (10, 4, ("M9",))
    closed = found.modules[1]
    assert [(lesson.title, lesson.count) for lesson in closed.lessons] == [("Module M5", 2)]
    assert (closed.locked_count, closed.lesson_count) == (2, 2)
    assert found.certificate == Certificate("Theory", "not proof of competence", 70)
    assert found.progress is None
    assert found.modules[0].lessons[0].grades == ("B", "?")


def test_what_one_begins_with_is_told_first_in_its_own_order_and_without_what_is_closed(
    ground: Ground,
) -> None:
    begun = [{**PATHS[0], "start": ["L5.1", "L1.2", "L1.1"]}]
    ground.change(Lesson, "L1.2", minutes=6)
    ground.change(Course, "course", notices={"paths": begun})
    found = page(ground, Viewer())

    assert [lesson.code for lesson in found.start] == ["L1.2", "L1.1"]
    assert found.start_minutes == found.start[1].minutes + 6
    assert page(ground, PROFESSIONAL).start[0].code == "L5.1"


def test_professionals_find_each_lesson(ground: Ground) -> None:
    titles = [lesson.title for lesson in page(ground, PROFESSIONAL).modules[1].lessons]

    assert titles == ["Secret L5.1", "Secret L5.2"]


def test_one_goes_on_where_one_left_and_is_led_past_what_is_closed(ground: Ground) -> None:
    assert progress(ground).last is None
    open_lesson(ground, "L1.1", 1)
    found = progress(ground)
    assert found.last is not None
    assert found.next is not None
    assert (found.last.code, found.next.code, found.opened) == ("L1.1", "L1.2", {"L1.1"})

    open_lesson(ground, "L1.2", 2)

    assert progress(ground).next is None, "what follows is for professionals"


@pytest.mark.parametrize(("course", "slug"), [("mice", "none"), ("none", "student")])
def test_there_is_no_other_path(ground: Ground, course: str, slug: str) -> None:
    with pytest.raises(NotFound):
        ground.ask(paths.page, ground.me, course, slug, NOW)
