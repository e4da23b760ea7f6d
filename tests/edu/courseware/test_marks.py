"""The marks of lesson text."""

import pytest

from edu.courseware.marks import Mark, find_marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is oval [C].", [("grade", "C")]),
        ("It is oval [D, ?].", [("grade", "D"), ("grade", "?")]),
        ('Wrong [X: for "never"].', [("grade", "X")]),
        ("See [@a1993; @b-2].", [("citation", "a1993"), ("citation", "b-2")]),
        ("As [by @a1993] said.", [("citation", "a1993")]),
        ("Watch [[V1-c05]] or [[V1-c06: the other side]].", [("step", "V1-c05"), ("step", "V1-c06")]),
        ("See [there](lesson:L0.2).", [("lesson", "L0.2")]),
        ("| a | b |\n| --- | --- |\n| [@a1] | [[V1-c01]] |", [("citation", "a1"), ("step", "V1-c01")]),
        ("- **one [B]**", [("grade", "B")]),
    ],
)
def test_marks_are_found_wherever_text_stands(text, found):
    assert [(mark.kind, mark.value) for mark in find_marks(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "`[C] [@a] [[V1-c01]]`",
        "    [C]",
        "[E]",
        "[C](https://example.org)",
        "\\[C\\]",
        "[c]",
        "[CD]",
        "[@ a]",
        "[[V1_c]]",
    ],
)
def test_what_only_looks_like_a_mark_is_none(text):
    assert find_marks(text) == ()


def test_a_mark_knows_its_line():
    text = "One\ntwo [B]\nthree [C].\n\n::: caution Mind\nfour\n\nfive [D]\n:::\n"

    assert find_marks(text) == (Mark("grade", "B", 2), Mark("grade", "C", 3), Mark("grade", "D", 8))
