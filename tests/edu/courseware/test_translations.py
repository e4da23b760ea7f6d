"""Lessons in other languages: their files, beside the lesson, both ways, and what is wrong with them."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.course import PageState
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.write import write_course

PATH = "modules/M1/L1.1-touch.es.md"
TEXT = """\
+++
title = "Tocar"
state = "under construction"
summary = "Con suavidad."
objectives = ["describir un nódulo"]
+++

Presione con suavidad [@known2001] [C].

Mire [[V1-c02]].
"""


def findings(folder):
    return [(found.place, found.rule, found.message) for found in check_course(read_course(folder.path))]


def broken(folder):
    with pytest.raises(CourseError) as error:
        read_course(folder.path)
    return [(found.place, found.message) for found in error.value.findings]


def test_a_translation_lies_beside_its_lesson_and_says_its_words_alone(folder):
    folder.write(PATH, TEXT)

    lesson = read_course(folder.path).lessons[0]

    (text,) = lesson.translations
    assert (text.language, text.title, text.summary) == ("es", "Tocar", "Con suavidad.")
    assert text.objectives == ("describir un nódulo",)
    assert (text.state, text.is_stale) == (PageState.UNDER_CONSTRUCTION, False)
    assert TEXT.split("\n")[text.body_line - 1] == "Presione con suavidad [@known2001] [C]."
    assert lesson.title == "Touch"
    assert findings(folder) == []


def test_a_course_with_translations_is_written_as_it_was_read(folder, tmp_path):
    stale = TEXT.replace('construction"\n', 'construction"\ntranslation = "stale"\n')
    folder.write(PATH, TEXT)
    folder.write(PATH.replace(".es.", ".pt-BR."), stale)
    course = read_course(folder.path)

    write_course(course, tmp_path / "again", lambda path: (folder.path / path).open("rb"))

    assert (tmp_path / "again" / PATH).read_text() == TEXT
    assert (tmp_path / "again" / PATH.replace(".es.", ".pt-BR.")).read_text() == stale
    assert read_course(tmp_path / "again").lessons == course.lessons


def test_a_translation_of_nothing_is_refused(folder):
    folder.write("modules/M1/L1.7-gone.es.md", TEXT)

    (found,) = broken(folder)

    assert found == (
        "modules/M1/L1.7-gone.es.md",
        "there is no lesson modules/M1/L1.7-gone.md that this translates",
    )


def test_a_translation_says_nothing_that_is_its_lessons_own(folder):
    folder.write(PATH, TEXT.replace("+++\ntitle", '+++\naudience = "open"\ntitle', 1))

    assert [place for place, _ in broken(folder)] == [f"{PATH}:2"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (" [C]", "", (f"{PATH}:8", "the grade tag [C] is missing here")),
        ("Mire", "::: caution\nAlto.\n:::\n\nMire", (f"{PATH}:10", 'a box "caution" stands here')),
        ('["describir un nódulo"]', "[]", (PATH, "it has 0 objectives, and its original 1")),
        ('"under construction"', '"reviewed"', (PATH, 'L1.1 in es is called "reviewed" and nobody')),
    ],
)
def test_what_a_translation_has_otherwise_is_found_with_its_line(folder, old, new, found):
    folder.write(PATH, TEXT.replace(old, new, 1))

    told = [(place, message) for place, _, message in findings(folder)]

    place, words = found
    assert any(where == place and message.startswith(words) for where, message in told), told


def test_a_missing_caution_is_told_with_its_place_in_the_original(folder):
    folder.change("modules/M1/L1.1-touch.md", "Watch", "::: caution\nStop.\n:::\n\nWatch")
    folder.write(PATH, TEXT)

    found = next(found for found in check_course(read_course(folder.path)) if '"caution"' in found.message)

    assert found.place == f"{PATH}:10"
    assert found.message.endswith("which the original has at modules/M1/L1.1-touch.md:20")
    assert found.remedy == "Translate it, in the same place"


def test_one_that_says_that_its_original_went_on_is_not_held_to_what_that_says_now(folder):
    folder.write(PATH, TEXT.replace(" [C]", "").replace("summary", 'translation = "stale"\nsummary', 1))

    assert findings(folder) == []


def test_a_translation_is_in_another_language(folder):
    folder.write(PATH.replace(".es.", ".en."), TEXT)

    assert [message for _, _, message in findings(folder)] == [
        'the translation is in "en", as its original is'
    ]
