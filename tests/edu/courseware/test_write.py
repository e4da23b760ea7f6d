"""Writing a course as files."""

from dataclasses import replace

import pytest

from edu.courseware.course import Source
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.write import text_files, write_course

LESSON = "modules/M1/L1.1-touch.md"


def opener(folder):
    return lambda path: (folder / path).open("rb")


def test_a_course_written_and_read_again_is_the_same_course(folder, tmp_path):
    course = read_course(folder.path)

    paths = write_course(course, tmp_path / "out", opener(folder.path))

    assert read_course(tmp_path / "out") == course
    assert set(paths) == {file.relative_to(folder.path).as_posix() for file in folder.path.rglob("*.*")}


def test_writing_twice_gives_the_same_bytes(folder, tmp_path):
    write_course(read_course(folder.path), tmp_path / "one", opener(folder.path))
    write_course(read_course(tmp_path / "one"), tmp_path / "two", opener(tmp_path / "one"))

    for file in (tmp_path / "one").rglob("*.*"):
        assert file.read_bytes() == (tmp_path / "two" / file.relative_to(tmp_path / "one")).read_bytes()


def test_an_edited_lesson_is_written_with_its_new_text(folder, tmp_path):
    course = read_course(folder.path)
    module = course.modules[0]
    lesson = replace(module.lessons[0], title='Touch "it"', body="New text [C].\n\nWatch [[V1-c02]].\n")
    edited = replace(course, modules=(replace(module, lessons=(lesson,)),))

    write_course(edited, tmp_path / "out", opener(folder.path))

    again = read_course(tmp_path / "out").lessons[0]
    assert (again.title, again.body) == ('Touch "it"', "New text [C].\n\nWatch [[V1-c02]].\n")
    assert again.source.hash != module.lessons[0].source.hash


def test_a_review_is_written_with_its_dates(folder, tmp_path):
    review = (
        '\n[review]\nreviewer = "Dr A"\nreviewed_on = 2026-01-02\ndue_on = 2027-01-02\nconflicts = "none"\n'
    )
    folder.change(LESSON, "]\n+++", f"]\n{review}+++")
    course = read_course(folder.path)

    write_course(course, tmp_path / "out", opener(folder.path))

    assert read_course(tmp_path / "out") == course
    assert review in (tmp_path / "out" / LESSON).read_text()


@pytest.mark.parametrize(
    "path", ["../outside.md", "/etc/passwd", "modules/../../x.md", "", "a\\..\\b.md", "a\0b"]
)
def test_nothing_is_written_outside_the_folder(folder, tmp_path, path):
    course = read_course(folder.path)
    module = course.modules[0]
    lesson = replace(module.lessons[0], source=Source(path, ""))
    hostile = replace(course, modules=(replace(module, lessons=(lesson,)),))

    with pytest.raises(CourseError, match="leads out of the course folder"):
        write_course(hostile, tmp_path / "out", opener(folder.path))

    assert not (tmp_path / "out").exists()


def test_a_course_without_a_library_writes_none(folder):
    (folder.path / "references.bib").unlink()

    assert "references.bib" not in text_files(read_course(folder.path))
