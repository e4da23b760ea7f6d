"""The text form of STL read: times in frames, marks, settings."""

import pytest

from captions.errors import CaptionError
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import spruce
from captions.reading import read
from captions.track import Cue

TIMES = "00:00:01:05 , 00:00:02:10 , "


def found(text: str) -> tuple[tuple[Cue, ...], Findings]:
    notes = Findings()
    return spruce.read(text, notes).cues, notes


def test_a_line_is_a_cue_of_twenty_five_frames_a_second_and_that_is_told() -> None:
    (cue,), notes = found(f"\n{TIMES}Press, here | and hold\n")

    assert cue == Cue(1200, 2400, "Press, here\nand hold")
    assert cue.line == 2
    assert [(repair.code, repair.after) for repair in notes.repairs] == [
        (RepairCode.TIME, "25 frames a second")
    ]
    assert notes.dropped == []


def test_a_higher_frame_tells_of_thirty() -> None:
    (one, two), _ = found(f"{TIMES}one\n00:00:03:15,00:00:04:29,two\n")

    assert (one.start, two.start) == (1166, 3500)


def test_the_entrance_of_the_library_knows_the_format_by_its_lines() -> None:
    assert read(f"//note\n{TIMES}one\n".encode()).cues == (Cue(1200, 2400, "one"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("^Ione^I two", "<i>one</i> two"),
        ("^Bone | ^Utwo", "<b>one\n<u>two</u></b>"),
        ("2 ^ 3 < 9", "2 ^ 3 &lt; 9"),
        ("one || two", "one\ntwo"),
    ],
)
def test_marks_are_styles_and_breaks(text: str, expected: str) -> None:
    assert found(TIMES + text)[0][0].text == expected


def test_settings_hold_for_the_lines_below_them() -> None:
    cues, notes = found(
        f"$FontSize = 28\n{TIMES}one\n$HorzAlign = Left\n$VertAlign = Top\n$Italic = TRUE\n{TIMES}two\n"
        f"$HorzAlign = Center\n$VertAlign = Bottom\n$Italic = False\n{TIMES}three\n"
    )

    assert [(cue.text, cue.settings) for cue in cues] == [
        ("one", ""),
        ("<i>two</i>", "line:0 align:start"),
        ("three", ""),
    ]
    assert [(loss.line, loss.code) for loss in notes.dropped] == [(1, DropCode.STYLE)]


def test_remarks_bad_times_and_strange_lines_are_told() -> None:
    cues, notes = found(f"// remark\n00:61:00:00 , 00:00:02:00 , x\n00:00:01:00 only\nwhat\n{TIMES}one\n")

    assert [cue.text for cue in cues] == ["one"]
    assert [(loss.line, loss.code) for loss in notes.dropped] == [
        (1, DropCode.COMMENT), (2, DropCode.BAD_TIMING), (3, DropCode.BAD_TIMING), (4, DropCode.NOT_A_CUE),
    ]  # fmt: skip


def test_a_file_without_a_subtitle_is_refused() -> None:
    with pytest.raises(CaptionError):
        found("// remark\n")
