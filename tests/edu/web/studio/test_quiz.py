"""The pages of quizzes in the studio: filled, changed by buttons, published, taken back, allowances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edu.models import Attempt, AttemptSlot, Question, QuizDraft, QuizVersion, Step
from edu.services.quizzing import questions
from quizzes import Kind
from tests.edu.web.studio.test_quiz_story import form_of
from tests.quizzes.samples import sample

QUIZZES, NEW = "/studio/quizzes", "/studio/quizzes/new"


@pytest.fixture
def bank(runtime, instructor) -> list[int]:
    """Questions of the instructor: three about the crest, one about the rib that has a negative stem."""
    made = []
    with runtime.db.writing() as session:
        for n, stem in enumerate(
            ("Which crest?", "What crest?", "Where is the crest?", "Which is not a rib?")
        ):
            tags = ("rib",) if "rib" in stem else ("crest",)
            item = replace(sample(Kind.SINGLE, stem=stem), id=f"W-{n}", tags=tags)
            made.append(
                questions.keep(session, item, now=runtime.clock.now(), author_id=instructor.user_id)[0].id
            )
    return made


def press(person, act: str, form: dict[str, object], path: str = NEW):
    return person.submit(path, {**form, "act": act})


def begun(person, *asked: int, **changes: object) -> dict[str, object]:
    """The form of a new quiz with a title and these questions, as the page gives it back."""
    form = {**form_of(person.get(NEW).text), "title": "Crest", **changes}
    return form_of(press(person, "add", {**form, "pick": [str(number) for number in asked]}).text)


def test_questions_are_found_added_moved_and_removed_without_script(instructor, bank):
    form = {**form_of(instructor.get(NEW).text), "title": "Crest"}

    found = press(instructor, "find", {**form, "find_words": "WHERE crest", "find_tag": "crest"}).text
    assert "1 question found" in found
    assert f'value="{bank[2]}"' in found
    made = form_of(press(instructor, "add", {**form, "pick": [str(bank[0]), str(bank[3])]}).text)
    assert [made["places-0-question"], made["places-1-question"]] == [str(bank[0]), str(bank[3])]
    moved = press(instructor, "up:1", made).text
    assert form_of(moved)["places-0-question"] == str(bank[3])
    assert 'data-focus="place-0"' in moved
    left = form_of(press(instructor, "remove:0", form_of(moved)).text)
    assert (left["places-0-question"], "places-1-question" in left) == (str(bank[0]), False)
    assert press(instructor, "drop", form).status_code == 422


def test_advice_stands_beside_and_names_the_questions(instructor, bank):
    page = press(instructor, "preview", begun(instructor, bank[0], bank[3])).text

    assert "turns the question round" in page
    assert '<a href="#field-place-1">W-3</a>' in page
    assert page.count("No reference supports the key.") == 1


def test_a_pool_tells_how_many_fit_and_is_not_published_too_small(instructor, bank):
    form = form_of(press(instructor, "pool", {**form_of(instructor.get(NEW).text), "title": "Crest"}).text)

    three = press(instructor, "preview", {**form, "places-0-count": "3", "places-0-tags": "crest"}).text
    refused = press(instructor, "publish", {**form, "places-0-count": "4", "places-0-tags": "crest"})
    published = press(instructor, "publish", {**form, "places-0-count": "3", "places-0-tags": "crest"})

    assert "3 questions fit now." in three
    assert refused.status_code == 422
    assert "Only 3 questions fit, and 4 are to be drawn" in refused.text
    assert "Place 1: " in refused.text
    assert published.status_code == 303


def test_a_quiz_is_published_changed_as_a_draft_and_taken_back(instructor, bank, runtime):
    where = press(instructor, "publish", begun(instructor, bank[0])).location
    page = instructor.get(where).text
    assert "Published: version 1" in page
    assert "Whoever has begun stays in the one they began with" in page
    assert instructor.get("/quizzes/crest").status_code == 200

    press(instructor, "draft", {**form_of(page), "title": ""}, where)
    assert "You see a draft" in instructor.get(where).text
    instructor.submit(f"{where}/forget")
    instructor.submit(f"{where}/take-back")

    listed = instructor.get(QUIZZES).text
    assert "Waiting" in listed
    assert "1 question" in listed
    assert "0 attempts so far" in listed
    assert instructor.get("/quizzes/crest").status_code == 404
    with runtime.db.reading() as session:
        assert (session.query(QuizVersion).count(), session.query(QuizDraft).count()) == (1, 0)


def test_a_quiz_that_was_taken_back_is_deleted_unless_somebody_tried_it(
    instructor, bank, colleague, learner, runtime
):
    where = press(instructor, "publish", begun(instructor, bank[0])).location
    assert colleague.submit(f"{where}/delete").status_code == 403
    instructor.submit(f"{where}/delete")
    assert "Take the quiz back before" in instructor.get(where).text

    assert learner.submit("/quizzes/crest/attempts").status_code == 303
    instructor.submit(f"{where}/take-back")
    instructor.submit(f"{where}/delete")
    assert "Somebody has tried this quiz" in instructor.get(where).text

    with runtime.db.writing() as session:
        session.query(AttemptSlot).delete()
        session.query(Attempt).delete()
    instructor.submit(f"{where}/delete")
    assert instructor.get(where).status_code == 404
    with runtime.db.reading() as session:
        assert (session.query(QuizVersion).count(), session.query(Question).count()) == (0, 4)


def test_of_two_who_edit_the_second_is_told_and_may_put_theirs_on_top(instructor, bank):
    where = press(instructor, "publish", begun(instructor, bank[0])).location
    form = form_of(instructor.get(where).text)
    press(instructor, "publish", {**form, "pass_mark": "70"}, where)

    second = press(instructor, "publish", {**form, "pass_mark": "80"}, where)
    again = press(instructor, "publish", form_of(second.text), where)

    assert second.status_code == 409
    assert "Version 2 was saved meanwhile" in second.text
    assert again.status_code == 303
    assert form_of(instructor.get(where).text)["pass_mark"] == "80"


def test_the_end_of_a_step_becomes_the_time_in_the_video(instructor, bank, make_video, runtime):
    video_id = make_video(code="V1")
    with runtime.db.writing() as session:
        session.add(Step(identifier="V1-c01", video_id=video_id, title="Look", start_ms=0, end_ms=9_500))
    form = form_of(press(instructor, "preview", begun(instructor, bank[0], video=str(video_id))).text)
    assert form["places-0-at"] == ""

    timed = press(instructor, "preview", {**form, "places-0-step": "V1-c01"}).text

    assert form_of(timed)["places-0-at"] == "0:09.5"
    assert press(instructor, "publish", form_of(timed)).status_code == 303


def test_more_time_is_given_by_address_listed_and_taken_away(instructor, bank, learner):
    where = press(instructor, "publish", begun(instructor, bank[0])).location
    give, said = f"{where}/allowances", {"extra_percent": "25", "extra_attempts": "1"}

    unknown = instructor.submit(give, {**said, "email": "nobody@example.org"})
    instructor.submit(give, {**said, "email": learner.email})
    page = instructor.get(where).text
    instructor.submit(f"{give}/{learner.user_id}/remove")

    assert unknown.status_code == 422
    assert instructor.get(give).location == f"{where}#allowances"
    assert "Nobody has an account under this address" in unknown.text
    assert "25 % more time, 1 attempt more" in page
    assert "25 % more time" not in instructor.get(where).text


def test_others_may_not(instructor, bank, colleague, learner):
    where = press(instructor, "publish", begun(instructor, bank[0])).location

    assert colleague.get(where).status_code == 403
    assert "No quiz yet" in colleague.get(QUIZZES).text
    assert colleague.submit(f"{where}/take-back").status_code == 403
    assert learner.get(where).status_code == 403
    assert instructor.get(f"{QUIZZES}/none").status_code == 404


def test_a_draft_tells_its_questions_in_both_lists_and_what_cannot_stay(instructor, bank):
    form = begun(instructor, *bank[:2], minutes="-1", attempts="abc")

    answer = press(instructor, "draft", form)

    assert "2 questions" in instructor.get("/studio/quizzes").text
    listed = instructor.get("/studio/questions").text
    assert listed.count(">In a draft<") == 2
    assert instructor.get("/studio/questions?flag=in_draft").text.count("rows-title") == 2
    page = instructor.get(answer.location).text
    assert "Time: Write a number from 0 to" in page
    assert "Attempts: Write a whole number, such as 3." in page
    assert "-1 min" not in page


def test_an_empty_field_of_an_allowance_leaves_what_the_learner_has(instructor, bank, learner):
    where = press(instructor, "publish", begun(instructor, *bank[:2])).location
    give = f"{where}/allowances"
    instructor.submit(give, {"email": learner.email, "extra_percent": "100", "extra_attempts": "1"})

    instructor.submit(give, {"email": learner.email, "extra_percent": "50", "extra_attempts": ""})

    assert "50 % more time, 1 attempt more" in instructor.get(where).text


def test_words_that_make_no_version_are_not_lost_between_two_windows(instructor, bank):
    where = press(instructor, "publish", begun(instructor, *bank[:2])).location
    first = {**form_of(instructor.get(where).text), "intro": "From the first window."}
    second = {**form_of(instructor.get(where).text), "intro": "From the second window."}

    press(instructor, "publish", first, where)
    answer = press(instructor, "publish", second, where)

    assert answer.status_code == 409
    assert "were changed meanwhile" in answer.text
    assert second["intro"] in answer.text
    again = {**form_of(answer.text), "intro": second["intro"]}
    assert press(instructor, "publish", again, where).status_code == 303
    assert "From the second window." in instructor.get(where).text
