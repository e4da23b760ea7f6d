"""EBU STL read: the head, blocks and their extensions, times, characters, styles and damage."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import stl
from captions.reading import read
from captions.track import Cue

Time = tuple[int, int, int, int]
FROM, TO = (0, 0, 1, 5), (0, 0, 3, 0)


def head(*, rate: bytes = b"STL25.01", table: bytes = b"00", start: bytes = b"00000000") -> bytes:
    """The 1024 bytes before the blocks: subtitles of teletext with 23 rows."""
    first = (b"850" + rate + b"1" + table + b"09").ljust(251) + b"4023" + b"1" + start
    return first.ljust(1024)


def block(
    text: bytes,
    *,
    number: int = 1,
    extension: int = 0xFF,
    times: tuple[Time, Time] = (FROM, TO),
    row: int = 20,
    justification: int = 2,
    comment: int = 0,
) -> bytes:
    numbers = bytes([0, number, 0, extension, 0, *times[0], *times[1], row, justification, comment])
    return numbers + text.ljust(112, b"\x8f")


def found(*blocks: bytes, **of_head: bytes) -> tuple[tuple[Cue, ...], Findings]:
    notes = Findings()
    return stl.read(head(**of_head) + b"".join(blocks), notes).cues, notes


def test_a_block_is_a_cue_and_its_number_the_line() -> None:
    (one, two), notes = found(
        block(b"Press\x8ahere"), block(b"hold", number=2, times=((1, 0, 0, 0), (1, 0, 1, 24)))
    )

    assert one == Cue(1200, 3000, "Press\nhere")
    assert two == Cue(3_600_000, 3_601_960, "hold")
    assert (one.line, two.line) == (1, 2)
    assert (notes.repairs, notes.dropped) == ([], [])


def test_the_entrance_of_the_library_knows_the_format_by_its_head() -> None:
    assert read(head() + block(b"Press")).cues == (Cue(1200, 3000, "Press"),)


def test_thirty_frames_and_an_unknown_rate() -> None:
    assert found(block(b"x", times=((0, 0, 1, 15), TO)), rate=b"STL30.01")[0][0].start == 1500
    (cue,), notes = found(block(b"x"), rate=b"STLxx.01")
    assert (cue.start, [repair.code for repair in notes.repairs]) == (1200, [RepairCode.TIME])


def test_times_count_from_the_start_of_the_programme_when_all_lie_after_it() -> None:
    late = ((10, 0, 1, 0), (10, 0, 2, 0))

    (cue,), notes = found(block(b"x", times=late), start=b"10000000")
    early, _ = found(block(b"x", times=late), block(b"y", number=2), start=b"10000000")

    assert (cue.start, cue.end) == (1000, 2000)
    assert [(repair.code, repair.before) for repair in notes.repairs] == [(RepairCode.TIME, "10:00:00.000")]
    assert [cue.start for cue in early] == [36_001_000, 1200]


def test_extension_blocks_are_joined_and_user_data_and_comments_are_told() -> None:
    cues, notes = found(
        block(b"a" * 112, extension=0),
        block(b"b" * 112, extension=1),
        block(b"end"),
        block(b"data", number=2, extension=0xFE),
        block(b"remark", number=3, comment=1),
        block(b"zero", number=0),
    )

    assert [(cue.text, cue.line) for cue in cues] == [("a" * 112 + "b" * 112 + "end", 1), ("zero", 6)]
    assert [(loss.line, loss.code, loss.text) for loss in notes.dropped] == [
        (4, DropCode.COMMENT, "data"),
        (5, DropCode.COMMENT, "remark"),
    ]


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        (b"00", b"\xc2ecole \xc8u \xcfc \xf1 \xa4 \xa9x\xb9 \xd5", "école ü č æ $ ‘x’ ♪"),
        (b"00", b"a \xc2", "a \ufffd"),
        (b"01", "Нажать".encode("iso8859_5"), "Нажать"),
        (b"02", "اضغط".encode("iso8859_6"), "اضغط"),
        (b"03", "Πίεσε".encode("iso8859_7"), "Πίεσε"),
        (b"04", "לחץ".encode("iso8859_8"), "לחץ"),
    ],
)
def test_each_table_has_its_characters(table: bytes, text: bytes, expected: str) -> None:
    (cue,), notes = found(block(text), table=table)

    assert cue.text == expected
    assert [repair.code for repair in notes.repairs] == [RepairCode.BAD_BYTES] * ("\ufffd" in expected)


@pytest.mark.parametrize(
    ("text", "expected", "lost"),
    [
        (b"\x80one\x81 two", "<i>one</i> two", []),
        (b"\x82one\x83\x8a\x80two", "<u>one</u>\n<i>two</i>", []),
        (b"\x0d\x0b\x0bone \x0a\x0a\x8a\x8a\x0d\x0b\x0b two\x0a", "one\ntwo", []),
        (b"\x01red\x07white", "red white", ["colours"]),
        (b"\x08a\x11b", "a b", ["flashing", "mosaic characters"]),
        (b"a < b & c", "a &lt; b &amp; c", []),
        (b"", "", []),
        (b"\x8a \x8a", "", []),
    ],
)
def test_control_codes_are_styles_breaks_and_spaces(text: bytes, expected: str, lost: list[str]) -> None:
    (cue,), notes = found(block(text))

    assert cue.text == expected
    assert [(loss.code, loss.text) for loss in notes.dropped] == [(DropCode.MARKUP, what) for what in lost]


@pytest.mark.parametrize(
    ("row", "justification", "settings"),
    [
        (20, 2, ""),
        (20, 1, "align:start"),
        (20, 3, "align:end"),
        (1, 2, "line:0%"),
        (4, 1, "line:13% align:start"),
        (0, 0, ""),
    ],
)
def test_rows_above_and_justification_are_settings(row: int, justification: int, settings: str) -> None:
    (cue,), notes = found(block(b"x", row=row, justification=justification))

    assert cue.settings == settings
    assert [repair.code for repair in notes.repairs] == [RepairCode.POSITION] * bool(settings)


def test_damage_is_told_with_the_number_of_the_block_and_the_rest_is_read() -> None:
    wrong = block(b"never", times=((0, 61, 0, 0), TO))
    lonely = block(b"begun", number=2, extension=0)

    cues, notes = found(wrong, lonely, block(b"whole", number=3), block(b"half a block", number=4)[:24])

    assert [cue.text for cue in cues] == ["begun", "whole", "half a b"]
    assert [(loss.line, loss.code, loss.text) for loss in notes.dropped] == [
        (1, DropCode.BAD_TIMING, "never"),
        (2, DropCode.NOT_A_CUE, "its last block is missing"),
        (4, DropCode.NOT_A_CUE, "104 bytes are missing"),
    ]


@pytest.mark.parametrize("data", [head(), head()[:500], head() + block(b"x")[:16]])
def test_a_file_without_a_subtitle_is_refused(data: bytes) -> None:
    with pytest.raises(CaptionError) as refused:
        stl.read(data, Findings())

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT


def test_more_control_codes_than_captions_need_are_refused_before_they_are_read() -> None:
    with pytest.raises(CaptionError) as refused:
        found(*[block(b"\x80\x81" * 56)] * 1786)

    assert refused.value.code is ErrorCode.TOO_MANY_CODES
