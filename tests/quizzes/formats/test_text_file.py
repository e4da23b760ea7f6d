"""Encodings of text files."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.text_file import LARGEST_FILE, decoded

TEXT = "Técnica – 10 µg\r\nzwei\rdrei"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_found_out(encoding):
    assert decoded(TEXT.encode(encoding)) == "Técnica – 10 µg\nzwei\ndrei"


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (b"a\nb\x81c", "line 2", Reason.UNREADABLE),
        (b"a\nb\0c", "line 2", Reason.UNREADABLE),
        (b"\xff\xfea", "", Reason.UNREADABLE),
        (b"a" * (LARGEST_FILE + 1), "", Reason.TOO_LARGE),
    ],
)
def test_what_is_no_text_is_refused(data, place, code):
    with pytest.raises(QuizError) as caught:
        decoded(data)
    assert (caught.value.place, caught.value.code) == (place, code)
