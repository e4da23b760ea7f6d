r"""ASS written: events with times in hundredths, tags, speakers and safe text."""

import pytest

from captions.errors import CaptionError
from captions.formats import ass_writer
from captions.limits import MAX_TIME
from captions.track import Cue, TextTrack


def event(cue: Cue) -> str:
    """The line of the only cue."""
    (row,) = [
        row for row in ass_writer.write(TextTrack(cues=(cue,))).decode().splitlines() if "Dialogue" in row
    ]
    return row


def fields(text: str, settings: str = "") -> tuple[str, str]:
    """The name and the text of a cue's event."""
    parts = event(Cue(0, 1000, text, settings=settings)).split(",", 9)
    return parts[4], parts[9]


def test_a_file_has_its_head_one_style_and_an_event_for_each_cue_in_order() -> None:
    data = ass_writer.write(TextTrack(cues=(Cue(3_723_456, 3_724_000, "two"), Cue(1004, 2005, "one"))))

    assert data.startswith(b"[Script Info]\nScriptType: v4.00+\n")
    assert data.count(b"\nStyle: ") == 1
    assert data.decode().splitlines()[-2:] == [
        "Dialogue: 0,0:00:01.00,0:00:02.01,Default,,0,0,0,,one",
        "Dialogue: 0,1:02:03.46,1:02:04.00,Default,,0,0,0,,two",
    ]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("one\ntwo", "", r"one\Ntwo"),
        ("<b>one</b> <i>two</i> <u>three</u>", "", r"{\b1}one{\b0} {\i1}two{\i0} {\u1}three{\u0}"),
        ("<b>one <b>two</b> three</b>", "", r"{\b1}one two three{\b0}"),
        ("a &lt; b &amp;amp; c", "", "a < b &amp; c"),
        ("{\\an8}", "", "\\{\\\u2060an8\\}"),
        ("a\u00a0b", "", r"a\hb"),
        ("<v Anna>one", "Anna", "one"),
        ("<v Anna><i>one</i></v>", "Anna", r"{\i1}one{\i0}"),
        ("<v Bo, senior>one", "", "Bo, senior: one"),
        ("<v Anna>one</v>\n<v Bo>two</v>", "", r"Anna: one\NBo: two"),
        ("<c.loud>one</c> <00:01.000><lang de>zwei</lang>", "", "one zwei"),
    ],
)
def test_cue_text_is_event_text(text: str, name: str, expected: str) -> None:
    assert fields(text) == (name, expected)


@pytest.mark.parametrize(
    ("settings", "expected"), [("line:0", r"{\an8}x"), ("align:end", r"{\an3}x"), ("line:12", "x"), ("", "x")]
)
def test_one_of_the_nine_places_is_a_tag(settings: str, expected: str) -> None:
    assert fields("x", settings)[1] == expected


@pytest.mark.parametrize("cue", [Cue(0, MAX_TIME + 1, "late"), Cue(0, 1, "\ud800")])
def test_what_no_file_can_hold_is_refused(cue: Cue) -> None:
    with pytest.raises(CaptionError):
        event(cue)
