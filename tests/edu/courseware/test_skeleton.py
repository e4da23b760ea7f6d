"""A course that is begun from nothing is whole, says what each field is for, and writes over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.courseware.check import check_course
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.skeleton import write_skeleton


def test_a_new_course_has_one_of_each_and_nothing_to_mend(tmp_path: Path) -> None:
    written = write_skeleton(tmp_path, "knee-fat", title='The  "fat"\nof the knee \\ $', language="es")

    course = read_course(tmp_path / "knee-fat")
    assert check_course(course) == ()
    assert (course.slug, course.title, course.language) == (
        "knee-fat",
        'The "fat" of the knee \\ $',
        "es",
    )
    counts = [
        len(part)
        for part in (course.modules, course.lessons, course.quizzes, course.questions, course.references)
    ]
    assert counts == [1, 1, 1, 1, 1]
    assert course.checklists == course.videos == ()
    assert written[0] == tmp_path / "knee-fat" / "course.toml"
    assert "example" in course.references[0].title


def test_each_field_of_the_files_stands_under_its_comment_or_speaks_for_itself(tmp_path: Path) -> None:
    for path in write_skeleton(tmp_path, "knee-fat"):
        assert any(line.startswith(("# ", "% ")) for line in path.read_text().splitlines()), path
    assert read_course(tmp_path / "knee-fat").title == "Knee fat"


def test_two_new_courses_share_no_name_that_is_one_for_the_whole_site(tmp_path: Path) -> None:
    first, second = (
        read_course(write_skeleton(tmp_path, slug)[0].parent) for slug in ("knee-fat", "back-fat")
    )

    assert not {quiz.slug for quiz in first.quizzes} & {quiz.slug for quiz in second.quizzes}
    assert not {each.id for each in first.questions} & {each.id for each in second.questions}


@pytest.mark.parametrize("slug", ["", "Knee", "knee_fat", "knee-", "../knee", "k" * 81, "new course"])
def test_what_is_no_address_is_refused(tmp_path: Path, slug: str) -> None:
    with pytest.raises(CourseError, match="cannot be the address of a course"):
        write_skeleton(tmp_path, slug)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "knee").mkdir()

    with pytest.raises(CourseError, match="something of that name here"):
        write_skeleton(tmp_path, "knee")
    with pytest.raises(CourseError, match="is no language"):
        write_skeleton(tmp_path, "hip", language="English")
    assert [path.name for path in tmp_path.iterdir()] == ["knee"]
    assert list((tmp_path / "knee").iterdir()) == []
