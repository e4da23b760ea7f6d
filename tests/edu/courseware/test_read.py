"""Reading a whole course folder."""

import pytest

from edu.courseware.course import Audience, Grade, PageState
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.errors import Invalid

LESSON = "modules/M1/L1.1-touch.md"


def test_a_course_is_read_with_all_that_belongs_to_it(folder):
    course = read_course(folder.path)

    lesson = course.modules[0].lessons[0]
    assert (course.slug, course.state) == ("small", PageState.UNDER_CONSTRUCTION)
    assert (lesson.code, lesson.audience, lesson.evidence) == ("L1.1", Audience.OPEN, (Grade.SERIES,))
    assert [step.id for step in course.videos[0].steps] == ["V1-c01", "V1-c02"]
    assert course.steps["V1-c02"].code == "V1"
    assert course.quizzes[0].questions == ("Q001", "Q002")
    assert [question.id for question in course.questions] == ["Q001", "Q002"]
    assert [reference.key for reference in course.references] == ["known2001"]
    assert course.modules[0].objectives == lesson.objectives
    assert [notice.version for notice in course.notices] == ["1"]
    assert (course.paths[0].modules, course.planned[0].code) == (("M1", "M2"), "M2")


def test_a_folder_without_course_toml_is_no_course(tmp_path):
    with pytest.raises(CourseError, match=r"Give the folder that holds course\.toml"):
        read_course(tmp_path)


def test_every_broken_file_is_named_at_once_with_its_line(folder):
    folder.change(LESSON, "minutes = 5", 'minutes = "five"')
    folder.change("questions/Q001.toml", "key = true", 'key = "maybe"')
    folder.change("course.toml", 'state = "under construction"', 'state = "perfect"')

    with pytest.raises(CourseError) as caught:
        read_course(folder.path)

    places = [finding.place for finding in caught.value.findings]
    assert places == ["course.toml:4", f"{LESSON}:5", "questions/Q001.toml:7"]
    assert all(finding.remedy for finding in caught.value.findings)


def test_a_broken_course_is_invalid_input_for_the_rest_of_edu(folder):
    folder.write("course.toml", "")

    with pytest.raises(Invalid) as caught:
        read_course(folder.path)

    assert caught.value.code == "course_unreadable"
    assert caught.value.parameters["places"] == ["course.toml:1"]


def test_a_module_folder_without_its_data_is_an_error(folder):
    (folder.path / "modules/M1/module.toml").unlink()

    with pytest.raises(CourseError, match=r"modules/M1/module.toml: the file is missing"):
        read_course(folder.path)


def test_modules_and_lessons_come_in_the_order_of_their_codes(folder):
    text = folder.text("modules/M1/module.toml")
    for number in (10, 9):
        folder.write(f"modules/M{number}/module.toml", text.replace('"M1"', f'"M{number}"'))
    lesson = folder.text(LESSON)
    folder.write("modules/M1/L1.10-last.md", lesson.replace('"L1.1"', '"L1.10"'))
    folder.write("modules/M1/L1.9-before.md", lesson.replace('"L1.1"', '"L1.9"'))

    course = read_course(folder.path)

    assert [module.code for module in course.modules] == ["M1", "M9", "M10"]
    assert [lesson.code for lesson in course.lessons] == ["L1.1", "L1.9", "L1.10"]


def test_a_course_may_have_no_library_yet(folder):
    (folder.path / "references.bib").unlink()

    assert read_course(folder.path).references == ()
