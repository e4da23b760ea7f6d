"""Chapters and their step ids."""

import pytest

from captions import chapters
from captions.chapters import Chapter, ChapterFault
from captions.errors import CaptionError, ErrorCode
from captions.track import TrackKind
from captions.webvtt import vtt

STEPS = (Chapter(0, 9000, "Ask first", "V1-c01"), Chapter(9000, 18000, "Position & <lean>", "V1-c02"))


def test_chapters_are_written_as_webvtt_with_their_ids_and_read_back() -> None:
    data = vtt.write(chapters.to_track(STEPS, "en"))

    track = vtt.parse(data)

    assert b"\n\nV1-c01\n00:00:00.000 --> 00:00:09.000\nAsk first\n" in data
    assert (track.kind, track.language) == (TrackKind.CHAPTERS, "en")
    assert chapters.of(track) == STEPS


def test_a_title_is_one_line_of_plain_text() -> None:
    track = vtt.parse(b"WEBVTT\n\n00:00.000 --> 00:01.000\n<b>Find</b>\nthe &amp; dimple")

    assert chapters.of(track) == (Chapter(0, 1000, "Find the & dimple"),)


def test_typed_lines_become_chapters_that_follow_each_other() -> None:
    text = "0:00 Ask first\n\n- [0:09] Position\n• (1:15) – Bare: and lubricate\n1:02:03.5 | Midline 5:00\n"

    assert chapters.typed(text, 4_000_000) == (
        Chapter(0, 9000, "Ask first"),
        Chapter(9000, 75000, "Position"),
        Chapter(75000, 3_723_500, "Bare: and lubricate"),
        Chapter(3_723_500, 4_000_000, "Midline 5:00"),
    )


@pytest.mark.parametrize("line", ["no time", "0:75 Title", "0:10", "0:10 - ", "10 Title"])
def test_a_line_that_is_no_chapter_is_refused_with_its_number(line: str) -> None:
    with pytest.raises(CaptionError) as refused:
        chapters.typed(f"0:00 A\n\n{line}", 60_000)

    assert (refused.value.line, refused.value.code) == (3, ErrorCode.CHAPTER_LINE)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], "V1-c01"),
        (["V1-c01", "V1-c10"], "V1-c11"),
        (["V2-c30", "V1-c02", "intro", "V10-c44"], "V1-c03"),
        (["V1-c99"], "V1-c100"),
    ],
)
def test_a_new_step_gets_the_number_after_the_highest_ever_given(given: list[str], expected: str) -> None:
    assert chapters.next_step_id("V1", given) == expected


@pytest.mark.parametrize("code", ["", "1V", "V 1", "V1-c01", "V1\n"])
def test_a_code_that_cannot_begin_an_id_is_refused(code: str) -> None:
    with pytest.raises(CaptionError) as refused:
        chapters.next_step_id(code, [])

    assert refused.value.code is ErrorCode.STEP_ID


def test_ids_stay_with_their_steps_and_are_never_reused() -> None:
    edited = (
        Chapter(0, 5000, "New step"),
        Chapter(5000, 9500, "ask first"),
        Chapter(9000, 12000, "Renamed"),
        Chapter(12000, 18000, "Another"),
    )

    done = chapters.with_ids(edited, "V1", given=["V1-c07"], before=STEPS)

    assert [chapter.id for chapter in done] == ["V1-c08", "V1-c01", "V1-c02", "V1-c09"]


def test_an_id_goes_to_one_chapter_only() -> None:
    twice = (Chapter(0, 1, "Ask first"), Chapter(2, 3, "Ask first"), Chapter(4, 5, "x", "V1-c02"))

    done = chapters.with_ids(twice, "V1", given=(), before=STEPS)

    assert [chapter.id for chapter in done] == ["V1-c01", "V1-c03", "V1-c02"]


def test_good_chapters_have_no_problem() -> None:
    assert chapters.check(STEPS, 18000) == ()


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        (Chapter(9000, 10000, "b"), ChapterFault.NO_ID),
        (Chapter(9000, 10000, "b", "step 2"), ChapterFault.BAD_ID),
        (Chapter(9000, 10000, "b", "V1-c01"), ChapterFault.SAME_ID),
        (Chapter(9000, 10000, " ", "V1-c02"), ChapterFault.NO_TITLE),
        (Chapter(9000, 10000, "b" * 71, "V1-c02"), ChapterFault.LONG_TITLE),
        (Chapter(9000, 9000, "b", "V1-c02"), ChapterFault.EMPTY),
        (Chapter(8999, 10000, "b", "V1-c02"), ChapterFault.OVERLAP),
        (Chapter(9000, 18001, "b", "V1-c02"), ChapterFault.PAST_END),
    ],
)
def test_each_fault_is_found_at_its_chapter(second: Chapter, fault: ChapterFault) -> None:
    problems = chapters.check((STEPS[0], second), 18000)

    assert [(problem.fault, problem.chapter) for problem in problems] == [(fault, 1)]
    assert "2" in problems[0].message


def test_chapters_out_of_order_are_found() -> None:
    problems = chapters.check((STEPS[1], STEPS[0]))

    assert [problem.fault for problem in problems] == [ChapterFault.UNORDERED]
