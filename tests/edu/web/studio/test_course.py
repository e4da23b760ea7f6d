"""A course in the studio: made, changed, ordered, removed, and what learners see of an empty one."""

from __future__ import annotations

import pytest

from edu.models import (
    AuditEntry,
    Course,
    Lesson,
    Module,
    Page,
    PageKind,
    PageState,
    ReviewRequest,
    ReviewSubject,
)

LESSON = {
    "title": "Finding it", "place": "new", "course_title": "Back mice", "module_title": "Basics", "body": "",
    "language": "en", "audience": "open", "state": "published", "video": "",
}  # fmt: skip


def fields(person, course_id: int, **changes: str) -> dict[str, str]:
    """What the form of a course sends, as it was opened just now."""
    page = person.get(f"/studio/courses/{course_id}").text
    known = {"title": "Back mice", "language": "en", "summary": "", "evidence_summary": ""}
    guard = page.split('name="guard" value="')[1].split('"')[0]
    return {**known, "review_months": "12", "guard": guard, **changes}


def begin(person, **changes: str):
    return person.submit("/studio/lessons/new", {**LESSON, **changes})


def empty(runtime) -> int:
    """Takes the lessons out of the only course; its id."""
    with runtime.db.writing() as session:
        session.query(Lesson).delete()
        return session.query(Course).one().id


def courses(runtime) -> list[Course]:
    with runtime.db.reading() as session:
        return session.query(Course).order_by(Course.id).all()


def test_a_course_belongs_to_who_began_it(instructor, colleague, administrator, runtime):
    begin(instructor)
    (course,) = courses(runtime)

    assert course.owner_id == instructor.user_id
    assert f'href="/studio/courses/{course.id}"' in instructor.get("/studio").text
    assert f'href="/studio/courses/{course.id}"' not in colleague.get("/studio").text
    assert instructor.get(f"/studio/courses/{course.id}").status_code == 200
    assert administrator.get(f"/studio/courses/{course.id}").status_code == 200
    assert instructor.get("/studio/courses/99").status_code == 404


@pytest.mark.parametrize("deed", ["", "/delete"])
def test_a_colleagues_course_cannot_be_changed(instructor, colleague, runtime, deed):
    begin(instructor)
    course_id = empty(runtime)

    assert colleague.submit(f"/studio/courses/{course_id}{deed}", {"title": "Mine"}).status_code == 403
    assert [course.title for course in courses(runtime)] == ["Back mice"]


def test_a_course_without_owner_is_an_administrators(instructor, administrator, make_lesson, runtime):
    make_lesson()
    (course,) = courses(runtime)

    assert instructor.get(f"/studio/courses/{course.id}").status_code == 403
    said = fields(administrator, course.id, title="Ours")
    assert administrator.submit(f"/studio/courses/{course.id}", said).status_code == 303
    assert courses(runtime)[0].title == "Ours"


def test_a_second_course_of_the_same_title_is_refused_beside_its_field(instructor, colleague, runtime):
    begin(instructor)

    response = begin(instructor, course_title="back  MICE")

    assert response.status_code == 422
    assert 'id="field-course_title-error"' in response.text
    assert "choose it in the list of courses" in response.text
    assert len(courses(runtime)) == 1
    assert begin(colleague).status_code == 303


def test_a_course_is_renamed_and_keeps_its_address(instructor, runtime):
    begin(instructor)
    begin(instructor, course_title="Other")
    course_id = courses(runtime)[0].id

    for title, words in (
        ("", "Please fill this in"),
        ("x" * 201, "at most 200"),
        ("other", "with this title"),
    ):
        said = fields(instructor, course_id, title=title)
        refused = instructor.submit(f"/studio/courses/{course_id}", said)
        assert refused.status_code == 422
        assert words in refused.text
    said = fields(instructor, course_id, title="Episacral")
    assert instructor.submit(f"/studio/courses/{course_id}", said).status_code == 303

    assert (courses(runtime)[0].title, courses(runtime)[0].slug) == ("Episacral", "back-mice")
    with runtime.db.reading() as session:
        assert session.query(AuditEntry).filter_by(action="course.renamed").count() == 1


def test_a_course_with_a_lesson_is_not_deleted_and_an_empty_one_is(instructor, runtime):
    begin(instructor, state="draft")
    course_id = courses(runtime)[0].id

    refused = instructor.submit(f"/studio/courses/{course_id}/delete")

    assert refused.status_code == 409
    assert "delete or move them first" in refused.text
    assert "Delete this course" not in refused.text
    empty(runtime)
    with runtime.db.writing() as session:
        now, module = runtime.clock.now(), session.query(Module).first()
        page = {"slug": "terms", "title": "Terms", "created_at": now, "updated_at": now, "body": "Be kind."}
        asked = {"subject": ReviewSubject.MODULE, "subject_id": module.id, "revision": 1, "asked_at": now}
        session.add_all([Page(kind=PageKind.SITE, course_id=course_id, **page), ReviewRequest(**asked)])
    assert "Delete this course" in instructor.get(f"/studio/courses/{course_id}").text
    assert instructor.submit(f"/studio/courses/{course_id}/delete").location == "/studio"
    with runtime.db.reading() as session:
        assert session.query(Course).count() == session.query(Module).count() == 0
        assert session.query(ReviewRequest).count() == 0
        assert session.query(Page).one().course_id is None


def test_learners_see_no_empty_course_and_instructors_do(instructor, learner, make_lesson, runtime):
    make_lesson(state=PageState.UNDER_CONSTRUCTION)
    begin(instructor)
    assert "Back mice" in learner.get("/courses").text
    with runtime.db.writing() as session:
        session.query(Lesson).filter_by(title="Finding it").delete()

    assert "Back mice" not in learner.get("/courses").text
    assert "Back mice" in instructor.get("/courses").text


