"""The tick by which an author opens a key: kept with the form, refused beside what forbids it."""

from __future__ import annotations

import pytest

from edu.errors import InvalidFields
from edu.services.quizzing.writing import document, sheet
from edu.services.quizzing.writing.from_item import sheet_of
from quizzes import Kind
from tests.quizzes.samples import sample

MARKED = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.NUMERIC)


@pytest.mark.parametrize("kind", MARKED)
def test_the_tick_comes_back_as_it_was_set(kind: Kind) -> None:
    for is_open in (False, True):
        item = sample(kind, open_key=is_open)

        again = document.item(sheet_of(item), item.id)

        assert again.open_key is is_open
        assert sheet.read(sheet_of(item).plain()).said("open_key") == ("1" if is_open else "")


@pytest.mark.parametrize("other", [{"critical": "1"}, {"audience": "pro"}])
def test_it_is_refused_at_its_field_beside_what_forbids_it(other: dict[str, str]) -> None:
    ticked = sheet_of(sample(Kind.SINGLE)).having(open_key="1", **other)

    with pytest.raises(InvalidFields) as refused:
        document.item(ticked, "Q1")

    assert [error.parameters["field"] for error in refused.value.faults] == ["open_key"]
