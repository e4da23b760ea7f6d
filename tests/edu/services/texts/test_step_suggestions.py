"""Proposals of chapters: taken among the rows by time, and not where a chapter begins already."""

from __future__ import annotations

from edu.services.texts.step_editing import ChapterRow
from edu.services.texts.step_suggestions import Proposal, with_taken


def test_what_is_taken_stands_among_the_rows_by_time_and_a_time_nobody_can_read_last() -> None:
    rows = (
        ChapterRow("0:00", "One", "", "V1-c01"), ChapterRow("soon", "Unread"), ChapterRow(),
        ChapterRow("0:50", "Three", "", "V1-c03"), ChapterRow("0:40", "Gone", "", "V1-c02", is_removed=True),
    )  # fmt: skip

    done = with_taken(rows, [Proposal("0:20.5", "Two")])

    assert [row.title for row in done] == ["One", "Two", "Gone", "Three", "Unread"]
    assert [row.id for row in done] == ["V1-c01", "", "V1-c02", "V1-c03", ""]
