"""Runs of text made into cue text: white space and tags."""

import pytest

from captions.formats.ttml.runs import BREAK, Run, TagKey, cue_text

BOLD, ITALIC = ("b", "", 0), ("i", "", 0)


def run(text: str, *tags: TagKey, keeps_space: bool = False) -> Run:
    return Run(text, tags, 0, None, keeps_space)


BR = run(BREAK, keeps_space=True)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([run("\n   Hello \n\t there  ")], "Hello there"),
        ([run(" a "), BR, run(" b ")], "a\nb"),
        ([run("a"), BR, BR, run(" "), BR, run("b"), BR], "a\nb"),
        ([run("a "), run(" b", ITALIC), run(" c ")], "a <i>b</i> c"),
        ([run("a", BOLD, ITALIC), run(" "), run("b", BOLD)], "<b><i>a</i> b</b>"),
        ([run("a", ITALIC), BR, run("b", ITALIC)], "<i>a\nb</i>"),
        ([run(" a  b ", keeps_space=True)], " a  b "),
        ([run("a < b & c --> d")], "a &lt; b &amp; c --&gt; d"),
        ([run("x", ("v", "Ann & Bo", 1)), run("y", ("v", "Ann & Bo", 2))],
         "<v Ann &amp; Bo>x</v><v Ann &amp; Bo>y</v>"),
        ([run("  ")], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_text_is_what_a_viewer_sees_with_its_tags_in_order(runs: list[Run], expected: str) -> None:
    assert cue_text(runs) == expected
