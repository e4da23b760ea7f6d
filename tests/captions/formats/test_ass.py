r"""ASS and SSA read: sections, fields, styles, tags, and what of them is lost."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import ass
from captions.track import Cue

STYLES = (
    "[V4+ Styles]\nFormat: Name, Fontname, Bold, Italic, Underline, Alignment\n"
    "Style: Default,Arial,0,0,0,2\nStyle: Loud,Arial,-1,0,0,2\nStyle: Sign,Arial,0,-1,0,8\n"
)
FIELDS = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


Found = tuple[tuple[Cue, ...], Findings]


def read(*texts: str, style: str = "Default", name: str = "", head: str = "ScriptType: v4.00+") -> Found:
    rows = [f"Dialogue: 0,0:00:01.00,0:00:02.50,{style},{name},0,0,0,,{text}" for text in texts]
    return found(f"[Script Info]\n{head}\n\n{STYLES}\n[Events]\n{FIELDS}" + "\n".join(rows) + "\n")


def found(text: str) -> Found:
    notes = Findings()
    return ass.read(text, notes).cues, notes


def losses(notes: Findings) -> list[tuple[DropCode, str]]:
    """What was lost of events; the head and the styles are lost in every file."""
    return [(loss.code, loss.text) for loss in notes.dropped if not loss.text.startswith("[")]


def mended(notes: Findings) -> list[RepairCode]:
    """What was mended in the events; the place of a style is told where the style stands."""
    return [repair.code for repair in notes.repairs if repair.before != "Alignment 8"]


def test_a_dialogue_is_a_cue_with_its_line() -> None:
    (cue,), notes = read("Press here, then hold")

    assert cue == Cue(1000, 2500, "Press here, then hold")
    assert cue.line == 12
    assert (losses(notes), mended(notes)) == ([], [])
    assert [loss.text for loss in notes.dropped] == ["[Script Info]", "[V4+ Styles]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"one\Ntwo", "one\ntwo"),
        (r"one\ntwo", "one two"),
        (r"one\htwo", "one\u00a0two"),
        (r"{\i1}one{\i0} two", "<i>one</i> two"),
        (r"{\b1\i1}one{\b0} two", "<b><i>one</i></b><i> two</i>"),
        (r"{\b700}one{\b400} {\u1}two", "<b>one</b> <u>two</u>"),
        (r"{\i1}one{\r} two", "<i>one</i> two"),
        (r"{\i1}one{\rLoud} two", "<i>one</i><b> two</b>"),
        ("a < b & c --> d", "a &lt; b &amp; c --&gt; d"),
        ("<i>", "&lt;i>"),
        (r"\{not a tag\}", "{not a tag}"),
        ("an open { brace", "an open { brace"),
        ("C:\\\u2060Names", r"C:\Names"),
        (r"a \x b", r"a \x b"),
        (r"{\i1}", ""),
    ],
)
def test_tags_and_escapes_are_cue_text(text: str, expected: str) -> None:
    ((cue,), notes) = read(text)

    assert cue.text == expected
    assert losses(notes) == []


@pytest.mark.parametrize(
    ("text", "expected", "code", "lost"),
    [
        (r"{\k20}one {\kf30}two", "one two", DropCode.WORD_TIMES, r"\k20"),
        (r"{\pos(1,2)}one", "one", DropCode.COORDINATES, r"\pos(1,2)"),
        (r"{\fs20\c&H0000FF&}one", "one", DropCode.MARKUP, r"\fs20\c&H0000FF&"),
        (r"{\t(0,500,\fs20)}one", "one", DropCode.MARKUP, r"\t(0,500,\fs20)"),
        (r"{a note}one", "one", DropCode.COMMENT, "a note"),
        (r"{\p1}m 0 0 l 9 9{\p0}one", "one", DropCode.PICTURE, "m 0 0 l 9 9"),
    ],
)
def test_what_cue_text_cannot_say_is_lost_and_told(
    text: str, expected: str, code: DropCode, lost: str
) -> None:
    ((cue,), notes) = read(text)

    assert cue.text == expected
    assert losses(notes)[0] == (code, lost)


def test_a_drawing_alone_is_no_cue_and_an_empty_text_is_one() -> None:
    cues, notes = read(r"{\p1}m 0 0 l 9 9", "")

    assert [cue.text for cue in cues] == [""]
    assert losses(notes) == [(DropCode.PICTURE, "m 0 0 l 9 9")]


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (r"{\an8}x", "line:0"),
        (r"{\a6}x", "line:0"),
        (r"{\a1}x", "align:start"),
        (r"{\an8}x{\an1}", "line:0"),
        (r"{\an2}x", ""),
    ],
)
def test_alignments_are_settings_and_the_first_counts(text: str, settings: str) -> None:
    ((cue,), notes) = read(text)

    assert (cue.text, cue.settings) == ("x", settings)
    assert [repair.code for repair in notes.repairs if repair.line == cue.line] == [RepairCode.POSITION]


def test_a_style_gives_its_weight_slope_and_place_and_a_tag_can_take_them_back() -> None:
    ((loud,), _), ((sign,), _) = read(r"one {\b0}two", style="Loud"), read("one", style="*Sign")

    assert (loud.text, loud.settings) == ("<b>one </b>two", "")
    assert (sign.text, sign.settings) == ("<i>one</i>", "line:0")


def test_a_style_that_is_not_there_is_the_usual_one_and_told() -> None:
    ((cue,), notes) = read("one", style="Gone")

    assert cue.text == "one"
    assert losses(notes) == [(DropCode.STYLE, "Gone")]


def test_the_name_is_a_voice() -> None:
    assert read("one", name="Anna & Bo")[0][0].text == "<v Anna &amp; Bo>one"
    assert read(r"{\i1}one", name="A--")[0][0].text == "<v A-- ><i>one</i>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("ScriptType: v4.00+", "one two"),
        ("ScriptType: v4.00+\nWrapStyle: 2", "one\ntwo"),
        ("ScriptType: v4.00", "one\ntwo"),
    ],
)
def test_the_soft_break_is_a_space_but_where_nothing_wraps_and_in_the_old_format(
    head: str, expected: str
) -> None:
    styles_of_old = (
        read(r"one\ntwo", head=head)[0][0].text if "+" in head else found(old(r"one\ntwo"))[0][0].text
    )

    assert styles_of_old == expected


def old(text: str, alignment: int = 2) -> str:
    """A file of SSA, version 4."""
    return (
        "[Script Info]\nScriptType: v4.00\n[V4 Styles]\nFormat: Name, Bold, Italic, Alignment\n"
        f"Style: Default,0,0,{alignment}\n[Events]\n"
        "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        f"Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{text}\n"
    )


@pytest.mark.parametrize(
    ("alignment", "settings"),
    [
        (1, "align:start"),
        (2, ""),
        (3, "align:end"),
        (5, "line:0 align:start"),
        (6, "line:0"),
        (10, "line:50%"),
        (4, ""),
    ],
)
def test_the_old_format_numbers_its_alignments_otherwise(alignment: int, settings: str) -> None:
    assert found(old("x", alignment))[0][0].settings == settings


def test_the_format_line_orders_the_fields() -> None:
    ((cue,), _) = found(
        "[Events]\nFormat: End, Start, Actor, Text\nDialogue: 0:00:02.00,0:00:01.00,Bo,x, y\n"
    )

    assert cue == Cue(1000, 2000, "<v Bo>x, y")


def test_margins_and_effects_of_an_event_are_told_as_lost() -> None:
    _, notes = found(f"[Events]\n{FIELDS}Dialogue: 0,0:00:01.00,0:00:02.00,,,0000,10,0,Banner;5,x\n")

    assert losses(notes) == [(DropCode.MARKUP, "Banner;5"), (DropCode.COORDINATES, "0000,10,0")]


def test_comments_bad_times_and_strange_lines_are_told_with_their_lines() -> None:
    cues, notes = found(
        f"[Events]\n{FIELDS}; remark\nComment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,note\n"
        "Dialogue: 0,soon,0:00:02.00,Default,,0,0,0,,x\nDialogue: 0,0:00:01.00\nwhat\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,y\nSound: 0,0:00:03.00,0:00:04.00,a.wav\n"
    )

    assert [cue.text for cue in cues] == ["y"]
    assert [(loss.line, loss.code) for loss in notes.dropped] == [
        (3, DropCode.COMMENT), (4, DropCode.COMMENT), (5, DropCode.BAD_TIMING), (6, DropCode.BAD_TIMING),
        (7, DropCode.NOT_A_CUE), (9, DropCode.PICTURE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("time", "start", "codes"),
    [
        ("0:00:01.25", 1250, []),
        ("00:00:01.25", 1250, []),
        ("0:00:01.257", 1257, [RepairCode.TIME]),
        ("0:00:01:5", 1500, [RepairCode.TIME]),
        ("0:01:75.00", 135_000, [RepairCode.TIME]),
        ("-0:00:01.00", 0, [RepairCode.NEGATIVE_TIME]),
    ],
)
def test_other_times_are_mended_and_told(time: str, start: int, codes: list[RepairCode]) -> None:
    ((cue,), notes) = found(f"[Events]\n{FIELDS}Dialogue: 0,{time},0:00:09.00,,,0,0,0,,x\n")

    assert cue.start == start
    assert [repair.code for repair in notes.repairs] == codes


def test_rows_that_are_indented_count() -> None:
    assert len(found(f" [Events]\n {FIELDS} Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,x\n")[0]) == 1


def test_blank_lines_in_a_text_are_taken_out_and_told() -> None:
    ((cue,), notes) = read(r"\None\N\N {\i1}\N two\N")

    assert cue.text == "one\n<i> two</i>"
    assert mended(notes) == [RepairCode.BLANK_IN_TEXT]


def test_a_file_without_events_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        found("[Script Info]\nTitle: x\n")

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT
