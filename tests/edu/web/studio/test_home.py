"""The studio's first page: one's own work, or what to begin with."""

from __future__ import annotations

import pytest


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


def test_what_came_with_a_course_is_every_instructors(colleague, make_video):
    make_video("Bundled", owner_id=None)

    assert "Bundled" in colleague.get("/studio").text


@pytest.mark.parametrize("path", ["/studio", "/studio/videos/new", "/studio/lessons/new"])
def test_the_studio_is_for_instructors(client, learner, path):
    assert learner.get(path).status_code == 403
    assert client.get(path).status_code == 303
