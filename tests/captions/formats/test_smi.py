"""SAMI: points in time, classes and languages, HTML in the text."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import smi
from captions.track import TextTrack

HEAD = """<SAMI><HEAD><TITLE>not a caption</TITLE><STYLE TYPE="text/css"><!--
P { font-family: Arial; }
.ENCC { Name: English; lang: en-US; SAMIType: CC; }
.KRCC { Name: Korean; lang: ko_KR; }
--></STYLE></HEAD><BODY>
<-- a remark -->
"""


def read(body: str, language: str = "") -> tuple[TextTrack, Findings]:
    findings = Findings()
    return smi.read(HEAD + body + "\n</BODY></SAMI>", findings, language), findings


def cues(body: str) -> list[tuple[int, int, str]]:
    """What there is to read; a place without text is a cue too."""
    return [(cue.start, cue.end, cue.text) for cue in read(body)[0].cues if cue.text]


def test_text_lasts_until_the_next_point_and_a_no_break_space_ends_it() -> None:
    track, findings = read(
        "<SYNC Start=1000><P Class=ENCC>Press<br>here</P></SYNC>\n"
        '<SYNC Start="2000"><P Class="ENCC">&nbsp;</P></SYNC>\n'
        "<sync start=5000><p class=encc>\n   Now\n   hold<BR/>\n  still"
    )

    assert track.language == "en-US"
    assert [(cue.start, cue.end, cue.text, cue.line) for cue in track.cues] == [
        (1000, 2000, "Press\nhere", 7),
        (2000, 5000, "", 8),
        (5000, 6500, "Now hold\nstill", 10),
    ]
    assert [repair.code for repair in findings.repairs] == [RepairCode.END]


TWO = (
    "<SYNC Start=0><P Class=KRCC>hana<P Class=ENCC>one"
    "<SYNC Start=1000><P Class=KRCC>&nbsp;"
    "<SYNC Start=2000><P Class=ENCC>two<SYNC Start=3000><P Class=ENCC>&nbsp;"
)


@pytest.mark.parametrize(
    ("wanted", "language", "texts", "lost"),
    [
        ("", "en-US", [(0, 2000, "one"), (2000, 3000, "two")], "krcc: 1"),
        ("ko", "ko-KR", [(0, 1000, "hana")], "encc: 2"),
        ("fr", "en-US", [(0, 2000, "one"), (2000, 3000, "two")], "krcc: 1"),
    ],
)
def test_one_language_is_taken_and_the_other_listed(
    wanted: str, language: str, texts: list[tuple[int, int, str]], lost: str
) -> None:
    track, findings = read(TWO, wanted)

    assert track.language == language
    assert [(cue.start, cue.end, cue.text) for cue in track.cues if cue.text] == texts
    assert [(loss.code, loss.text) for loss in findings.dropped] == [(DropCode.OTHER_LANGUAGE, lost)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("we&#039;re &amp; &lt;b&gt; &eacute;", "we're &amp; &lt;b> é"),
        ("<i>soft</i> and <B>loud</B>", "<i>soft</i> and <b>loud</b>"),
        ('<font color="red">red</font>', "red"),
        ("a<br><br>&nbsp;<br>b", "a\nb"),
        ("a<script>alert(1)</script>b", "ab"),
        ("3 < 4", "3 &lt; 4"),
        ("a --&gt; b", "a --&gt; b"),
    ],
)
def test_html_becomes_cue_text(html: str, text: str) -> None:
    assert cues(f"<SYNC Start=0><P>{html}<SYNC Start=1000><P>&nbsp;") == [(0, 1000, text)]


def test_two_paragraphs_at_one_point_are_one_caption() -> None:
    assert cues("<SYNC Start=0><P>a<P>b<SYNC Start=0><P>c<SYNC Start=900><P>&nbsp;") == [(0, 900, "a\nb\nc")]


def test_a_wrong_point_is_listed_and_one_before_zero_is_zero() -> None:
    track, findings = read("<SYNC Begin=1><P>lost<SYNC Start=-5><P>a")

    assert [(cue.start, cue.text) for cue in track.cues] == [(0, "a")]
    assert [loss.code for loss in findings.dropped] == [DropCode.BAD_TIMING]
    assert RepairCode.NEGATIVE_TIME in {repair.code for repair in findings.repairs}


def test_a_file_without_text_at_a_time_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        read("<SYNC Start=0><P>&nbsp;")

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT
