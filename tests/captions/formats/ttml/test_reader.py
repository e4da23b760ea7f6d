"""TTML read: times of containers, styles, speakers, languages, regions, and what is lost."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats.ttml import reader
from captions.track import Cue, TextTrack

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="en">
<head>
  <metadata><ttm:agent xml:id="a1"><ttm:name type="full">Ann
    Lee</ttm:name></ttm:agent><ttm:title>not a caption</ttm:title></metadata>
  <styling>
    <style xml:id="loud" style="slanted" tts:fontWeight="bold"/>
    <style xml:id="slanted" tts:fontStyle="italic"/>
  </styling>
  <layout>
    <region xml:id="top" tts:origin="10% 10%" tts:extent="80% 40%"><style tts:displayAlign="before"/></region>
    <region xml:id="odd" tts:origin="5px 7px" tts:textAlign="end"/>
  </layout>
</head>
"""


def read(body: str, language: str = "") -> tuple[TextTrack, Findings]:
    findings = Findings()
    return reader.read(f"{HEAD}<body>{body}</body></tt>", findings, language), findings


def cues(body: str) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in read(body)[0].cues]


def test_a_paragraph_with_times_is_a_caption_with_its_identifier_and_line() -> None:
    track, findings = read(
        '<div>\n<p xml:id="V1-c05" begin="1s" end="00:00:02.500">\n  Press<br/>\n  here </p></div>'
    )

    assert track == TextTrack(language="en", cues=(Cue(1000, 2500, "Press\nhere", "V1-c05"),))
    assert track.cues[0].line == HEAD.count("\n") + 2
    assert findings == Findings()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div begin="10s"><p begin="1s" end="2s">a</p></div>', [(11_000, 12_000, "a")]),
        ('<div begin="10s" end="12s"><p begin="1s" end="9s">a</p></div>', [(11_000, 12_000, "a")]),
        ('<div begin="10s" end="12s"><p>a</p></div>', [(10_000, 12_000, "a")]),
        ('<div><p begin="1s" dur="2s">a</p><p dur="3s">b</p></div>', [(1000, 3000, "a"), (0, 3000, "b")]),
        ('<div><p begin="5s" end="3s">a</p></div>', [(5000, 3000, "a")]),
        ('<div><p begin="1s" end="2s"/></div>', [(1000, 2000, "")]),
        (
            '<div timeContainer="seq" begin="1s"><p dur="2s">a</p><p begin="1s" dur="1s">b</p></div>',
            [(1000, 3000, "a"), (4000, 5000, "b")],
        ),
        (
            '<div><p><span begin="1s" end="2s">a</span> <span begin="2s" end="3s">b</span></p></div>',
            [(1000, 2000, "a"), (2000, 3000, "b")],
        ),
        (
            '<div><p begin="1s" end="4s">a <span begin="1s">b</span><span begin="1s"/></p></div>',
            [(1000, 2000, "a"), (2000, 4000, "a b")],
        ),
        (
            '<div><p begin="1s" end="9s">a</p><p begin="2s">b</p><p begin="5s">c</p></div>',
            [(1000, 9000, "a"), (2000, 5000, "b"), (5000, 6500, "c")],
        ),
    ],
)
def test_times_count_from_the_container_and_end_with_it(
    body: str, expected: list[tuple[int, int, str]]
) -> None:
    assert cues(body) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('<span style="loud">a</span> b', "<b><i>a</i></b> b"),
        ('<span style="loud">a <span tts:fontStyle="normal">b</span></span>', "<b><i>a </i>b</b>"),
        ('<span tts:textDecoration="underline">a</span>', "<u>a</u>"),
        ("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>"),
        ('<span ttm:agent="a1">a</span>', "<v Ann Lee>a</v>"),
        ('<span xml:lang="ja">や</span>', "<lang ja>や</lang>"),
        ('<span tts:ruby="container"><span tts:ruby="base">利</span><span tts:ruby="text">リ</span></span>',
         "<ruby>利<rt>リ</rt></ruby>"),
        ('<span xml:space="preserve">a  b</span>', "a  b"),
        ("<metadata><ttm:desc>no</ttm:desc></metadata>a", "a"),
        ("a<br/><br/>b", "a\nb"),
        ("Tom & Jerry&nbsp;&lt;3", "Tom &amp; Jerry\xa0&lt;3"),
    ],
)  # fmt: skip
def test_styles_speakers_and_languages_become_tags(inside: str, expected: str) -> None:
    assert cues(f'<div><p begin="1s" end="2s">{inside}</p></div>') == [(1000, 2000, expected)]


