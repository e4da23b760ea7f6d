"""Loudness: what ffmpeg said, and how much louder a recording may be made."""

import pytest

from media.making.loudness import Loudness, read_summary

SUMMARY = """
[Parsed_ebur128_1 @ 0x5] Summary:

  Integrated loudness:
    I:         -21.8 LUFS
    Threshold: -31.8 LUFS

  Loudness range:
    LRA:         3.5 LU

  True peak:
    Peak:      -16.1 dBFS
"""

GAINS = [
    (-26.0, -20.0, 10.0, "quiet with room: all of it"),
    (-26.0, -5.0, 3.5, "quiet with a loud peak: only to the ceiling"),
    (-26.0, -0.5, 0.0, "no room at all"),
    (-10.0, -0.2, -6.0, "too loud: lowered, whatever the peak"),
    (-16.6, -9.0, 0.0, "near enough"),
    (-70.0, -60.0, 0.0, "silence is not lifted"),
    (-45.0, -40.0, 20.0, "never more than 20 dB"),
    (-16.0, 3.0, -4.5, "a sum of channels beyond full scale is brought under it"),
]


def test_the_summary_is_read():
    assert read_summary(SUMMARY) == Loudness(-21.8, 3.5, -16.1)


def test_no_summary_is_no_loudness():
    assert read_summary("Conversion failed!") is None


def test_digital_silence_is_a_number_too():
    measured = read_summary(SUMMARY.replace("-16.1", "-inf").replace("-21.8", "-70.0"))

    assert measured == Loudness(-70.0, 3.5, -99.0)
    assert measured.is_silent


@pytest.mark.parametrize(("integrated", "peak", "gain", "why"), GAINS)
def test_the_gain_comes_to_16_lufs_but_never_past_the_ceiling(integrated, peak, gain, why):
    assert Loudness(integrated, 5.0, peak).gain == gain, why


SIDES = [
    ("-20.5", "-inf", "left"),
    ("-70.2", "-21.0", "right"),
    ("-21.0", "-24.0", ""),
    ("-inf", "-inf", ""),
    ("-60.0", "-inf", ""),
]


@pytest.mark.parametrize(("left", "right", "side"), SIDES)
def test_a_sound_in_one_channel_alone_is_told_and_counts_as_in_both(left, right, side):
    levels = "".join(
        f"[a @ 0x1] Channel: {number}\n[a @ 0x1] RMS level dB: {level}\n"
        for number, level in enumerate((left, right), 1)
    )

    measured = read_summary(SUMMARY + levels)

    assert measured.side == side
    assert measured.gain == (2.8 if side else 5.8)
