"""The editor with and without script, the form of a lesson, versions, reviews, two who write at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from edu.models import Lesson, Module, PageState, Reference, ReviewRequest
from tests.edu.web.studio.test_lesson import FORM, save, the_lesson

PROGRAM = {"Accept": "application/json"}
BODY = "\n\nIt is so [@nobody].\n\n[C] <script>alert(1)</script>"


def put(runtime, **changes: object) -> None:
    with runtime.db.writing() as session:
        row = session.query(Lesson).one()
        for name, value in changes.items():
            setattr(row, name, value)


def place(runtime) -> str:
    return f"module:{the_lesson(runtime).module_id}"


# -- the preview ---------------------------------------------------------------------------------------------


def test_the_preview_is_a_part_for_the_editor_and_a_page_without_script(instructor, make_lesson, runtime):
    make_lesson()
    said = {"look": "body", "body": BODY, "language": "en", "place": place(runtime)}

    page = instructor.submit("/studio/preview", said)
    answer = instructor.submit("/studio/preview", said, headers=PROGRAM)
    part = answer.json["html"]

    assert "Line 3: “nobody” is not in the library" in page.text
    assert 'data-do="line" data-value="3"' in part
    assert "<html" not in part
    for text in (page.text, part):
        assert "&lt;script&gt;" in text
    assert page.headers["Cache-Control"] == answer.headers["Cache-Control"] == "no-store"


def test_what_is_for_professionals_is_found_in_the_text_of_an_open_lesson(instructor, make_lesson, runtime):
    make_lesson()
    with runtime.db.writing() as session:
        module, now = session.query(Module).one(), runtime.clock.now()
        facts = {"course_id": module.course_id, "module_id": module.id, "created_at": now, "updated_at": now}
        session.add(Lesson(slug="gated", code="L1.9", title="Gated", audience="pro", **facts))
    said = {"look": "body", "body": "[there](lesson:L1.9)", "place": f"module:{module.id}"}

    shown = instructor.submit("/studio/preview", said).text
    among = instructor.submit("/studio/preview", {**said, "audience": "pro"}).text

    assert "is for professionals and this page for everybody" in shown
    assert "for everybody: leave" not in among


def test_works_are_found_to_be_cited_by_program_and_on_a_page(instructor, make_lesson, runtime):
    make_lesson()
    with runtime.db.writing() as session:
        course_id = session.query(Module).one().course_id
        facts = {"key": "curtis1993", "kind": "article", "authors": "Curtis", "year": "1993"}
        words = {"words": " curtis in search 1993 "}
        session.add(Reference(course_id=course_id, title="In search", fields={}, details=words, **facts))

    (found,) = instructor.get("/studio/citations?q=curt+sea", headers=PROGRAM).json["found"]

    assert found["note"] == "Curtis · 1993 · curtis1993 · not verified in full"
    assert (found["value"], found["title"]) == ("curtis1993", "In search")
    of_place = f"/studio/citations?q=curtis&place={place(runtime)}"
    assert instructor.get(of_place, headers=PROGRAM).json["total"] == 1
    for elsewhere in ("new", "", f"course:{course_id + 1}"):
        answer = instructor.get(f"/studio/citations?q=curtis&place={elsewhere}", headers=PROGRAM)
        assert answer.json == {"found": [], "total": 0}
    assert "[@curtis1993]" in instructor.get("/studio/citations?q=curtis").text
    assert "Nothing is found" in instructor.get(f"/studio/citations?q=curtis&course={course_id + 1}").text
    assert "Nothing is found" in instructor.get("/studio/steps?q=needle").text


def test_before_a_place_is_chosen_no_other_course_lends_its_library(instructor, make_lesson, runtime):
    make_lesson(state=PageState.UNDER_CONSTRUCTION)
    with runtime.db.writing() as session:
        course_id = session.query(Module).one().course_id
        session.add(Reference(course_id=course_id, title="In", key="curtis1993", kind="article"))
    said = {"look": "body", "body": "So [@curtis1993] [C].", "language": "en"}

    shown = {
        where: instructor.submit("/studio/preview", {**said, "place": where}).text for where in ("", "new")
    }

    assert "Choose where the lesson stands" in shown[""]
    assert "is not in the library of this course" in shown["new"]
    assert (
        f'value="{place(runtime)}" selected' in instructor.get(f"/studio/lessons/new?course={course_id}").text
    )


@pytest.mark.parametrize("path", ["/studio/citations", "/studio/steps", "/studio/reviews"])
def test_a_learner_is_not_let_in(learner, path):
    assert learner.get(path).status_code == 403


# -- the form of a lesson ------------------------------------------------------------------------------------


def test_the_form_keeps_summary_minutes_objectives_and_takes_the_grades_from_the_text(
    instructor, make_lesson, runtime
):
    lesson_id = make_lesson(evidence=["D"])
    more = {"summary": "In  short.", "minutes": "12", "objectives": "find the nodule\nlist the signs (apply)"}

    save(instructor, lesson_id, place=place(runtime), body="So [?], or so [C]. [[V9-c01]]", **more)

    row = the_lesson(runtime)
    assert (row.summary, row.minutes, row.evidence, row.details["steps"]) == (
        "In short.",
        12,
        ["C", "?"],
        ["V9-c01"],
    )
    assert row.objectives[1] == {"verb": "list", "text": "the signs", "bloom": "apply"}
    page = instructor.get(f"/studio/lessons/{lesson_id}").text
    assert "find the nodule (apply)\nlist the signs (apply)</textarea>" in page
    assert "<edu-editor" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minutes": "soon"}, "how many minutes"),
        ({"objectives": "find"}, "Line 1 is no objective"),
        ({"objectives": "find it (fly)"}, "“fly” is no level. Write one of remember, understand, apply"),
        ({"state": "scheduled", "publish_at": ""}, "a day and a time"),
        ({"state": "scheduled", "publish_at": "2020-01-01T00:00"}, "a moment to come"),
        ({"note": "x" * 201}, "too long"),
    ],
)
def test_a_wrong_field_is_told_beside_it(instructor, make_lesson, runtime, wrong, words):
    lesson_id = make_lesson()

    response = save(instructor, lesson_id, place=place(runtime), **wrong)

    assert response.status_code == 422
    assert words in response.text
    assert the_lesson(runtime).revision == 1


def test_a_lesson_is_scheduled_edited_published_and_taken_back(instructor, learner, make_lesson, runtime):
    lesson_id, url = make_lesson(), "/courses/c-palpation/palpation"
    at = f"{runtime.clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    when = {"state": "scheduled", "publish_at": at, "place": place(runtime)}

    save(instructor, lesson_id, **when)
    save(instructor, lesson_id, **when, body="Edited.")

    page = instructor.get(f"/studio/lessons/{lesson_id}").text
    assert "It comes out by itself on" in page
    assert f'value="{at}"' in page
    assert learner.get(url).status_code == 404
    assert instructor.submit(f"/studio/lessons/{lesson_id}/schedule", {"publish_at": ""}).status_code == 303
    assert the_lesson(runtime).publish_at is None
    assert instructor.submit(f"/studio/lessons/{lesson_id}/schedule", {"publish_at": at}).status_code == 303
    assert instructor.submit(f"/studio/lessons/{lesson_id}/publish").status_code == 303
    assert (the_lesson(runtime).publish_at, learner.get(url).status_code) == (None, 200)
    assert instructor.submit(f"/studio/lessons/{lesson_id}/take-back").status_code == 303
    assert learner.get(url).status_code == 404


def test_what_kept_a_lesson_from_coming_out_is_told_on_its_page(instructor, make_lesson, runtime):
    lesson_id = make_lesson(body="[@nobody]", publish_at=runtime.clock.now() - timedelta(hours=1))

    page = instructor.get(f"/studio/lessons/{lesson_id}").text

    assert "and did not." in page
    assert instructor.submit(f"/studio/lessons/{lesson_id}/publish").status_code == 422


# -- two editors, versions, reviews --------------------------------------------------------------------------


def test_a_conflict_shows_what_stands_there_beside_what_was_typed(
    instructor, administrator, make_lesson, runtime
):
    lesson_id = make_lesson()
    stale = {**FORM, "place": place(runtime), "revision": "1", "standing": "draft", "body": "My words"}
    save(administrator, lesson_id, place=place(runtime), body="Their words")

    response = instructor.submit(f"/studio/lessons/{lesson_id}", stale)

    assert "<del>Their</del> words" in response.text
    assert "<ins>My</ins> words" in response.text
    assert ">Their words</pre>" in response.text


def test_who_publishes_meanwhile_is_not_undone_by_an_open_form(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    stale = {**FORM, "place": place(runtime), "revision": "1", "standing": "draft"}
    instructor.submit(f"/studio/lessons/{lesson_id}/publish")

    assert instructor.submit(f"/studio/lessons/{lesson_id}", stale).status_code == 409
    assert the_lesson(runtime).is_published


def test_saving_what_is_the_same_is_no_version_and_an_old_one_comes_back(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    save(instructor, lesson_id, place=place(runtime), note="Clearer")
    save(instructor, lesson_id, place=place(runtime))
    versions = f"/studio/lessons/{lesson_id}/versions"

    listed = instructor.get(versions).text

    assert "Clearer" in listed
    assert "Version 3" not in listed
    assert instructor.get(f"{versions}?one=2&other=1").location == f"{versions}/1..2"
    assert "<ins>Feel for it [C]" in instructor.get(f"{versions}/1..2").text
    assert instructor.get(f"{versions}/1..9").status_code == 404
    assert instructor.submit(f"{versions}/1/bring-back", {"revision": "2"}).status_code == 303
    assert (the_lesson(runtime).body, the_lesson(runtime).revision) == ("Feel.", 3)


def test_a_review_is_asked_for_returned_asked_again_and_signed_by_a_colleague(
    instructor, colleague, learner, make_lesson, runtime
):
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION)
    asked = {"subject": "lesson", "id": str(lesson_id), "note": "The dose, please."}

    first = instructor.submit("/studio/reviews/ask", asked).location
    assert "The dose, please." in colleague.get("/studio/reviews").text
    assert colleague.submit(f"{first}/return", {"remarks": "Say how deep."}).status_code == 303
    assert "Say how deep." in instructor.get(f"/studio/lessons/{lesson_id}").text
    second = instructor.submit("/studio/reviews/ask", asked).location
    signed = {"reviewer": "C. Grey", "profession": "physician", "interests": "None.", "meant": "1"}
    form = colleague.get(second).text
    assert "I am a clinician; my profession is" in form
    assert ("To its form" in form, "with its film" in form) == (False, False)
    assert instructor.submit(f"{second}/sign", signed).status_code == 403
    refused = colleague.submit(f"{second}/sign", {**signed, "meant": ""} | {"interests": ""})
    assert (refused.status_code, 'value="C. Grey"' in refused.text) == (422, True)
    no_clinician = colleague.submit(f"{second}/sign", {**signed, "profession": " "})
    assert (no_clinician.status_code, 'id="field-profession-error"' in no_clinician.text) == (422, True)
    assert colleague.submit(f"{second}/sign", signed).status_code == 303

    assert "C. Grey, physician" in learner.get("/courses/c-palpation/palpation").text
    assert "that counts until" in instructor.get(f"/studio/lessons/{lesson_id}").text
    save(instructor, lesson_id, place=place(runtime), state="published")
    assert (
        "It was changed since C. Grey, physician signed it"
        in instructor.get(f"/studio/lessons/{lesson_id}").text
    )
    listed = instructor.get("/studio/reviews").text
    assert "Changed since they were signed" in listed
    assert f'href="/studio/lessons/{lesson_id}"' in listed
    decided = instructor.get(second).text
    assert "Signed by C. Grey, physician on" in decided
    assert "The text was changed since" in decided
    assert "To its form" in decided


def test_a_review_that_cannot_be_asked_for_says_why_and_a_request_is_withdrawn(
    instructor, make_lesson, runtime
):
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION)
    asked = {"subject": "lesson", "id": str(lesson_id)}

    place_of = instructor.submit("/studio/reviews/ask", asked).location
    assert instructor.submit(f"{place_of}/withdraw").location == f"/studio/lessons/{lesson_id}"
    put(runtime, body="Perhaps [?].")

    refused = instructor.submit("/studio/reviews/ask", asked)
    assert (refused.status_code, "tagged [?]" in refused.text) == (422, True)
    with runtime.db.reading() as session:
        assert session.query(ReviewRequest).count() == 1
