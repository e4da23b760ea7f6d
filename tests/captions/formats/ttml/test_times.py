"""Times of TTML: every kind of expression, and what the rates of a document make of them."""

import pytest

from captions.formats.ttml.times import clock


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:01:02.345", 62_345),
        ("100:00:00", 360_000_000),
        ("0:01:02,5", 62_500),
        ("00:00:01.0005", 1000),
        ("01:02.5", 62_500),
        ("1.5h", 5_400_000),
        ("2m", 120_000),
        ("2.68s", 2680),
        ("250ms", 250),
        ("7", 7000),
        ("15f", 500),
        ("00:00:01:15", 1500),
        ("12t", 12_000),
        (" 1s ", 1000),
        ("1 s", None),
        ("soon", None),
        ("wallclock(2026-01-01T00:00:00)", None),
        ("", None),
        ("٣s", None),
        ("1" * 40 + "s", None),
    ],
)
def test_an_expression_is_understood_or_is_none(text: str, expected: int | None) -> None:
    assert clock({}).milliseconds(text) == expected


@pytest.mark.parametrize(
    ("attributes", "text", "expected"),
    [
        ({"frameRate": "24", "frameRateMultiplier": "1000 1001"}, "360f", 15_015),
        ({"frameRate": "25"}, "00:00:01:05", 1200),
        ({"frameRate": "25", "subFrameRate": "2"}, "00:00:01:05.1", 1220),
        ({"tickRate": "10000000"}, "1374000000t", 137_400),
        ({"frameRate": "25"}, "50t", 2000),
        ({"frameRate": "0", "frameRateMultiplier": "1 0", "tickRate": "x"}, "30f", 1000),
        (
            {"timeBase": "smpte", "frameRate": "30", "frameRateMultiplier": "1000 1001"},
            "01:00:00:00",
            3_603_600,
        ),
        (
            {
                "timeBase": "smpte",
                "frameRate": "30",
                "frameRateMultiplier": "1000 1001",
                "dropMode": "dropNTSC",
            },
            "01:00:00:00",
            3_599_996,
        ),
        ({"timeBase": "smpte", "frameRate": "25"}, "00:00:01:05", 1200),
    ],
)
def test_frames_and_ticks_pass_at_the_rates_of_the_document(
    attributes: dict[str, str], text: str, expected: int
) -> None:
    assert clock(attributes).milliseconds(text) == expected


def test_of_a_wrong_expression_the_clock_time_at_its_beginning_counts() -> None:
    assert clock({}).beginning("00:04:04.04.380") == 244_040
    assert clock({}).beginning("4 o'clock") is None
