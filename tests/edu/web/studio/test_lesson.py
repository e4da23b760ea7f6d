"""Lessons in the studio: written, published, saved by two people, deleted."""

from __future__ import annotations

import pytest

from edu.models import Audience, AuditEntry, Course, Lesson, Module, PageState, Quiz, Video

FORM = {
    "title": "Finding the nodule", "place": "new", "course_title": "Back mice", "module_title": "Basics",
    "body": "Feel for it [C].\n\nThen roll it.", "language": "en", "audience": "open", "state": "draft",
    "video": "",
}  # fmt: skip


QUESTION = {
    "act": "publish", "kind": "truefalse", "stem": "It rolls.", "key": "true", "why": "It is fat.",
    "lesson": "L1.1", "ask": "1",
}  # fmt: skip


def create(person, **changes: str):
    return person.submit("/studio/lessons/new", {**FORM, **changes})


def save(person, lesson_id: int, **changes: str):
    page = person.get(f"/studio/lessons/{lesson_id}").text
    marker = 'name="revision" value="'
    revision = page[page.index(marker) + len(marker) :].split('"')[0]
    return person.submit(f"/studio/lessons/{lesson_id}", {**FORM, "revision": revision, **changes})


def the_lesson(runtime) -> Lesson:
    with runtime.db.reading() as session:
        return session.query(Lesson).one()


# -- a new one -----------------------------------------------------------------------------------------------


def test_a_first_lesson_makes_its_course_and_its_module(instructor, runtime):
    response = create(instructor)

    lesson = the_lesson(runtime)
    assert response.location == f"/studio/lessons/{lesson.id}"
    assert (lesson.slug, lesson.code, lesson.owner_id) == ("finding-the-nodule", "L1.1", instructor.user_id)
    assert lesson.body == FORM["body"]
    with runtime.db.reading() as session:
        assert (session.query(Course).one().slug, session.query(Module).one().code) == ("back-mice", "M1")


def test_a_lesson_is_added_to_a_module_that_is_there(instructor, make_lesson, runtime):
    make_lesson()
    with runtime.db.reading() as session:
        module = session.query(Module).one()

    create(instructor, place=f"module:{module.id}", title="Palpation")

    with runtime.db.reading() as session:
        first, second = session.query(Lesson).order_by(Lesson.id)
        assert (second.module_id, second.position, second.code) == (module.id, first.position + 1, "L1.2")
        assert second.slug.startswith("palpation-")


def test_a_lesson_may_open_a_new_module_of_a_course(instructor, make_lesson, runtime):
    make_lesson()
    with runtime.db.reading() as session:
        course_id = session.query(Course).one().id

    create(instructor, place=f"course:{course_id}", module_title="Infiltration")

    with runtime.db.reading() as session:
        assert [m.code for m in session.query(Module).order_by(Module.id)] == ["M1", "M2"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Please fill this in"),
        ({"place": ""}, "where the lesson stands"),
        ({"place": "module:999"}, "where the lesson stands"),
        ({"place": "module:" + "9" * 30}, "where the lesson stands"),
        ({"place": "course:" + "9" * 5000}, "where the lesson stands"),
        ({"course_title": ""}, "Please fill this in"),
        ({"module_title": ""}, "Please fill this in"),
        ({"language": "??"}, "as a tag"),
        ({"audience": "x"}, "one of the list"),
        ({"state": "reviewed"}, "one of the list"),
        ({"video": "999"}, "a video of the list"),
        ({"video": "²"}, "a video of the list"),
        ({"video": "9" * 30}, "a video of the list"),
        ({"body": "x" * 200_001}, "at most 200000"),
    ],
)
def test_a_wrong_lesson_is_refused_beside_its_field_and_what_was_typed_stays(
    instructor, runtime, wrong, words
):
    response = create(instructor, **wrong)

    assert response.status_code == 422
    assert words in response.text
    assert 'value="Back mice"' in response.text or "course_title" in wrong
    with runtime.db.reading() as session:
        assert session.query(Lesson).count() == session.query(Course).count() == 0


def test_the_form_may_begin_with_the_video_it_is_written_for(instructor, make_video):
    video_id = make_video()

    assert (
        f'<option value="{video_id}" selected>'
        in instructor.get(f"/studio/lessons/new?video={video_id}").text
    )


