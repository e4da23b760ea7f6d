"""The fields of a lesson: objectives as lines and back, with their levels."""

from __future__ import annotations

import pytest

from edu.errors import Invalid
from edu.services.authoring import lesson_fields

KEPT = [{"verb": "find", "text": "the nodule (L5) by touch", "bloom": "analyse"}]


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("find the nodule (L5) by touch (analyse)", "analyse"),
        ("find the nodule (L5) by touch", "analyse"),  # as it was
        ("- find the nodule (L5) by touch (apply)", "apply"),
        ("list the warning signs", "remember"),
        ("ponder the warning signs", "understand"),
    ],
)
def test_an_objective_keeps_its_level_or_takes_that_of_its_verb(typed: str, level: str) -> None:
    (read,) = lesson_fields.objectives(f"\n{typed}\n\n", KEPT)

    assert read["bloom"] == level
    assert lesson_fields.objectives(lesson_fields.objective_lines([read]), []) == [read]


@pytest.mark.parametrize("typed", ["find the nodule\nlump", "find " + "x" * 300, "find it\n" * 13])
def test_what_is_no_objective_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        lesson_fields.objectives(typed, [])

    assert refused.value.parameters["field"] == "objectives"
