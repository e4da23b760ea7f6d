"""Installing a course keeps each text of a lesson as a version, the first and those of changed files."""

from __future__ import annotations

from sqlalchemy import select

from edu.models import Lesson, LessonVersion
from tests.edu.conftest import Site

LESSON = "modules/M1/L1.1-touch.md"


def test_the_text_of_a_course_file_is_a_version_and_its_next_text_another(site: Site) -> None:
    site.folder.change(LESSON, "Press gently", "Press with two fingers")

    site.install()

    with site.runtime.db.reading() as session:
        row = session.scalars(select(Lesson).where(Lesson.slug == "touch")).one()
        kept = session.scalars(
            select(LessonVersion).where(LessonVersion.lesson_id == row.id).order_by(LessonVersion.revision)
        ).all()
    assert [(one.revision, one.note) for one in kept] == [(1, "course file"), (2, "course file")]
    assert "gently" in kept[0].body
    assert kept[1].body == row.body
