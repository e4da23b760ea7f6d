"""Answers to what is not there: nobody learns from them what is there for others."""

from __future__ import annotations

import re

from sqlalchemy import update

from edu.models import Course, Lesson, PageState, Visibility
from tests.edu.conftest import Site
from tests.people import Person

HIDDEN = (
    *(
        (f"/videos/%s{tail}", "find")
        for tail in ("", "/questions", "/state", "/watching", "/compare", "/hand-in", "/notes")
    ),
    ("/courses/small/%s", "touch"),
    ("/courses/small/%s/pack", "touch"),
    ("/courses/%s", "small"),
    ("/courses/%s/progress", "small"),
)


def test_a_draft_and_nothing_at_all_get_the_same_answer(learner: Person, site: Site) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).values(state=PageState.DRAFT))
        session.execute(update(Course).values(state=PageState.DRAFT))

    for address, name in HIDDEN:
        for accept in ("text/html", "application/json"):
            there, nowhere = (
                learner.get(address % asked, headers={"Accept": accept}) for asked in (name, "nothing")
            )
            assert there.status_code == nowhere.status_code == 404
            first, second = (re.sub(r"[\w.-]{60,}", "", answer.text) for answer in (there, nowhere))  # tokens
            assert first.replace(f"/{name}", "/nothing") == second
