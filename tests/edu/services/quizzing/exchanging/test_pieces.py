"""Files of questions in pieces: only what is looked at is read, and nothing is kept that cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

import quizzes
from edu.errors import Invalid
from edu.services.quizzing.exchanging import staging
from edu.services.quizzing.exchanging.pieces import PIECE, Pieces, cut
from quizzes import Feedback, Item, Kind
from quizzes.toml import LARGEST_FILE
from tests.quizzes.samples import sample


def many(count: int, why: str = "") -> tuple[Item, ...]:
    one = sample(Kind.SINGLE)
    return tuple(replace(one, id=f"P-{n}", feedback=Feedback(why)) for n in range(count))


def test_a_file_in_pieces_is_the_same_sequence():
    items = many(2 * PIECE + 3, "two\nlines")

    pieces = Pieces(cut(items).document)

    assert (len(pieces), tuple(pieces)) == (len(items), items)
    assert (pieces[0], pieces[-1], pieces[PIECE]) == (items[0], items[-1], items[PIECE])
    for part in (
        slice(PIECE),
        slice(PIECE, None),
        slice(7, 60),
        slice(60, 5, -9),
        slice(9, 9),
        slice(110, None),
    ):
        assert tuple(pieces[part]) == items[part]


def test_what_is_not_looked_at_is_not_read():
    first, second = cut(many(PIECE)).document, b"# 7\nthis is no TOML"

    pieces = Pieces(first + b"\0" + second)

    assert len(pieces) == PIECE + 7
    assert [item.id for item in pieces[:2]] == ["P-0", "P-1"]
    assert isinstance(rest := pieces[PIECE:], Pieces)
    assert rest.document == second


def test_a_file_that_was_kept_whole_is_still_read():
    items = many(PIECE + 2)

    pieces = Pieces(quizzes.write_bank(items))

    assert (len(pieces), pieces[:PIECE], tuple(pieces[PIECE:])) == (len(items), items[:PIECE], items[PIECE:])


def test_all_dealt_with_leaves_nothing():
    pieces = cut(many(PIECE))

    assert not pieces[PIECE:]
    assert len(Pieces(pieces[PIECE:].document)) == 0


@pytest.mark.parametrize(("count", "letters"), [(PIECE, 6_000), (10 * PIECE, 4_500)], ids=["piece", "whole"])
def test_more_text_than_can_be_looked_at_is_refused_at_the_file(count, letters):
    one = sample(Kind.SINGLE)
    said = Feedback("x" * letters, tuple((option.id, "x" * letters) for option in one.options[:3]))
    items = tuple(replace(one, id=f"P-{n}", feedback=said) for n in range(count))

    with pytest.raises(Invalid, match="Send it in several files") as caught:
        cut(items)
    assert caught.value.parameters["field"] == "file"


def test_what_a_large_file_holds_can_be_looked_at_part_by_part():
    question = (
        '<question type="truefalse"><name><text>n</text></name><questiontext format="html">'
        '<text>w%d %s</text></questiontext><answer fraction="100"><text>true</text></answer>'
        '<answer fraction="0"><text>false</text></answer></question>'
    )
    data = "".join(
        question % (n, "words about it " * 600) for n in range(480)
    )  # more than TOML may have at once

    _, found = staging.read(f"<quiz>{data}</quiz>".encode(), "large.xml")

    assert len(found.items.document) > LARGEST_FILE
    assert (len(found.items), len(found.items[:PIECE]), len(found.items[PIECE:])) == (480, PIECE, 430)