def test_a_video_in_the_list_says_once_that_it_is_a_draft(instructor, make_video):
    make_video(audience=Audience.PRO)

    page = instructor.get("/studio/lessons/new").text

    assert ">Finding it (draft) (for professionals)</option>" in page


# -- publishing ----------------------------------------------------------------------------------------------


def test_a_draft_is_seen_by_instructors_only_and_a_published_lesson_by_all(instructor, learner, runtime):
    create(instructor)
    url = "/courses/back-mice/finding-the-nodule"
    assert instructor.get(url).status_code == 200
    assert learner.get(url).status_code == 404

    save(
        instructor, the_lesson(runtime).id, place=f"module:{the_lesson(runtime).module_id}", state="published"
    )

    page = learner.get(url)
    assert page.status_code == 200
    assert "not yet been reviewed" in page.text
    with runtime.db.reading() as session:
        assert session.query(Course).one().state is PageState.UNDER_CONSTRUCTION


def test_publishing_a_lesson_publishes_its_video_with_it_if_asked(instructor, make_video, runtime):
    video_id = make_video()

    create(instructor, video=str(video_id), state="published", publish_video="1")

    with runtime.db.reading() as session:
        assert session.get_one(Video, video_id).is_published
        deeds = {entry.action for entry in session.query(AuditEntry)}
    assert deeds == {"lesson.created", "video.published"}


def test_a_video_that_comes_out_with_a_lesson_for_professionals_is_for_them_too(
    instructor, learner, make_video, runtime
):
    video_id = make_video()

    create(instructor, video=str(video_id), state="published", publish_video="1", audience="pro")

    with runtime.db.reading() as session:
        video = session.get_one(Video, video_id)
        assert (video.is_published, video.audience) == (True, Audience.PRO)
    assert learner.get("/videos/finding-it").location.startswith("/professionals")


def test_a_lesson_for_professionals_says_that_its_video_is_open_to_everybody(
    colleague, instructor, make_video
):
    video_id = make_video()

    page = colleague.get(create(colleague, video=str(video_id), audience="pro").location).text

    assert "its video is open to everybody" in page
    instructor.submit(f"/studio/videos/{video_id}", {"title": "T", "language": "en", "audience": "pro"})
    again = instructor.get(create(instructor, video=str(video_id), audience="pro").location).text
    assert "its video is open to everybody" not in again


def test_a_published_lesson_says_that_its_video_is_still_a_draft(instructor, make_video, runtime):
    video_id = make_video()

    page = instructor.get(create(instructor, video=str(video_id), state="published").location).text

    assert "The video is still a draft" in page
    with runtime.db.reading() as session:
        assert not session.get_one(Video, video_id).is_published


def test_a_colleagues_video_is_attached_but_not_published(colleague, make_video, runtime):
    video_id = make_video()

    create(colleague, video=str(video_id), state="published", publish_video="1")

    with runtime.db.reading() as session:
        assert session.query(Lesson).one().video_id == video_id
        assert not session.get_one(Video, video_id).is_published


def test_changing_a_reviewed_lesson_asks_for_another_review(instructor, make_lesson, runtime):
    lesson_id = make_lesson(state=PageState.REVIEWED)

    save(instructor, lesson_id, place=f"module:{the_lesson(runtime).module_id}", state="published")

    assert the_lesson(runtime).state is PageState.NEEDS_REVIEW


# -- two editors ---------------------------------------------------------------------------------------------


def test_two_editors_do_not_lose_each_others_words(instructor, administrator, make_lesson, runtime):
    lesson_id = make_lesson()
    place = f"module:{the_lesson(runtime).module_id}"
    stale = {**FORM, "place": place, "revision": "1", "body": "My long text"}
    save(administrator, lesson_id, place=place, body="Theirs")

    response = instructor.submit(f"/studio/lessons/{lesson_id}", stale)

    assert response.status_code == 409
    assert "Somebody else saved this lesson" in response.text
    assert "My long text" in response.text
    assert 'name="revision" value="2"' in response.text
    assert the_lesson(runtime).body == "Theirs"
    assert instructor.submit(f"/studio/lessons/{lesson_id}", {**stale, "revision": "2"}).status_code == 303


def test_a_wrong_change_keeps_the_lesson_and_what_was_typed(instructor, make_lesson, runtime):
    lesson_id = make_lesson()

    response = save(instructor, lesson_id, title="", body="Typed for an hour")

    assert response.status_code == 422
    assert "Typed for an hour" in response.text
    assert the_lesson(runtime).revision == 1


