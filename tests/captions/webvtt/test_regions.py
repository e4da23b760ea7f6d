"""WebVTT regions."""

import pytest

from captions.webvtt import regions
from captions.webvtt.regions import Region


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", Region()),
        ("id:fred", Region("fred")),
        ("id:a id:b", Region("b")),
        ("width:40.5%\nlines:2", Region(width=40.5, lines=2)),
        ("regionanchor:0%,10% viewportanchor:20%,30%", Region(anchor=(0, 10), viewport_anchor=(20, 30))),
        ("scroll:up", Region(scrolls_up=True)),
        (
            "width:101% lines:-1 lines:two regionanchor:5% viewportanchor:a,5% scroll:down id: :x foo:bar",
            Region(),
        ),
        ("width:40% width:bad", Region(width=40)),
    ],
)
def test_what_is_valid_counts_and_the_rest_is_ignored(lines: str, expected: Region) -> None:
    assert regions.parse(lines) == expected


def test_a_region_is_written_and_read_back() -> None:
    region = Region("fred", 33.3, 2, (0, 12.5), (100, 90), scrolls_up=True)

    head, _, lines = regions.block(region).partition("\n")

    assert head == "REGION"
    assert regions.parse(lines) == region
