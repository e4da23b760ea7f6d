"""Where a form may lead afterwards."""

from __future__ import annotations

import pytest
from flask import Flask

from edu.web.destination import after, local_path


@pytest.mark.parametrize(
    "path", ["/", "/courses/back-mice?x=1&y=%2F%2Fz#V1-c05", "/suche/ä", "/a//b", "/a:b@c"]
)
def test_a_path_of_this_site_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "courses",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\tx",
        "/\n//evil.example",
        "/x\x00",
        "/x\x7f",
        " /x",
        "/" + "x" * 2000,
    ],
)
def test_anything_else_is_not(value: str | None) -> None:
    assert local_path(value) is None


def test_the_form_is_asked_before_the_address(app: Flask) -> None:
    with app.test_request_context("/?next=/from-address", method="POST", data={"next": "/from-form"}):
        assert after("/") == "/from-form"
    with app.test_request_context("/?next=/from-address"):
        assert after("/") == "/from-address"
    with app.test_request_context("/?next=//evil.example"):
        assert after("/default") == "/default"