def test_the_front_page_goes_to_the_only_course_with_published_lessons(
    instructor, learner, make_lesson, runtime
):
    make_lesson(state=PageState.UNDER_CONSTRUCTION)
    begin(instructor, state="draft")

    for person in (learner, instructor):
        assert person.get("/").location == "/courses/c-palpation"
    begin(instructor, course_title="Third")
    assert learner.get("/").status_code == 200


def test_terms_are_saved_and_a_wrong_line_leaves_those_that_are_there(instructor, runtime):
    begin(instructor)
    where = f"/studio/courses/{courses(runtime)[-1].id}"

    instructor.submit(f"{where}/terms", {"terms": "lidocaine: lidocane | A local anaesthetic."})
    refused = instructor.submit(f"{where}/terms", {"terms": "crest\ncrest"})

    assert refused.status_code == 422
    assert "stands there already" in refused.text
    assert "lidocaine: lidocane | A local anaesthetic." in instructor.get(where).text


NEW = {
    "title": "The knee & its fat", "language": "es", "summary": "Short.", "evidence_summary": "Unknown [?].",
    "review_months": "6",
}  # fmt: skip


def test_a_course_is_made_with_all_that_is_said_of_it(instructor, learner, runtime):
    answer = instructor.submit("/studio/courses/new", NEW)

    (course,) = courses(runtime)
    assert answer.location == f"/studio/courses/{course.id}"
    assert (course.slug, course.language, course.summary) == ("the-knee-its-fat", "es", "Short.")
    assert (course.evidence_summary, course.notices["review_months"]) == ("Unknown [?].", 6)
    assert (course.owner_id, course.state) == (instructor.user_id, PageState.DRAFT)
    assert learner.get(f"/courses/{course.slug}").status_code == 404
    assert instructor.submit("/studio/courses/new", NEW).status_code == 422
    with runtime.db.reading() as session:
        assert session.query(AuditEntry).filter_by(action="course.created").count() == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "Please fill this in"),
        ("language", "Spanish", "a tag such as"),
        ("review_months", "0", "months from 1 to 120"),
        ("review_months", "soon", "months from 1 to 120"),
        ("summary", "x" * 2001, "at most 2000"),
    ],
)
def test_what_is_wrong_with_a_new_course_is_said_beside_its_field(instructor, runtime, name, value, words):
    refused = instructor.submit("/studio/courses/new", {**NEW, name: value})

    assert refused.status_code == 422
    assert f'id="field-{name}-error"' in refused.text
    assert words in refused.text
    assert "The knee &amp; its fat" in refused.text or name == "title"
    assert courses(runtime) == []


def test_two_who_save_a_course_lose_no_words(instructor, administrator, runtime):
    instructor.submit("/studio/courses/new", NEW)
    course_id = courses(runtime)[0].id
    where = f"/studio/courses/{course_id}"
    opened = fields(instructor, course_id, **NEW)
    administrator.submit(where, {**fields(administrator, course_id, **NEW), "summary": "Theirs."})

    met = instructor.submit(where, {**opened, "summary": "Mine."})

    assert met.status_code == 409
    assert "Theirs." in met.text
    assert "\nMine.</textarea>" in met.text
    guard = met.text.split('name="guard" value="')[1].split('"')[0]
    assert instructor.submit(where, {**opened, "summary": "Mine.", "guard": guard}).status_code == 303
    assert courses(runtime)[0].summary == "Mine."


def test_what_a_course_file_says_besides_is_kept_and_modules_follow_its_months(site, administrator, runtime):
    with runtime.db.writing() as session:
        before = dict(session.query(Course).one().notices)
        own = session.query(Module).filter_by(code="M5").one()
        own.details = {**own.details, "review_months": 3}
        course_id = own.course_id
    said = fields(administrator, course_id, title="Small", evidence_summary="X [@nobody1999].")

    administrator.submit(f"/studio/courses/{course_id}", {**said, "review_months": "9"})

    page = administrator.get(f"/studio/courses/{course_id}").text
    assert "[@nobody1999]" in page
    with runtime.db.reading() as session:
        assert session.query(Course).one().notices == {**before, "review_months": 9}
        months = {row.code: row.details["review_months"] for row in session.query(Module)}
    assert months == {"M1": 9, "M5": 3}


def test_administrators_order_the_courses_and_the_button_keeps_the_focus(
    instructor, administrator, learner, runtime
):
    for title in ("First", "Second", "Third"):
        begin(instructor, course_title=title)
    ids = {course.title: course.id for course in courses(runtime)}

    answer = administrator.submit(f"/studio/courses/{ids['Third']}/move", {"way": "up"})

    page = administrator.get(answer.location).text
    assert page.index(">First<") < page.index(">Third<") < page.index(">Second<")
    assert "Third: now 2 of 3" in page
    assert page.count(" autofocus") == 1
    assert 'value="up" autofocus>Up<span class="visually-hidden">: Third, 2 of 3' in page
    assert learner.get("/courses").text.index("Third") < learner.get("/courses").text.index("Second")
    at_the_head = administrator.submit(f"/studio/courses/{ids['Third']}/move", {"way": "up"}).location
    assert 'value="down" autofocus>Down<span class="visually-hidden">: Third, 1 of 3' in (
        administrator.get(at_the_head).text
    )
    assert instructor.submit(f"/studio/courses/{ids['Third']}/move", {"way": "up"}).status_code == 403
    assert administrator.submit(f"/studio/courses/{ids['Third']}/move", {"way": "x"}).status_code == 422
    assert ">Up<" not in instructor.get("/studio/courses").text
