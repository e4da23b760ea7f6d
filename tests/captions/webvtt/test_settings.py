"""Cue settings: valid ones count, the last of a name wins, the rest is ignored and named."""

import pytest

from captions.webvtt import settings
from captions.webvtt.settings import Layout


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("", Layout()),
        ("vertical:rl", Layout(vertical="rl")),
        ("line:0", Layout(line=0)),
        ("line:-1.5", Layout(line=-1.5)),
        ("line:50.5%", Layout(line=50.5, snap_to_lines=False)),
        ("line:5,end", Layout(line=5, line_align="end")),
        ("line:5,end line:6", Layout(line=6, line_align="end")),
        ("position:100%,line-left", Layout(position=100, position_align="line-left")),
        ("size:33.33%\talign:end", Layout(size=33.33, align="end")),
        ("size:10% size:20%", Layout(size=20)),
        ("region:fred", Layout(region="fred")),
    ],
)
def test_valid_settings_take_effect_and_are_kept(text: str, layout: Layout) -> None:
    found = settings.parse(text)

    assert found.layout == layout
    assert found.ignored == ()
    assert settings.layout(found.text) == layout


@pytest.mark.parametrize(
    "token",
    [
        "line:5%,middle", "line:5,", "line:,start", "line:", "line:-", "line:+5", "line:1e2", "line:.5",
        "line:5.", "line:1..5", "line:-0%", "line:101%", "line:٥", "line:" + "9" * 400, "position:5",
        "position:5.%", "position:5%,start", "position:100.1%", "size:-1%", "size:5%%", "align:middle",
        "align:START", "vertical:tb", "region:", ":x", "foo", "foo:bar", "D:vertical",
    ],
)  # fmt: skip
def test_what_is_not_valid_is_ignored_whole_and_named(token: str) -> None:
    found = settings.parse(f"size:50% {token} align:left")

    assert found.layout == Layout(size=50, align="left")
    assert found.text == "size:50% align:left"
    assert found.ignored == (token,)


def test_only_the_white_space_of_the_specification_separates() -> None:
    assert settings.parse("\u00a0size:50%").layout == Layout()
