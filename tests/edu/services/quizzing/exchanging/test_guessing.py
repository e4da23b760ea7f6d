"""The format of a file of questions: seen by what is in it, else by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import quizzes
from edu.services.quizzing.exchanging.guessing import guess
from quizzes import Format, Kind
from tests.quizzes.samples import sample

ITEMS = tuple(replace(sample(kind), id=f"G-{kind}") for kind in (Kind.SINGLE, Kind.TRUEFALSE, Kind.MATCHING))


@pytest.mark.parametrize("name", quizzes.WRITABLE)
def test_what_is_written_is_recognised_whatever_the_file_is_called(name):
    data = quizzes.write(ITEMS, name)

    assert guess(data, "questions.dat") is name


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"Which line?\nA. One\nB. Two\nANSWER: B\n", "a.txt", Format.AIKEN),
        (b"// a comment\r\nWhich {=one ~two}", "a.txt", Format.GIFT),
        ("Which {=one ~two}".encode("utf-16"), "a.txt", Format.GIFT),
        (b"nothing of the kind", "a.gift", Format.GIFT),
        (b"\xef\xbb\xbftype;stem;opt_a\nsingle;Which?;x", "a.txt", Format.CSV),
        (b"<quiz><question type='essay'/></quiz>", "a.gift", Format.MOODLEXML),
        (b"<html><body>no quiz</body></html>", "a.xml", None),
        (b"nothing of the kind", "a.txt", None),
        (b"", "a.txt", None),
        (b"PK\x03\x04 torn in two", "a.zip", Format.QTI21),
    ],
)
def test_each_format_has_its_marks(data, name, found):
    assert guess(data, name) is found


def test_files_of_other_programs_are_recognised(corpus: Path):
    folders = [corpus / "quizzes" / name for name in ("gift", "moodlexml", "h5p", "qti30", "qti12canvas")]
    wrong = [
        path.name
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix != ".json" and guess(path.read_bytes(), path.name) not in (folder.name, None)
    ]

    assert wrong == ["assessment_meta.xml"]  # names a quiz, holds none
