"""A lesson that names what is not there: kept as a draft with a list of it, not published."""

from __future__ import annotations

from edu.models import Course, Lesson, PageState, Reference, Step

TEXT = (
    "As [@nobody2020] and [@curtis1993] say, see [[V9-c01]], [[V9-c77]], [next](lesson:L9.9) and `[@code]`."
)
LISTED = ("[@nobody2020]", "[[V9-c77]]", "lesson:L9.9")


def form(runtime, **changes: str) -> dict[str, str]:
    with runtime.db.reading() as session:
        lesson = session.query(Lesson).one()
    return {
        "title": "Palpation", "place": f"module:{lesson.module_id}", "body": TEXT, "language": "en",
        "audience": "open", "state": "draft", "video": "", "revision": str(lesson.revision), **changes,
    }  # fmt: skip


def furnish(runtime, video_id: int) -> None:
    with runtime.db.writing() as session:
        course_id = session.query(Course).one().id
        session.add(Reference(course_id=course_id, key="curtis1993", kind="article", fields={}))
        session.add(Step(identifier="V9-c01", video_id=video_id, title="Rolling", start_ms=0, end_ms=9000))
        session.add(Step(identifier="V9-c02", video_id=video_id, title="Gone"))


def test_a_draft_is_saved_with_a_list_of_what_its_text_names_in_vain(
    instructor, make_lesson, make_video, runtime
):
    lesson_id = make_lesson()
    furnish(runtime, make_video())

    response = instructor.submit(f"/studio/lessons/{lesson_id}", form(runtime))
    page = instructor.get(response.location).text

    assert response.status_code == 303
    amber = page[page.index('<div class="alert alert-warn"') :]
    told = amber[: amber.index("</div>")]
    assert all(f"<code>{name}</code>" in told for name in LISTED)
    assert told.count("<code>") == len(LISTED)


def test_publishing_is_refused_with_the_list_and_nothing_is_changed(
    instructor, make_lesson, make_video, runtime
):
    lesson_id = make_lesson()
    furnish(runtime, make_video())

    response = instructor.submit(f"/studio/lessons/{lesson_id}", form(runtime, state="published"))

    assert response.status_code == 422
    assert f"{', '.join(LISTED)}. Mend it" in response.text
    with runtime.db.reading() as session:
        lesson = session.query(Lesson).one()
        assert (lesson.state, lesson.body) == (PageState.DRAFT, "Feel.")


def test_a_step_that_left_its_video_is_not_there_either(instructor, make_lesson, make_video, runtime):
    lesson_id = make_lesson()
    furnish(runtime, make_video())

    response = instructor.submit(
        f"/studio/lessons/{lesson_id}", form(runtime, state="published", body="See [[V9-c02]].")
    )

    assert response.status_code == 422


def test_a_lesson_that_names_only_what_is_there_is_published(instructor, make_lesson, make_video, runtime):
    lesson_id = make_lesson()
    furnish(runtime, make_video())
    body = "See [[V9-c01]] [C], [@curtis1993] and [this](lesson:L1.1)."

    response = instructor.submit(f"/studio/lessons/{lesson_id}", form(runtime, state="published", body=body))

    assert response.status_code == 303
    assert "names what is not there" not in instructor.get(response.location).text
