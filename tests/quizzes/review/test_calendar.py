"""The calendar file, octet by octet."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.review import Event, calendar
from quizzes.review.calendar import OCTETS, escaped, folded
from tests.quizzes.samples import steady

NOW = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
DAY = Event("2026-03-04.abc@edu", date(2026, 3, 4), "5 questions", "Some words", "https://example.org/review")


def unfolded(data):
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def test_a_day_is_written_as_the_specification_says():
    assert unfolded(calendar([DAY], name="Review", now=NOW)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//edu//spaced review//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME;LANGUAGE=en:Review",
        "X-WR-CALNAME:Review",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "UID:2026-03-04.abc@edu",
        "DTSTAMP:20260301T073000Z",
        "DTSTART;VALUE=DATE:20260304",
        "DTEND;VALUE=DATE:20260305",
        "SUMMARY;LANGUAGE=en:5 questions",
        "DESCRIPTION:Some words",
        "URL:https://example.org/review",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_calendar_without_events_is_whole():
    lines = unfolded(calendar([], name="Review", now=NOW))

    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_the_last_day_of_a_month_ends_on_the_first_of_the_next():
    lines = unfolded(calendar([Event("u", date(2024, 2, 29), "x")], name="n", now=NOW))

    assert "DTEND;VALUE=DATE:20240301" in lines


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("C:\\x", "C:\\\\x"),
        ("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
        ("bell\x07 and nothing\x00", "bell and nothing"),
        ('"quoted": as it is', '"quoted": as it is'),
    ],
)
def test_texts_are_escaped(text, written):
    assert escaped(text) == written


@steady
@given(st.text(max_size=300))
def test_an_escaped_text_is_one_line_and_reads_back(text):
    plain = "".join(letter for letter in text if letter.isprintable() or letter == "\n")

    written = escaped(plain)

    assert "\n" not in written
    assert unescaped(written) == plain


@steady
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300))
def test_lines_are_folded_at_75_octets_between_characters(text):
    data = folded(f"SUMMARY:{text}")

    lines = data.split(b"\r\n")[:-1]
    assert all(len(line) <= OCTETS for line in lines)
    assert all(line.decode() for line in lines)  # no character was cut in two
    assert data.decode().replace("\r\n ", "") == f"SUMMARY:{text}\r\n"


def test_a_line_of_exactly_75_octets_stays_whole():
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


@pytest.mark.parametrize("url", ["https://example.org/\r\nATTENDEE:x", "https://example.org/a b"])
def test_an_address_that_could_end_its_line_is_refused(url):
    with pytest.raises(ValueError, match="address"):
        calendar([Event("u", DAY.day, "x", url=url)], name="n", now=NOW)
