"""Writing a table of questions: every kind, in UTF-8 with the mark that spreadsheets look for."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial

from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.carried import Form, made, to_carry
from quizzes.formats.csv_table.cells import (
    bare,
    column_of,
    field_cell,
    guarded,
    key_cell,
    quantity_cell,
    time_cell,
)
from quizzes.formats.csv_table.reading import Row, facts_of
from quizzes.formats.csv_table.rows import OPTIONS, STANDARD, native
from quizzes.formats.outgoing import choices, hints, numbers, pairs, shorts
from quizzes.formats.prose import Lost
from quizzes.item import Item
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.order import Order
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import Kind, MultipleScoring

LEAST_OPTIONS = 4  # columns for options that every table has


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """The table of these items; reading it gives equal items.

    Cells which a spreadsheet would run as formulas begin with an apostrophe. What has more options than there
    are letters is told to `lost`.
    """
    rows = []
    for item in items:
        facts = to_carry(item, _hints(item), partial(_reread, item))
        row = {**_row(item), **_further(facts)}
        if _read_back(row) != item:
            lost(refusal(Reason.NOT_KEPT, item.id, what="some wording"))
        rows.append(row)
    used = {column for row in rows for column in row}
    options = [name for place, name in enumerate(OPTIONS) if place < LEAST_OPTIONS or name in used]
    further = [name for name in dict.fromkeys(c for row in rows for c in row) if name not in STANDARD]
    columns = ["type", "stem", *options, "key", "feedback", "video", "start", "end", "tags", *further]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([[guarded(row.get(column, "")) for column in columns] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _hints(item: Item) -> Form:
    """The names of options where they are not the letters of the columns."""
    if item.kind is not Kind.ORDERING:
        return {name: value for name, value in hints(item).items() if name != "kind"}
    letters = [name[-1].upper() for name in OPTIONS[: len(item.options)]]
    return {} if list(item.option_ids) == letters else {"ids": list(item.option_ids)}


def _further(facts: Form) -> Row:
    return {column_of(name, STANDARD): field_cell(name, value) for name, value in facts.items()}


def _reread(item: Item, facts: Form) -> Form:
    cells = _stripped({**_row(item), **_further(facts)})
    try:
        form = native(cells, facts, _ignore)
    except QuizError:  # the standard columns cannot say the key
        form = native(cells, {**facts, "key": None}, _ignore)
    return {"id": item.id, **form}


def _read_back(row: Row) -> Item | None:
    cells = _stripped(row)
    facts = facts_of(cells, _ignore)
    try:
        return made(native(cells, facts, _ignore), facts, _ignore)
    except QuizError:
        return None


def _stripped(row: Row) -> Row:
    """The cells as reading finds them."""
    cells = {column: bare(guarded(cell).strip("\n ")).strip() for column, cell in row.items()}
    return {column: cell for column, cell in cells.items() if cell}


def _ignore(_: QuizError) -> None:
    """What a reading loses is told by comparing."""


def _row(item: Item) -> Row:
    """The standard columns, as far as they can say the question, and its id."""
    row = {
        "type": item.kind.value,
        "stem": item.stem,
        "feedback": item.feedback.why,
        "tags": ", ".join(item.tags),
    }
    if item.evidence and item.kind not in {Kind.MOMENT, Kind.INTERVAL}:
        row["video"] = item.evidence
    if item.kind in _WRITERS:
        row |= _WRITERS[item.kind](item)
    return {**{name: cell for name, cell in row.items() if cell}, "id": item.id}


def _with_options(texts: Sequence[str], key: str = "") -> Row:
    """The columns of options; more than there are letters stand in a further column instead."""
    if len(texts) > len(OPTIONS):
        return {}
    return {**dict(zip(OPTIONS, texts, strict=False)), "key": key}


def _letters(item: Item) -> dict[str, str]:
    """The letter of each option's column."""
    return {identifier: name[-1].upper() for identifier, name in zip(item.option_ids, OPTIONS, strict=False)}


def _choice(item: Item) -> Row:
    answers = choices(item)
    earned = {name[-1].upper(): a.fraction for name, a in zip(OPTIONS, answers, strict=False)}
    key: dict[str, float | None] = {letter: f for letter, f in earned.items() if f}
    if item.kind is Kind.SINGLE:
        key = {letter: None if fraction == 1 else fraction for letter, fraction in key.items()}
    elif item.kind is Kind.MULTIPLE and item.scoring.multiple is not MultipleScoring.WEIGHTS:
        key = {letter: None for letter, fraction in earned.items() if fraction > 0}
    return _with_options([answer.text for answer in answers], key_cell(key))


def _ordering(item: Item) -> Row:
    letters = _letters(item)
    order = item.key.options if isinstance(item.key, Order) else ()
    if len(order) > len(OPTIONS):
        return {}
    return _with_options([option.text for option in item.options], ",".join(letters[i] for i in order))


def _short(item: Item) -> Row:
    answers = shorts(item)
    earned = {name[-1].upper(): a.fraction for name, a in zip(OPTIONS, answers, strict=False)}
    key = {letter: None if fraction == 1 else fraction for letter, fraction in earned.items()}
    return _with_options([answer.text for answer in answers], key_cell(key))


def _truth(item: Item) -> Row:
    return {"key": str(isinstance(item.key, Truth) and item.key.value).lower()}


def _numeric(item: Item) -> Row:
    first = numbers(item)[0]
    return {"key": quantity_cell(first.value, item.scoring.tolerance, item.unit)}


def _pairs(item: Item) -> Row:
    return _with_options([f"{prompt} -> {option.text}" for prompt, option in pairs(item)])


def _film(item: Item) -> Row:
    match item.key:
        case Window(start, end) | Interval(start, end):
            return {"video": item.video or "", "start": time_cell(start), "end": time_cell(end)}
    return {}


_WRITERS: dict[Kind, Callable[[Item], Row]] = {
    Kind.SINGLE: _choice,
    Kind.MULTIPLE: _choice,
    Kind.KEYFEATURE: _choice,
    Kind.ORDERING: _ordering,
    Kind.SHORT: _short,
    Kind.TRUEFALSE: _truth,
    Kind.NUMERIC: _numeric,
    Kind.MATCHING: _pairs,
    Kind.EMQ: _pairs,
    Kind.MOMENT: _film,
    Kind.INTERVAL: _film,
}
