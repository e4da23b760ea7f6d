"""read and write: the two doors of the library."""

import subprocess
import sys

import pytest

import captions
from captions import CaptionError, Cue, ErrorCode, TextTrack

LOOSE = b"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello\n"


def test_vtt_by_name_is_strict_and_by_content_lenient() -> None:
    assert captions.read(LOOSE, format="vtt").cues == ()
    assert captions.read(LOOSE).cues == (Cue(1000, 2000, "Hello"),)


@pytest.mark.parametrize("format_", ["vtt", "srt", "sbv", "ttml", "ass"])
def test_each_format_is_written_and_known_again(format_: str) -> None:
    track = TextTrack(
        cues=(Cue(0, 1000, "Hello <i>there</i>" if format_ != "sbv" else "Hello"), Cue(2000, 3000, "a"))
    )

    data = captions.write(track, format_)

    assert captions.read(data).cues == track.cues
    assert captions.read(data, format=format_).cues == track.cues


def test_capitals_in_the_name_of_a_format_do_not_matter() -> None:
    track = captions.read(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", format="SRT")

    assert track.cues == (Cue(1000, 2000, "Hello"),)
    assert captions.read(captions.write(track, "VTT"), format="Vtt").cues == track.cues
    assert captions.read(LOOSE, format="VTT").cues == ()


@pytest.mark.parametrize(
    ("format_", "code"), [("docx", ErrorCode.UNKNOWN_FORMAT), ("txt", ErrorCode.UNSUPPORTED_FORMAT)]
)
def test_a_format_that_cannot_be_read_is_named(format_: str, code: ErrorCode) -> None:
    with pytest.raises(CaptionError, match=r"(?i)" + format_) as refused:
        captions.read(LOOSE, format=format_)

    assert refused.value.code is code


def test_a_format_that_cannot_be_written_is_named() -> None:
    with pytest.raises(CaptionError, match="docx") as refused:
        captions.write(TextTrack(), "docx")

    assert refused.value.code is ErrorCode.UNSUPPORTED_FORMAT
    assert refused.value.parameters["format"] == "docx"


def test_a_look_shows_the_format_the_encodings_and_the_cues() -> None:
    look = captions.look("1\n00:00:01,000 --> 00:00:02,000\nГде болит?\n".encode("cp1251"))

    assert (look.format, look.encoding, look.refusal) == ("srt", "cp1251", None)
    assert look.track is not None
    assert look.track.cues == (Cue(1000, 2000, "Где болит?"),)
    assert look.guesses[0] == captions.Guess("cp1251", "Cyrillic (Windows-1251)", "Где болит?")
    assert len({guess.sample for guess in look.guesses}) == len(look.guesses) > 5


def test_a_look_takes_the_encoding_that_a_person_chose() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\nГде болит?\n".encode("cp1251")

    look = captions.look(data, encoding="koi8-r")

    assert look.encoding == "koi8-r"
    assert look.track is not None
    assert look.track.cues[0].text == data.decode("koi8-r").splitlines()[2]
    assert look.guesses[0].encoding == "cp1251"


@pytest.mark.parametrize(
    ("data", "format_", "code", "guesses"),
    [
        (b"\x89PNG\r\n\x1a\n", None, ErrorCode.BINARY, 0),
        (b"", None, ErrorCode.EMPTY, 0),
        (b"<html>", None, ErrorCode.HTML, 0),
        (b"only prose", None, ErrorCode.NO_CUES, 1),
        (b"<tt><body/></tt>", "ttml", ErrorCode.NO_TIMED_TEXT, 1),
    ],
)
def test_a_look_at_what_is_no_caption_file_says_why(
    data: bytes, format_: str | None, code: ErrorCode, guesses: int
) -> None:
    look = captions.look(data)

    assert (look.format, look.track, len(look.guesses)) == (format_, None, guesses)
    assert look.refusal is not None
    assert look.refusal.code is code


def test_an_encoding_that_is_not_offered_is_refused_by_name() -> None:
    look = captions.look(b"1\n00:00:01,000 --> 00:00:02,000\na", encoding="punycode")

    assert look.refusal is not None
    assert look.refusal.parameters == {"encoding": "punycode"}
    assert look.guesses[0].encoding == "utf-8"


def test_the_declared_language_chooses_among_several() -> None:
    data = b"""<SAMI><STYLE>.A{lang:en}.B{lang:ko}</STYLE><BODY>
<SYNC Start=0><P Class=A>one<P Class=B>hana<SYNC Start=1000><P Class=A>two<P Class=B>dul</BODY></SAMI>"""

    assert [cue.text for cue in captions.read(data).cues] == ["one", "two"]
    assert [cue.text for cue in captions.read(data, language="ko-KR").cues] == ["hana", "dul"]


def test_an_error_says_its_line_first() -> None:
    assert str(CaptionError("That is wrong.", 7)) == "line 7: That is wrong."
    assert str(CaptionError("That is wrong.")) == "That is wrong."


def test_the_library_loads_nothing_of_the_site() -> None:
    code = (
        "import sys, captions; sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'edu')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
