"""What a new course holds as samples is told until it is written anew, and of no other course."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.courseware.read import read_course
from edu.courseware.samples import find_samples
from edu.courseware.skeleton import samples, write_skeleton

BACK_MICE = Path(__file__).parents[3] / "edu" / "content" / "back-mice"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_skeleton(tmp_path, "knee-fat")[0].parent


def standing(folder: Path) -> list[str]:
    """The lines that are told."""
    return [(folder / f.path).read_text().splitlines()[f.line - 1].strip() for f in find_samples(folder)]


def test_each_sample_of_a_new_course_is_told_with_its_line_and_no_mark_is_written(folder: Path) -> None:
    course = read_course(folder)

    assert sorted(standing(folder)) == sorted(samples())
    assert {finding.path.rpartition("/")[2] for finding in find_samples(folder)} == {
        "course.toml", "module.toml", "L1.1-first-lesson.md", "knee-fat-first-module.toml", "knee-fat-1.toml",
        "references.bib",
    }  # fmt: skip
    texts = (course.summary, course.modules[0].summary, course.lessons[0].body, course.references[0].title)
    assert [text for text in texts if "~" in text] == []
    assert "Write the lesson here" in course.lessons[0].body


def test_a_sample_written_anew_is_told_no_more_and_one_that_was_moved_still_is(folder: Path) -> None:
    lesson = folder / "modules" / "M1" / "L1.1-first-lesson.md"
    text = lesson.read_text()
    before = len(find_samples(folder))

    lesson.write_text(text.replace('"The first lesson"', '"Where the fat lies"'))
    lesson.rename(lesson.with_name("L1.1-fat.md"))

    after = find_samples(folder)
    assert len(after) == before - 1
    assert any(finding.path == "modules/M1/L1.1-fat.md" for finding in after)


def test_what_is_no_sample_is_not_told(folder: Path) -> None:
    told = " ".join(standing(folder))

    assert "It is not medical advice for you" not in told  # a caution that every course may keep
    assert find_samples(BACK_MICE) == ()


def test_a_file_that_cannot_be_read_is_left_to_the_reading(folder: Path) -> None:
    (folder / "questions" / "notes.toml").write_bytes(b"\xff")

    assert sorted(standing(folder)) == sorted(samples())
