"""A course in the studio: its title, its removal, and what learners see of an empty one."""

from __future__ import annotations

import pytest

from edu.models import AuditEntry, Course, Lesson, Module, PageState

LESSON = {
    "title": "Finding it", "place": "new", "course_title": "Back mice", "module_title": "Basics", "body": "",
    "language": "en", "audience": "open", "state": "published", "video": "",
}  # fmt: skip


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
    assert administrator.submit(f"/studio/courses/{course.id}", {"title": "Ours"}).status_code == 303
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
        refused = instructor.submit(f"/studio/courses/{course_id}", {"title": title})
        assert refused.status_code == 422
        assert words in refused.text
    assert instructor.submit(f"/studio/courses/{course_id}", {"title": "Episacral"}).status_code == 303

    assert (courses(runtime)[0].title, courses(runtime)[0].slug) == ("Episacral", "back-mice")
    with runtime.db.reading() as session:
        assert session.query(AuditEntry).filter_by(action="course.renamed").count() == 1


def test_a_course_with_a_lesson_is_not_deleted_and_an_empty_one_is(instructor, runtime):
    begin(instructor, state="draft")
    course_id = courses(runtime)[0].id

    refused = instructor.submit(f"/studio/courses/{course_id}/delete")

    assert refused.status_code == 409
    assert "delete or move them first" in refused.text
    assert "Delete the course" not in refused.text
    empty(runtime)
    assert "Delete the course" in instructor.get(f"/studio/courses/{course_id}").text
    assert instructor.submit(f"/studio/courses/{course_id}/delete").location == "/studio"
    with runtime.db.reading() as session:
        assert session.query(Course).count() == session.query(Module).count() == 0


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
