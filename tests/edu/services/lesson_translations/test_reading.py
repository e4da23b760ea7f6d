"""Which text of a lesson a reader gets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from edu.errors import NotFound
from edu.models import Lesson, LessonTranslation, PageState, Role
from edu.policy import NOBODY, Viewer
from edu.services.lesson_translations import reading

TODAY = date(2026, 3, 2)
MAKER = Viewer(user_id=1, role=Role.INSTRUCTOR)
REVIEW = {"reviewer": "Dr A", "reviewed_on": "2026-01-01", "due_on": "2027-01-01", "conflicts": ""}


def lesson(**values: Any) -> Lesson:
    row = Lesson(id=1, slug="touch", title="Touch", body="Press.", language="en", revision=2, evidence=[])
    row.objectives, row.details = [{"verb": "find", "text": "it", "bloom": "apply"}], {"author": "We"}
    row.state, row.updated_at = PageState.UNDER_CONSTRUCTION, datetime(2026, 3, 1, tzinfo=UTC)
    for name, value in values.items():
        setattr(row, name, value)
    return row


def translated(language: str, state: PageState = PageState.UNDER_CONSTRUCTION, source: int = 2):
    text = LessonTranslation(lesson_id=1, language=language, title=f"T {language}", body="B", details={})
    text.objectives, text.state, text.source_revision = ["encontrarlo"], state, source
    text.updated_at = datetime(2026, 3, 2, tzinfo=UTC)
    return text


TEXTS = [translated("es"), translated("fr-CA"), translated("pt", PageState.DRAFT)]


def read(viewer: Viewer = NOBODY, row: Lesson | None = None, **wanted: str) -> reading.LessonText:
    return reading.text(viewer, row or lesson(), TEXTS, TODAY, **wanted)


@pytest.mark.parametrize(
    ("wanted", "got"),
    [("es", "es"), ("es-MX", "es"), ("fr", "fr-CA"), ("de", "en"), ("pt", "en"), ("", "en"), ("en-GB", "en")],
)
def test_a_reader_gets_their_language_or_another_form_of_it_or_the_original(wanted, got):
    found = read(language=wanted)

    assert found.language == got
    assert found.languages == ("en", "es", "fr-CA")


def test_what_an_address_names_is_shown_whatever_the_reader_speaks():
    assert read(language="es", named="en").title == "Touch"
    assert read(language="en", named="es").objectives == ("encontrarlo",)
    assert read(named="en").objectives == ("find it",)


@pytest.mark.parametrize("named", ["de", "pt", "fr", "print"])
def test_what_is_not_there_in_a_language_is_not_found(named):
    with pytest.raises(NotFound):
        read(named=named)


def test_a_draft_is_there_for_instructors_and_only_where_it_is_named():
    found = read(MAKER, named="pt")

    assert (found.language, found.standing.state) == ("pt", PageState.DRAFT)
    assert "pt" not in found.languages
    assert read(MAKER, language="pt").language == "en"


def test_a_review_of_the_lesson_is_none_of_its_translation():
    row = lesson(state=PageState.REVIEWED, details={"review": REVIEW, "author": "We"})

    mine, own = read(row=row, named="es").standing, read(row=row, named="en").standing

    assert (mine.state, mine.review, mine.author) == (PageState.UNDER_CONSTRUCTION, None, "We")
    assert own.state is PageState.REVIEWED


def test_a_translation_of_a_lesson_that_went_on_is_stale():
    assert not read(named="es").is_stale
    assert read(row=lesson(revision=3), named="es").is_stale


def test_each_language_has_a_lasting_address_and_one_leaves_the_choice_open():
    assert reading.addresses("/courses/c/l", ("en", "es")) == (
        ("en", "/courses/c/l"),
        ("es", "/courses/c/l/es"),
        ("x-default", "/courses/c/l"),
    )
    assert reading.addresses("/courses/c/l", ("en",)) == ()
