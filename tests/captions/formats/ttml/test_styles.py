"""Styles of TTML: references, chains of them, and places."""

import pytest

from captions.formats.ttml import styles
from captions.formats.ttml.styles import Sheet


def test_a_style_has_what_it_refers_to_and_its_own_counts_more() -> None:
    sheet = Sheet()
    sheet.add("a", {"fontStyle": "italic", "fontWeight": "bold", "color": "red"})
    sheet.add("b", {"style": "a", "fontWeight": "normal"})
    sheet.add("c", {"style": "b later"})
    sheet.add("later", {"textDecoration": "underline"})

    found = sheet.style({"style": "c missing", "textAlign": "end"})

    assert found == {
        "fontStyle": "italic",
        "fontWeight": "normal",
        "textDecoration": "underline",
        "textAlign": "end",
    }
    assert styles.tags(found) == ("i", "u")


def test_styles_that_refer_to_each_other_come_to_an_end() -> None:
    sheet = Sheet()
    sheet.add("a", {"style": "b", "fontStyle": "italic"})
    sheet.add("b", {"style": "a b", "fontWeight": "bold"})

    assert sheet.style({"style": "a"}) == {"fontStyle": "italic", "fontWeight": "bold"}


def test_a_chain_of_ten_thousand_references_needs_no_stack() -> None:
    sheet = Sheet()
    for number in range(10_000):
        sheet.add(f"s{number}", {"style": f"s{number + 1}"})
    sheet.add("s10000", {"fontStyle": "oblique"})

    assert styles.tags(sheet.style({"style": "s0"})) == ("i",)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ({}, ""),
        ({"displayAlign": "after"}, ""),
        ({"displayAlign": "before", "origin": "10% 10%", "extent": "80% 40%"}, "line:0"),
        ({"displayAlign": "before"}, "line:0"),
        ({"displayAlign": "center"}, "line:50%"),
        ({"displayAlign": "before", "origin": "0% 80%"}, ""),
        ({"displayAlign": "after", "origin": "0% 0%", "extent": "100% 30%"}, None),
        ({"displayAlign": "center", "origin": "0% 0%", "extent": "100% 30%"}, None),
        ({"origin": "10px 20px"}, None),
        ({"origin": "auto", "extent": "auto", "displayAlign": "center"}, "line:50%"),
        ({"origin": "1% x%"}, None),
        ({"origin": "100px 400px", "displayAlign": "after"}, ""),
    ],
)
def test_plain_places_become_settings_and_others_none(region: dict[str, str], expected: str | None) -> None:
    assert styles.line(region) == expected


def test_an_alignment_other_than_the_middle_is_a_setting() -> None:
    assert styles.alignment({"textAlign": "left"}) == "align:left"
    assert styles.alignment({"textAlign": "center"}) == styles.alignment({"textAlign": "justify"}) == ""
