"""Ids for imported questions."""

import pytest

from quizzes.errors import QuizError
from quizzes.formats.naming import Names, category_tag


@pytest.mark.parametrize(
    ("own", "title", "chosen", "told"),
    [
        ("Q001", "", "Q001", []),
        ("", "Q2", "Q2", []),
        ("", "Kanji Origins", "Kanji-Origins", []),
        ("", "Técnica básica", "Tecnica-basica", []),
        ("", "Who is", "Q1", []),  # the beginning of the question itself
        ("Q7", "Q7 Who is", "Q7", []),
        ("Q7", "A title", "Q7", ["title: A title"]),
        ("", "触診", "Q1", ["title: 触診"]),
        ("", "x" * 70, "x" * 60, [f"title: {'x' * 70}"]),
        ("", "", "Q1", []),
    ],
)
def test_a_question_is_named_by_its_id_else_its_title_else_its_number(own, title, chosen, told):
    lost: list[QuizError] = []

    assert Names().suggest(own, title, "Who is buried here?", lost.append) == chosen
    assert [error.parameters["what"] for error in lost] == told


def test_a_name_that_is_taken_gets_a_number():
    names = Names()
    given = []
    for _ in range(3):
        given.append(names.suggest("", "Pain", "Where?", given.append))
        names.take(given[-1])

    assert given == ["Pain", "Pain-2", "Pain-3"]
    assert names.is_taken("Pain-3")


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("$course$/top/Spine/Palpation", "Spine/Palpation"),
        ("$course$/top", ""),
        ("$cat1$/Default for Spine", "Default for Spine"),
        ("Spine", "Spine"),
        ("topical", "topical"),
    ],
)
def test_a_category_is_a_tag_without_the_course(path, tag):
    assert category_tag(path) == tag
