"""Reviews: signed by somebody else, for what stands there, until a day; an edit needs another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from edu.db import Database
from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Audience, Lesson, Module, Page, PageState, ReviewDecision, ReviewSubject, Term
from edu.policy import Viewer
from edu.services import erasure, lesson_editing, reviews
from edu.services.authoring import review_rules, reviewing, versions

from .conftest import NOW, Desk

LESSON, MODULE, PAGE, TERM = ReviewSubject
SIGNED = {"reviewer": "Bea Grey", "profession": "physiotherapist", "interests": "I teach courses on this."}
NAMED = "Bea Grey, physiotherapist"


def ask(database: Database, desk: Desk, kind: ReviewSubject = LESSON, row_id: int = 0) -> int:
    with database.writing() as session:
        row = session.get_one(Lesson, desk.lesson_id)
        versions.keep(session, row, note="", maker_id=desk.ada.user_id, now=NOW)
        return reviewing.ask(session, desk.ada, kind, row_id or desk.lesson_id, note="Please.", now=NOW).id


def sign(database: Database, viewer: Viewer, request_id: int, **said: str) -> None:
    with database.writing() as session:
        reviewing.sign(session, viewer, request_id, now=NOW, **{**SIGNED, **said})


def the_lesson(database: Database, desk: Desk) -> Lesson:
    with database.reading() as session:
        return session.get_one(Lesson, desk.lesson_id)


def test_a_second_person_signs_and_readers_are_told_who_when_and_until_when(
    database: Database, desk: Desk
) -> None:
    request_id = ask(database, desk)
    with database.reading() as session:
        (waiting,) = reviewing.waiting(session, desk.bea)
        assert (waiting.title, waiting.asked_by, waiting.lacks) == ("Feel", "Ada", "")

    sign(database, desk.bea, request_id)

    row = the_lesson(database, desk)
    found = reviews.of_lesson(row, NOW.date())
    assert (row.state, found.state) == (PageState.REVIEWED, PageState.REVIEWED)
    assert found.review == reviews.Review(NAMED, date(2026, 3, 2), date(2027, 3, 2), SIGNED["interests"])
    with database.reading() as session:
        assert reviewing.waiting(session, desk.bea) == ()
        assert reviewing.signed_revision(session, LESSON, row.id) == 1


@pytest.mark.parametrize("blank", ["reviewer", "profession", "interests"])
def test_nobody_signs_without_name_and_interests(database: Database, desk: Desk, blank: str) -> None:
    request_id = ask(database, desk)

    with pytest.raises(Invalid) as refused:
        sign(database, desk.bea, request_id, **{blank: " "})

    assert refused.value.parameters["field"] == blank
    assert the_lesson(database, desk).state is PageState.UNDER_CONSTRUCTION


def test_neither_who_wrote_nor_who_asked_nor_a_learner_signs(database: Database, desk: Desk) -> None:
    request_id = ask(database, desk)
    with database.writing() as session:
        other = reviewing.page(session, desk.ada, request_id)
        row = session.get_one(Lesson, desk.lesson_id)
        row.revision = 2
        versions.keep(session, row, note="", maker_id=desk.bea.user_id, now=NOW)
    assert other.lacks == "own_edit"

    with pytest.raises(Conflict, match="changed since"):
        sign(database, desk.bea, request_id)
    with database.writing() as session:
        reviewing.withdraw(session, desk.ada, request_id, NOW)
    again = ask(database, desk)
    for viewer, words in (
        (desk.bea, "You wrote"),
        (desk.ada, "You wrote"),  # after a colleague's change as well
        (Viewer(user_id=1), "only instructors"),
    ):
        with pytest.raises(Forbidden, match=words):
            sign(database, viewer, again)


def test_an_edit_ends_the_request_and_what_was_reviewed_needs_it_again(
    database: Database, desk: Desk
) -> None:
    sign(database, desk.bea, ask(database, desk))
    with database.writing() as session:
        module = session.get_one(Module, desk.module_id)
        module.details = {"state": "reviewed"}
        row = session.get_one(Lesson, desk.lesson_id)
        row.body, row.revision = "Changed.", 2
        reviewing.edited(session, row, desk.ada, NOW)

        assert row.state is PageState.NEEDS_REVIEW
        assert row.details["review"]["reviewer"] == NAMED  # what once was stays told
        assert (module.details["state"], module.details["edited_by"]) == ("needs review", desk.ada.user_id)
    second = ask(database, desk)
    with database.writing() as session:
        reviewing.edited(session, session.get_one(Lesson, desk.lesson_id), desk.ada, NOW)
        assert reviewing.page(session, desk.ada, second).decision is ReviewDecision.WITHDRAWN
    with pytest.raises(Conflict):
        sign(database, desk.bea, second)


def test_it_is_returned_with_remarks_and_can_be_asked_for_again(database: Database, desk: Desk) -> None:
    request_id = ask(database, desk)
    with database.writing() as session, pytest.raises(Conflict, match="already"):
        reviewing.ask(session, desk.ada, LESSON, desk.lesson_id, note="", now=NOW)
    with database.writing() as session, pytest.raises(Forbidden):
        reviewing.withdraw(session, desk.bea, request_id, NOW)

    with database.writing() as session:
        reviewing.return_with_remarks(session, desk.bea, request_id, "The dose is missing.", NOW)

    with database.reading() as session:
        last = reviewing.last_request(session, session.get_one(Lesson, desk.lesson_id))
    assert last is not None
    assert (last.decision, last.remarks) == (ReviewDecision.RETURNED, "The dose is missing.")
    assert ask(database, desk) != request_id


def test_drafts_open_questions_and_modules_before_their_lessons_are_not_reviewed(
    database: Database, desk: Desk
) -> None:
    with pytest.raises(Invalid, match=r"L1\.1"):
        ask(database, desk, MODULE, desk.module_id)
    for change, words in (
        ({"body": "One.\n\nPerhaps [?]."}, "line 3"),
        ({"state": PageState.DRAFT}, "draft"),
    ):
        with database.writing() as session:
            row = session.get_one(Lesson, desk.lesson_id)
            for name, value in change.items():
                setattr(row, name, value)
        with pytest.raises(Invalid, match=words):
            ask(database, desk)


def test_a_module_is_signed_after_its_lessons_and_for_exactly_those(database: Database, desk: Desk) -> None:
    sign(database, desk.bea, ask(database, desk))
    request_id = ask(database, desk, MODULE, desk.module_id)

    sign(database, desk.bea, request_id)

    with database.writing() as session:
        module = session.get_one(Module, desk.module_id)
        assert reviews.of_module(module, NOW.date()).state is PageState.REVIEWED
        session.get_one(Lesson, desk.lesson_id).revision += 1
        session.flush()
        request = session.get_one(reviewing.ReviewRequest, request_id)
        assert review_rules.lacks(session, desk.bea, request, module) == "changed_since"


def test_pages_and_words_are_signed_as_well_and_only_what_is_there(database: Database, desk: Desk) -> None:
    for kind, row_id in ((PAGE, desk.page_id), (TERM, desk.term_id)):
        sign(database, desk.bea, ask(database, desk, kind, row_id))
    with database.writing() as session:
        page, term = session.get_one(Page, desk.page_id), session.get_one(Term, desk.term_id)
        assert (page.state, term.details["state"]) == (PageState.REVIEWED, "reviewed")
        assert {reviews.recorded(row.details).reviewer for row in (page, term)} == {NAMED}
        with pytest.raises(NotFound):
            reviewing.page(session, desk.ada, 999)


@pytest.mark.parametrize(
    ("audience", "said", "months"),
    [(Audience.OPEN, {}, 12), (Audience.PRO, {}, 6), (Audience.PRO, {"review_months": 3}, 3),
     (Audience.OPEN, {"review_months": 24}, 24)],
)  # fmt: skip
def test_a_signature_counts_as_long_as_the_module_says_and_half_a_year_for_professionals(
    audience: Audience, said: dict[str, int], months: int
) -> None:
    assert review_rules.months(Module(audience=audience, details=said)) == months


def test_months_end_on_the_last_day_of_a_shorter_one() -> None:
    assert review_rules.months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert review_rules.months_later(date(2026, 12, 15), 12) == date(2026, 12, 15) + timedelta(days=365)


def test_what_was_asked_about_a_lesson_goes_with_it_and_an_erased_editor_is_no_editor(
    database: Database, desk: Desk
) -> None:
    sign(database, desk.bea, ask(database, desk))

    with database.writing() as session:
        lesson_editing.delete(session, desk.ada, desk.lesson_id, NOW)
    with database.reading() as session:
        assert reviewing.signed_revision(session, LESSON, desk.lesson_id) is None
        module = session.get_one(Module, desk.module_id)
        assert review_rules.editors(session, module) == {desk.ada.user_id}
    with database.writing() as session:
        erasure.erase(session, desk.ada.user_id or 0, NOW)

    with database.reading() as session:
        assert not review_rules.editors(session, session.get_one(Module, desk.module_id))
