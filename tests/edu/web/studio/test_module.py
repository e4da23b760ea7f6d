"""Modules in the studio: made, announced, edited, ordered, opened, emptied and deleted."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from edu.models import Audience, AuditEntry, Course, Lesson, LessonVersion, Module, PageState, Quiz
from edu.services import course_files

MODULE = {
    "title": "Finding", "summary": "Where.", "audience": "open", "minutes": "20", "review_months": "12",
}  # fmt: skip
TICK = {"open_to_all": "1"}


@pytest.fixture
def course(make_lesson, instructor, runtime) -> str:
    """The studio's address of a course of the instructor with one module and one published lesson."""
    make_lesson(state=PageState.UNDER_CONSTRUCTION)
    with runtime.db.writing() as session:
        row = session.query(Course).one()
        row.owner_id = instructor.user_id
        return f"/studio/courses/{row.id}"


def modules(runtime) -> list[Module]:
    with runtime.db.reading() as session:
        return list(session.scalars(select(Module).order_by(Module.position)))


def notices(runtime) -> dict:
    with runtime.db.reading() as session:
        return session.query(Course).one().notices


def form(person, where: str, **changes: str) -> dict[str, str]:
    page = person.get(where)
    assert page.status_code == 200
    return {**MODULE, "guard": re.findall(r'name="guard" value="(\w*)"', page.text)[0], **changes}


def make(person, course: str, **changes: str) -> str:
    answer = person.submit(f"{course}/modules/new", {**MODULE, **changes})
    assert answer.status_code == 303
    return answer.location


def test_a_module_is_made_and_changed(course, instructor, colleague, runtime):
    where = make(instructor, course)
    said = form(instructor, where, title="Finding it", minutes="25", review_months="18")

    assert instructor.submit(where, said).location == where

    row = modules(runtime)[-1]
    assert (row.code, row.title, row.summary, row.minutes) == ("M2", "Finding it", "Where.", 25)
    assert row.details["review_months"] == 18
    assert (row.details["slug"], row.details["edited_by"]) == ("finding", instructor.user_id)
    assert colleague.get(where).status_code == 403
    assert colleague.submit(where, said).status_code == 403
    assert instructor.get(f"{course}/modules/99").status_code == 404
    page = instructor.get(course).text
    assert "M2 Finding it" in page
    assert "No lesson stands in it yet." in page


@pytest.mark.parametrize(
    ("name", "value"), [("title", " "), ("minutes", "0"), ("minutes", "ten"), ("review_months", "121")]
)
def test_what_is_wrong_is_said_beside_its_field(course, instructor, runtime, name, value):
    refused = instructor.submit(f"{course}/modules/new", {**MODULE, name: value})

    assert refused.status_code == 422
    assert f'id="field-{name}-error"' in refused.text
    assert len(modules(runtime)) == 1


def test_two_who_save_a_module_lose_no_words(course, instructor, administrator, runtime):
    where = make(instructor, course)
    opened = form(instructor, where)
    administrator.submit(where, form(administrator, where, summary="Theirs."))

    met = instructor.submit(where, {**opened, "summary": "Mine."})

    assert met.status_code == 409
    assert "Theirs." in met.text
    assert "\nMine.</textarea>" in met.text
    assert modules(runtime)[-1].summary == "Theirs."


def test_a_module_is_announced_begun_and_announced_again(course, instructor, client, runtime):
    assert make(instructor, course, is_planned="1") == course
    assert notices(runtime)["planned"] == [
        {"code": "M2", "title": "Finding", "minutes": 20, "audience": "open", "quiz": ""}
    ]
    where = f"{course}/planned/M2"
    assert "Announced, not written yet" in instructor.get(where).text
    assert "Finding" in client.get("/courses/c-palpation").text
    assert instructor.submit(where, form(instructor, where, minutes="30", is_planned="1")).location == course
    assert notices(runtime)["planned"][0]["minutes"] == 30

    begun = instructor.submit(where, form(instructor, where, minutes="30")).location

    assert (notices(runtime)["planned"], modules(runtime)[-1].code) == ([], "M2")
    assert instructor.submit(begun, form(instructor, begun, is_planned="1")).location == course
    assert ([row.code for row in modules(runtime)], len(notices(runtime)["planned"])) == (["M1"], 1)
    make(instructor, course)
    assert modules(runtime)[-1].code == "M3"  # M2 is announced
    assert instructor.submit(f"{where}/delete").location == course
    assert notices(runtime)["planned"] == []
    assert instructor.get(where).status_code == 404


def test_a_module_with_a_lesson_is_neither_deleted_nor_only_announced(course, instructor, runtime):
    where = f"{course}/modules/{modules(runtime)[0].id}"

    for address, said in ((f"{where}/delete", {}), (where, form(instructor, where, is_planned="1"))):
        refused = instructor.submit(address, said)
        assert refused.status_code == 409
        assert "delete or move them first" in refused.text
    assert len(modules(runtime)) == 1


def test_an_empty_module_is_deleted_and_paths_lead_past_it(course, instructor, runtime):
    where = make(instructor, course)
    with runtime.db.writing() as session:
        row = session.query(Course).one()
        row.notices = {**row.notices, "paths": [{"slug": "p", "modules": ["M1", "M2"], "title": "P"}]}

    assert instructor.submit(f"{where}/delete").location == course

    assert [row.code for row in modules(runtime)] == ["M1"]
    assert notices(runtime)["paths"] == [{"slug": "p", "modules": ["M1"], "title": "P"}]
    with runtime.db.reading() as session:
        assert session.query(AuditEntry).filter_by(action="module.deleted").count() == 1


