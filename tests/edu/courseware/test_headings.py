"""Headings as places to jump to, and the sentences between them with their evidence tags."""

from __future__ import annotations

import re

import pytest

from edu.courseware.headings import LONGEST, sections, sentences, without_tags
from edu.courseware.markdown import render
from edu.services.prose import Surroundings

TEXT = """\
Before all. It is [X].

## Über alles

A claim [D, ?]. Another, with a [link](/x) and **bold** words. [C] Then more.

::: caution Mind this
In the box [[V1-c05: watch it]].
:::

| a | b |
|---|---|
| one | two |

## Über alles
"""


def test_a_text_is_read_by_its_headings_and_every_sentence_keeps_its_tags() -> None:
    first, second, third = sections(TEXT)

    assert (first.anchor, first.lines) == ("", ("Before all.", "It is [X]."))
    assert (second.anchor, second.heading) == ("s-uber-alles", "Über alles")
    assert second.lines[:3] == (
        "A claim [D, ?].",
        "Another, with a link and bold words. [C]",
        "Then more.",
    )
    assert second.lines[3:] == ("Mind this", "In the box watch it.", "a", "b", "one", "two")
    assert (third.anchor, third.lines) == ("s-uber-alles-2", ())


def test_each_anchor_is_the_id_of_its_heading_on_the_page() -> None:
    html = render(TEXT, Surroundings()).html

    assert re.findall(r'<h2 id="([^"]+)">', html) == [part.anchor for part in sections(TEXT) if part.anchor]


@pytest.mark.parametrize("tag", ["[?]", "[D, ?]"])
def test_no_part_of_a_sentence_that_is_too_long_is_without_its_tag(tag: str) -> None:
    parts = list(sentences(f"{'many words in it ' * 40}{tag}."))

    assert len(parts) > 1
    assert all(len(part) <= LONGEST and tag in part for part in parts)


def test_tags_are_no_words() -> None:
    assert without_tags("A claim [D, ?].") == "A claim."
