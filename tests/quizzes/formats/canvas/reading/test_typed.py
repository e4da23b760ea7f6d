"""Short answers and numbers from Canvas."""

from typing import Any

import pytest

from quizzes.form import plain
from tests.quizzes.formats.canvas.asking import NUMBER, WRITER, asked, equal, only, question, rule


def bounds(low: str, high: str, lower: str = "vargte") -> str:
    return f'<{lower} respident="response1">{low}</{lower}><varlte respident="response1">{high}</varlte>'


def test_every_text_of_a_scored_rule_is_accepted_and_a_star_is_a_star() -> None:
    rules = [rule(equal("PSIS") + equal("2*3"), "100"), rule(equal("ASIS"), "50", "near")]

    item = only(question("short_answer_question", WRITER, *rules, near="Close."))

    assert plain(item)["key"] == [{"text": "PSIS"}, {"text": "2\\*3"}, {"text": "ASIS", "fraction": 0.5}]
    assert item.feedback.about("3") == "Close."


def test_a_difference_between_capital_and_small_letters_is_lost() -> None:
    tests = equal("Winter").replace("<varequal", '<varequal case="Yes"')

    _, lost = asked(question("short_answer_question", WRITER, rule(tests, "100")))

    assert lost == ["q1: This cannot be kept: the difference between capital and small letters."]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([rule(bounds("41.5", "42.5"), "100")], {"key": 42, "tolerance": 0.5}),
        (
            [rule(f"<or>{equal('2.0')}<and>{bounds('1.9', '2.1')}</and></or>", "100")],
            {"key": 2, "tolerance": 0.1},
        ),
        ([rule(f"<or>{equal('7')}<and>{bounds('7', '7')}</and></or>", "100")], {"key": 7}),
        ([rule(equal("0.1"), "100")], {"key": 0.1}),
        ([rule(bounds("41.995", "42.005", "vargt"), "100")], {"key": 42, "tolerance": 0.005}),
        (
            [
                rule(equal("1"), "50"),
                rule(equal("2"), "100"),
                rule(bounds("3", "5"), "100"),
            ],
            {
                "key": 2,
                "also": [
                    {"value": 1, "tolerance": 0, "fraction": 0.5},
                    {"value": 4, "tolerance": 1, "fraction": 1},
                ],
            },
        ),
        (
            [rule(f"<or>{equal('100')}<and>{bounds('999', '1001')}</and></or>", "100")],
            {"key": 100, "also": [{"value": 1000, "tolerance": 1, "fraction": 1}]},
        ),
        (
            [
                rule(
                    equal("200").replace("<varequal", '<varequal margintype="percent" margin="20.0"')
                    + bounds("160", "240"),
                    "100",
                )
            ],
            {"key": 200, "tolerance": 0.2, "tolerance_kind": "relative"},
        ),
    ],
    ids=["range", "exact and range", "exact", "bare", "precision", "several", "apart", "percent"],
)
def test_bounds_become_a_number_and_its_tolerance(rules: list[str], found: dict[str, Any]) -> None:
    form = plain(only(question("numerical_question", NUMBER, *rules)))

    assert {
        name: form[name] for name in ("key", "tolerance", "tolerance_kind", "also") if name in form
    } == found


@pytest.mark.parametrize(
    ("tests", "lost"),
    [
        (bounds("5", "3"), "q1.vargte: The window should end after it starts."),
        (equal("many"), "q1.varequal: This should be a number."),
        (equal("NaN"), "q1.varequal: This should be a finite number."),
        (equal("1e999"), "q1.varequal: This should be a finite number."),
        ('<vargte respident="response1">1</vargte>', "q1.conditionvar: The field varlte is missing."),
    ],
)
def test_numbers_that_mean_nothing_are_lost_with_their_place(tests: str, lost: str) -> None:
    assert asked(question("numerical_question", NUMBER, rule(tests, "100"))) == ((), [lost])


def test_a_score_that_is_no_number_is_lost_with_its_place() -> None:
    assert asked(question("numerical_question", NUMBER, rule(equal("1"), "inf")))[1] == [
        "q1.setvar: This should be a finite number."
    ]
