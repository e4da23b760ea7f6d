"""The preview: what is to be mended, on its line; and nothing in the course that is bundled."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.courseware.read import read_course
from edu.db import Database
from edu.models import Audience, Course, Lesson, Step, Video, VideoState
from edu.services.authoring import citing, preview
from edu.services.authoring.preview import Rule, Weight

from .conftest import NOW, Desk

BUNDLED = Path(preview.__file__).parents[2] / "content" / "back-mice"
WRONG = """# Title

It is so [E], they say [@nobody1999] and <b>so</b>.

See [[V9-c01]] and [there](lesson:L9.9).

::: danger
No box.
:::

::: caution
It has no end. ![x](y.png)"""
FOUND = [
    (1, Rule.TITLE), (3, Rule.HTML), (3, Rule.NO_GRADE), (3, Rule.UNGRADED), (3, Rule.UNKNOWN_CITATION),
    (5, Rule.UNKNOWN_LESSON), (5, Rule.UNKNOWN_STEP), (7, Rule.NO_BOX), (9, Rule.NO_BOX), (11, Rule.OPEN_BOX),
    (12, Rule.PICTURE),
]  # fmt: skip


def test_what_is_wrong_is_found_on_its_line(database: Database, desk: Desk) -> None:
    with database.reading() as session:
        made = preview.render(session, desk.ada, desk.course_id, "", WRONG)

    assert sorted((found.line, found.rule) for found in made.findings) == sorted(FOUND)
    assert made.is_blocked
    assert "unknown reference: nobody1999" in made.html
    assert made.lines == (1, 3, 5, 7, 11)


def test_a_sound_text_has_its_grades_and_counts_what_is_open(database: Database, desk: Desk) -> None:
    text = "See [feel](lesson:L1.1) [D].\n\n::: board bone\nHere.\n:::\n\nOr not [?], perhaps [?]."

    with database.reading() as session:
        made = preview.render(session, desk.ada, desk.course_id, "en", text)

    assert [(f.line, f.rule, f.name, f.weight) for f in made.findings] == [
        (7, Rule.OPEN_QUESTION, "2", Weight.HINT)
    ]
    assert (made.grades, made.lines, made.is_blocked) == (("D", "?"), (1, 3, 7), False)


def test_what_is_for_professionals_is_found_in_a_text_for_everybody_alone(
    database: Database, desk: Desk
) -> None:
    with database.writing() as session:
        session.get_one(Lesson, desk.lesson_id).audience = Audience.PRO
        film = Video(
            slug="f", title="A film", original_key="k", original_sha256="0" * 64, original_name="f",
            original_bytes=1,
            state=VideoState.READY, state_at=NOW, created_at=NOW, audience=Audience.PRO, code="V7",
        )  # fmt: skip
        session.add(film)
        session.flush()
        session.add(
            Step(identifier="V7-c01", video_id=film.id, title="Needle in", start_ms=61_000, end_ms=70_000)
        )
    text = "[there](lesson:L1.1) and [[V7-c01]]"

    with database.reading() as session:
        shown, hidden = (
            preview.render(session, desk.ada, desk.course_id, "", text, is_gated=gated)
            for gated in (True, False)
        )
        steps = citing.steps(session, desk.ada, "needle")
    assert shown.findings == ()
    assert [found.rule for found in hidden.findings] == [Rule.GATED_LESSON, Rule.GATED_STEP]
    assert [(step.id, step.start, step.is_gated) for step in steps] == [("V7-c01", 61_000, True)]


def test_a_grade_without_a_work_is_hinted_at_and_a_link_to_nothing_found(
    database: Database, desk: Desk
) -> None:
    with database.reading() as session:
        slug = session.get_one(Course, desk.course_id).slug
        text = f"Proven [A].\n\n[a](/courses/{slug}) [b](/courses/nope/x) [c](/glossary/nope) [d](/contact)"
        made = preview.render(session, desk.ada, desk.course_id, "", text)

    assert [(found.line, found.rule, found.name) for found in made.findings] == [
        (1, Rule.UNSOURCED, "A"), (3, Rule.DEAD_LINK, "/courses/nope/x"),
        (3, Rule.DEAD_LINK, "/glossary/nope"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["[a] and `[E]`", "x < 3 and y > 2", "[A](https://example.org)", "a ::: b", ""]
)
def test_what_only_looks_wrong_is_left_alone(text: str) -> None:
    found = [*preview._boxes(text), *preview._lines(text), *preview._claims(text)]

    assert [one for one in found if one.name != "a"] == []


def test_nothing_in_the_bundled_course_looks_wrong_and_its_blocks_have_their_lines() -> None:
    for page in (entry for entry in read_course(BUNDLED).lessons):
        found = {one.rule for one in (*preview._boxes(page.body), *preview._lines(page.body))}
        assert found == set(), page.code
        lines = preview._block_lines(page.body)
        assert list(lines) == sorted(lines)
