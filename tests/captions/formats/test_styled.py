"""Runs as cue text: tags that nest, blank lines, the longest cue, names."""

import pytest

from captions.findings import DropCode, Findings, RepairCode
from captions.formats.styled import Run, cue_text
from captions.limits import MAX_CUE_CHARACTERS


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], ""),
        ([Run("one"), Run(" two")], "one two"),
        ([Run("one", ("i",)), Run(" two", ("i",))], "<i>one two</i>"),
        ([Run("one", ("b", "i")), Run("two", ("b",))], "<b><i>one</i>two</b>"),
        ([Run("one", ("b",)), Run("two", ("i", "b"))], "<b>one</b><i><b>two</b></i>"),
        ([Run("one", ("b",)), Run("", ("i",)), Run("two", ("b",))], "<b>onetwo</b>"),
        ([Run("-"), Run("->")], "--&gt;"),
        ([Run("<b>&")], "&lt;b>&amp;"),
    ],
)
def test_runs_become_text_with_tags(runs: list[Run], expected: str) -> None:
    findings = Findings()

    assert cue_text(runs, 1, findings) == expected
    assert findings == Findings()


def test_blank_lines_are_taken_out_over_the_borders_of_runs_and_told() -> None:
    findings = Findings()

    text = cue_text([Run("\none\n"), Run(" \n", ("i",)), Run("\ntwo\n")], 7, findings)

    assert text == "one\ntwo"
    assert [(repair.line, repair.code) for repair in findings.repairs] == [(7, RepairCode.BLANK_IN_TEXT)]


def test_what_goes_beyond_the_longest_cue_is_cut_and_told() -> None:
    findings = Findings()

    text = cue_text([Run("a" * MAX_CUE_CHARACTERS, ("b",)), Run("bc")], 7, findings)

    assert text == f"<b>{'a' * MAX_CUE_CHARACTERS}</b>"
    assert [(loss.code, loss.text) for loss in findings.dropped] == [(DropCode.TOO_LONG, "bc")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna", "<v Anna>x"),
        (" Anna \n Lee ", "<v Anna Lee>x"),
        ("A & <B>", "<v A &amp; &lt;B&gt;>x"),
        ("A--", "<v A-- >x"),
    ],
)
def test_a_voice_stands_before_the_text(name: str, expected: str) -> None:
    assert cue_text([Run("x")], 1, Findings(), voice=name) == expected
