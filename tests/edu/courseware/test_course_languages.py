"""course.<language>.toml and terms.<language>.toml: read, written, and held to what they translate."""

from __future__ import annotations

import pytest

from edu.cli.prepare import BUNDLED
from edu.courseware.check import check_course
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.write import text_files
from tests.edu.courseware.conftest import CourseFolder
from tests.edu.terms_file import TERMS
from tests.edu.words_file import COURSE_ES, TERMS_ES


@pytest.fixture
def spoken(course_folder: CourseFolder) -> CourseFolder:
    """The small course with its own words and its glossary in Spanish."""
    course_folder.write("terms.toml", TERMS)
    course_folder.write("course.es.toml", COURSE_ES)
    course_folder.write("terms.es.toml", TERMS_ES)
    return course_folder


def told(folder: CourseFolder) -> list[str]:
    """What is wrong with the two files, in a sentence each."""
    found = check_course(read_course(folder.path))
    return [finding.sentence for finding in found if finding.path.endswith(".es.toml")]


def test_words_in_another_language_are_read_and_written_as_they_were(spoken: CourseFolder) -> None:
    course = read_course(spoken.path)

    texts = text_files(course)

    assert (texts["course.es.toml"], texts["terms.es.toml"]) == (COURSE_ES, TERMS_ES)
    assert course.words[0].paths["student"]["title"] == "Estudiante"
    assert told(spoken) == []


WRONG = {
    "a lost source": (
        "course.es.toml",
        "[@known2001] ",
        "the reference [@known2001] is missing in honest_summary",
    ),
    "a lost grade": ("course.es.toml", " [C].", "the grade tag [C] is missing in honest_summary"),
    "an unknown path": ("course.es.toml", '"student"', '"nobody" is none of the paths of the course'),
    "an unknown module": ("course.es.toml", '"M1"', '"M9" is none of the modules of the course'),
    "an unknown entry": ("terms.es.toml", 'slug = "touch"', '"nobody" is no page of the glossary'),
    "a lost grade of an entry": ("terms.es.toml", " [D].", "the grade tag [D] is missing in nodule.body"),
    "an unknown name": ("terms.es.toml", '"Muskelhärte"', '"nobody" is no name of "nodule"'),
    "a name of another": ("terms.es.toml", '"nódulo"', '"lesson" leads to "lesson" and to "nodule"'),
}
INSTEAD = {'"student"': '"nobody"', '"M1"': '"M9"', '"Muskelhärte"': '"nobody"', '"nódulo"': '"lesson"'}
INSTEAD['slug = "touch"'] = 'slug = "nobody"'


@pytest.mark.parametrize(("path", "words", "sentence"), WRONG.values(), ids=list(WRONG))
def test_what_a_translation_names_or_loses_wrongly_is_told(
    spoken: CourseFolder, path: str, words: str, sentence: str
) -> None:
    before = (spoken.path / path).read_text(encoding="utf-8")
    assert words in before
    spoken.write(path, before.replace(words, INSTEAD.get(words, ""), 1))

    assert any(sentence in one for one in told(spoken)), told(spoken)


def test_a_field_that_nobody_knows_is_refused_with_its_line(spoken: CourseFolder) -> None:
    spoken.write("course.es.toml", 'titel = "Pequeño"\n')

    with pytest.raises(CourseError, match=r"course\.es\.toml:1: `titel` is not a known field"):
        read_course(spoken.path)


def test_the_honest_summary_of_the_bundled_course_is_as_honest_in_its_other_languages() -> None:
    words = {each.language: each.front for each in read_course(BUNDLED / "back-mice").words}

    assert "ningún estudio ha mostrado" in words["es"]["honest_summary"]
    assert "es una hipótesis [?]" in words["es"]["evidence_line"]
    assert "aucune étude n’a montré" in words["fr"]["honest_summary"]
    assert "est une hypothèse [?]" in words["fr"]["evidence_line"]
