"""What is new in a course: dated, newest first, for those who may read it."""

from __future__ import annotations

from datetime import timedelta

from edu.models import Course, Lesson, PageKind, PageState
from edu.policy import Viewer
from edu.services.contents import contents
from edu.services.coursing import changes
from edu.services.coursing.changes import Change, ChangesPage
from tests.edu.services.coursing.conftest import NOW, PROFESSIONAL, Ground

DAY = timedelta(days=1)


def page(ground: Ground, viewer: Viewer, language: str = "en") -> ChangesPage:
    return ground.ask(changes.page, viewer, "mice", language, NOW + 9 * DAY)


def told(found: ChangesPage) -> list[tuple[str, bool]]:
    return [(f"{one.code} {one.title}".strip(), one.is_new) for day in found.days for one in day]


def test_what_was_changed_last_comes_first_and_says_so(ground: Ground) -> None:
    ground.change(Lesson, "L1.2", updated_at=NOW + 3 * DAY)
    ground.add_page("opened", published_at=NOW + 2 * DAY)

    found = page(ground, Viewer())

    expected = [("L1.2 Secret L1.2", False), ("opened", True), ("L1.1 Secret L1.1", True)]
    assert told(found) == expected
    assert [len(day) for day in found.days] == [1, 1, 1]


def test_lessons_for_professionals_are_told_to_them_alone(ground: Ground) -> None:
    assert not any("L5" in title for title, _ in told(page(ground, Viewer())))
    assert any("L5.2" in title for title, _ in told(page(ground, PROFESSIONAL)))


def test_drafts_and_what_is_to_come_are_not_told(ground: Ground) -> None:
    ground.add_page("draft", state=PageState.DRAFT)
    ground.add_page("later", published_at=NOW + 99 * DAY)
    ground.change(Lesson, "L1.1", state=PageState.DRAFT)

    assert told(page(ground, Viewer())) == [("L1.2 Secret L1.2", True)]


def test_a_page_is_told_of_once_in_the_readers_language(ground: Ground) -> None:
    ground.add_page("why", PageKind.QUESTION, title="Why")
    ground.add_page("why", PageKind.QUESTION, title="Por qué", language="es", source_revision=1)

    assert ("Por qué", True) in told(page(ground, Viewer(), "es"))
    assert [title for title, _ in told(page(ground, Viewer(), "fr"))].count("Why") == 1


def test_only_what_changed_after_a_moment_is_news(ground: Ground) -> None:
    ground.change(Lesson, "L1.2", updated_at=NOW + DAY)
    with ground.database.reading() as session:
        course = session.get_one(Course, ground.course_id)
        lessons = contents(session, course.id, ground.me)

        news: tuple[Change, ...] = changes.everything(
            session, ground.me, course, lessons, language="en", now=NOW + 2 * DAY, since=NOW
        )

    assert [change.url for change in news] == ["/courses/mice/l1-2"]


def test_the_list_ends_after_fifty(ground: Ground) -> None:
    for number in range(60):
        ground.add_page(f"p{number}")

    found = page(ground, Viewer())

    assert (len(told(found)), found.is_bounded) == (50, True)
