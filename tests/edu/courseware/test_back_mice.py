"""The bundled course: complete, honest, and the same after a round trip."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from edu.courseware.check import check_course
from edu.courseware.course import Audience, CalloutKind, Grade, PageState
from edu.courseware.markdown import reference_list, render
from edu.courseware.marks import find_marks
from edu.courseware.read import read_course
from edu.courseware.write import text_files, write_course

FOLDER = Path(__file__).parents[3] / "edu/content/back-mice"


@pytest.fixture(scope="module")
def course():
    return read_course(FOLDER)


def lesson(course, code):
    return next(lesson for lesson in course.lessons if lesson.code == code)


def words(text):
    return re.sub(r"\s+", " ", text)


class Page:
    """Everything that the course holds, as a page for professionals would know it."""

    def __init__(self, course):
        self.references = {reference.key: reference for reference in course.references}
        self.steps = {step.id: step for video in course.videos for step in video.steps}
        self.lessons = {lesson.code: f"/courses/back-mice/{lesson.slug}" for lesson in course.lessons}

    def reference(self, key):
        return self.references.get(key)

    def step(self, step_id):
        return (self.steps[step_id], f"#{step_id}") if step_id in self.steps else None

    def lesson(self, code):
        return self.lessons.get(code)


def test_the_check_finds_nothing(course):
    assert [finding.sentence for finding in check_course(course)] == []


def test_the_whole_course_is_read_in_well_under_a_second(course):
    start = time.process_time()
    read_course(FOLDER)

    assert time.process_time() - start <= 0.7


def test_everything_is_there(course):
    assert [module.code for module in course.modules] == ["M0", "M1", "M2", "M3"]
    assert " ".join(lesson.code for lesson in course.lessons) == (
        "L0.1 L0.2 L0.3 L1.1 L1.2 L1.3 L2.1 L2.2 L2.3 L3.1 L3.2 L3.3 L3.4"
    )
    assert [module.code for module in course.planned] == ["M4", "M5", "M6", "M7", "M8", "M9", "M10"]
    assert sum(module.minutes for module in (*course.modules, *course.planned)) == 365
    assert [(video.code, len(video.steps)) for video in course.videos] == [("V1", 10), ("V2", 10), ("V3", 9)]
    assert len(course.references) == 164
    assert Counter(reference.is_verified for reference in course.references) == {True: 96, False: 68}


def test_the_bank_holds_all_questions_of_all_kinds(course):
    assert [question.id for question in course.questions] == [f"Q{number:03}" for number in range(1, 55)]
    assert Counter(question.item.kind.value for question in course.questions) == {
        "single": 16,
        "multiple": 6,
        "ordering": 4,
        "numeric": 6,
        "hotspot": 3,
        "moment": 4,
        "matching": 3,
        "truefalse": 7,
        "emq": 2,
        "keyfeature": 3,
    }
    asked = {question for quiz in course.quizzes for question in quiz.questions}
    assert asked == {question.id for question in course.questions}


def test_what_is_for_professionals_is_in_no_open_place(course):
    gated = {question.id for question in course.questions if question.audience is Audience.PRO}

    assert gated == {f"Q{number:03}" for number in range(31, 43)}
    assert [quiz.slug for quiz in course.quizzes if quiz.audience is Audience.PRO] == ["infiltration"]
    assert [video.code for video in course.videos if video.audience is Audience.PRO] == ["V2"]
    for quiz in course.quizzes:
        assert not gated & set(quiz.questions) or quiz.slug == "infiltration"
    for page in course.lessons:
        assert not [step for step in page.steps if step.startswith("V2")]


def test_nobody_has_reviewed_it_and_nobody_is_said_to_have(course):
    pages = [*course.modules, *course.lessons]

    assert {page.state for page in (course, *pages)} == {PageState.UNDER_CONSTRUCTION}
    assert {page.review for page in pages} == {None}


def test_every_text_renders_without_a_gap(course):
    page = Page(course)

    for text in (course.honest_summary, *(lesson.body for lesson in course.lessons)):
        result = render(text, page)
        assert 'class="missing"' not in result.html
        assert not re.search(r"\[[@\[A-DXGP?]", result.html)
        assert ":::" not in result.html
        assert "<h1" not in result.html
        assert reference_list(result.citations).count("<li ") == len(result.citations)


def test_every_cited_source_that_is_not_verified_says_so(course):
    page = Page(course)
    for text in (lesson.body for lesson in course.lessons):
        citations = render(text, page).citations
        doubtful = [c for c in citations if not c.reference.is_verified]
        assert reference_list(citations).count('class="unverified"') == len(doubtful)


def test_an_untouched_course_is_exported_as_the_very_same_files(course, tmp_path):
    write_course(course, tmp_path, lambda path: (FOLDER / path).open("rb"))

    assert read_course(tmp_path) == course
    for path, text in text_files(course).items():
        kept = (FOLDER / path).read_text(encoding="utf-8")
        assert text == (re.sub(r"\A(# .*\n)+", "", kept) if path.startswith("videos/") else kept)


@pytest.mark.parametrize(
    "phrase",
    [
        "That the nodule *causes* the pain is a hypothesis",
        "nodules are common in people without pain",
        "no study has shown which of fat, fascia or nerve produces the pain [?]",
        "in series without controls",
        "defined by tenderness and not by a nodule",
        "the latter not significant; saline helped too; no difference in the general-practice arm",
        "no strong evidence for or against them",
        "says not to offer spinal injections for low back pain",
        "must be able to say why, despite that, in this patient",
    ],
)
def test_the_honest_summary_is_not_softened(course, phrase):
    assert phrase in words(course.honest_summary)


def test_the_honest_summary_keeps_its_grades_and_sources(course):
    marks = find_marks(course.honest_summary)

    assert [mark.value for mark in marks if mark.kind == "grade"] == ["B", "C", "?", "C", "B", "A", "X"]
    assert [mark.value for mark in marks if mark.kind == "citation"] == [
        *("swezey1991", "motyka2000", "nacir2011", "collee1991rct", "staal2008", "niceng59", "aomrcebi")
    ]


@pytest.mark.parametrize(
    "sign",
    [
        "numbness between the legs or around the genitals",
        "passing or holding urine or stool",
        "Weakness of both legs",
        "growing rapidly",
        "fever and being unwell",
        "after a major accident",
        "Sudden severe back or belly pain with faintness or collapse",
    ],
)
def test_each_emergency_sign_stands_in_the_emergency_box(course, sign):
    body = lesson(course, "L0.2").body

    box = body[body.index(f"::: {CalloutKind.EMERGENCY}") : body.index("\n:::\n")]
    assert sign in box


@pytest.mark.parametrize(
    "sign",
    [
        "cancer",
        "losing weight",
        "steroids for a long time",
        "osteoporosis",
        "at rest nor at night",
        "immune system",
        "larger than 5 cm",
        "deep or fixed",
        "hard",
        "growing",
        "back after removal",
    ],
)
def test_each_reason_to_see_a_doctor_soon_is_named(course, sign):
    body = lesson(course, "L0.2").body

    assert sign in body[body.index("## See a doctor soon") : body.index("## Why the lump")]


def test_the_notices_lesson_quotes_each_notice_and_the_gate(course):
    body = words(lesson(course, "L0.3").body)

    for text in (course.gate.text, *(notice.text for notice in course.notices)):
        assert words(text) in body
    assert course.gate.version
    assert all(notice.version for notice in course.notices)


@pytest.mark.parametrize(
    ("code", "caution"),
    [
        ("L0.1", "Do not press hard on your own back again and again."),
        ("L0.1", "Never inject yourself, and never let an unlicensed person do it."),
        ("L0.1", "Watching is not competence."),
        ("L0.2", "None of them waits for a trial of pressing, massage or injection"),
        ("L1.1", "no single figure should be quoted"),
        ("L2.3", "A finger cannot tell nodule from nerve. Nor can a small pool of anaesthetic."),
        ("L3.1", "If one warning sign is present, stop and assess that first."),
        ("L3.2", "Press lightly only, if a fracture is possible."),
        ("L3.2", "A tender nodule is a finding, not yet a diagnosis."),
        ("L3.3", "nothing supports injecting a person without pain"),
        ("L3.3", "no firm pressing and no injection, but urgent imaging or referral"),
        ("L3.3", "variations for teaching, not data of patients"),
        ("L3.4", "Practise under supervision."),
    ],
)
def test_each_caution_stands_in_its_lesson(course, code, caution):
    assert caution in words(lesson(course, code).body)


def test_an_open_question_stands_in_a_box_for_open_questions_or_is_named_as_general_anatomy(course):
    for page in course.lessons:
        outside = re.sub(r"^::: open.*?^:::$", "", page.body, flags=re.MULTILINE | re.DOTALL)
        bare = [mark for mark in find_marks(outside) if mark.value == Grade.OPEN_QUESTION]
        assert len(bare) == outside.count("[?: general anatomy]")


def test_the_self_check_of_the_sequence_asks_about_the_steps_of_its_video(course):
    quiz = next(quiz for quiz in course.quizzes if quiz.slug == lesson(course, "L3.2").quiz)
    questions = {question.id: question.item for question in course.questions}

    asked = [questions[name] for name in quiz.questions]
    assert all(item.evidence and item.evidence.startswith("V1-") for item in asked)
    assert sum(item.kind.value in {"single", "multiple", "truefalse"} for item in asked) >= 4


def test_the_sequence_plays_every_step_of_its_video(course):
    page = lesson(course, "L3.2")

    played = {mark.value for mark in find_marks(page.body) if mark.kind == "step"}
    assert played == {f"V1-c{number:02}" for number in range(1, 11)}


def test_each_question_of_the_bank_is_asked_by_a_quiz_that_somebody_comes_to(course):
    named = {module.quiz for module in (*course.modules, *course.planned)}
    named |= {lesson.quiz for lesson in course.lessons} | {
        quiz.slug for quiz in course.quizzes if quiz.quiz.video
    }
    asked = {question for quiz in course.quizzes if quiz.slug in named for question in quiz.questions}

    assert len(course.questions) == 54
    assert {question.id for question in course.questions} - asked == set()
