"""LRC: lines of songs, their times, repeats, offsets and the times of words."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import lrc
from captions.track import TextTrack


def read(text: str) -> tuple[TextTrack, Findings]:
    findings = Findings()
    return lrc.read(text, findings), findings


def cues(text: str) -> list[tuple[int, int, str]]:
    """What there is to read; a place without text is a cue too."""
    return [(cue.start, cue.end, cue.text) for cue in read(text)[0].cues if cue.text]


def test_a_line_lasts_until_the_next_and_the_last_until_it_is_read() -> None:
    track, findings = read("[ti:Song]\n[la:en]\n\n[00:01.50]one\n[0:4.2]two\n[01:00]three & <3")

    assert track.language == "en"
    assert [(cue.start, cue.end, cue.text, cue.line) for cue in track.cues] == [
        (1500, 4200, "one", 4),
        (4200, 60_000, "two", 5),
        (60_000, 61_500, "three &amp; &lt;3", 6),
    ]
    assert [(repair.line, repair.code) for repair in findings.repairs] == [(6, RepairCode.END)]
    assert [(loss.line, loss.code) for loss in findings.dropped] == [(1, DropCode.HEADER)]


def test_a_time_without_text_ends_the_line_before_and_is_a_cue_without_text() -> None:
    track, _ = read("[00:01.00]one\n[00:02.00]\n[00:08.00]two")

    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [
        (1000, 2000, "one"), (2000, 8000, ""), (8000, 9500, "two"),
    ]  # fmt: skip


def test_a_repeated_line_stands_at_each_of_its_times() -> None:
    assert cues("[00:05.00] [00:01.00]again\n[00:03.00]once") == [
        (1000, 3000, "again"),
        (3000, 5000, "once"),
        (5000, 6500, "again"),
    ]


@pytest.mark.parametrize(
    ("offset", "start"), [("500", 1500), ("+500", 1500), (" -500 ", 2500), ("9999", 0), ("+/- ms", 2000)]
)
def test_a_positive_offset_shows_every_line_earlier(offset: str, start: int) -> None:
    track, findings = read(f"[00:02.00]a\n[offset:{offset}]")

    assert track.cues[0].start == start
    assert (RepairCode.NEGATIVE_TIME in {repair.code for repair in findings.repairs}) == (start == 0)
    assert bool(findings.dropped) == (offset == "+/- ms")


def test_the_times_of_words_become_timestamps_where_they_rise_inside_the_line() -> None:
    track, findings = read("[00:01.00]<00:01.00>one <00:01.50>two <00:01.20>three<00:02.00>\n[00:03.00]x")

    assert track.cues[0].text == "one <00:00:01.500>two three"
    assert [(loss.code, loss.text) for loss in findings.dropped] == [(DropCode.WORD_TIMES, "<00:01.20>")]


def test_text_without_a_time_is_listed() -> None:
    _, findings = read("by somebody\n[00:01.00]a")

    assert [(loss.line, loss.code) for loss in findings.dropped] == [(1, DropCode.NOT_A_CUE)]


@pytest.mark.parametrize("text", ["", "[ti:Song]", "[00:01.00]"])
def test_a_song_without_a_timed_line_is_refused(text: str) -> None:
    with pytest.raises(CaptionError) as refused:
        read(text)

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT
