"""The lenient import: what people have is read, and each repair and loss is told with its line."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, RepairCode
from captions.formats import lenient
from captions.formats.sniff import CaptionFormat
from captions.track import TextTrack

ONE = "1\n00:00:01,000 --> 00:00:02,000\n"


def read(text: str, format_: CaptionFormat | None = None) -> TextTrack:
    return lenient.read(text.encode(), format_)


def repairs(track: TextTrack) -> list[tuple[int, RepairCode]]:
    return [(repair.line, repair.code) for repair in track.repairs]


def drops(track: TextTrack) -> list[tuple[int, DropCode]]:
    return [(loss.line, loss.code) for loss in track.dropped]


def test_a_good_subrip_file_is_read_without_a_word() -> None:
    track = read(f"{ONE}Hello\nthere\n\n2\n00:00:03,500 --> 01:00:04,000\n<i>Bye</i>\n")

    assert [(cue.start, cue.end, cue.text, cue.line) for cue in track.cues] == [
        (1000, 2000, "Hello\nthere", 2),
        (3500, 3_604_000, "<i>Bye</i>", 7),
    ]
    assert track.repairs == track.dropped == ()


def test_a_good_sbv_file_is_read_without_a_word() -> None:
    track = read("0:00:00.378,0:00:11.378\nHello\n\n0:00:12.000,0:00:13.000\nBye\n")

    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [
        (378, 11378, "Hello"),
        (12000, 13000, "Bye"),
    ]
    assert track.repairs == track.dropped == ()


def test_a_good_webvtt_file_is_read_as_by_the_specification() -> None:
    track = read("WEBVTT\n\nNOTE mine\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Anna>Hi &amp; bye\n")

    (cue,) = track.cues
    assert (cue.identifier, cue.settings, cue.text) == ("intro", "align:start", "<v Anna>Hi &amp; bye")
    assert drops(track) == [(3, DropCode.COMMENT)]
    assert track.repairs == ()


@pytest.mark.parametrize(
    ("timing", "start", "end", "codes"),
    [
        ("00:00:01,000-->00:00:02,000", 1000, 2000, [RepairCode.TIME]),
        ("00:00:01.000 --> 00:00:02.000", 1000, 2000, [RepairCode.TIME]),
        ("0:0:1,5 --> 0:0:2", 1500, 2000, [RepairCode.TIME]),
        ("00:01,000 --> 00:02,000", 1000, 2000, [RepairCode.TIME]),
        ("00:00:01,000 -> 00:00:02,000", 1000, 2000, [RepairCode.ARROW, RepairCode.TIME]),
        ("00:00:01,000 → 00:00:02,000", 1000, 2000, [RepairCode.ARROW, RepairCode.TIME]),
        ("00:00:01,000 --&gt; 00:00:02,000", 1000, 2000, [RepairCode.ARROW, RepairCode.TIME]),
        ("-00:00:01,000 --> 00:00:02,000", 0, 2000, [RepairCode.NEGATIVE_TIME, RepairCode.TIME]),
        ("00: 00: 01, 000 --> 00: 00: 02, 000", 1000, 2000, [RepairCode.TIME]),
        ("99:59:58,000 --> 99:59:59,000", 359998000, 359999000, []),
    ],
)
def test_a_time_written_otherwise_is_understood_and_the_change_is_told(
    timing: str, start: int, end: int, codes: list[RepairCode]
) -> None:
    track = read(f"1\n{timing}\ntext\n", CaptionFormat.SRT)

    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [(start, end, "text")]
    assert [repair.code for repair in track.repairs] == codes
    assert all(repair.line == 2 and repair.what for repair in track.repairs)


@pytest.mark.parametrize("line", ["It is 10:30 -> 11:00 now", "10:30 -> 11:00", "see --> there", "2021"])
def test_prose_with_arrows_or_numbers_stays_text(line: str) -> None:
    track = read(f"{ONE}{line}\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n")

    assert [cue.text.replace("--&gt;", "-->") for cue in track.cues] == [line, "b"]


def test_a_time_that_cannot_be_read_takes_its_text_with_it() -> None:
    track = read(f"{ONE}a\n\n2\n00:00:03,000 --> later\nlost\n\n3\n00:00:05,000 --> 00:00:06,000\nb\n")

    assert [cue.text for cue in track.cues] == ["a", "b"]
    assert drops(track) == [(6, DropCode.BAD_TIMING)]


def test_missing_blank_lines_and_numbers_are_told() -> None:
    no_blank = read(f"{ONE}a\n2\n00:00:03,000 --> 00:00:04,000\nb\n")
    no_number = read("00:00:01,000 --> 00:00:02,000\na\n\n00:00:03,000 --> 00:00:04,000\nb\n")

    assert [cue.text for cue in no_blank.cues] == [cue.text for cue in no_number.cues] == ["a", "b"]
    assert repairs(no_blank) == [(4, RepairCode.BLANK_MISSING)]
    assert repairs(no_number) == [(1, RepairCode.NUMBERS)]


def test_text_after_a_blank_line_belongs_to_the_caption_unless_it_begins_like_one() -> None:
    track = read(f"lead\n\n{ONE}a\n\nb\n\n2\nno time\n\n3\n00:00:05,000 --> 00:00:06,000\nc\n")

    assert [cue.text for cue in track.cues] == ["a\nb", "c"]
    assert repairs(track) == [(6, RepairCode.BLANK_IN_TEXT)]
    assert drops(track) == [(1, DropCode.NOT_A_CUE), (9, DropCode.NOT_A_CUE)]


def test_captions_out_of_order_are_sorted_and_told() -> None:
    track = read("1\n00:00:05,000 --> 00:00:06,000\nb\n\n2\n00:00:01,000 --> 00:00:02,000\na\n")

    assert [cue.text for cue in track.cues] == ["a", "b"]
    assert repairs(track) == [(6, RepairCode.UNSORTED)]


def test_a_damaged_webvtt_file_keeps_all_that_people_would_see() -> None:
    text = (
        "webvtt\nLanguage: es\n\nSTYLE\n::cue{}\n\na\n00:00:01.000 --> 00:00:02.04 align:start region:x foo\n"
        "one\nb\n00:03,000 --> 00:04,000\ntwo\n\nstray\n\n00:05.000 --> 00:06.000\nthree <b>bold\n"
    )

    track = read(text)

    assert [(cue.start, cue.end, cue.text, cue.settings) for cue in track.cues] == [
        (1000, 2040, "one\nb", "align:start"),
        (3000, 4000, "two", ""),
        (5000, 6000, "three <b>bold</b>", ""),
    ]
    assert track.cues[0].identifier == "a"
    assert track.language == "es"
    assert repairs(track) == [
        (1, RepairCode.HEADER),
        (8, RepairCode.TIME),
        (11, RepairCode.TIME),
        (11, RepairCode.BLANK_MISSING),
        (16, RepairCode.MARKUP),
    ]
    assert drops(track) == [
        (2, DropCode.HEADER),
        (4, DropCode.STYLE),
        (8, DropCode.SETTING),
        (8, DropCode.SETTING),
        (14, DropCode.NOT_A_CUE),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "setting"),
    [
        ("<I>a</I> {b}c{/b}", "<i>a</i> <b>c</b>", ""),
        ('<font color="red">a</font>', "a", ""),
        ("3 < 4 & 5 > 2", "3 &lt; 4 &amp; 5 > 2", ""),
        ("&lt;b&gt; &eacute;", "&lt;b> é", ""),
        ("a<br><br/>b", "a\nb", ""),
        ("<script>alert(1)</script>a<img src=x onerror=y>", "a", ""),
        ("{\\an8}up", "up", "line:0"),
        ("{\\pos(1,2)}{note} here", "{note} here", ""),
        ("a --> b", "a --&gt; b", ""),
        ("<b>open <i>cross</b>ed</i>", "<b>open <i>crossed</i></b>", ""),
        ("<i></i>", "<i></i>", ""),
    ],
)
def test_subrip_markup_becomes_clean_cue_text(text: str, expected: str, setting: str) -> None:
    (cue,) = read(f"{ONE}{text}\n", CaptionFormat.SRT).cues

    assert (cue.text, cue.settings) == (expected, setting)


def test_markup_that_is_taken_out_is_listed() -> None:
    track = read(f"{ONE}<font>a</font><script>x</script>\n")

    assert [loss.text for loss in track.dropped] == ["<font>", "</font>", "<script>", "</script>"]
    assert all(loss.line == 2 for loss in track.dropped)


def test_deep_tags_and_long_texts_are_cut_to_size() -> None:
    deep = read("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<b>" * 2000 + "x" + "</b>" * 2000)
    long = read(f"{ONE}{'word ' * 4000}\n")

    assert deep.cues[0].text == "<b>" * 64 + "x" + "</b>" * 64
    assert len(long.cues[0].text) <= 10_000
    assert drops(long) == [(2, DropCode.TOO_LONG)]


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "cp1252", "cp1251"]
)
def test_any_encoding_is_read_and_named(encoding: str) -> None:
    word = (
        "Позвоночник и крестец, правая сторона"
        if encoding == "cp1251"
        else "Él señaló: ¿aquí está el dolor, señor?"
    )

    track = lenient.read(f"{ONE}{word}\n\n2\n00:00:03,000 --> 00:00:04,000\n{word}\n".encode(encoding))

    assert [cue.text for cue in track.cues] == [word, word]
    codes = [repair.code for repair in track.repairs]
    assert codes == ([] if encoding == "utf-8-sig" else [RepairCode.ENCODING])


def test_a_person_may_name_the_encoding() -> None:
    track = lenient.read(f"{ONE}Привет\n".encode("koi8-r"), encoding="koi8-r")

    assert track.cues[0].text == "Привет"


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "a\0b", "unicode_escape"])
def test_an_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(CaptionError) as refused:
        lenient.read(b"1", encoding=encoding)

    assert refused.value.code is ErrorCode.UNKNOWN_ENCODING


def test_a_few_broken_bytes_do_not_make_another_encoding() -> None:
    track = lenient.read(f"{ONE}{'señal y más ñandú, acción ' * 10}".encode() + b"\xff fin\n")

    assert track.cues[0].text.endswith("\ufffd fin")
    assert [repair.code for repair in track.repairs] == [RepairCode.ENCODING, RepairCode.BAD_BYTES]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.EMPTY),
        (b"\xef\xbb\xbf \n", ErrorCode.EMPTY),
        (b"<!DOCTYPE html><html></html>", ErrorCode.HTML),
        (b"<!-- x -->\n<HTML>", ErrorCode.HTML),
        (b"\x89PNG\r\n\x1a\n", ErrorCode.BINARY),
        (b"\xff\xd8\xff\xe0", ErrorCode.BINARY),
        (b"\0\0\0\x20ftypisom", ErrorCode.BINARY),
        (b"PK\x03\x04", ErrorCode.BINARY),
        (bytes(range(1, 32)) * 9, ErrorCode.BINARY),
        (b"only prose\nand more", ErrorCode.NO_CUES),
        (b'<?xml version="1.0"?><tt xmlns="x"></tt>', ErrorCode.NO_TIMED_TEXT),
        (b"<SAMI><BODY></BODY></SAMI>", ErrorCode.NO_TIMED_TEXT),
        (b"[00:01.00]", ErrorCode.NO_TIMED_TEXT),
        (b"1\n100:00:01,000 --> 100:00:02,000\nlate\n", ErrorCode.TOO_LATE),
        (b"x" * 16_000_001, ErrorCode.TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, ErrorCode) else "",
)
def test_what_is_no_caption_file_is_refused_with_a_reason(data: bytes, code: ErrorCode) -> None:
    with pytest.raises(CaptionError) as refused:
        lenient.read(data)

    assert refused.value.code is code
    assert refused.value.reason


def test_a_web_page_is_one_whatever_format_is_asked_for() -> None:
    page = b"<!doctype html>\n<pre>\n1\n00:00:01,000 --> 00:00:02,000\nHello\n"

    with pytest.raises(CaptionError) as refused:
        lenient.read(page, CaptionFormat.SRT)

    assert (refused.value.code, refused.value.line) == (ErrorCode.HTML, 1)


def test_too_many_captions_are_refused_at_the_line_of_the_first_too_many() -> None:
    with pytest.raises(CaptionError) as refused:
        lenient.read(b"00:00:01,000 --> 00:00:02,000\n" * 150_001)

    assert (refused.value.code, refused.value.line) == (ErrorCode.TOO_MANY_CUES, 150_001)


def test_a_caption_after_a_hundred_hours_is_lost_and_a_later_end_is_cut() -> None:
    track = read(f"{ONE}a\n\n2\n00:00:03,000 --> 250:00:00,000\nb\n\n3\n100:00:00,000 --> 100:00:01,000\nc\n")

    assert [(cue.start, cue.end, cue.text) for cue in track.cues] == [
        (1000, 2000, "a"),
        (3000, 359_999_999, "b"),
    ]
    assert repairs(track) == [(6, RepairCode.END)]
    assert drops(track) == [(10, DropCode.TOO_LATE)]


def test_what_could_do_harm_in_a_style_or_a_text_is_left_out() -> None:
    track = read(
        "WEBVTT\n\nSTYLE\n::cue { background: url(http://a.example/x) }\n\n"
        "00:01.000 --> 00:02.000\n<script>alert(1)</script>Press<img src=x onerror=y> here\n"
    )

    assert [cue.text for cue in track.cues] == ["Press here"]
    assert drops(track)[0] == (3, DropCode.STYLE)
    assert {code for _, code in drops(track)[1:]} == {DropCode.MARKUP}


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "1\n",
                    "00:00:01,000",
                    " --> ",
                    "->",
                    "\n",
                    "a",
                    "<b>",
                    "</",
                    "{\\an8}",
                    "&",
                    "WEBVTT\n",
                    ",",
                    "<tt><p begin='1s' dur='2s'>",
                    "<br/>",
                    "<SAMI><SYNC Start=1><P>",
                    "[00:01.00]",
                ]
            )
        ).map(lambda parts: "".join(parts).encode()),
    )
)
def test_no_bytes_raise_anything_but_a_caption_error(data: bytes) -> None:
    for format_ in (None, *CaptionFormat):
        with contextlib.suppress(CaptionError):
            lenient.read(data, format_)
