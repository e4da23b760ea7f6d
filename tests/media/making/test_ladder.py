"""The ladder: which pictures a recording gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import MediaInfo, ladder

CASES = [
    ((1920, 1080), [(1920, 1080), (1280, 720), (640, 360)]),
    ((3840, 2160), [(1920, 1080), (1280, 720), (640, 360)]),
    ((1080, 1920), [(1080, 1920), (720, 1280), (360, 640)]),
    ((1280, 720), [(1280, 720), (640, 360)]),
    ((1920, 1088), [(1906, 1080), (1270, 720), (636, 360)]),
    ((960, 540), [(960, 540), (640, 360)]),
    ((854, 480), [(854, 480), (640, 360)]),
    ((640, 360), [(640, 360)]),
    ((320, 240), [(320, 240)]),
    ((161, 121), [(160, 120)]),
    ((642, 642), [(642, 642), (360, 360)]),
    ((1280, 360), [(1280, 360)]),
    ((16000, 1080), [(2560, 172)]),
    ((0, 0), []),
]


def info(width: int, height: int) -> MediaInfo:
    return MediaInfo("mov", "mov", 1, 1000, width, height, 0, 25.0, (), (), (), ())


@pytest.mark.parametrize(("size", "expected"), CASES)
def test_the_sizes_of_a_ladder(size, expected):
    assert [(step.width, step.height) for step in ladder(info(*size))] == expected


@given(st.integers(16, 8000), st.integers(16, 8000))
def test_no_picture_grows_all_are_even_and_names_are_their_own(width, height):
    steps = ladder(info(width, height))

    assert steps
    assert all(step.width % 2 == 0 and step.height % 2 == 0 for step in steps)
    assert all(step.width <= max(width + 1, 16) and step.height <= max(height + 1, 16) for step in steps)
    assert all(max(step.width, step.height) <= 2560 for step in steps)
    assert len({step.name for step in steps}) == len(steps)
    assert [int(step.name) for step in steps] == sorted((int(step.name) for step in steps), reverse=True)


def test_small_pictures_get_a_slower_and_better_preset():
    presets = {step.name: step.preset for step in ladder(info(1920, 1080))}

    assert presets == {"1080": "veryfast", "720": "veryfast", "360": "fast"}