def test_modules_and_lessons_are_ordered_by_buttons_that_keep_the_focus(
    course, make_lesson, instructor, client, runtime
):
    make(instructor, course)
    first, second = modules(runtime)
    with runtime.db.writing() as session:
        known = session.query(Lesson).one()
        other = Lesson(course_id=known.course_id, module_id=first.id, slug="b", title="Second one")
        other.state, other.created_at, other.updated_at = known.state, known.created_at, known.updated_at
        session.add(other)
        session.flush()
        other_id = other.id

    moved = instructor.submit(f"{course}/modules/{second.id}/move", {"way": "up"}).location
    page = instructor.get(moved).text
    assert [row.id for row in modules(runtime)] == [second.id, first.id]
    assert "M2 Finding: now 1 of 2" in page
    assert 'value="down" autofocus' in page

    where = f"{course}/modules/{first.id}"
    page = instructor.get(instructor.submit(f"{where}/lessons/{other_id}/move", {"way": "up"}).location).text
    assert "Second one: now 1 of 2" in page
    shown = client.get("/courses/c-palpation").text
    assert shown.index("Second one") < shown.index("Palpation")
    assert instructor.submit(f"{where}/lessons/99/move", {"way": "up"}).status_code == 404
    assert instructor.submit(f"{where}/lessons/{other_id}/move", {"way": "left"}).status_code == 422


def test_a_lesson_goes_to_another_module_with_its_address_and_is_a_new_revision(
    course, instructor, client, runtime
):
    target = make(instructor, course).rpartition("/")[2]
    lesson = modules(runtime)[0]
    where = f"{course}/modules/{lesson.id}"
    with runtime.db.reading() as session:
        lesson_id = session.query(Lesson).one().id

    assert (
        instructor.submit(f"{where}/lessons/target", {"lesson": lesson_id, "target": "99"}).status_code == 422
    )
    assert (
        instructor.submit(f"{where}/lessons/target", {"lesson": lesson_id, "target": target}).location
        == where
    )

    with runtime.db.reading() as session:
        row = session.query(Lesson).one()
        assert (row.module_id, row.revision, row.slug, row.code) == (int(target), 2, "palpation", "L1.1")
        assert sorted(session.scalars(select(LessonVersion.revision))) == [1, 2]
    assert client.get("/courses/c-palpation/palpation").status_code == 200


def test_what_was_for_professionals_is_opened_only_when_that_is_meant(site, administrator, client, runtime):
    with runtime.db.reading() as session:
        gated, opened = (session.query(Module).filter_by(code=code).one() for code in ("M5", "M1"))
        needle = session.query(Lesson).filter_by(code="L5.1").one()
    course = f"/studio/courses/{gated.course_id}"
    where = f"{course}/modules/{gated.id}"
    said = form(administrator, where, title="Injecting", summary="For all.")

    refused = administrator.submit(where, said)
    assert 'id="field-open_to_all-error"' in refused.text
    assert client.get("/courses/small/needle").status_code == 303
    # its lesson is for professionals by itself, so it stays so; its questions would be opened otherwise
    assert administrator.submit(where, {**said, **TICK}).status_code == 303
    assert client.get("/courses/small/needle").status_code == 303
    with runtime.db.writing() as session:
        session.get_one(Lesson, needle.id).audience = Audience.OPEN
        session.get_one(Module, gated.id).audience = Audience.PRO

    to = {"lesson": needle.id, "target": opened.id}
    assert 'id="field-open_lesson-error"' in administrator.submit(f"{where}/lessons/target", to).text
    refused = administrator.submit(f"{where}/lessons/target", {**to, "open_lesson": "1"})

    assert refused.status_code == 422
    assert "holds questions for professionals" in refused.text
    with runtime.db.reading() as session:
        assert session.get_one(Lesson, needle.id).module_id == gated.id
        assert session.scalars(select(Quiz).where(Quiz.slug == "inject")).one().audience is Audience.PRO
    assert client.get("/courses/small/needle").status_code == 303


def test_a_module_that_closes_takes_its_lessons_and_their_quizzes_behind_the_gate(
    site, administrator, client, runtime
):
    with runtime.db.reading() as session:
        row = session.query(Module).filter_by(code="M1").one()
    where = f"/studio/courses/{row.course_id}/modules/{row.id}"
    assert client.get("/courses/small/rest").status_code == 200

    closed = form(administrator, where, title="First", audience="pro")
    assert administrator.submit(where, closed).status_code == 303

    assert client.get("/courses/small/rest").status_code == 303
    with runtime.db.reading() as session:
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "first")).one()
        assert quiz.audience is Audience.PRO


def test_a_review_is_asked_for_from_the_page_of_the_module(course, instructor, runtime):
    page = instructor.get(f"{course}/modules/{modules(runtime)[0].id}").text

    assert 'name="subject" value="module"' in page
    assert 'action="/studio/reviews/ask"' in page


def test_a_course_made_in_the_studio_can_be_written_into_files(course, instructor, runtime):
    make(instructor, course)
    with runtime.db.reading() as session:
        whole = course_files.whole(session, session.query(Course).one())

    assert [module.code for module in whole.modules] == ["M1", "M2"]
    assert whole.modules[1].review_months == 12
    assert whole.gate.version == "1"
