"""A refused form says so at the top: the title begins with it, a summary leads to the fields."""

from __future__ import annotations

import re

import pytest

QUESTION = {"act": "publish", "kind": "single", "stem": "What rolls?", "why": "x"}


def summary(page: str) -> str:
    found = re.search(r'<div class="alert alert-bad" id="error-summary".*?</div>', page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("path", "form", "field", "words"),
    [
        ("/studio/videos/{video}", {"title": " "}, "title", "Title: Please fill this in."),
        ("/studio/videos/{video}/chapters", {"chapters": "two"}, "chapters", "Chapters: Line 1"),
        ("/studio/videos/{video}/tracks", {}, "file", "File: Choose a file."),
        ("/studio/questions/new", QUESTION, "options", "Options: Tick the one"),
        ("/studio/lessons/new", {"title": ""}, "title", "Title: Please fill this in."),
        ("/studio/videos/new", {}, "file", "File: Choose a file."),
    ],
)
def test_a_refused_form_is_told_under_the_heading_with_links_to_its_fields(
    instructor, make_video, make_lesson, path, form, field, words
):
    response = instructor.submit(path.format(video=make_video(), lesson=make_lesson()), form)

    page = response.text
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert page.index("</h1>") < page.index('id="error-summary"') < page.index("studio-nav")
    assert 'role="alert" tabindex="-1"' in summary(page)
    assert f'<a href="#field-{field}">{words}' in summary(page)
    assert f'id="field-{field}"' in page


def test_what_belongs_to_no_field_is_told_there_too(instructor, make_video):
    response = instructor.submit(f"/studio/videos/{make_video(version='')}/publish")

    assert "cannot be watched yet" in summary(response.text)
    assert "<a " not in summary(response.text)


def test_a_page_without_errors_has_no_summary(instructor, make_video):
    page = instructor.get(f"/studio/videos/{make_video()}").text

    assert "error-summary" not in page
    assert "<title>Finding it" in page
