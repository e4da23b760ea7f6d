"""Prose from HTML and back: what is kept, what is said to be lost, and that it stays linear."""

import time

import pytest
from hypothesis import given

from quizzes.errors import QuizError, Reason
from quizzes.formats.prose import LONGEST_SOURCE, MOST_TAGS, from_html, moved, once, to_html
from tests.quizzes.samples import prose, steady


def read(source: str) -> tuple[str, list[str]]:
    lost: list[QuizError] = []
    text = from_html(source, lost.append)
    assert all(error.code is Reason.NOT_KEPT for error in lost)
    return text, [str(error.parameters["what"]) for error in lost]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        ("<p>one</p>\n<p>two<br/>three</p><p>&nbsp;</p>", "one\n\ntwo\nthree"),
        ("  many \n blanks  ", "many blanks"),
        ("<div><div>one</div><p></p>two</div>", "one\n\ntwo"),
        ("<ul><li>one</li><li><p>two</p></li></ul>then", "- one\n- two\n\nthen"),
        ("<ol><li>one<br>more</li><li>two</li></ol>", "1. one\nmore\n2. two"),
        ("H<sub>2</sub>O, cm<SUP>2</SUP>, x<sub>max</sub>, y<sup>A/B</sup>", "H₂O, cm², xₘₐₓ, y^(A/B)"),
        ("a &lt; b &amp; c &#8722; d &eacute; &#x1F600;", "a < b & c − d é 😀"),
        ("1 < 2, a <b", "1 < 2, a <b"),
        ("&bogus; &#0; & ;", "&bogus; &#0; & ;"),
        ("<!-- not seen -->seen<![CDATA[ <raw> ]]><?x?>", "seen <raw>"),
        ('<span title="a > b">in</span>side', "inside"),
        ("<pre>\n a  b\n\tc</pre>", " a  b\n\tc"),
        ("one<pre>two\n</pre>three", "one\n\ntwo\n\nthree"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_prose_without_a_loss(source: str, text: str) -> None:
    assert read(source) == (text, [])


@pytest.mark.parametrize(
    ("source", "text", "lost"),
    [
        ("<b>a</b> <em>b</em>", "a b", ["formatting"]),
        ('<p style="color: red">a</p>', "a", ["formatting"]),
        ('see <img src="x/board.png?1" alt="the board">', "see (the board)", ["a picture board.png"]),
        ('<img src="data:image/png;base64,AAAA">', "", ["a picture"]),
        ('<a href="https://example.org/a">here</a>', "here", ["a link to https://example.org/a"]),
        ("<script>alert(1)</script>a<style>b</style>", "a", ["an element <script>", "an element <style>"]),
        ('<p onclick="x()">a</p>', "a", ["a script"]),
        ("<svg><script>x</script><text>y</text></svg>z", "z", ["a drawing", "an element <script>"]),
        ('<iframe src="https://example.org/v" title="film"></iframe>', "(film)", ["a frame v"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc", ["formatting"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n- b", ["the levels of a list"]),
        ("<input name=x>a", "a", ["a field to fill in"]),
        ("<math><mi>x</mi></math>", "x", ["the layout of a formula"]),
        ("a\x00b", "ab", ["a control character"]),
        ("<script>never closed", "", ["an element <script>"]),
    ],
)
def test_what_prose_cannot_hold_is_told_once(source: str, text: str, lost: list[str]) -> None:
    assert read(source) == (text, lost)


@steady
@given(prose)
def test_prose_written_as_html_reads_back_equal_and_without_a_loss(text: str) -> None:
    assert read(to_html(text)) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "one\ntwo\n\nthree",
        "a  b",
        " a",
        "a\n\n\nb",
        "\ufffe<&>",
        "- a\n- b",
        "<p>",
        "&amp;",
        "a\n\n\u00a0\n\nb",
    ],
)
def test_odd_prose_survives_the_way_through_html(text: str) -> None:
    assert read(to_html(text)) == (text, [])
    assert "\ufffe" not in to_html(text)


@pytest.mark.parametrize("piece", ["<a ", "<", '<a "', "<a '>", "<!--", "<script></script", "&#", "<ul><li>"])
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    source = piece * min(100_000 // len(piece), MOST_TAGS // max(1, piece.count("<")))
    start = time.process_time()

    read(source)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "source", ["<b>" * (MOST_TAGS + 1), "a" * (LONGEST_SOURCE + 1)], ids=["tags", "letters"]
)
def test_more_than_prose_can_come_from_is_refused(source: str) -> None:
    with pytest.raises(QuizError):
        read(source)


def test_a_picture_written_into_the_text_does_not_make_it_too_long() -> None:
    data = "data:image/png;base64," + "A" * LONGEST_SOURCE

    assert read(f'<p>one <img alt="b" src="{data}"></p>') == read(
        '<p>one <img alt="b" src="data:image/png"></p>'
    )


@pytest.mark.parametrize("text", ["\n" * 9_998, "\ufffe" * 10_000, "a\n\n" * 3_333])
def test_the_longest_prose_can_be_written(text: str) -> None:
    assert to_html(text)


def test_a_loss_is_passed_on_once_and_with_its_place() -> None:
    heard: list[QuizError] = []
    listen = moved("question 3", once(heard.append))

    from_html("<b>a</b>", listen)
    from_html("<i>b</i>", listen)

    assert [error.place for error in heard] == ["question 3"]
