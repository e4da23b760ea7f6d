"""The page that compares: for whom it is, what it allows the browser, and what it offers."""

from __future__ import annotations

import re

import pytest

from edu.models import Audience
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

CAMERA = "camera=(self), microphone=(self), geolocation=()"


@pytest.fixture
def address(site: Site) -> str:
    return f"/videos/{site.video('V1').slug}/compare"


def test_the_camera_is_permitted_on_this_page_and_on_no_other(client: ReviewingClient, address: str) -> None:
    assert client.get(address).headers["Permissions-Policy"] == CAMERA
    for other in ("/", "/videos", address.removesuffix("/compare"), "/hand-ins"):
        assert client.get(other).headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"


def test_a_stranger_compares_and_is_told_that_handing_in_needs_an_account(
    client: ReviewingClient, address: str
) -> None:
    page = client.get(f"{address}?step=V1-c01").text

    assert '<edu-compare class="compare-room"' in page
    assert 'data-step="V1-c01"' in page
    assert "It leaves the device only if you hand it in yourself." in page
    assert 'data-owner=""' in page
    assert 'enctype="multipart/form-data"' not in page
    assert f"/account/sign-in?next={address}" in page


def test_a_learner_finds_the_form_and_what_happens_to_the_recording(learner: Person, address: str) -> None:
    page = learner.get(f"{address}?step=V9-c99").text

    assert 'data-step=""' in page
    assert "No patient may be seen." in page
    assert re.search(r'data-part="own-room"[^>]* data-owner="[0-9a-f]{16}"', page)
    assert "I have their written consent." in page
    assert "You keep 0 of 10 recordings here, 0 of 300 MB." in page


def test_a_film_for_professionals_is_compared_by_them_alone(client: ReviewingClient, site: Site) -> None:
    gated = f"/videos/{site.video('V2').slug}/compare"

    assert site.video("V2").audience is Audience.PRO
    assert client.get(gated).location.startswith("/professionals")
    assert client.get("/videos/no-such-film/compare").status_code == 404
