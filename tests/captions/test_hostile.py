"""Hostile caption files, damaged at random or built to take long: only CaptionError comes out."""

import os
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import captions
from captions.formats.sniff import CaptionFormat
from captions.webvtt import cuetext
from captions.writing import WRITERS

EXAMPLES = int(os.environ.get("SOAK_EXAMPLES", "60"))
SECONDS = 1.0
"""Of processor time for one input."""
MANY = int(os.environ.get("SOAK_SIZE", "32000"))
"""Repetitions in what is built to take long: if time grew with the square, they would take many seconds."""

VTT = """WEBVTT Kind: captions; Language: en

NOTE a remark

STYLE
::cue(.loud) { color: red }

REGION
id:low lines:2

one
00:00:01.000 --> 00:00:02.500 align:start line:0 position:10%
<v Anna>Press <i>here</i> &amp; hold</v>

00:00:03.000 --> 00:00:04.000 region:low
- yes <00:00:03.500><c.loud>no</c>
<ruby>skin<rt>epi</rt></ruby>
"""
SRT = """1
00:00:01,000 --> 00:00:02,000
<i>one</i> {\\an8}

2
00:00:03,5 -> 0:0:4,000
two & <font>three</font>
"""
SBV = "0:00:01.000,0:00:02.000\none\n\n0:00:03.000,0:00:04.000\ntwo\nthree\n"
ASS = r"""[Script Info]
ScriptType: v4.00+
WrapStyle: 0

[V4+ Styles]
Format: Name, Fontname, Bold, Italic, Underline, Alignment
Style: Default,Arial,0,-1,0,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,note
Dialogue: 0,0:00:01.00,0:00:02.00,Default,Anna,0,0,0,,{\b1\an8}one{\b0}\Ntwo {\k20}three, four
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\p1}m 0 0 l 1 1{\p0}{\pos(1,2)\t(0,5,\fs20)}five
"""
SCC = """Scenarist_SCC V1.0

00:00:01:00\t9420 9420 9470 9470 d3e5 6ef4 91ae f4e5 f8f4 92b0 942c 942c 942f 942f

00:00:03;00\t9425 9425 94ad 94ad 9470 9470 c1c2 4380 9429 9429 d0d0 97a1 97a1 942c 942c
"""
SPRUCE = "// note\n$Italic = TRUE\n00:00:01:00 , 00:00:02:10 , one | ^Btwo\n00:00:03:00,00:00:04:00,three\n"
TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="en">
<head><styling><style xml:id="s" tts:fontStyle="italic"/></styling></head>
<body><div><p begin="00:00:01.000" end="2s" style="s">one<br/>two <span tts:fontWeight="bold">b</span></p>
<p begin="3s" dur="00:00:01:05">three</p></div></body></tt>
"""
LRC = "[ti:Song]\n[offset:100]\n[00:01.00]one\n[00:02.50][00:05.00]two <00:03.00>three\n"
SMI = """<SAMI><HEAD><STYLE TYPE="text/css"><!-- .ENCC { Name: English; lang: en-US; } --></STYLE></HEAD>
<BODY><SYNC Start=1000><P Class=ENCC>one<br>two <i>three</i><SYNC Start=2000><P Class=ENCC>&nbsp;
</BODY></SAMI>
"""


def stl() -> bytes:
    """A small EBU STL file: a head, a subtitle of two blocks, and one that is right-hand and italic."""
    head = b"850STL25.01" + b"100" + b"09"
    head = head.ljust(253) + b"23" + b"1" + b"10000000"
    return head.ljust(1024) + b"".join(
        (
            block(1, 1, (10, 0, 1, 0), (10, 0, 2, 12), b"Press \xc2ecoute"),
            block(1, 0xFF, (10, 0, 1, 0), (10, 0, 2, 12), b"here\x8a\x03and hold"),
            block(2, 0xFF, (10, 0, 3, 0), (10, 0, 4, 0), b"\x80one\x81", justification=3),
        )
    )


def block(
    number: int,
    extension: int,
    start: tuple[int, ...],
    end: tuple[int, ...],
    text: bytes,
    *,
    justification: int = 2,
) -> bytes:
    numbers = bytes([0, number, 0, extension, 0, *start, *end, 20, justification, 0])
    return numbers + text.ljust(112, b"\x8f")


FIXTURES = {
    "vtt": VTT.encode(), "srt": SRT.encode(), "sbv": SBV.encode(), "ass": ASS.encode(), "scc": SCC.encode(),
    "spruce": SPRUCE.encode(), "stl": stl(), "ttml": TTML.encode(), "lrc": LRC.encode(), "smi": SMI.encode(),
    "srt in UTF-16": SRT.encode("utf-16"),
}  # fmt: skip
FORMATS = [None, *sorted(format_.value for format_ in CaptionFormat)]
PIECES = [
    b"\0", b"\x1b", b"\xff", b"\xc3", b"\n", b"\r", b"\n\n", b"<", b">", b"&", b"{", b"}", b"\\",
    b"-->", b":", b",", b"\xe2\x80\xa8", b"9" * 30, b"<![CDATA[", b"&#x0;", b"\xef\xbb\xbf", b" ",
]  # fmt: skip

Change = tuple[int, int, int, bytes]
CHANGES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 10_000), st.integers(1, 40), st.sampled_from(PIECES)),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, changes: list[Change]) -> bytes:
    """The data with bytes flipped, cut out, doubled, or a piece put between."""
    for kind, place, length, piece in changes:
        at = place % (len(data) + 1)
        part = data[at : at + length]
        if kind == 0:
            data = data[:at] + bytes(byte ^ (1 << length % 8) for byte in part[:1]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[at + length :] if length < 30 else data[:at]
        elif kind == 2:
            data = data[:at] + part + data[at:]
        else:
            data = data[:at] + piece + data[at:]
    return data


def read_and_write(data: bytes, format_: str | None) -> float:
    """Seconds of processor time to read, and to write in every format. A refusal is an answer."""
    began = time.process_time()
    with suppress(captions.CaptionError):
        track = captions.read(data, format=format_)
        for each in WRITERS:
            captions.write(track, each)
        for cue in track.cues:
            cuetext.tree(cue.text)
    return time.process_time() - began


@pytest.mark.parametrize("name", sorted(FIXTURES))
def test_the_small_files_are_read_whole(name: str) -> None:
    track = captions.read(FIXTURES[name])

    assert 1 <= len(track.cues) <= 3


@settings(
    derandomize=True, max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.sampled_from(sorted(FIXTURES)), st.sampled_from(FORMATS), CHANGES)
def test_a_damaged_file_is_read_or_refused_within_a_second(
    name: str, format_: str | None, changes: list[Change]
) -> None:
    assert read_and_write(damaged(FIXTURES[name], changes), format_) <= SECONDS


@settings(derandomize=True, max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(FORMATS))
def test_noise_is_read_or_refused_within_a_second(data: bytes, format_: str | None) -> None:
    assert read_and_write(data, format_) <= SECONDS


WEBVTT_CUE = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
SUBRIP_CUE = "1\n00:00:01,000 --> 00:00:02,000\n"
EVENTS = "[Events]\nFormat: Start, End, Style, Text\n"
EVENT = "Dialogue: 0:00:01.00,0:00:02.00,Default,"
LINE_21 = "Scenarist_SCC V1.0\n\n00:00:01:00\t"
TIMED_TEXT = (
    '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling">'
    "<body><div>"
)
BILLION = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 40))

CHAIN = "".join(f'<style xml:id="s{n}" style="s{n + 1}" tts:fontStyle="italic"/>' for n in range(MANY // 16))
RUBY = '<span tts:ruby="container"><span tts:ruby="base">x</span><span tts:ruby="text">y</span></span>'

SHAPES = {
    "tags in tags": WEBVTT_CUE + "<b>" * MANY,
    "ruby in ruby": WEBVTT_CUE + "<ruby><rt>" * (MANY // 4),
    "open brackets": WEBVTT_CUE + "<" * MANY,
    "half a reference": WEBVTT_CUE + "&" + "a" * MANY,
    "many references": WEBVTT_CUE + "&a" * MANY,
    "classes": WEBVTT_CUE + "<c" + ".a" * MANY,
    "digits of hours": f"WEBVTT\n\n{'9' * MANY}:00:00.000 --> {'9' * MANY}:00:00.001\nx",
    "one-line cues": "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nx\n\n" * (MANY // 16),
    "one setting many times": WEBVTT_CUE.rstrip() + " align:start" * MANY,
    "digits of a setting": WEBVTT_CUE.rstrip() + " line:" + "1" * MANY,
    "arrows": "WEBVTT\n\n" + "-->\n" * MANY,
    "blank lines": "WEBVTT" + "\n" * MANY + "\r" * MANY,
    "regions": "WEBVTT\n\n" + "".join(f"REGION\nid:{number}\n\n" for number in range(MANY // 16)),
    "subrip tags in tags": SUBRIP_CUE + "<b>" * MANY,
    "subrip wrong tags": SUBRIP_CUE + "<b><i>x</b></i>" * (MANY // 16),
    "subrip braces": SUBRIP_CUE + "{\\an" * MANY,
    "subrip times": "1:1:1 -->" * MANY,
    "subrip digits": "9" * MANY + " --> " + "9" * MANY,
    "subrip numbers": SUBRIP_CUE + "1\n\n" * MANY,
    "sbv digits": "0:00:01.000," * MANY,
    "ass switches": EVENTS + EVENT + "{\\b1}x{\\b0}y" * (MANY // 16),
    "ass braces": EVENTS + EVENT + "{\\" * MANY,
    "ass escaped braces": EVENTS + EVENT + "\\{" * MANY,
    "ass brackets in a tag": EVENTS + EVENT + "{" + "\\t(" * MANY + "}",
    "ass breaks": EVENTS + EVENT + "\\N " * MANY,
    "ass fields": "[Events]\nFormat: " + "a," * MANY + "Start,End,Text\nDialogue: " + "," * MANY,
    "ass digits": EVENTS + f"Dialogue: {'9' * MANY}:00:01.00,0:00:02.00,Default,x",
    "scc painted row": LINE_21 + "9429 " + "5858 " * MANY,
    "scc captions": LINE_21 + "9425 94ad 9470 5858 " * (MANY // 16),
    "scc erasures": LINE_21 + "9429 " + "5858 " * 64 + "94a4 94a1 " * (MANY // 2),
    "spruce breaks": "00:00:01:00 , 00:00:02:00 , " + "x| " * MANY,
    "spruce marks": "00:00:01:00 , 00:00:02:00 , " + "^I" * MANY,
    "xml elements in elements": TIMED_TEXT + "<p>" * MANY,
    "xml entities": f'<!DOCTYPE tt [<!ENTITY a0 "a">{BILLION}]><tt><body>&a39;</body></tt>',
    "lrc times": "[00:01.00]" * (MANY // 16) + "x",
    "ttml pieces in a paragraph": TIMED_TEXT + '<p begin="0s"><span begin="1s">x</span>' + "<br/>" * MANY,
    "ttml styles of styles": TIMED_TEXT.replace("<body>", f"<head><styling>{CHAIN}</styling></head><body>")
    + '<p begin="0s" style="s0">x</p>' * (MANY // 16),
    "ttml many styles": TIMED_TEXT.replace("<body>", f"<head><styling>{CHAIN}</styling></head><body>")
    + f'<p begin="0s" style="{" ".join(f"s{number}" for number in range(MANY // 32))}">x</p>' * (MANY // 64),
    "ttml ruby": TIMED_TEXT + ('<p begin="0s">' + RUBY * 20 + "</p>") * (MANY // 640),
    "smi brackets": "<SAMI><BODY><SYNC Start=1><P>" + "<!--<i>" * MANY,
}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_file_built_to_take_long_takes_less_than_a_second(name: str) -> None:
    assert read_and_write(SHAPES[name].encode(), None) <= SECONDS


def test_an_stl_file_of_one_endless_subtitle_and_one_of_endless_commands_take_less_than_a_second() -> None:
    endless = block(1, 1, (0, 0, 1, 0), (0, 0, 2, 0), b"x" * 112) * (MANY // 128)
    commands = block(1, 0xFF, (0, 0, 1, 0), (0, 0, 2, 0), b"\x80\x8a \x81" * 28) * (MANY // 128)

    for blocks in (endless, commands):
        assert read_and_write(stl()[:1024] + blocks, None) <= SECONDS