def test_plain_places_become_settings_and_others_are_listed_once() -> None:
    track, findings = read(
        '<div><p begin="1s" end="2s" region="top" tts:textAlign="left">a</p>'
        '<p begin="2s" end="3s" region="odd">b</p><p begin="3s" end="4s" region="odd">c</p></div>'
    )

    assert [cue.settings for cue in track.cues] == ["line:0 align:left", "align:end", "align:end"]
    assert [repair.code for repair in findings.repairs] == [RepairCode.POSITION]
    assert [(loss.code, loss.text) for loss in findings.dropped] == [(DropCode.COORDINATES, "region odd")]


def test_what_cannot_be_shown_is_listed() -> None:
    _, findings = read(
        '<div><p begin="1s" end="2s">a</p><p>no time</p><p begin="noon">b</p>'
        '<p begin="2s" end="3s"><image src="x.png"/></p></div>'
        '<div begin="1s" end="2s"><p begin="5s">too late</p></div>'
    )

    assert [(loss.code, loss.text) for loss in findings.dropped] == [
        (DropCode.NO_TIME, "no time"),
        (DropCode.BAD_TIMING, "begin=noon"),
        (DropCode.NO_TIME, "b"),
        (DropCode.PICTURE, "x.png"),
        (DropCode.NO_TIME, "too late"),
    ]


def test_a_paragraph_that_was_never_closed_ends_where_the_next_begins() -> None:
    track, findings = read('<div><p begin="1s" end="2s">a<p begin="3s" end="4s">b</p>stray</p></div>')

    assert [(cue.start, cue.text) for cue in track.cues] == [(1000, "a"), (3000, "b")]
    assert [repair.code for repair in findings.repairs] == [RepairCode.MARKUP]
    assert [(loss.code, loss.text) for loss in findings.dropped] == [(DropCode.NOT_A_CUE, "stray")]


TWO = (
    '<div xml:lang="en"><p begin="1s" end="2s">press</p><p begin="1.5s" end="4s">here</p></div>'
    '<div xml:lang="es"><p begin="1s" end="2s">presione</p></div>'
    '<div xml:lang="la"><p begin="8s" end="9s">nervus</p></div>'
)


def test_of_two_languages_at_once_the_wanted_one_is_taken_and_one_of_its_own_time_stays_marked() -> None:
    track, findings = read(TWO, "es-MX")

    assert track.language == "es"
    assert [cue.text for cue in track.cues] == ["presione", "<lang la>nervus</lang>"]
    assert [loss.code for loss in findings.dropped] == [DropCode.OTHER_LANGUAGE]


def test_when_none_is_wanted_all_are_kept_and_marked() -> None:
    track, findings = read(TWO)

    assert track.language == "en"
    assert [cue.text for cue in track.cues] == [
        "press",
        "here",
        "<lang es>presione</lang>",
        "<lang la>nervus</lang>",
    ]
    assert findings == Findings()


def test_a_document_without_a_namespace_or_a_head_is_read() -> None:
    track = reader.read("<tt><body><p begin='1s' end='2s'>a</p></body></tt>", Findings())

    assert track.cues == (Cue(1000, 2000, "a"),)


def test_a_document_that_breaks_off_gives_what_came_before() -> None:
    findings = Findings()

    track = reader.read("<tt><body><p begin='1s' end='2s'>a</p><p begin='3s' end='4s'>b", findings)

    assert [cue.text for cue in track.cues] == ["a", "b"]
    assert [loss.code for loss in findings.dropped] == [DropCode.BROKEN]


@pytest.mark.parametrize("body", ["", "<div/>", "<div><p>never</p></div>"])
def test_a_document_without_timed_text_is_refused(body: str) -> None:
    with pytest.raises(CaptionError) as refused:
        read(body)

    assert refused.value.code is ErrorCode.NO_TIMED_TEXT


def test_a_paragraph_of_too_many_moments_is_shown_whole() -> None:
    spans = "".join(f'<span begin="{at}ms" end="{at + 900_000}ms">a</span>' for at in range(2000))

    track, findings = read(f'<div><p begin="1s" end="2s">{spans}</p></div>')

    assert [(cue.start, cue.end, len(cue.text)) for cue in track.cues] == [(1000, 2000, 2000)]
    assert [loss.code for loss in findings.dropped] == [DropCode.WORD_TIMES]


def test_more_paragraphs_than_captions_are_read_are_refused_before_they_are_read() -> None:
    with pytest.raises(CaptionError) as refused:
        read("<p/>" * 150_001)

    assert refused.value.code is ErrorCode.TOO_MANY_CUES


def test_what_follows_more_pieces_than_a_caption_has_is_left_out() -> None:
    track, findings = read(
        f"<div><p begin='1s' end='2s'>a{'<br/><span><b>b</b></span>' * 6000}c</p>"
        "<p begin='3s' end='4s'><b>next</b></p></div>"
    )

    assert [cue.text[-4:] for cue in track.cues] == ["</b>", "</b>"]
    assert track.cues[1].text == "<b>next</b>"
    assert [loss.code for loss in findings.dropped] == [DropCode.TOO_LONG, DropCode.TOO_LONG]
