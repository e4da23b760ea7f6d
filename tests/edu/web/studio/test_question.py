"""Questions in the studio: written in a form, asked under the lesson, changed as new versions, removed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from edu.models import Audience, Lesson, PageState, Question, QuestionVersion, Quiz, Reference, Role, Step
from edu.policy import Viewer
from edu.services.quizzing import question_editing, questions
from edu.web.assets import FOLDER
from quizzes import Item

SINGLE = {
    "kind": "single", "stem": "What rolls under the finger?", "option1": "A nodule", "right1": "1",
    "feedback1": "Yes.", "option2": "A rib", "feedback2": "A rib does not move.", "why": "Fat rolls.",
}  # fmt: skip
MULTIPLE = {**SINGLE, "kind": "multiple", "option3": "A cyst", "right3": "1"}
TRUTH = {
    "kind": "truefalse", "stem": "A nodule is always painful.", "truth": "false", "feedback_true": "No.",
    "why": "Most are silent.",
}  # fmt: skip


def add(person, lesson_id: int, form: dict[str, str], **changes: str):
    return person.submit(f"/studio/lessons/{lesson_id}/questions/new", {**form, **changes})


def items(runtime) -> list[Item]:
    with runtime.db.reading() as session:
        found = []
        for question in session.query(Question).order_by(Question.id):
            version = questions.latest(session, question.id)
            found.append(questions.keyed(session, {version.id})[version.id].item)
        return found


def the_quiz(runtime) -> Quiz:
    with runtime.db.reading() as session:
        return session.query(Quiz).one()


# -- new ones ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "key"),
    [(SINGLE, "A"), (MULTIPLE, ["A", "C"]), (TRUTH, False)],
    ids=["single", "multiple", "truefalse"],
)
def test_a_question_of_each_kind_is_kept_with_its_key(instructor, make_lesson, runtime, form, key):
    lesson_id = make_lesson()

    response = add(instructor, lesson_id, form, critical="1")

    assert response.location == f"/studio/lessons/{lesson_id}#questions"
    (item,) = items(runtime)
    assert (item.kind, item.stem, item.key.plain()["key"]) == (form["kind"], form["stem"], key)
    assert (item.feedback.why, item.critical) == (form["why"], True)
    assert form["stem"] in instructor.get(f"/studio/lessons/{lesson_id}").text


def test_the_first_question_begins_a_self_assessment_and_the_next_extends_it(
    instructor, learner, make_lesson, runtime
):
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION)
    add(instructor, lesson_id, SINGLE)
    first = the_quiz(runtime)

    add(instructor, lesson_id, TRUTH)

    quiz = the_quiz(runtime)
    assert (first.current, quiz.current, quiz.lesson_id, quiz.slug) == (1, 2, lesson_id, "palpation")
    started = learner.submit(f"/quizzes/{quiz.slug}/attempts")
    page = learner.get(started.location).text
    assert SINGLE["stem"] in page
    assert TRUTH["stem"] in page
    assert SINGLE["feedback2"] not in page


def test_a_question_shows_a_step_of_the_lessons_video(instructor, make_lesson, make_video, runtime):
    video_id = make_video()
    lesson_id = make_lesson(video_id=video_id)
    with runtime.db.writing() as session:
        session.add(Step(identifier="V9-c01", video_id=video_id, title="Rolling", start_ms=0, end_ms=9000))
    assert "V9-c01 Rolling" in instructor.get(f"/studio/lessons/{lesson_id}/questions/new").text

    add(instructor, lesson_id, SINGLE, evidence="V9-c01")

    assert items(runtime)[0].evidence == "V9-c01"


def test_a_question_cites_the_library_of_its_course(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    with runtime.db.writing() as session:
        session.add(Reference(course_id=1, key="curtis1993", kind="article", fields={}))

    add(instructor, lesson_id, SINGLE, references="@curtis1993, curtis1993")

    assert items(runtime)[0].references == ("curtis1993",)


def test_a_question_under_a_lesson_for_professionals_is_for_professionals(instructor, make_lesson, runtime):
    add(instructor, make_lesson(audience=Audience.PRO), SINGLE)

    assert the_quiz(runtime).audience is Audience.PRO
    assert items(runtime)[0].audience == "pro"


@pytest.mark.parametrize(
    ("form", "changes", "words"),
    [
        (SINGLE, {"stem": " "}, "Please fill this in"),
        (SINGLE, {"why": ""}, "Please fill this in"),
        (SINGLE, {"kind": "hotspot"}, "one of the list"),
        (SINGLE, {"option2": "", "feedback2": ""}, "at least two options"),
        (SINGLE, {"right2": "1"}, "the one right option"),
        (SINGLE, {"right1": "", "option1": ""}, "Option 1 has no text"),
        (MULTIPLE, {"right5": "1"}, "Option 5 has no text"),
        (TRUTH, {"truth": ""}, "whether the statement is true"),
        (SINGLE, {"evidence": "V1-c01"}, "a step of the lesson"),
        (SINGLE, {"references": "nobody2020"}, "has no reference nobody2020"),
        (SINGLE, {"option2": " a  NODULE"}, 'id="field-option2-error">Option 2 says the same'),
        (SINGLE, {"stem": "x" * 5001}, "at most 5000"),
    ],
)
def test_a_wrong_question_is_refused_beside_its_field_and_stays_in_the_form(
    instructor, make_lesson, runtime, form, changes, words
):
    response = add(instructor, make_lesson(), form, **changes)

    assert response.status_code == 422
    assert words in response.text
    assert form["why"] in response.text or "why" in changes
    with runtime.db.reading() as session:
        assert session.query(Question).count() == session.query(Quiz).count() == 0


def test_no_right_option_at_all_is_refused(instructor, make_lesson):
    form = {name: value for name, value in MULTIPLE.items() if not name.startswith("right")}

    response = add(instructor, make_lesson(), form)

    assert response.status_code == 422
    assert "Tick every right option" in response.text


def test_the_form_has_a_part_for_each_kind_under_a_heading_of_its_own(instructor, make_lesson):
    page = instructor.get(f"/studio/lessons/{make_lesson()}/questions/new").text

    assert '<fieldset class="only-choice"' in page
    assert '<fieldset class="only-truth"' in page
    assert 'id="kind-single" name="kind" type="radio" value="single" checked' in page
    assert "What to say to someone who chose option 1" in page
    style = (FOLDER / "css" / "parts.css").read_text()
    assert "form:has(#kind-truefalse:checked) .only-choice" in style


def test_a_lesson_lists_its_questions_with_their_kind_in_words(instructor, make_lesson):
    lesson_id = make_lesson()
    add(instructor, lesson_id, SINGLE)

    assert "One right answer · version 1" in instructor.get(f"/studio/lessons/{lesson_id}").text


# -- changes -------------------------------------------------------------------------------------------------


def test_changing_a_question_makes_a_new_version_and_keeps_the_old_one(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    add(instructor, lesson_id, MULTIPLE)
    with runtime.db.reading() as session:
        question_id = session.query(Question).one().id
    page = instructor.get(f"/studio/questions/{question_id}").text
    assert "A rib does not move." in page

    changed = {**MULTIPLE, "stem": "What rolls?", "option2": "", "feedback2": "", "option4": "A vein"}
    response = instructor.submit(f"/studio/questions/{question_id}", changed)

    assert response.status_code == 303
    (item,) = items(runtime)
    assert (item.stem, item.option_ids, item.key.plain()["key"]) == (
        "What rolls?",
        ("A", "C", "D"),
        ["A", "C"],
    )
    with runtime.db.reading() as session:
        assert [v.number for v in session.query(QuestionVersion).order_by(QuestionVersion.number)] == [1, 2]
    assert the_quiz(runtime).current == 1


def test_a_wrong_change_keeps_the_question_and_what_was_typed(instructor, make_lesson, runtime):
    add(instructor, make_lesson(), SINGLE)
    with runtime.db.reading() as session:
        question_id = session.query(Question).one().id

    response = instructor.submit(
        f"/studio/questions/{question_id}", {**SINGLE, "stem": "", "why": "Typed anew"}
    )

    assert response.status_code == 422
    assert "Typed anew" in response.text
    assert items(runtime)[0].stem == SINGLE["stem"]


def test_a_question_is_removed_and_the_last_one_closes_the_self_assessment(instructor, make_lesson, runtime):
    lesson_id = make_lesson()
    add(instructor, lesson_id, SINGLE)
    add(instructor, lesson_id, TRUTH)
    with runtime.db.reading() as session:
        first, second = (question.id for question in session.query(Question).order_by(Question.id))

    instructor.submit(f"/studio/lessons/{lesson_id}/questions/{first}/remove")
    assert the_quiz(runtime).current == 3
    instructor.submit(f"/studio/lessons/{lesson_id}/questions/{second}/remove")
    assert the_quiz(runtime).current == 0
    assert "No question yet" in instructor.get(f"/studio/lessons/{lesson_id}").text
    add(instructor, lesson_id, MULTIPLE)

    page = instructor.get(f"/studio/lessons/{lesson_id}").text
    assert MULTIPLE["stem"] in page
    assert TRUTH["stem"] not in page
    assert the_quiz(runtime).current == 4


def test_a_question_for_professionals_stays_so_when_its_words_change(instructor, make_lesson, runtime):
    add(instructor, make_lesson(audience=Audience.PRO), SINGLE)
    with runtime.db.writing() as session:
        question_id = session.query(Question).one().id
        session.query(Lesson).one().audience = Audience.OPEN  # as a course that is installed may have it

    instructor.submit(f"/studio/questions/{question_id}", {**SINGLE, "stem": "What rolls?"})

    (item,) = items(runtime)
    assert (item.stem, item.audience) == ("What rolls?", "pro")
    with runtime.db.reading() as session:
        assert session.query(Question).one().audience is Audience.PRO


def test_two_who_save_a_question_at_once_make_two_versions(instructor, make_lesson, runtime):
    add(instructor, make_lesson(), SINGLE)
    maker = Viewer(user_id=instructor.user_id, role=Role.INSTRUCTOR)
    with runtime.db.reading() as session:
        question_id = session.query(Question).one().id
        form = question_editing.page(session, maker, question_id).form

    def save(stem: str) -> None:
        with runtime.db.writing() as session:
            changed = replace(form, stem=stem)
            question_editing.save(session, maker, question_id, changed, runtime.clock.now())

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, ["One?", "Two?", "Three?", "Four?"]))

    with runtime.db.reading() as session:
        assert sorted(version.number for version in session.query(QuestionVersion)) == [1, 2, 3, 4, 5]


# -- who may -------------------------------------------------------------------------------------------------


def test_a_colleagues_questions_cannot_be_seen_or_changed(
    instructor, colleague, learner, make_lesson, runtime
):
    lesson_id = make_lesson()
    add(instructor, lesson_id, SINGLE)
    with runtime.db.reading() as session:
        question_id = session.query(Question).one().id

    for person in (colleague, learner):
        assert person.get(f"/studio/questions/{question_id}").status_code == 403
        assert person.submit(f"/studio/questions/{question_id}", SINGLE).status_code == 403
        assert add(person, lesson_id, TRUTH).status_code == 403
        assert person.submit(f"/studio/lessons/{lesson_id}/questions/{question_id}/remove").status_code == 403
    assert len(items(runtime)) == 1


def test_what_is_not_there_is_not_found(instructor, make_lesson):
    lesson_id = make_lesson()

    assert instructor.get("/studio/questions/99").status_code == 404
    assert instructor.get("/studio/lessons/99/questions/new").status_code == 404
    assert instructor.submit(f"/studio/lessons/{lesson_id}/questions/99/remove").status_code == 404
