"""Translating a lesson: begun, saved, held to its original, published, behind it, deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from edu.errors import Conflict, Forbidden, Invalid, InvalidFields, NotFound
from edu.models import AuditEntry, Lesson, LessonTranslation, PageState, Role
from edu.policy import NOBODY, Viewer
from edu.services.lesson_translations import editing, overview, work
from edu.services.lesson_translations.editing import TranslationForm
from edu.services.pages.translating import Status
from tests.edu.conftest import BEGINNING, Site

MAKER = Viewer(user_id=None, role=Role.ADMINISTRATOR)
FORM = TranslationForm(
    title="Tocar", summary="", objectives="describir un nódulo",
    body="Presione con suavidad [@known2001] [C].\n\nMire [[V1-c02]].",
    state="published", revision="1", source_revision="1",
)  # fmt: skip


@pytest.fixture
def lesson_id(site: Site) -> int:
    with site.runtime.db.reading() as session:
        return session.scalars(select(Lesson.id).where(Lesson.slug == "touch")).one()


@pytest.fixture
def begun(site: Site, lesson_id: int) -> int:
    with site.runtime.db.writing() as session:
        editing.begin(session, MAKER, lesson_id, "es", BEGINNING)
    return lesson_id


def save(site: Site, lesson_id: int, viewer: Viewer = MAKER, **changes: object) -> LessonTranslation:
    with site.runtime.db.writing() as session:
        form = replace(FORM, **changes)
        return editing.save(session, viewer, lesson_id, "es", form, BEGINNING)


def deeds(site: Site) -> list[str]:
    with site.runtime.db.reading() as session:
        asked = select(AuditEntry.action).where(AuditEntry.action.startswith("translation."))
        return list(session.scalars(asked.order_by(AuditEntry.id)))


def go_on(site: Site, lesson_id: int) -> None:
    with site.runtime.db.writing() as session:
        row = session.get_one(Lesson, lesson_id)
        row.body, row.revision = row.body.replace("gently", "very gently"), row.revision + 1


def test_a_translation_begins_with_the_words_and_the_marks_of_its_original(site: Site, begun: int) -> None:
    with site.runtime.db.writing() as session:
        again = editing.begin(session, MAKER, begun, "es", BEGINNING)
        page = work.page(session, MAKER, begun, "es", BEGINNING)

    assert (again.state, again.title, again.objectives) == (PageState.DRAFT, "Touch", ["describe a nodule"])
    assert "[@known2001] [C]" in again.body
    assert (page.url, page.lacks, page.is_stale) == ("/courses/small/touch/es", (), False)
    assert deeds(site) == ["translation.begun"]


def test_it_is_published_when_it_says_all_that_its_original_says(site: Site, begun: int) -> None:
    row = save(site, begun)

    assert (row.state, row.revision) == (PageState.UNDER_CONSTRUCTION, 2)
    assert save(site, begun, revision="2").revision == 2  # nothing was changed
    assert deeds(site)[1:] == ["translation.published"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"body": FORM.body.replace(" [C]", "")}, ["not_parallel"]),
        ({"body": f"{FORM.body}\n\nNo tenga miedo."}, ["not_parallel"]),
        ({"objectives": "uno\ndos"}, ["objectives"]),
        ({"body": "Press gently [@known2001] [C].\n\nWatch [[V1-c02]]."}, ["untranslated"]),
    ],
)
def test_what_says_less_or_more_is_kept_as_a_draft_only(
    site: Site, begun: int, changes: dict[str, str], codes: list[str]
) -> None:
    with pytest.raises(InvalidFields) as error:
        save(site, begun, **changes)

    assert [fault.code for fault in error.value.faults] == codes
    assert save(site, begun, **changes, state="draft").state is PageState.DRAFT


def test_two_who_write_at_once_lose_no_words(site: Site, begun: int) -> None:
    save(site, begun)

    with pytest.raises(Conflict):
        save(site, begun, title="Palpar")


def test_one_whose_original_went_on_follows_it_when_its_maker_says_so(site: Site, begun: int) -> None:
    save(site, begun)
    go_on(site, begun)

    with pytest.raises(Invalid) as again:
        save(site, begun, revision="2", follows=True)

    assert again.value.code == "original_changed"
    with site.runtime.db.reading() as session:
        page = work.page(session, MAKER, begun, "es", BEGINNING)
        rows = overview.overview(session, MAKER, "es").rows
    assert page.is_stale
    assert {row.code: row.status for row in rows} == {
        "L1.1": Status.STALE, "L1.2": Status.MISSING, "L5.1": Status.MISSING,
    }  # fmt: skip
    row = save(site, begun, revision="2", follows=True, source_revision="2")
    assert (row.source_revision, row.revision) == (2, 3)


def test_words_that_change_after_a_review_need_another(site: Site, begun: int) -> None:
    save(site, begun)
    with site.runtime.db.writing() as session:
        session.get_one(LessonTranslation, (begun, "es")).state = PageState.REVIEWED

    assert save(site, begun, revision="2").state is PageState.REVIEWED
    assert save(site, begun, revision="2", title="Palpar").state is PageState.NEEDS_REVIEW


def test_another_instructor_may_begin_one_and_no_other_may_change_it(site: Site, begun: int) -> None:
    other = Viewer(user_id=None, role=Role.INSTRUCTOR)
    with site.runtime.db.writing() as session:
        editing.begin(session, other, begun, "fr", BEGINNING)
        assert [line.language for line in work.of_lesson(session, other, begun)] == ["es", "fr"]
        with pytest.raises(NotFound):
            editing.begin(session, NOBODY, begun, "de", BEGINNING)
        with pytest.raises(Invalid):
            editing.begin(session, other, begun, "en", BEGINNING)

    with pytest.raises(Forbidden):
        save(site, begun, other)


def test_a_translation_that_is_deleted_leaves_the_lesson(site: Site, begun: int) -> None:
    with site.runtime.db.writing() as session:
        editing.delete(session, MAKER, begun, "es", BEGINNING)

    with site.runtime.db.reading() as session:
        assert session.get(LessonTranslation, (begun, "es")) is None
        assert session.get(Lesson, begun)
    assert deeds(site)[-1] == "translation.deleted"
