"""Markup: what comes in loose goes out well-formed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions.findings import DropCode, Findings, RepairCode
from captions.formats import markup
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext, vtt


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "a &amp; b",
        "Tom & Ann, 3 > 2",
        "<v Anna>open to the end",
        "<v.loud Dr. A>x</v> <c.a.b>y</c>",
        "<ruby>a<rt>b</rt></ruby>",
        "a<00:00:01.000>b",
        "<lang en-GB>x</lang>",
    ],
)
def test_cue_text_in_order_is_not_touched(text: str) -> None:
    findings = Findings()

    assert markup.tidy(text, 1, findings) == text
    assert findings == Findings()


@pytest.mark.parametrize(
    ("text", "expected", "repairs", "drops"),
    [
        ("<b>a", "<b>a</b>", 1, 0),
        ("a</b>", "a", 1, 0),
        ("<B>a</B>", "<b>a</b>", 1, 0),
        ("<b><i>a</b></i>", "<b><i>a</i></b>", 1, 0),
        ("<font x>a</font>", "a", 0, 2),
        ("<style>a{}</style>b", "b", 0, 2),
        ("<script><b>x</b>", "", 0, 1),
        ("<c.x-->a</c>", "<c.x-- >a</c>", 0, 0),
        ("<v A-->a", "<v A-- >a</v>", 0, 0),
        ("a --> b", "a --&gt; b", 0, 0),
    ],
)
def test_other_text_is_put_in_order_and_told(text: str, expected: str, repairs: int, drops: int) -> None:
    findings = Findings()

    assert markup.tidy(text, 7, findings) == expected
    assert [repair.code for repair in findings.repairs] == [RepairCode.MARKUP] * repairs
    assert [(loss.code, loss.line) for loss in findings.dropped] == [(DropCode.MARKUP, 7)] * drops


@pytest.mark.parametrize(("mark", "expected"), sorted(markup.ALIGNMENTS.items()))
def test_each_place_mark_is_a_setting(mark: int, expected: str) -> None:
    findings = Findings()

    assert markup.from_srt(f"{{\\an{mark}}}up", 3, findings) == ("up", expected)
    assert [repair.code for repair in findings.repairs] == [RepairCode.POSITION]


LOOSE = st.lists(
    st.sampled_from(
        [
            "<b>",
            "</b>",
            "<i",
            ">",
            "</i>",
            "<v A>",
            "--",
            "-->",
            "&",
            "lt;",
            "\n",
            "a",
            "<c.x",
            "{\\an8}",
            "<br>",
        ]
    )
).map("".join)


@settings(derandomize=True, max_examples=120, deadline=None)
@given(LOOSE)
def test_what_was_put_in_order_stays_so_and_can_be_written(text: str) -> None:
    for clean in (markup.from_srt(text, 1, Findings())[0], markup.tidy(text, 1, Findings()).strip("\n")):
        again = Findings()
        clean = "\n".join(line for line in clean.split("\n") if line)

        assert markup.tidy(clean, 1, again) == clean
        assert again == Findings()
        (cue,) = vtt.parse(vtt.write(TextTrack(cues=(Cue(0, 1, clean),)))).cues
        assert cuetext.plain_text(cue.text) == cuetext.plain_text(clean)
