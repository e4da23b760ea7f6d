"""Quizzes and questions in the folder of a course."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.course import Audience
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course

QUESTION = "questions/Q001.toml"


def test_a_question_keeps_its_document_and_what_was_read_in_it(folder):
    question = read_course(folder.path).questions[0]

    assert question.document == folder.text(QUESTION)
    assert (question.item.evidence, question.item.references) == ("V1-c01", ("known2001",))
    assert question.audience is Audience.OPEN


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        (QUESTION, 'kind = "truefalse"', 'kind = "guess"', 3, "guess is not one of"),
        (QUESTION, 'grade = "C"', 'grade = "?"', 8, "A statement whose truth is open"),
        (QUESTION, 'id = "Q001"', 'id = "Q009"', 2, 'the id is "Q009"'),
        (QUESTION, "stem =", "stam =", 0, "The field stem is missing"),
        ("quizzes/first.toml", 'id = "first"', 'id = "other"', 1, 'the id is "other"'),
        ("quizzes/first.toml", 'title = "Self-check"', "title = 3", 2, "This should be"),
    ],
)
def test_a_wrong_field_is_named_with_file_and_line(folder, name, old, new, line, reason):
    folder.change(name, old, new)

    with pytest.raises(CourseError) as caught:
        read_course(folder.path)

    finding = caught.value.findings[0]
    assert (finding.path, finding.line) == (name, line)
    assert finding.message.startswith(reason)


def test_a_statement_graded_as_an_open_question_cannot_be_asked_for_marks(folder):
    folder.change(QUESTION, 'grade = "C"', 'grade = "?"')

    with pytest.raises(CourseError, match="cannot be the key of a question"):
        read_course(folder.path)


def test_each_question_has_a_file_of_its_own(folder):
    folder.write(QUESTION, folder.text(QUESTION) + folder.text(QUESTION).replace("Q001", "Q003"))

    with pytest.raises(CourseError, match="the file holds 2 questions"):
        read_course(folder.path)


def test_a_quiz_names_its_questions_and_holds_none(folder):
    folder.write("quizzes/first.toml", folder.text("quizzes/first.toml") + folder.text(QUESTION))

    with pytest.raises(CourseError, match=r"Move each to questions/<id>\.toml"):
        read_course(folder.path)


@pytest.mark.parametrize(
    ("fields", "slot", "message"),
    [
        ('video = "V1"\n', "at_ms = 18000\n", ""),
        ('video = "V1"\n', "at_ms = 18001\n", "a question is asked at 18001 ms, after the teaching of V1"),
        ('video = "V9"\n', "at_ms = 9000\n", 'stands in the video "V9", which is not there'),
        ('video = "V1"\n', "", "stands in V1 and asks at no time of it"),
        ("", "at_ms = 9000\n", "has times and names no video"),
    ],
)
def test_a_quiz_in_a_film_asks_while_it_teaches(folder, fields, slot, message):
    quiz = folder.text("quizzes/first.toml")
    folder.write("quizzes/first.toml", quiz.replace("language", f"{fields}language", 1) + slot)

    found = [finding.message for finding in check_course(read_course(folder.path))]

    assert len(found) == bool(message)
    assert all(message in each for each in found)
