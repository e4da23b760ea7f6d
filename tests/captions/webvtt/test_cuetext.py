"""Cue text: tokens, tree, entities, plain text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions.webvtt import cuetext
from captions.webvtt.cuetext import EndTag, Tag, Timestamp


def sketch(text: str) -> str:
    """The tree on one line: `b.class{annotation}[children]`."""
    parts: list[str] = []
    for node in cuetext.walk(cuetext.tree(text)):
        if isinstance(node, Tag):
            classes = "".join(f".{name}" for name in node.classes)
            annotation = f"{{{node.annotation}}}" if node.annotation else ""
            parts.append(f"{node.name}{classes}{annotation}[")
        elif isinstance(node, EndTag):
            parts.append("]")
        else:
            parts.append(f"@{node.time}@" if isinstance(node, Timestamp) else node)
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("<b>a</b>c", "b[a]c"),
        ("<b>a <i>both</b> what</i>", "b[a i[both what]]"),
        ("<c.a.b..c >x", "c.a.b.c[x]"),
        ("<c.", "c[]"),
        ("<v.loud \t Dr.  Smith\n>x</v>y", "v.loud{Dr. Smith}[x]y"),
        ("<v Tom &amp; Ann>x", "v{Tom & Ann}[x]"),
        ("<lang en-GB>x</lang>", "lang{en-GB}[x]"),
        ("<b note>x", "b[x]"),
        ("<ruby>a<rt>b</rt>c<rt>d</ruby>e", "ruby[art[b]crt[d]]e"),
        ("<rt>x", "x"),
        ("<ruby>a<rt><b>x</ruby>", "ruby[art[b[x]]]"),
        ("a<00:00:01.000>b<00:61.000>c", "a@1000@bc"),
        ("<00:01.000 >x", "@1000@x"),
        ("<script>x</script><B>y</B>", "xy"),
        ("</b>x</>", "x"),
        ("< b>x", "x"),
        ("a <", "a "),
        ("3 < 4 and 5 > 2", "3  2"),
        ("1 > 0", "1 > 0"),
    ],
)
def test_a_text_gives_the_tree_of_the_specification(text: str, expected: str) -> None:
    assert sketch(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;b&gt; &amp;amp; &eacute;", "<b> &amp; é"),
        ("&nbsp;&lrm;&rlm;", "\u00a0\u200e\u200f"),
        ("&notit; &amp &ampx &bogus; & &;", "¬it; & &x &bogus; & &;"),
        ("&#65;&#x41;&#65&#x41", "AAAA"),
        ("&#0; &#xD800; &#x110000; &#99999999999999999999;", "\ufffd \ufffd \ufffd \ufffd"),
        ("&#128;&#129;", "€\x81"),
        ("&#; &#x;", "&#; &#x;"),
    ],
)
def test_entities_are_those_of_html(text: str, expected: str) -> None:
    assert cuetext.plain_text(text) == expected


def test_text_beside_text_is_one_string() -> None:
    assert cuetext.tree("a<x>b</x>c") == ("abc",)


def test_two_thousand_tags_in_each_other_do_no_harm() -> None:
    text = "<b>" * 2000 + "deep" + "</b>" * 2000

    nodes = cuetext.tree(text)

    assert cuetext.plain_text(text) == "deep"
    assert sum(isinstance(node, Tag) for node in cuetext.walk(nodes)) == 2000
    assert repr(nodes[0]).startswith("Tag(")


def test_the_voices_of_a_cue_are_named_once_each() -> None:
    assert cuetext.voices("<v Anna>a</v><v.x Bob>b</v><v Anna>c <v>d") == ("Anna", "Bob")
    assert cuetext.voices("no one") == ()


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.text(alphabet="<>&;/.#ab1: \n\tvi\u00e9"))
def test_escaped_text_reads_as_it_was_and_no_text_is_an_error(text: str) -> None:
    tree: tuple[Any, ...] = cuetext.tree(text)

    assert "".join(node for node in cuetext.walk(tree) if isinstance(node, str)) == cuetext.plain_text(text)
    assert cuetext.plain_text(cuetext.escape(text)) == text
