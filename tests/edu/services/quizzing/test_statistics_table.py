"""Statistics as comma-separated values: every figure that may be shown, and nothing that runs."""

from __future__ import annotations

import csv
import io

import pytest

from edu.clock import FixedClock
from edu.db import Database
from edu.models import Role
from edu.policy import Viewer
from edu.services.quizzing import statistics
from edu.services.quizzing.statistics import StatisticsPage
from edu.services.quizzing.statistics_table import COLUMNS, csv_of
from tests.learners import Cohort, add_learners, publish_bank


def page(database: Database, clock: FixedClock, learners: int) -> StatisticsPage:
    """The statistics of the bank after so many learners."""
    with database.writing() as session:
        quiz = publish_bank(session, clock.now())
        add_learners(session, quiz, clock.now(), Cohort(learners))
        return statistics.page(session, Viewer(user_id=1, role=Role.ADMINISTRATOR), "bank")


def read(data: bytes) -> list[dict[str, str]]:
    """The records as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_figure_of_the_page_stands_in_its_cell(database: Database, clock: FixedClock) -> None:
    seen = page(database, clock, 60)

    records = read(csv_of(seen))

    assert [record["record"] for record in records] == ["quiz", *["item", *["option"] * 4] * 6]
    quiz, item, option = records[:3]
    assert float(quiz["cic"]) == pytest.approx(seen.quiz.cic)
    figures = seen.items[0].figures
    assert float(item["discriminationindex"]) == pytest.approx(figures.discriminationindex)
    assert (item["question"], item["version"], item["learners"]) == ("S-wrong", "1", "60")
    assert (option["option"], option["is_key"], option["text"]) == ("A", "0", "At the neck")
    assert float(option["share"]) == pytest.approx(figures.options[0].share)


def test_a_text_that_a_spreadsheet_would_run_is_shown_as_text(database: Database, clock: FixedClock) -> None:
    records = read(csv_of(page(database, clock, 60)))

    texts = {record["text"] for record in records}
    assert "'=2+2" in texts
    assert "'+Question 2, with a sign that spreadsheets run" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t"))]


def test_what_may_not_be_shown_is_an_empty_cell(database: Database, clock: FixedClock) -> None:
    records = read(csv_of(page(database, clock, 9)))

    figures = set(COLUMNS) - {
        "record",
        "position",
        "question",
        "version",
        "kind",
        "text",
        "learners",
        "count",
    }
    assert [record["record"] for record in records] == ["quiz", *["item"] * 6]
    assert {record[name] for record in records for name in figures} == {""}
