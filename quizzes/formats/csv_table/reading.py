"""Reading a table of questions: separator and encoding found out, every row by itself."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.carried import FIELDS, PREFIX, Form, made
from quizzes.formats.csv_table.cells import bare, field_value
from quizzes.formats.csv_table.rows import STANDARD, native
from quizzes.formats.naming import Names
from quizzes.formats.prose import Lost, moved
from quizzes.formats.telling import Telling
from quizzes.formats.text_file import decoded
from quizzes.item import Item
from quizzes.text import LONGEST_PROSE

MOST_COLUMNS = 200
_LONGEST_HEAD = 20_000  # letters by which the separator is found out
_SEPARATORS = ",;\t|"
_ALIASES = {"question": "stem", "question text": "stem", "answer": "key", "correct": "key", "kind": "type"}
_ALIASES |= {"explanation": "feedback", "identifier": "id"}
_OPTION = re.compile(r"(?:opt(?:ion)?[ _])?([a-z])")
_TOLD = re.compile(r"sep=(.)\s*")

Row = dict[str, str]  # the cells that are not empty, by the name of their column


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The questions of a table, one a row.

    `lost` is told of what cannot be kept, with its line. QuizError is raised where the file is no text, is
    too large, or has no column for the question.
    """
    items: list[Item] = []
    names = Names()
    rows = list(islice(_rows(decoded(data), lost), MOST_QUESTIONS + 1))
    if len(rows) > MOST_QUESTIONS:
        raise refusal(Reason.TOO_MANY, f"line {rows[-1][0]}", most=MOST_QUESTIONS)
    for line, row in rows:
        telling = Telling(f"line {line}", lost, row.get("stem", ""))
        try:
            item = _read_row(row, names, telling.lost)
        except QuizError as error:
            telling.leave_out(error)
        else:
            telling.whose.item = item.id
            names.take(item.id)
            items.append(item)
    return tuple(items)


def _read_row(row: Row, names: Names, lost: Lost) -> Item:
    if len(row.get("stem", "")) > LONGEST_PROSE:  # before an id is made of it
        raise refusal(Reason.TOO_LONG, "stem", limit=LONGEST_PROSE)
    facts = facts_of(row, lost)
    form = native(row, facts, lost)
    own = facts.pop("id", "")
    form["id"] = names.suggest(own, "", form["stem"], lost)
    return made(form, facts, lost)


def facts_of(row: Mapping[str, str], lost: Lost) -> Form:
    """The document fields of the further columns."""
    facts: Form = {}
    for column, cell in row.items():
        name = column.removeprefix(PREFIX)
        if column in STANDARD or name not in FIELDS:
            continue
        try:
            facts[name] = field_value(name, cell)
        except ValueError:
            lost(refusal(Reason.NOT_KEPT, column, what=cell[:80]))
    return facts


def _rows(text: str, lost: Lost) -> Iterator[tuple[int, Row]]:
    """Each row that holds something, with its line. Raises QuizError."""
    told = _TOLD.match(text.partition("\n")[0])
    separator = told[1] if told else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] | None = None
    at = 1
    try:
        for cells in reader:
            line, at = at, reader.line_num + 1
            if not any(map(str.strip, cells)) or (told and line == 1):
                continue
            tell = moved(f"line {line}", lost)
            if columns is None:
                columns = _columns(cells, tell)
            else:
                yield line, _named(columns, cells, tell)
    except csv.Error as error:
        lost(refusal(Reason.UNREADABLE, f"line {at}", detail=str(error)))
    if columns is None:
        raise refusal(Reason.UNREADABLE, detail="it is empty")


def _separator(text: str) -> str:
    """The separator with which the first line names most of the columns we know."""
    first = text.lstrip("\n").partition("\n")[0][:_LONGEST_HEAD]

    def known(separator: str) -> int:
        return sum(_is_known(_column(name.strip(' "'))) for name in first.split(separator))

    return max(_SEPARATORS, key=known)


def _columns(cells: list[str], lost: Lost) -> list[str]:
    """The names of the columns. Raises QuizError for too many, before anything is made of them."""
    if len(cells) > MOST_COLUMNS:
        raise refusal(Reason.TOO_MANY, "columns", most=MOST_COLUMNS)
    columns = [_column(_bared(cell)) for cell in cells]
    if "stem" not in columns:
        raise refusal(Reason.MISSING, "stem", field="stem")
    for column, count in Counter(columns).items():
        if count > 1 and _is_known(column):
            raise refusal(Reason.DUPLICATE, value=column)
        if column and not _is_known(column):
            lost(refusal(Reason.NOT_KEPT, what=f"column {column[:80]}"))
    return columns


def _column(name: str) -> str:
    lowered = name.strip().casefold()
    match = _OPTION.fullmatch(lowered)
    return f"opt_{match[1]}" if match else _ALIASES.get(lowered, lowered)


def _is_known(column: str) -> bool:
    return column in STANDARD or column.removeprefix(PREFIX) in FIELDS


def _named(columns: list[str], cells: list[str], lost: Lost) -> Row:
    if any(map(str.strip, cells[len(columns) :])):
        lost(refusal(Reason.NOT_KEPT, what="cells beyond the last column"))
    known = ((column, cell) for column, cell in zip(columns, cells, strict=False) if _is_known(column))
    return {column: text for column, cell in known if (text := _bared(cell))}


def _bared(cell: str) -> str:
    return bare(cell.strip("\n ")).strip()
