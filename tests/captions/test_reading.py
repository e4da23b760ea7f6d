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


@pytest.mark.parametrize("format_", ["vtt", "srt", "sbv"])
def test_each_format_is_written_and_known_again(format_: str) -> None:
    track = TextTrack(
        cues=(Cue(0, 1000, "Hello <i>there</i>" if format_ != "sbv" else "Hello"), Cue(2000, 3000, "a"))
    )

    data = captions.write(track, format_)

    assert captions.read(data).cues == track.cues
    assert captions.read(data, format=format_).cues == track.cues


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


def test_an_error_says_its_line_first() -> None:
    assert str(CaptionError("That is wrong.", 7)) == "line 7: That is wrong."
    assert str(CaptionError("That is wrong.")) == "That is wrong."


def test_the_library_loads_nothing_of_the_site() -> None:
    code = (
        "import sys, captions; sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'edu')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
