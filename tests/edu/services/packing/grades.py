"""Answers to questions of the kinds that packs mark, and what the grader of the site gives them.

`python -m tests.edu.services.packing.grades` writes tests/data/pack-grades.json, which tests/js/pack.test.js
reads.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import quizzes
from edu.services.packing import open_keys
from quizzes import Item, QuizError
from quizzes.fields import Fields
from quizzes.form import read_item

TABLE = Path(__file__).parents[3] / "data/pack-grades.json"
FOUR = {"A": "one", "B": "two", "C": "three", "D": "four"}
ORDER = ("C", "A", "D", "B")
NUMBERS = (
    "40", "40 mg", "0,04 g", "40.0mg", ".04g", "+40", "-40", "\u221240", "39", "41", "42", "44.0000000001",
    "36", "40 ml", "40 kg", "4e1", "4E1 mg", "1e999", "inf", "-Infinity", "nan", "40000 \u00b5g",
    "40000 \u03bcg", "40000 mcg", "40 MG", "40 mg ", "  40   mg", "abc", "", "40 41", "1,000.5", "mg",
    "40 mg2", "40 x", "4 0", "40%", "30", "50",
)  # fmt: skip
UNITS = ("cm", "°", "%", "", "widgets")


def questions() -> list[dict[str, Any]]:
    """The whole table: a key, and rows of response, certainty, fraction and certainty mark.

    Ids of options are those that a page with the options in ORDER has; a fraction of None is "cannot be
    read".
    """
    return [_question(item, responses) for item, responses in _asked()]


def _question(item: Item, responses: list[Any]) -> dict[str, Any]:
    order = tuple(name for name in ORDER if name in item.option_ids)
    places = {identifier: str(place) for place, identifier in enumerate(order, start=1)}
    sure = (None, 1, 2, 3) if item.option_ids else (None,)
    rows = [[said, level, *_mark(item, said, level, order)] for said in responses for level in sure]
    return {"key": open_keys.document(item, places), "answers": rows}


def _mark(item: Item, response: Any, certainty: int | None, order: tuple[str, ...]) -> list[Any]:
    try:
        outcome = quizzes.grade(item, quizzes.undisguise(item.kind, response, order))
    except QuizError:
        return [None, None]
    sure = (
        outcome.certainty_mark if certainty is None else quizzes.certainty_mark(outcome.fraction, certainty)
    )
    return [outcome.fraction, sure]


def _asked() -> list[tuple[Item, list[Any]]]:
    some = [list(chosen) for size in range(1, 5) for chosen in combinations("1234", size)]
    found: list[tuple[Item, list[Any]]] = [
        (_item("single", options=FOUR, key="B", weights={"D": 0.5}), ["1", "2", "3", "4"]),
        (_item("single", options=FOUR, key="C"), ["1", "2", "3", "4"]),
        *(
            (_item("multiple", options=FOUR, key=["A", "C", "D"], scoring=scoring), some)
            for scoring in ("net", "each", "all")
        ),
        (_item("multiple", options=FOUR, key=["A", "B"], scoring="weights", weights=_weights()), some),
        *((_item("truefalse", key=key), _said()) for key in (True, False)),
    ]
    found += [(one, list(NUMBERS)) for one in _numbers()]
    found += [
        (
            _item("numeric", key=1.5, tolerance=0.1, unit=unit),
            ["1.5", f"1,5 {unit}".strip(), "15 mm", "1.6001"],
        )
        for unit in UNITS
    ]
    return found


def _numbers() -> list[Item]:
    also = [{"value": 30, "tolerance": 0, "fraction": 0.5}, {"value": 50, "tolerance": 2, "fraction": 0.25}]
    return [
        _item("numeric", key=40, unit="mg"),
        _item("numeric", key=40, unit="mg", tolerance=2),
        _item("numeric", key=40, unit="mg", tolerance=0.1, tolerance_kind="relative"),
        _item("numeric", key=40, unit="mg", tolerance=0.1, tolerance_kind="geometric"),
        _item("numeric", key=40, also=also),
    ]


def _weights() -> dict[str, float]:
    return {"A": 0.3333333, "B": 0.6666667, "C": -0.5, "D": 0.1}


def _said() -> list[dict[str, Any]]:
    return [
        {"answer": answer} | ({"certainty": sure} if sure else {})
        for answer in (True, False)
        for sure in (0, 1, 2, 3)
    ]


def _item(kind: str, **form: Any) -> Item:
    return read_item(Fields({"id": "Q", "kind": kind, "stem": "?", **form}))


def written() -> str:
    """The table as its file holds it."""
    document = {"units": open_keys.units(), "questions": questions()}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TABLE.write_text(written(), encoding="utf-8")
