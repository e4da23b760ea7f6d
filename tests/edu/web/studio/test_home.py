"""The studio's first page: one's own work, or what to begin with."""

from __future__ import annotations

import pytest

from edu.models import User


def test_an_empty_studio_says_how_to_begin(instructor):
    page = instructor.get("/studio").text

    assert "No video yet" in page
    assert "No lesson yet" in page
    assert 'href="/studio/videos/new"' in page


def test_ones_own_work_is_listed_and_a_colleagues_is_not(instructor, colleague, make_video, make_lesson):
    make_video("Finding it")
    make_lesson("Palpation")

    page = instructor.get("/studio").text
    other = colleague.get("/studio").text

    assert "Finding it" in page
    assert "Palpation" in page
    assert "Back · Basics" in page
    assert "Finding it" not in other
    assert "Palpation" not in other


def test_administrators_see_everything_with_its_maker(administrator, make_video):
    make_video("Finding it")

    page = administrator.get("/studio").text

    assert "Finding it" in page
    assert "by A instructor" in page


def test_what_came_with_a_course_is_administrators_and_labelled_so(colleague, administrator, make_video):
    make_video("Bundled", owner_id=None)

    assert "Bundled" not in colleague.get("/studio").text
    page = administrator.get("/studio").text
    assert "Bundled" in page
    assert "without a maker" in page


def test_how_much_one_may_keep_is_said_in_a_sentence(instructor, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, instructor.user_id).quota_bytes = 20_000_000_000

    assert "You use 0 of 20\N{NO-BREAK SPACE}000 MB." in instructor.get("/studio").text


@pytest.mark.parametrize("path", ["/studio", "/studio/videos/new", "/studio/lessons/new"])
def test_the_studio_is_for_instructors(client, learner, path):
    assert learner.get(path).status_code == 403
    assert client.get(path).status_code == 303
