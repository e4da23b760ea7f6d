"""Rows of chapters: what is read from them, what is wrong with them, and the rows of what stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions.chapters import Chapter
from edu.errors import Invalid, InvalidFields
from edu.services.texts import step_editing
from edu.services.texts.step_editing import ChapterRow, read, rows_of

FILM, TAUGHT = 90_000, 80_000


def spans(*rows: ChapterRow) -> list[tuple[int, int, str]]:
    return [(chapter.start, chapter.end, chapter.title) for chapter in read(rows, FILM, TAUGHT)]


def test_an_end_is_where_the_next_begins_and_the_last_before_the_credits() -> None:
    assert spans(ChapterRow("0:00", "One"), ChapterRow("0:20", "Two")) == [
        (0, 20_000, "One"),
        (20_000, 80_000, "Two"),
    ]
    assert spans(ChapterRow("1:21", "Credits")) == [(81_000, 90_000, "Credits")]


def test_a_written_end_leaves_a_gap_and_never_reaches_into_the_next() -> None:
    rows = (ChapterRow("0:00", "One", "0:12.5"), ChapterRow("0:20", "Two", "1:25"))

    assert spans(*rows) == [(0, 12_500, "One"), (20_000, 85_000, "Two")]
    assert spans(ChapterRow("0:00", "One", "0:40"), ChapterRow("0:20", "Two"))[0][1] == 20_000


def test_rows_in_any_order_are_read_by_time_and_empty_or_removed_ones_are_none() -> None:
    rows = (
        ChapterRow("0:20", " Two  words "), ChapterRow(), ChapterRow("0:10", "Gone", is_removed=True),
        ChapterRow("0:00", "One"),
    )  # fmt: skip

    assert [title for _, _, title in spans(*rows)] == ["One", "Two words"]
    assert spans() == []


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (ChapterRow("later", "One"), "start-1", "such as 1:05"),
        (ChapterRow("", "One"), "start-1", "such as 1:05"),
        (ChapterRow("0:10", "  "), "title-1", "fill this in"),
        (ChapterRow("1:30", "One"), "start-1", "after the end of the video, which lasts 1:30"),
        (ChapterRow("0:00", "One"), "start-1", "at the same time"),
        (ChapterRow("0:10", "One", "0:09"), "end-1", "before it begins"),
        (ChapterRow("0:10", "One", "soon"), "end-1", "such as 1:05"),
        (ChapterRow("0:10", "x" * 201), "title-1", "at most 200"),
    ],
)
def test_what_is_wrong_is_told_of_its_field(row: ChapterRow, field: str, words: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        read((ChapterRow("0:00", "First"), row), FILM, TAUGHT)

    (fault,) = caught.value.faults
    assert fault.parameters["field"] == field
    assert words in str(fault)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InvalidFields) as caught:
        read((ChapterRow("x", ""), ChapterRow("y", "Two")), FILM, TAUGHT)

    assert [fault.parameters["field"] for fault in caught.value.faults] == ["title-0", "start-0", "start-1"]


def test_chapters_are_not_read_without_a_length_nor_without_end() -> None:
    with pytest.raises(Invalid, match="not known yet"):
        read((ChapterRow("0:00", "One"),), 0, 0)
    with pytest.raises(Invalid, match="At most 500"):
        read((ChapterRow("0:00", "One"),) * 501, FILM, TAUGHT)


def test_the_steps_that_others_have_and_these_rows_lack_are_named() -> None:
    theirs = (ChapterRow("0:00", "One", "", "V1-c01"), ChapterRow("0:20", "Two", "", "V1-c02"))
    mine = (ChapterRow("0:00", "One", "", "V1-c01"), ChapterRow("0:20", "Two", "", "V1-c02", is_removed=True))

    assert step_editing.retired(theirs, mine) == ("V1-c02",)


@given(
    st.lists(st.tuples(st.integers(0, 89_000), st.integers(1, 20_000)), min_size=1, unique_by=lambda s: s[0])
)
def test_chapters_written_as_rows_are_read_back_the_same(made: list[tuple[int, int]]) -> None:
    ordered = sorted(made)
    most = [start for start, _ in ordered[1:]] + [FILM]
    before = [
        Chapter(start, min(start + length, end), f"Step {start}", f"V1-c{place:02}")
        for place, ((start, length), end) in enumerate(zip(ordered, most, strict=True))
    ]

    assert list(read(rows_of(before, TAUGHT), FILM, TAUGHT)) == before
