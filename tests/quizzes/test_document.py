"""Quiz documents."""

import pytest
from hypothesis import given

from quizzes import Kind, Mode, QuizError, Reason, read_bank, read_quiz, write_bank, write_quiz
from quizzes.toml import dump
from tests.quizzes.samples import RIGHT, items, quizzes_of_items, sample, sample_form, steady

DOCUMENT = """
id = "finding-back-mice"
title = "Finding back mice"
lesson = "L3.2"

[settings]
mode = "test"
pass_mark = 80
certainty = true

[[questions]]
id = "Q001"
kind = "single"
evidence = "V1-c06"
stem = "Which description fits a back mouse best?"
key = "C"
why = "Descriptions agree on size, feel, mobility and place."
references = ["bicket2016"]
grade = "C"
[questions.options]
A = "A hard lump fixed to the bone"
B = "A tight cord within a muscle"
C = "An oval, rubbery, mobile nodule"

[[questions]]
id = "Q002"
kind = "truefalse"
lesson = "L1.1"
stem = "Many nodules cause no pain."
key = true
"""


def refused(document):
    """The code and place with which a quiz document is refused."""
    data = document if isinstance(document, bytes) else document.encode()
    with pytest.raises(QuizError) as caught:
        read_quiz(data)
    return caught.value.code, caught.value.place


def test_a_document_becomes_a_quiz():
    quiz = read_quiz(DOCUMENT.encode())

    assert (quiz.id, quiz.title, quiz.audience, quiz.language) == (
        "finding-back-mice",
        "Finding back mice",
        "open",
        "en",
    )
    assert (quiz.settings.mode, quiz.settings.pass_mark, quiz.settings.attempts) == (Mode.TEST, 80, 0)
    assert [item.lesson for item in quiz.items] == ["L3.2", "L1.1"]
    assert quiz.items[0].references == ("bicket2016",)


@steady
@given(quizzes_of_items())
def test_a_quiz_is_read_again_as_it_was_written(quiz):
    assert read_quiz(write_quiz(quiz)) == quiz


@steady
@given(items())
def test_a_bank_is_read_again_as_it_was_written(item):
    assert read_bank(write_bank((item,))) == (item,)


def test_writing_is_stable():
    once = write_quiz(read_quiz(DOCUMENT.encode()))

    assert write_quiz(read_quiz(once)) == once


def test_a_quiz_may_consist_of_slots_alone():
    quiz = read_quiz(
        b'id = "a"\ntitle = "A"\n[[slots]]\nquestion = "Q001"\n[[slots]]\nquestion = "Q002"\nmark = 2\n'
    )

    assert quiz.elsewhere == ("Q001", "Q002")
    assert read_quiz(write_quiz(quiz)) == quiz


def test_the_questions_of_a_quiz_can_be_read_as_a_bank():
    assert read_bank(DOCUMENT.encode()) == read_quiz(DOCUMENT.encode()).items


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('B = "A tight cord within a muscle"', 'B = ""', Reason.BLANK, "questions[0].options.B"),
        ('key = "C"', 'key = "E"', Reason.UNKNOWN_OPTION, "questions[0].key"),
        ("key = true", 'key = "true"', Reason.WRONG_TYPE, "questions[1].key"),
        ("key = true", "", Reason.MISSING, "questions[1].key"),
        ('kind = "truefalse"', 'kind = "essay"', Reason.NOT_ONE_OF, "questions[1].kind"),
        ('id = "Q002"', 'id = "Q001"', Reason.DUPLICATE, "questions[1].id"),
        ('stem = "Many', 'sten = "Many', Reason.MISSING, "questions[1].stem"),
        ('lesson = "L1.1"', 'leson = "L1.1"', Reason.UNKNOWN_FIELD, "questions[1].leson"),
        ("pass_mark = 80", 'pass_mark = "80"', Reason.WRONG_TYPE, "settings.pass_mark"),
        ("pass_mark = 80", "passmark = 80", Reason.UNKNOWN_FIELD, "settings.passmark"),
        ('title = "Finding back mice"', "", Reason.MISSING, "title"),
        ('lesson = "L3.2"', 'audiance = "pro"', Reason.UNKNOWN_FIELD, "audiance"),
        ("[[questions]]", "[questions]", Reason.UNREADABLE, "line 25"),
        ('title = "Finding back mice"', "title = Finding", Reason.UNREADABLE, "line 3"),
    ],
)
def test_a_mistake_is_refused_with_its_place(old, new, code, place):
    assert old in DOCUMENT
    assert refused(DOCUMENT.replace(old, new)) == (code, place)


@pytest.mark.parametrize("document", ["", "questions = 3", "questions = [3]", "[[slots]]\nquestion = 3"])
def test_what_is_no_quiz_is_refused(document):
    with pytest.raises(QuizError):
        read_quiz(document.encode())


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_stands_in_a_document(kind):
    (item,) = read_bank(dump({"questions": [sample_form(kind)]}))

    assert item == sample(kind)
    assert item.key.mark(item, RIGHT[kind]).fraction == 1


def test_with_somebody_to_tell_one_bad_question_does_not_spoil_the_rest():
    lost = []

    kept = read_bank(DOCUMENT.replace('key = "C"', 'key = "E"').encode(), lost.append)

    assert [item.id for item in kept] == ["Q002"]
    assert [error.place for error in lost] == ["questions[0].key"]


def test_a_quiz_that_stands_in_a_film_names_it_and_its_times():
    document = DOCUMENT.replace('lesson = "L3.2"\n', 'lesson = "L3.2"\nvideo = "V1"\n', 1)
    document = document.replace(
        "[[questions]]", '[[slots]]\nquestion = "Q002"\nat_ms = 18250\n\n[[questions]]', 1
    )

    quiz = read_quiz(document.encode())

    assert (quiz.video, [slot.at_ms for slot in quiz.slots]) == ("V1", [18_250])
    assert read_quiz(write_quiz(quiz)) == quiz
    assert "video" not in write_quiz(read_quiz(DOCUMENT.encode())).decode()
