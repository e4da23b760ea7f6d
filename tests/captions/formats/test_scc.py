"""SCC read: time codes, the three ways captions come, characters, styles and places."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import scc
from captions.track import Cue

RCL, EOC, EDM, ENM, CR, RU2, RDC, BS = "9420", "942f", "942c", "94ae", "94ad", "9425", "9429", "94a1"
ROW_15, ROW_14, ROW_1, ITALIC_15 = "9470", "94d0", "91d0", "946e"
FRAME = 1001 / 30


def found(*lines: str) -> tuple[tuple[Cue, ...], Findings]:
    notes = Findings()
    return scc.read("Scenarist_SCC V1.0\n\n" + "\n\n".join(lines) + "\n", notes).cues, notes


def letters(text: str) -> str:
    """Text as words with odd parity."""
    data = bytes(odd(byte) for byte in text.encode("ascii") + b"\0" * (len(text) % 2))
    return " ".join(data[at : at + 2].hex() for at in range(0, len(data), 2))


def odd(byte: int) -> int:
    return byte | 0x80 if byte.bit_count() % 2 == 0 else byte


def words(*codes: str) -> str:
    """Control codes are sent twice; what is given as letters stands once."""
    return " ".join(f"{code} {code}" if len(code) == 4 and code[0] in "19" else code for code in codes)


def one(*codes: str) -> str:
    """The text of the only caption, brought up with all its codes and taken off."""
    ((cue,), _) = found(
        f"00:00:01:00\t{words(RCL, ENM, ROW_15, *codes, EDM, EOC)}", f"00:00:09:00\t{words(EDM)}"
    )
    return cue.text


def at(frames: int) -> int:
    return int(frames * FRAME)


def test_a_pop_on_caption_lasts_from_its_end_of_caption_to_the_erasure() -> None:
    (cue,), notes = found(
        f"00:00:01:00\t{words(RCL, ROW_14, letters('Press'), ROW_15, letters('here'), EOC)}",
        f"00:00:03:00\t{words(EDM)}",
    )

    # two codes and a row take six frames, the letters three and two, the second row two: then it is shown
    assert cue == Cue(at(30 + 11), at(90), "Press\nhere")
    assert cue.line == 3
    assert (notes.repairs, notes.dropped) == ([], [])


def test_the_next_caption_ends_the_one_before_and_the_last_gets_an_end() -> None:
    (first, second), notes = found(
        f"00:00:01:00\t{words(RCL, ROW_15)} {letters('a')} {words(EOC)}",
        f"00:00:03:00\t{words(RCL, ROW_15)} {letters('b')} {words(EOC)}",
    )

    assert (first.text, second.text) == ("a", "b")
    assert first.end == second.start
    assert second.end - second.start == pytest.approx(4000, abs=100)
    assert [repair.code for repair in notes.repairs] == [RepairCode.END]


def test_rows_that_roll_up_are_captions_of_their_own() -> None:
    cues, _ = found(
        f"00:00:01:00\t{words(RU2, CR, ROW_15)} {letters('one.')}",
        f"00:00:03:00\t{words(RU2, CR, ROW_15)} {letters('two.')}",
        f"00:00:05:00\t{words(EDM)}",
    )

    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (at(36), at(92), "one."),
        (at(96), at(150), "two."),
    ]


def test_what_is_painted_later_is_another_caption() -> None:
    cues, _ = found(
        f"00:00:01:00\t{words(RDC, ROW_14)} {letters('one.')}",
        f"00:00:03:00\t{words(RDC, ROW_15)} {letters('two.')}",
        f"00:00:05:00\t{words(EDM)}",
    )

    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (at(34), at(94), "one."),
        (at(94), at(150), "two."),
    ]


@pytest.mark.parametrize(
    ("code", "frames"),
    [
        ("00:01:00:00", 1800), ("00:01:00;02", 1800), ("00:10:00;00", 17_982), ("01:00:00;00", 107_892),
        ("01:00:00:00", 108_000),
    ],
)  # fmt: skip
def test_drop_frame_codes_keep_to_the_clock_and_others_count_frames(code: str, frames: int) -> None:
    ((cue,), _) = found(f"{code}\t{RDC} {ROW_15} {letters('ab')}", f"02:00:00;00\t{EDM}")

    assert cue.start == at(frames + 2)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((letters("cafe"), BS, "dc80"), "café"),
        (("9137",), "♪"),
        ((letters("A"), "9220"), "Á"),
        ((letters("u"), "13b0"), "Ä"),
        ((letters("*~"),), "áñ"),
        ((letters("a"), "91b9", letters("b")), "a b"),
        ((letters("ab"), "97a2", letters("c")), "ab  c"),
        (("91ae", letters("so")), "<i>so</i>"),
        ((letters("a"), "91ae", letters("so"), "9120", letters("b")), "a <i>so</i> b"),
        ((ITALIC_15, letters("so")), "<i>so</i>"),
        (("91a1", letters("so")), "<u>so</u>"),
        ((letters("a<b&"),), "a&lt;b&amp;"),
    ],
)
def test_characters_and_styles(codes: tuple[str, ...], expected: str) -> None:
    assert one(*codes) == expected


def test_a_code_that_comes_once_counts_and_the_same_three_times_counts_twice() -> None:
    assert one(letters("abcd"), BS) == "abc"
    ((cue,), _) = found(
        f"00:00:01:00\t{RDC} {ROW_15} {letters('abcd')} {BS} {BS} {BS}", f"00:00:05:00\t{EDM}"
    )
    assert cue.text == "ab"


@pytest.mark.parametrize(
    ("place", "text", "settings"),
    [
        (ROW_15, "Press", ""),
        ("9476", "Press here", ""),
        (ROW_1, "Press here and now, all of you", "line:10%"),
        ("97e0", "Press here and now, all of you", "line:58%"),
        ("947a", "Press", "position:60% align:start"),
    ],
)
def test_a_plain_place_is_settings(place: str, text: str, settings: str) -> None:
    ((cue,), notes) = found(f"00:00:01:00\t{words(RDC, place)} {letters(text)}", f"00:00:05:00\t{EDM}")

    assert cue.settings == settings
    assert [repair.code for repair in notes.repairs] == [RepairCode.POSITION] * bool(settings)


def test_the_second_channel_and_pages_of_text_are_told_as_lost() -> None:
    cues, notes = found(
        f"00:00:01:00\t{words(RDC, ROW_15, letters('one'), '1c20', letters('dos'), '942a', letters('page'))}",
        f"00:00:05:00\t{words(RDC, EDM)}",
    )

    assert [cue.text for cue in cues] == ["one"]
    assert [(loss.code, loss.text) for loss in notes.dropped] == [
        (DropCode.NOT_A_CUE, "7 characters outside the captions of channel 1")
    ]


def test_colours_are_told_as_lost() -> None:
    _, notes = found(f"00:00:01:00\t{words(RDC, ROW_15, '9128')} {letters('red')}", f"00:00:05:00\t{EDM}")

    assert [(loss.code, loss.text) for loss in notes.dropped] == [(DropCode.MARKUP, "1 changes of colour")]


def test_words_without_parity_are_read_and_told_once_a_line() -> None:
    ((cue,), notes) = found("00:00:01:00\t1429 1470 6162 6364", f"00:00:05:00\t{EDM}")

    assert cue.text == "abcd"
    assert [(repair.line, repair.code) for repair in notes.repairs] == [(3, RepairCode.BAD_BYTES)]


def test_lines_that_are_none_are_told_with_their_numbers() -> None:
    cues, notes = found(
        f"00:00:01:00\t{RDC} {ROW_15} {letters('ab')} xyz",
        f"00:61:00:00\t{EDM}",
        "what",
        f"soon {EDM}",
        f"00:00:05:00\t{EDM}",
    )

    assert [cue.text for cue in cues] == ["ab"]
    assert [(loss.line, loss.code) for loss in notes.dropped] == [
        (3, DropCode.NOT_A_CUE), (5, DropCode.BAD_TIMING), (7, DropCode.NOT_A_CUE), (9, DropCode.BAD_TIMING),
    ]  # fmt: skip


def test_words_that_take_longer_than_there_is_time_push_the_next_ones_back() -> None:
    cues, _ = found(
        f"00:00:01:00\t{RDC} {ROW_15} {letters('a' * 60)}",
        f"00:00:01:10\t{RDC} {ROW_15} {letters('b')} {EDM}",
    )

    assert [cue.end >= cue.start for cue in cues] == [True, True]
    assert cues[1].start == at(30 + 32 + 2)


def test_a_row_longer_than_the_screen_keeps_its_words() -> None:
    ((cue,), notes) = found(f"00:00:01:00\t{RDC} 947c {letters('x' * 40)}", f"00:00:05:00\t{EDM}")

    assert (cue.text, cue.settings) == ("x" * 40, "")
    assert [(repair.code, repair.before) for repair in notes.repairs] == [
        (RepairCode.POSITION, "a row of 64 columns")
    ]


def test_a_file_without_captions_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        found(f"00:00:05:00\t{EDM}")

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT


def test_more_words_than_captions_need_are_refused_before_they_are_read() -> None:
    with pytest.raises(CaptionError) as refused:
        found("00:00:05:00\t" + "9420 " * 300_001)

    assert refused.value.code is ErrorCode.TOO_MANY_CODES
