"""The stations of the bundled course, to the letter; and what is wrong with the checklists of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.courseware.check import check_course
from edu.courseware.course import Audience, Course
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from quizzes.checklist import Checklist, Use, write
from tests.edu.courseware.conftest import CourseFolder
from tests.stations import STATION

BUNDLED = Path(__file__).parents[3] / "edu/content/back-mice"
FILE = "checklists/S.toml"
CRITICAL = {
    "A": "A2 A3 A15 A19",
    "B": "B2 B3 B4 B5 B7 B8 B9 B10 B12 B13 B16 B17 B21 E1 E2 E3",
}
WEIGHTS = {
    "A": "1222" "1112" "1212" "2221" "2121" "21",
    "B": "2222" "3222" "2212" "2112" "2221" "22121" "2" "33211",
}  # fmt: skip


@pytest.fixture(scope="module")
def course() -> Course:
    return read_course(BUNDLED)


def station(course: Course, name: str) -> Checklist:
    return next(entry.checklist for entry in course.checklists if entry.checklist.id == name)


@pytest.mark.parametrize(
    ("name", "maximum", "needed", "minutes"), [("A", 68, 48, (8, 6, 2)), ("B", 114, 92, (15, 12, 5))]
)
def test_points_times_and_critical_steps_are_those_of_the_table(
    course: Course, name: str, maximum: int, needed: int, minutes: tuple[int, ...]
) -> None:
    found = station(course, name)

    assert found.passing is not None
    assert (found.maximum, found.passing.needed(found.maximum), found.passing.rating) == (maximum, needed, 3)
    assert tuple(ms // 60_000 for ms in (found.time_ms, found.warning_ms, found.feedback_ms)) == minutes
    assert " ".join(item.id for item in found.items if item.critical) == CRITICAL[name]
    assert "".join(str(item.weight) for item in found.items) == WEIGHTS[name]


def test_station_b_is_behind_the_gate_and_its_branch_opens_at_the_patients_word(course: Course) -> None:
    found = station(course, "B")

    assert [entry.audience for entry in course.checklists] == [Audience.OPEN, Audience.PRO]
    assert [branch.trigger for branch in found.branches] == ["my lips feel odd"]
    assert [item.id for item in found.items_of("E")] == ["E1", "E2", "E3", "E4", "E5"]
    assert len(found.main_items) == 26
    assert [scale.use for scale in found.scales] == [Use.DOMAIN] * 5 + [Use.ENTRUSTMENT]
    assert {tuple(scale.words) for scale in found.judged_by} == {(1, 3, 5)}


def test_station_a_has_one_global_rating_the_patients_word_and_errors_to_name(course: Course) -> None:
    found = station(course, "A")

    assert [scale.use for scale in found.scales] == [Use.GLOBAL, Use.PATIENT, Use.PATIENT]
    assert len(found.scales[0].anchors) == 5
    assert len(found.errors) == 7
    assert {item.id for item in found.items if not item.step} == {"A7", "A17", "A18", "A20"}


def test_their_files_say_what_they_would_be_written_as(course: Course) -> None:
    for entry in course.checklists:
        assert write(entry.checklist).decode() == entry.document


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('step = "V1-c01"', 'step = "V1-c09"', "unknown-step"),
        ('"known2001"', '"unknown1"', "unknown-reference"),
    ],
)
def test_a_name_that_leads_nowhere_is_found(folder: CourseFolder, old: str, new: str, code: str) -> None:
    folder.write(FILE, write(STATION).decode())
    assert check_course(read_course(folder.path)) == ()

    folder.change(FILE, old, new)

    assert [(found.path, found.rule) for found in check_course(read_course(folder.path))] == [(FILE, code)]


def test_an_open_list_leads_to_nothing_behind_the_gate_and_an_open_path_to_no_gated_list(
    folder: CourseFolder,
) -> None:
    folder.write(FILE, write(STATION).decode())
    folder.change(
        "course.toml", 'modules = ["M1", "M2"]\n', 'modules = ["M1", "M2"]\nchecklists = ["S", "T"]\n'
    )
    assert [found.rule for found in check_course(read_course(folder.path))] == ["unknown-checklist"]

    folder.change("course.toml", '"S", "T"', '"S"')
    folder.change(FILE, 'audience = "open"', 'audience = "pro"')
    assert [found.rule for found in check_course(read_course(folder.path))] == ["gate"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('id = "S"', 'id = "T"', 1),
        ('slug = "small"\n', "", 0),
        ("weight = 2", "weight = 99", 22),
        ("share = 70", "share = 170", 16),
        ('title = "A small station"', "title = 5", 3),
        ("[pass]", "[pass", 15),
    ],
)
def test_a_document_that_cannot_be_read_is_named_with_its_line(
    folder: CourseFolder, old: str, new: str, line: int
) -> None:
    folder.write(FILE, write(STATION).decode())
    folder.change(FILE, old, new)

    with pytest.raises(CourseError) as refused:
        read_course(folder.path)

    assert [(found.path, found.line) for found in refused.value.findings] == [(FILE, line)]


def test_two_lists_have_two_addresses(folder: CourseFolder) -> None:
    folder.write(FILE, write(STATION).decode())
    folder.write("checklists/T.toml", folder.text(FILE).replace('id = "S"', 'id = "T"', 1))

    assert {found.rule for found in check_course(read_course(folder.path))} == {"duplicate"}
