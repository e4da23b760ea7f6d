"""Translations from course files: installed, left alone where they were changed here, and back out."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from edu.courseware.read import read_course
from edu.courseware.write import text_files
from edu.models import Course, LessonTranslation, PageState
from edu.services import course_files
from tests.edu.conftest import Site
from tests.edu.courseware.test_translations import PATH, TEXT

LESSON = "modules/M1/L1.1-touch.md"


def kept(site: Site) -> LessonTranslation:
    with site.runtime.db.reading() as session:
        return session.scalars(select(LessonTranslation)).one()


def change(site: Site, **values: object) -> None:
    with site.runtime.db.writing() as session:
        row = session.scalars(select(LessonTranslation)).one()
        for name, value in values.items():
            setattr(row, name, value)


def exported(site: Site, path: str = PATH) -> str:
    with site.runtime.db.reading() as session:
        return text_files(course_files.whole(session, session.scalars(select(Course)).one()))[path]


def test_a_translation_is_installed_and_comes_out_in_the_same_bytes(site: Site) -> None:
    site.folder.write(PATH, TEXT)

    first, second = site.install(), site.install()

    assert (first.added, second.added, second.conflicts) == ([PATH], [], [])
    row = kept(site)
    assert (row.title, row.objectives, row.source_revision) == ("Tocar", ["describir un nódulo"], 1)
    assert (row.state, row.maker_id) == (PageState.UNDER_CONSTRUCTION, None)
    assert exported(site) == TEXT


def test_what_was_changed_here_stays_and_is_told(site: Site) -> None:
    site.folder.write(PATH, TEXT)
    site.install()
    change(site, title="Palpar")
    site.folder.write(PATH, TEXT.replace('"Tocar"', '"Tentar"'))

    report = site.install()

    assert report.conflicts == [PATH]
    assert kept(site).title == "Palpar"


def test_an_original_that_goes_on_leaves_its_translation_behind_until_that_follows(site: Site) -> None:
    site.folder.write(PATH, TEXT)
    site.install()
    site.folder.change(LESSON, "Press gently", "Press very gently")

    report = site.install()

    assert (report.updated, kept(site).source_revision) == ([LESSON], 1)
    assert 'translation = "stale"' in exported(site)
    site.folder.write(PATH, TEXT.replace("con suavidad [", "con mucha suavidad ["))
    assert site.install().updated == [PATH]
    assert kept(site).source_revision == 2
    assert "stale" not in exported(site)


def test_an_exported_course_is_one_that_can_be_read(site: Site, tmp_path: Path) -> None:
    site.folder.write(PATH, TEXT)
    site.install()

    (text,) = read_course(site.folder.path).lessons[0].translations

    assert text.source.path == PATH
    assert exported(site, LESSON) == (site.folder.path / LESSON).read_text()