# -- who may, and the end ------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["", "/delete"])
def test_a_colleagues_lesson_cannot_be_changed(colleague, make_lesson, runtime, deed):
    lesson_id = make_lesson()

    assert colleague.submit(f"/studio/lessons/{lesson_id}{deed}", FORM).status_code == 403
    assert colleague.get(f"/studio/lessons/{lesson_id}{deed}").status_code == 403
    assert the_lesson(runtime).title == "Palpation"


def test_a_lesson_that_came_with_a_course_is_an_administrators(colleague, administrator, make_lesson):
    lesson_id = make_lesson(owner_id=None)

    assert colleague.get(f"/studio/lessons/{lesson_id}").status_code == 403
    assert administrator.get(f"/studio/lessons/{lesson_id}").status_code == 200


def test_a_lesson_is_deleted_after_a_question_and_its_video_stays(
    instructor, make_lesson, make_video, runtime
):
    video_id = make_video()
    lesson_id = make_lesson(video_id=video_id)
    assert "cannot be brought back" in instructor.get(f"/studio/lessons/{lesson_id}/delete").text

    assert instructor.submit(f"/studio/lessons/{lesson_id}/delete").location == "/studio"

    assert instructor.get(f"/studio/lessons/{lesson_id}").status_code == 404
    with runtime.db.reading() as session:
        assert session.query(Lesson).count() == 0
        assert session.get(Video, video_id) is not None


def test_the_self_assessment_follows_its_lesson_behind_the_gate(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    place = f"module:{the_lesson(runtime).module_id}"
    instructor.submit("/studio/questions/new", QUESTION)

    save(instructor, lesson_id, place=place, audience="pro")

    with runtime.db.reading() as session:
        assert session.query(Quiz).one().audience is Audience.PRO
    save(instructor, lesson_id, place=place, audience="open", open_to_all="1")
    with runtime.db.reading() as session:
        assert session.query(Quiz).one().audience is Audience.OPEN


def test_a_film_without_captions_does_not_come_out_with_its_lesson(instructor, make_video, runtime):
    video_id = make_video(is_wordless=False)

    answer = create(instructor, video=str(video_id), state="published", publish_video="1")

    assert answer.status_code == 422
    assert "Its video has no approved captions in its language (en)" in answer.text
    with runtime.db.reading() as session:
        assert session.query(Lesson).count() == 0
        assert not session.get_one(Video, video_id).is_published


def test_a_lesson_leaves_the_gate_by_an_explicit_tick_only(instructor, make_lesson, runtime):
    lesson_id = make_lesson(audience=Audience.PRO)
    place = f"module:{the_lesson(runtime).module_id}"

    refused = save(instructor, lesson_id, place=place, audience="open", body="Changed")

    assert refused.status_code == 422
    assert 'href="#field-open_to_all"' in refused.text
    assert 'id="field-open_to_all-error"' in refused.text
    assert (the_lesson(runtime).audience, the_lesson(runtime).body) == (Audience.PRO, "Feel.")
    assert save(instructor, lesson_id, place=place, audience="open", open_to_all="1").status_code == 303
    assert the_lesson(runtime).audience is Audience.OPEN
    with runtime.db.reading() as session:
        assert session.query(AuditEntry).filter_by(action="lesson.opened").count() == 1


def test_a_lesson_leaves_a_module_for_professionals_by_the_tick_too(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    with runtime.db.writing() as session:
        module = session.query(Module).one()
        module.audience = Audience.PRO
        session.add(Module(course_id=module.course_id, code="M2", title="Open"))
    with runtime.db.reading() as session:
        place = f"module:{session.query(Module).filter_by(code='M2').one().id}"

    assert save(instructor, lesson_id, place=place).status_code == 422
    assert save(instructor, lesson_id, place=place, open_to_all="1").status_code == 303


def test_questions_for_professionals_do_not_leave_the_gate_with_their_lesson(
    instructor, make_lesson, runtime
):
    lesson_id = make_lesson(audience=Audience.PRO)
    place = f"module:{the_lesson(runtime).module_id}"
    instructor.submit("/studio/questions/new", QUESTION)

    response = save(instructor, lesson_id, place=place, audience="open", open_to_all="1")

    assert response.status_code == 422
    assert "holds questions for professionals" in response.text
    with runtime.db.reading() as session:
        assert session.query(Quiz).one().audience is Audience.PRO
    assert the_lesson(runtime).audience is Audience.PRO
