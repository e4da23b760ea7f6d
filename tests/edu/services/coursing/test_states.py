"""The list of states: every page with who wrote and reviewed it, counted, and nothing of what is closed."""

from __future__ import annotations

from datetime import timedelta

from edu.models import Lesson, PageKind, PageState, Role
from edu.policy import Viewer
from edu.services.coursing import states
from edu.services.coursing.states import StatesPage
from tests.edu.services.coursing.conftest import NOW, PROFESSIONAL, Ground

SIGNED = {
    "author": "Ada",
    "review": {
        "reviewer": "Dr Grey",
        "reviewed_on": "2026-01-10",
        "due_on": "2026-03-01",
        "conflicts": "none",
    },
}


def page(ground: Ground, viewer: Viewer, wanted: str = "") -> StatesPage:
    return ground.ask(states.page, viewer, "mice", NOW, wanted=wanted)


def test_each_page_stands_there_with_its_review_and_one_past_its_day_needs_another(ground: Ground) -> None:
    ground.change(Lesson, "L1.1", state=PageState.REVIEWED, details=SIGNED)
    ground.add_page("about", PageKind.SITE, details={"subject": "site"})

    found = page(ground, Viewer())

    first, second = found.modules[0].rows
    assert (first.standing.state, first.standing.author) == (PageState.NEEDS_REVIEW, "Ada")
    assert first.standing.review is not None
    assert first.standing.review.reviewer == "Dr Grey"
    assert (second.standing.state, second.standing.review) == (PageState.UNDER_CONSTRUCTION, None)
    assert found.counts == {"under_construction": 2, "needs_review": 1}
    ((kind, (about,)),) = found.pages
    assert (kind, about.url, about.is_medical) == (PageKind.SITE, "/about", False)


def test_one_state_can_be_asked_for_alone(ground: Ground) -> None:
    ground.change(Lesson, "L1.1", state=PageState.REVIEWED)

    found = page(ground, Viewer(), "reviewed")

    assert [row.code for module in found.modules for row in module.rows] == ["L1.1"]
    assert found.counts["under_construction"] == 1


def test_of_lessons_for_professionals_others_are_told_how_many(ground: Ground) -> None:
    gated = page(ground, Viewer()).modules[1]

    assert (gated.head.title, gated.rows, gated.locked_count) == ("Module M5", (), 2)
    assert len(page(ground, PROFESSIONAL).modules[1].rows) == 2


def test_drafts_and_what_is_to_come_stand_there_for_instructors_only(ground: Ground) -> None:
    ground.add_page("later", published_at=NOW + timedelta(days=9))
    ground.change(Lesson, "L1.1", state=PageState.DRAFT)

    assert page(ground, Viewer()).pages == ()
    found = page(ground, Viewer(user_id=1, role=Role.INSTRUCTOR))

    ((_, (later,)),) = found.pages
    assert later.url == ""
    assert found.counts["draft"] == 1
