"""Every refusal: a code that stays, parameters for translation, a sentence for a person."""

import pickle
import string

import pytest

from media import MediaCancelled, MediaError, MediaLimitExceeded, ToolTimedOut
from media.errors import SENTENCES


def test_the_sentence_is_filled_with_the_parameters():
    error = MediaLimitExceeded("frame-too-large", width=16384, height=8704, limit=40_000_000)

    assert str(error).startswith("The picture is 16384 x 8704 pixels, more than the 40000000 in all")
    assert error.code == "frame-too-large"
    assert error.parameters == {"width": 16384, "height": 8704, "limit": 40_000_000}


def test_a_parameter_that_is_missing_is_noticed_where_the_error_is_made():
    with pytest.raises(KeyError):
        MediaError("too-long", minutes=800)


def test_seconds_are_told_in_the_unit_that_suits_them():
    error = ToolTimedOut("tool-wall-limit", tool="ffmpeg", seconds=5400.0)

    assert "(90 min)" in str(error)
    assert error.parameters == {"tool": "ffmpeg", "seconds": 5400.0, "time": "90 min"}


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_whole_and_its_blanks_have_names(code):
    blanks = [name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name is not None]

    assert all(name.isidentifier() for name in blanks)
    assert SENTENCES[code][0].isupper() or blanks[0] == "tool"
    assert SENTENCES[code].endswith((".", "{detail}"))


@pytest.mark.parametrize("error", [MediaCancelled(), MediaLimitExceeded("too-long", minutes=800, limit=720)])
def test_an_error_crosses_a_process_border_whole(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes

    assert (type(again), again.code, again.parameters, str(again)) == (
        type(error),
        error.code,
        error.parameters,
        str(error),
    )
