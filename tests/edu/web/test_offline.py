"""The site as an app: its manifest, its worker, and the page of what is kept on the device."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from edu.web import offline
from edu.web.assets import FOLDER
from edu.web.bundles import BUNDLES
from tests.reviewer import ReviewingClient


def told(client: ReviewingClient) -> dict[str, Any]:
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    found: dict[str, Any] = answer.get_json(force=True)
    return found


def test_the_manifest_names_the_site_and_every_address_in_it_answers(client: ReviewingClient) -> None:
    manifest = told(client)

    assert (manifest["name"], manifest["display"], manifest["lang"]) == ("edu", "standalone", "en")
    addresses = [one["src"] for one in manifest["icons"]] + [one["url"] for one in manifest["shortcuts"]]
    assert all(address.startswith("/") for address in addresses), "nothing from other hosts"
    assert {client.get(address, buffered=True).status_code for address in addresses} == {200}


def test_each_picture_has_the_size_that_the_manifest_says(client: ReviewingClient) -> None:
    for icon in told(client)["icons"]:
        if icon["type"] == "image/png":
            data = client.get(icon["src"], buffered=True).data
            width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))  # of the IHDR chunk
            assert icon["sizes"] == f"{width}x{height}"


def test_the_colours_are_those_of_the_style_sheet(client: ReviewingClient) -> None:
    tokens = (FOLDER / "css/tokens.css").read_text()
    papers = re.findall(r"--paper: (#\w+);", tokens)
    page = client.get("/courses").get_data(as_text=True)

    shown = re.findall(r'name="theme-color" media="[^"]*(light|dark)\)" content="(#\w+)"', page)

    assert shown == [("light", papers[0]), ("dark", papers[1])]
    assert f"--paper: {offline.PAPER};" in tokens
    assert f"--accent: {offline.PETROL};" in tokens


def test_the_worker_may_look_after_all_pages_and_is_asked_for_anew(client: ReviewingClient) -> None:
    answer = client.get("/sw.js", buffered=True)

    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.mimetype == "text/javascript"
    assert answer.data == (FOLDER / "js/offline/worker.js").read_bytes()


def test_the_addresses_after_which_the_worker_forgets_are_those_of_forms(app: Flask) -> None:
    (written,) = re.findall(r"CLOSING = /\^(\S+)\$/;", (FOLDER / "js/offline/worker.js").read_text())
    posted = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}

    found = {rule for rule in posted if re.fullmatch(written.replace("\\/", "/"), rule)}

    assert found == {
        "/account/sign-out",
        "/account/erase",
        "/account/sessions/end",
        "/professionals/withdraw",
    }


def test_the_page_of_what_is_kept_tells_nothing_of_who_asks(client: ReviewingClient) -> None:
    page = client.get("/offline").get_data(as_text=True)

    assert "<edu-kept" in page
    assert "Sign in" not in page
    assert "csrf_token" not in page


@pytest.mark.usefixtures("site")
def test_a_lesson_offers_to_be_kept(client: ReviewingClient) -> None:
    page = client.get("/courses/small/touch").get_data(as_text=True)

    assert 'data-path="/courses/small/touch"' in page
    assert ".screening/js/player/edu-player.js" in page
    assert "offline/edu-keep.js" in BUNDLES["screening"][0]


def test_a_page_registers_no_worker_by_itself() -> None:
    asking = [path for path in Path(FOLDER).rglob("js/**/*.js") if ".register(" in path.read_text()]

    assert [path.name for path in asking] == ["keeping.js"]
