"""The file of answers: what a pack wrote is read, and what anybody else wrote is refused with a sentence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from edu.errors import Invalid, TooLarge
from edu.services.packing.returned import MOST_BYTES, Given, read

FILE: dict[str, Any] = {
    "format": "edu-pack-answers",
    "version": 1,
    "pack": "0123456789abcdef" * 2,
    "quiz": 0,
    "uid": "01234567-89ab-4def-8123-456789abcdef",
    "begun": "2026-03-02T09:00:00.000Z",
    "finished": "2026-03-02T10:30:00+01:00",
    "answers": [
        {"item": "s1", "response": "2"},
        {"item": "s3", "response": {"answer": True, "certainty": 2}},
        {"item": "s12", "response": ["1", "3"], "certainty": 3},
    ],
}


def file(**changes: Any) -> bytes:
    return json.dumps({**FILE, **changes}).encode()


def answers(entry: Any) -> bytes:
    return file(answers=[entry])


def test_what_a_pack_wrote_is_read_with_times_in_order_and_in_utc() -> None:
    found = read(b"\xef\xbb\xbf  " + file() + b"\n")

    assert (found.pack, found.quiz, found.uid) == (FILE["pack"], 0, FILE["uid"])
    assert found.begun == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert found.finished == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert found.answers == (
        Given(1, "2", None),
        Given(3, {"answer": True, "certainty": 2}, None),
        Given(12, ["1", "3"], 3),
    )


def test_a_clock_that_ran_backwards_gives_no_negative_time() -> None:
    found = read(file(finished="2026-03-01T00:00:00Z"))

    assert found.begun == found.finished


@pytest.mark.parametrize(
    "data",
    [
        b"no json",
        b"[]",
        b"{}",
        b"\xff\xfe",
        file()[:-9],
        file(format="h5p"),
        file().replace(b'"quiz"', b'"pack"'),  # a name twice
        file(quiz=float("nan")),
        answers({"item": "s1", "response": "\ud800"}),
        answers({"item": "s1", "response": "\0"}),
        answers({"item": "s1", "response": [[[[[["deep"]]]]]]}),
        b'{"format": ' + b"[" * 100_000,
        b'{"format": ' + b"[" * 700 + b"]" * 700 + b"}",  # which the parser itself still reads
        b'{"quiz": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="does not come from a lesson pack"):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        file(more=1),
        file(pack="x"),
        file(pack=FILE["pack"].upper()),
        file(pack=7),
        file(quiz=True),
        file(quiz=-1),
        file(quiz="0"),
        file(uid="../../etc/passwd"),
        file(begun="yesterday"),
        file(begun="2026-03-02T09:00:00"),  # of no zone
        file(begun="0001-01-01T00:00:00Z"),
        file(finished=None),
        file(answers={}),
        file(answers=[{"item": "s1", "response": "1"}] * 2),
        file(answers=[{"item": f"s{n}", "response": 1} for n in range(1, 502)]),
        answers("s1"),
        answers({"item": "s1"}),
        answers({"item": "s0", "response": 1}),
        answers({"item": ["s1"], "response": 1}),
        answers({"item": "s1", "response": 1, "fraction": 1}),
        answers({"item": "s1", "response": 1, "certainty": 4}),
        answers({"item": "s1", "response": 1, "certainty": True}),
    ],
)
def test_what_was_changed_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="was changed since the pack made it"):
        read(data)


def test_a_later_form_of_the_file_is_told_apart() -> None:
    with pytest.raises(Invalid, match="newer lesson pack"):
        read(file(version=2))


def test_a_large_file_is_not_even_looked_at() -> None:
    with pytest.raises(TooLarge):
        read(b" " * (MOST_BYTES + 1))
