"""Cuts found in a picture of three joins, in one without any, and in a sound alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

import media
from media import MediaCancelled

SCENES = ("testsrc2", "smptebars", "mandelbrot", "testsrc")


@pytest.fixture(scope="module")
def joined(make: Callable[..., Path], h264: list[str]) -> Path:
    """Four scenes of 0.8, 1, 0.8 and 0.6 s, joined without a transition: cuts at 0.8, 1.8 and 2.6 s."""
    lengths = (0.8, 1.0, 0.8, 0.6)
    inputs: list[str] = []
    for scene, seconds in zip(SCENES, lengths, strict=True):
        inputs += ["-f", "lavfi", "-t", str(seconds), "-i", f"{scene}=s=320x180:r=25"]
    return make("joined.mp4", *inputs, "-filter_complex", "concat=n=4", *h264)


def test_the_three_joins_of_a_clip_are_found_at_their_times(joined: Path) -> None:
    assert media.shots(joined) == (800, 1800, 2600)


def test_cuts_that_follow_each_other_at_once_are_one(make: Callable[..., Path], h264: list[str]) -> None:
    white = "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='between(t,0.999,1.199)'"
    flash = make("flash.mp4", "-f", "lavfi", "-i", f"color=c=black:s=320x180:r=25:d=2,{white}", *h264)

    assert media.shots(flash) == (1000,)


def test_a_moving_picture_without_a_join_and_a_sound_alone_have_no_cut(lecture: Path, speech: Path) -> None:
    assert media.shots(lecture) == ()
    assert media.shots(speech) == ()


def test_the_search_ends_when_nobody_waits_for_it(joined: Path) -> None:
    info = media.probe(joined)

    with pytest.raises(MediaCancelled):
        media.shots(joined, info=info, cancelled=lambda: True)
