"""Lessons: front matter between +++ lines, then Markdown."""

from datetime import date

import pytest

from edu.courseware.course import PageState, Review
from edu.courseware.finding import CourseError
from edu.courseware.lessons import code_order, read_lesson, split_front_matter

LESSON = "modules/M1/L1.1-touch.md"


def test_the_text_begins_on_the_line_that_the_lesson_says(folder):
    lesson = read_lesson(folder.path, LESSON)

    lines = folder.text(LESSON).split("\n")
    assert lines[lesson.body_line - 1] == lesson.body.split("\n")[0] == "Press gently [@known2001] [C]."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# A page\n", "a lesson begins with its data"),
        ('+++\ncode = "L1.1"\n', "the data of the lesson do not end"),
        ('+++\ncode = "L1.1"\n+++\n\n', "the lesson has no text"),
    ],
)
def test_a_lesson_without_data_or_text_is_refused(text, reason):
    with pytest.raises(CourseError, match=reason):
        split_front_matter(text, LESSON)


def test_a_slip_in_the_front_matter_is_refused_on_its_line(folder):
    folder.change(LESSON, 'slug = "touch"', 'slugg = "touch"')

    with pytest.raises(CourseError) as caught:
        read_lesson(folder.path, LESSON)

    assert caught.value.findings[0].sentence.startswith(f"{LESSON}:2: `slug` is missing")


def test_an_unknown_grade_is_refused_with_the_grades_that_there_are(folder):
    folder.change(LESSON, 'evidence = ["C"]', 'evidence = ["C+"]')

    with pytest.raises(CourseError, match='Choose one of "A", "B", "C", "D", "X", "G", "P", "\\?"'):
        read_lesson(folder.path, LESSON)


def test_a_signature_needs_name_dates_and_interests(folder):
    dates = "reviewed_on = 2026-01-02\ndue_on = 2027-01-02"
    review = f'\n[review]\nreviewer = "Dr A"\n{dates}\nconflicts = "none"\n'
    folder.change(LESSON, "]\n+++", f"]\n{review}+++")
    folder.change(LESSON, '"under construction"', '"reviewed"')

    lesson = read_lesson(folder.path, LESSON)

    assert lesson.state is PageState.REVIEWED
    assert lesson.review == Review("Dr A", date(2026, 1, 2), date(2027, 1, 2), "none")

    folder.change(LESSON, 'conflicts = "none"\n', "")
    with pytest.raises(CourseError, match=r"`review\.conflicts` is missing"):
        read_lesson(folder.path, LESSON)


def test_codes_are_ordered_as_numbers():
    assert sorted(["L10.1", "L2.10", "L2.9"], key=code_order) == ["L2.9", "L2.10", "L10.1"]
