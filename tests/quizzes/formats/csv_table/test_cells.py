"""Cells: formulas made harmless, times, quantities and keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.errors import QuizError
from quizzes.formats.csv_table.cells import (
    bare,
    field_cell,
    field_value,
    guarded,
    key_cell,
    quantity_cell,
    read_key,
    read_quantity,
    read_time,
    time_cell,
)
from tests.quizzes.samples import steady


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "'=1", "''-1"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(cell):
    assert guarded(cell) == f"'{cell}"
    assert bare(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "a=1", "'a'", "1", " =1"])
def test_other_cells_stay_as_they_are(cell):
    assert guarded(cell) == cell


@steady
@given(st.text("'=+-@a\t ", max_size=6))
def test_the_guard_comes_off_again(cell):
    assert bare(guarded(cell)) == cell


@pytest.mark.parametrize(
    ("cell", "ms"),
    [("36", 36_000), ("36.5", 36_500), ("0:36", 36_000), ("1:02:03.25", 3_723_250), ("75:00", 4_500_000)],
)
def test_a_time_is_read_as_people_write_it(cell, ms):
    assert read_time(cell) == ms
    assert read_time(time_cell(ms)) == ms


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        ("40", (40, 0, "")),
        ("40 mg", (40, 0, "mg")),
        ("40 ± 2 mg", (40, 2, "mg")),
        ("40 +/- 2 mg", (40, 2, "mg")),
        ("38..42 mg", (40, 2, "mg")),
        ("\u22121.5", (-1.5, 0, "")),
        ("15 °", (15, 0, "°")),
    ],
)
def test_a_quantity_has_a_tolerance_and_a_unit(cell, quantity):
    assert read_quantity(cell) == quantity
    assert read_quantity(quantity_cell(*quantity)) == quantity


@pytest.mark.parametrize(("cell", "key"), [("A", {"A": None}), ("a; B=0.5", {"A": None, "B": 0.5})])
def test_a_key_names_letters_and_what_they_earn(cell, key):
    assert read_key(cell) == key
    assert read_key(key_cell(key)) == key


@pytest.mark.parametrize(
    ("read", "cells"),
    [
        (read_time, ["", "soon", "1:2:3:4", "-1"]),
        (read_quantity, ["", "forty", "1:2", "1" * 500 + "..x", "1e999"]),
        (read_key, ["", "A=x", "A,A"]),
    ],
)
def test_what_cannot_be_understood_is_refused(read, cells):
    for cell in cells:
        _refuses(read, cell)


def _refuses(read, cell):
    with pytest.raises(QuizError):
        read(cell)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("references", "R1, R2", ["R1", "R2"]),
        ("references", '["R1"]', ["R1"]),
        ("hints", "look, closer", ["look, closer"]),
        ("critical", "Yes", True),
        ("lesson", "Finding it", "Finding it"),
        ("lesson", '" kept"', " kept"),
        ("limit", "2", 2),
        ("id", "12", "12"),
        ("lesson", "null", None),
    ],
)
def test_a_field_is_read_as_people_type_it(name, cell, value):
    assert field_value(name, cell) == value


@pytest.mark.parametrize("value", ["Finding it", " kept", '"quoted"', "null", "", "12"])
def test_a_text_field_comes_back(value):
    assert field_value("lesson", field_cell("lesson", value)) == value
