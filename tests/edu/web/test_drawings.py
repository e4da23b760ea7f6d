"""Drawings: the signs of the interface stand in the page itself."""

from __future__ import annotations

from flask import Flask

from edu.web.assets import FOLDER
from edu.web.drawings import drawings


def test_every_symbol_of_the_file_is_a_drawing(app: Flask) -> None:
    place = FOLDER / "img/icons.svg"

    found = drawings(place)

    assert len(found) == place.read_text().count("<symbol")
    assert found["play"].startswith("<path d=")


def test_a_page_names_no_drawing_in_another_file(app: Flask) -> None:
    icon = app.jinja_env.get_template("components/icon.html").module.icon("play")  # type: ignore[attr-defined]

    assert "<use" not in icon
    assert 'aria-hidden="true"' in icon
    assert drawings(FOLDER / "img/icons.svg")["play"] in icon
