"""The library of a course installed: once, again, changed on either side."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from edu.courseware.library.judgements import read_judgements
from edu.models import Course, Reference
from edu.services import course_files
from tests.edu.conftest import Site

JUDGED = '[[entries]]\nkey = "known2001"\ndesign = "trial"\nsummary = "Ten people [C]."\n'
OTHER = "@misc{other1999, title={Other}, year={1999}}\n"


def row(site: Site, key: str = "known2001") -> Reference | None:
    with site.runtime.db.reading() as session:
        return session.scalar(select(Reference).where(Reference.key == key))


def details(site: Site, key: str = "known2001") -> dict[str, Any]:
    found = row(site, key)
    assert found is not None
    return found.details


def change(site: Site, **values: Any) -> None:
    """Change what is judged, as the studio does."""
    with site.runtime.db.writing() as session:
        found = session.scalars(select(Reference).where(Reference.key == "known2001")).one()
        found.details = {**found.details, **values}


def test_what_the_files_say_is_in_the_row_with_words_to_find_it_by(site: Site) -> None:
    site.folder.write("library.toml", JUDGED)

    report = site.install()

    assert report.conflicts == []
    kept = details(site)
    assert (kept["design"], kept["summary"]) == ("trial", "Ten people [C].")
    assert " known a b a thing 2001 " in kept["words"]
    assert "line" not in row(site).fields  # type: ignore[union-attr]
    before = details(site)
    site.install()
    assert details(site) == before


def test_a_row_of_an_earlier_edu_is_brought_up_to_date(site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.scalars(select(Reference)).one().details = {}
    site.folder.write("library.toml", JUDGED)

    assert site.install().conflicts == []

    assert details(site)["design"] == "trial"
    assert set(details(site)["installed"]) == {"entry", "judgement"}


def test_what_was_judged_in_the_studio_stays_and_is_listed_once_the_file_says_something_else(
    site: Site,
) -> None:
    site.folder.write("library.toml", JUDGED)
    site.install()
    change(site, summary="Words of the studio [C].")

    assert site.install().conflicts == []
    site.folder.change("library.toml", '"trial"', '"review"')
    site.folder.change("references.bib", "A thing", "Another thing")
    for _ in range(2):
        assert site.install().conflicts == ["library.toml: known2001"]

    assert (details(site)["summary"], details(site)["design"]) == ("Words of the studio [C].", "trial")
    found = row(site)
    assert found is not None
    assert found.title == "Another thing", "the entry itself was not touched, so that the file still counts"


def test_an_entry_that_leaves_the_file_goes_unless_the_studio_brought_or_changed_it(site: Site) -> None:
    bib = site.folder.text("references.bib")
    site.folder.write("references.bib", bib + OTHER)
    site.install()
    with site.runtime.db.writing() as session:
        mine = Reference(course_id=1, key="mine2020", kind="misc", title="Mine", details={"installed": None})
        like = session.scalars(select(Reference).where(Reference.key == "other1999")).one()
        mine.fields = {**like.fields, "key": "mine2020", "title": "Mine"}
        session.add(mine)
    site.folder.write("references.bib", bib)

    report = site.install()

    assert report.conflicts == []
    assert row(site, "other1999") is None
    assert row(site, "mine2020") is not None

    site.folder.write("references.bib", bib + OTHER)
    site.install()
    with site.runtime.db.writing() as session:
        found = session.scalars(select(Reference).where(Reference.key == "other1999")).one()
        found.details = {**found.details, "summary": "Ours."}
    site.folder.write("references.bib", bib)
    assert site.install().conflicts == ["references.bib: other1999"]


def test_what_was_judged_goes_out_with_the_course(site: Site) -> None:
    site.folder.write("library.toml", JUDGED)
    site.install()

    with site.runtime.db.reading() as session:
        course = course_files.whole(session, session.scalars(select(Course)).one())

    assert course.judgements == read_judgements(site.folder.path, [])
