"""The statistics of a quiz as comma-separated values, under Moodle's names, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from edu.services.quizzing.statistics import ItemReport, StatisticsPage
from quizzes.analysis import Interval, OptionFigures

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by it spreadsheets know that the file is UTF-8
# A cell that begins so is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
DIGITS = 10
_QUIZ = ("median", "mean", "standarddeviation", "skewness", "kurtosis", "cic", "errorratio", "standarderror")
_ITEM = (
    "facility",
    "sd",
    "effectiveweight",
    "covariance",
    "markvariance",
    "othermarkvariance",
    "discriminationindex",
    "covariancemax",
    "discriminativeefficiency",
    "upper_lower",
)
_HEAD = ("record", "position", "question", "version", "kind", "option", "is_key", "text", "learners", "count")
_TAIL = ("share", "pointbiserial", "low", "high", "flags")
COLUMNS = (*_HEAD, *_QUIZ, *_ITEM, *_TAIL)

Cell = str | int | float | None


def csv_of(page: StatisticsPage) -> bytes:
    """One record for the quiz, one for each wording of a question and one for each of its options.

    `low` and `high` are the ends of the 95 % interval: of alpha, of the discrimination index, of an option's
    share. What may not be shown is an empty cell.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for record in _records(page):
        writer.writerow([_safe(record.get(name)) for name in COLUMNS])
    return (MARK + out.getvalue()).encode()


def _records(page: StatisticsPage) -> Iterator[dict[str, Cell]]:
    yield {
        "record": "quiz",
        "text": page.title,
        "learners": page.learners,
        "count": page.passed,
        **{name: getattr(page.quiz, name) for name in _QUIZ},
        **_ends(page.quiz.cic_interval),
    }
    for item in page.items:
        yield from _of_item(item)


def _of_item(item: ItemReport) -> Iterator[dict[str, Cell]]:
    place: dict[str, Cell] = {"position": item.position, "question": item.uid, "version": item.version}
    seen = item.figures
    yield {
        "record": "item",
        **place,
        "kind": item.kind,
        "text": item.stem,
        "learners": seen.learners,
        "count": seen.answered,
        **{name: getattr(seen, name) for name in _ITEM},
        **_ends(seen.discrimination_interval),
        "flags": " ".join(f"{each.flag}:{each.option}" if each.option else each.flag for each in seen.flags),
    }
    texts = dict(item.options)
    for option in seen.options:
        yield {"record": "option", **place, **_of_option(option), "text": texts.get(option.id, "")}


def _of_option(option: OptionFigures) -> dict[str, Cell]:
    return {
        "option": option.id,
        "is_key": int(option.is_key),
        "count": option.count,
        "share": option.share,
        "mean": option.mean,
        "pointbiserial": option.pointbiserial,
        **_ends(option.share_interval),
    }


def _ends(interval: Interval | None) -> dict[str, Cell]:
    return {} if interval is None else {"low": interval.low, "high": interval.high}


def _safe(cell: Cell) -> Cell:
    """A number as it is; a text that a spreadsheet would run with a sign before it that it shows as text."""
    if isinstance(cell, float):
        return round(cell, DIGITS)
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
