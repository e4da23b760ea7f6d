"""Sniffing: the content tells the format."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.formats.sniff import CaptionFormat, binary_format, refuse_binaries, sniff


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT", CaptionFormat.VTT),
        ("\n webvtt \n", CaptionFormat.VTT),
        ("1\n00:00:01,000 --> 00:00:02,000\na", CaptionFormat.SRT),
        ("title\n0:01 -> 0:02\na", CaptionFormat.SRT),
        ("00:00:01.000 → 00:00:02.000", CaptionFormat.SRT),
        ("0:00:01.000,0:00:02.000\na", CaptionFormat.SBV),
        ("[Script Info]\n[Events]", CaptionFormat.ASS),
        ("[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,Press", CaptionFormat.ASS),
        ("[v4+ styles]\nStyle: D", CaptionFormat.ASS),
        ("<?xml version='1.0'?>\n<tt:tt xmlns:tt='x'>", CaptionFormat.TTML),
        ("Scenarist_SCC V1.0\n\n00:00:00:00\t9420", CaptionFormat.SCC),
        ("850STL25.01", CaptionFormat.STL),
        ("<SAMI>", CaptionFormat.SMI),
        ("[ti:Song]\n[00:12.00]Line", CaptionFormat.LRC),
        ("[0:1.730]Line", CaptionFormat.LRC),
        ("//a remark\n$FontSize = 28\n00:02:17:10 , 00:02:20:10 , Press", CaptionFormat.STL),
    ],
)
def test_each_format_is_known_by_what_is_in_it(text: str, expected: CaptionFormat) -> None:
    assert sniff(text) is expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!doctype html>\n<p>1\n00:00:01,000 --> 00:00:02,000", ErrorCode.HTML),
        ("<?xml version='1.0'?><html xmlns='x'>", ErrorCode.HTML),
        ("\x01\x02\x03 --> \x04", ErrorCode.BINARY),
        ("Dear reader, at 10:30 we --> go", ErrorCode.NO_CUES),
    ],
)
def test_what_is_none_is_refused(text: str, code: ErrorCode) -> None:
    with pytest.raises(CaptionError) as refused:
        sniff(text)

    assert refused.value.code is code


def test_ebu_stl_is_known_by_its_bytes() -> None:
    assert binary_format(b"850STL25.01" + bytes(1013)) is CaptionFormat.STL
    assert binary_format(b"1\n00:00:01,000 --> 00:00:02,000\nSTL25.01") is None


def test_a_picture_is_called_a_picture() -> None:
    with pytest.raises(CaptionError, match="PNG picture"):
        refuse_binaries(b"\x89PNG\r\n\x1a\n")
