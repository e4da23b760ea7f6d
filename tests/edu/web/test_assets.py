"""Scripts, styles and pictures: kept for ever, texts in gzip, and nothing from elsewhere."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from edu.web import assets, bare
from tests.reviewer import ReviewingClient

GZIP = {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"}
TEXTS = ("js/player/edu-player.js", "css/site.css", "img/icon.svg")


def fetched(client: ReviewingClient, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    """The answer, read to its end so that the file behind it is closed."""
    return client.get(path, headers=headers, buffered=True)


def address(app: Flask, path: str) -> str:
    return f"/static/{app.config['BUILD']}/{path}"


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_is_sent_in_gzip_to_a_browser_that_takes_it(
    app: Flask, client: ReviewingClient, path: str
) -> None:
    plain = fetched(client, address(app, path))

    packed = fetched(client, address(app, path), GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert packed.content_type == plain.content_type
    assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"] == assets.KEPT


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_a_browser_that_takes_no_gzip_gets_the_text_as_it_is(
    app: Flask, client: ReviewingClient, accepted: str
) -> None:
    answer = fetched(client, address(app, TEXTS[0]), {"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer.headers
    source = (assets.FOLDER / TEXTS[0]).read_text()
    assert answer.data.decode() == bare.script(source) != source  # without comments in either form


def test_a_cache_is_told_that_there_are_two_forms(app: Flask, client: ReviewingClient) -> None:
    forms = [fetched(client, address(app, TEXTS[0]), headers) for headers in ({}, GZIP)]

    assert all("Accept-Encoding" in form.headers["Vary"] for form in forms)
    assert forms[0].get_etag() != forms[1].get_etag()


def test_a_form_that_the_browser_has_is_not_sent_again(app: Flask, client: ReviewingClient) -> None:
    packed = fetched(client, address(app, TEXTS[0]), GZIP).headers["ETag"]
    plain = fetched(client, address(app, TEXTS[0])).headers["ETag"]

    again = fetched(client, address(app, TEXTS[0]), {**GZIP, "If-None-Match": packed})
    other = fetched(client, address(app, TEXTS[0]), {**GZIP, "If-None-Match": plain})

    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.headers["Vary"]
    assert other.status_code == 200


def test_a_text_is_compressed_once(app: Flask, client: ReviewingClient) -> None:
    fetched(client, address(app, "css/quiz.css"), GZIP)
    before = assets.compressed.cache_info()

    fetched(client, address(app, "css/quiz.css"), GZIP)

    after = assets.compressed.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 1)


def test_an_old_address_gives_the_present_file_and_is_not_kept(client: ReviewingClient) -> None:
    for headers in ({}, GZIP):
        answer = fetched(client, f"/static/000000000000/{TEXTS[0]}", headers)

        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["js/none.js", "../app.py", "%2e%2e/app.py", "js/../../app.js", "js"])
def test_nothing_else_is_found(app: Flask, client: ReviewingClient, path: str) -> None:
    assert fetched(client, address(app, path), GZIP).status_code == 404


def test_pages_are_not_compressed(client: ReviewingClient) -> None:
    page = client.get("/account/sign-in", headers=GZIP)

    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


def test_sheets_are_joined_in_the_order_of_their_address(app: Flask, client: ReviewingClient) -> None:
    both = fetched(client, address(app, "css/site+parts.css"), GZIP)

    one, other = (fetched(client, address(app, f"css/{name}.css")).data for name in ("site", "parts"))
    assert gzip.decompress(both.data) == one + b"\n" + other
    assert both.content_type == "text/css; charset=utf-8"
    assert both.headers["Cache-Control"] == assets.KEPT


@pytest.mark.parametrize(
    "path",
    ["css/site+nothing.css", "css/site+..+site.css", "js/menu+wording.js", f"css/{'site+' * 16}site.css"],
)
def test_what_cannot_be_joined_is_not_there(app: Flask, client: ReviewingClient, path: str) -> None:
    assert client.get(address(app, path)).status_code == 404
