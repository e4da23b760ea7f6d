"""What lies over the picture: layers that move and turn with it, and the film in sign language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from edu.models import Role
from edu.policy import Viewer
from edu.runtime import build
from edu.services import sign_films, videos
from edu.settings import Settings
from tests.browser.conftest import OpenPage, until
from tests.browser.in_step import comes_back
from tests.sites import Site

pytestmark = pytest.mark.browser
FILM = "/videos/find"
SHAPES = ".player-layers .layer-shape"
PLACE = """((layer, n) => {
  const path = document.querySelectorAll(`.player-layers [data-layer="${layer}"] .layer-line`)[n];
  const [, x, y] = /M([\\d.]+) ([\\d.]+)/.exec(path.getAttribute('d')).map(Number);
  const { a, b, c, d, e, f } = path.getScreenCTM();
  const { left, top, width, height } = document.querySelector('video').getBoundingClientRect();
  const share = Math.min(width / 16, height / 9);
  return [(a * x + c * y + e - left - (width - share * 16) / 2) / (share * 16),
    (b * x + d * y + f - top - (height - share * 9) / 2) / (share * 9)];
})"""


def place(page: Page, layer: str, number: int = 0) -> list[float]:
    """Where the first point of a layer's shape is seen, in fractions of the picture."""
    return page.evaluate(f"{PLACE}('{layer}', {number})")


def go(page: Page, seconds: float) -> None:
    page.locator("video").first.evaluate("(video, time) => { video.currentTime = time; }", seconds)
    until(page, "!document.querySelector('video').seeking")


def player(page: Page, address: str = FILM) -> None:
    page.goto(address)
    expect(page.locator("edu-player[ready]")).to_be_visible()
    until(page, "document.querySelector('video').readyState > 0")


def test_layers_lie_on_the_picture_move_with_the_film_and_turn_with_a_mirror(page: Page):
    player(page)
    go(page, 50.3)
    page.locator("edu-player").press("o")
    said, stage = page.locator(".layers-said"), page.locator(".player-stage")
    expect(said).to_have_text("Layers on; seen now: 8")
    line, picture = said.bounding_box(), stage.bounding_box()
    assert line is not None
    assert picture is not None
    assert line["y"] >= picture["y"] + picture["height"], "it covers the labels of the film"
    assert place(page, "crest", 1) == pytest.approx([728 / 1280, 470 / 720], abs=2e-3)

    still = place(page, "nodule")
    go(page, 51.4)  # the top of the first slip: half a centimetre, 11 pixels of 720
    until(page, f"Math.abs({PLACE}('nodule', 0)[1] - {still[1]}) > 0.014")
    assert place(page, "nodule") == pytest.approx([still[0], still[1] - 11 / 720], abs=2e-3)

    # with bars beside it the picture is smaller than its element, and the layers stay on the picture
    page.locator(".player-stage").evaluate("stage => { stage.style.aspectRatio = '1'; }")
    until(page, f"Math.abs({PLACE}('crest', 1)[1] - {470 / 720}) < 0.002")
    assert place(page, "crest", 1) == pytest.approx([728 / 1280, 470 / 720], abs=2e-3)
    assert page.locator(f"{SHAPES}, .player-captions").last.get_attribute("data-part") == "captions"

    page.locator("edu-player").press("x")
    until(page, f"{PLACE}('crest', 1)[0] < 0.5")
    assert place(page, "crest", 1) == pytest.approx([1 - 728 / 1280, 470 / 720], abs=2e-3)
    go(page, 85)
    expect(page.locator(SHAPES)).to_have_count(0)


def test_in_a_small_picture_what_says_that_it_is_mirrored_lies_under_the_names_of_layers(open_page: OpenPage):
    page = open_page(viewport={"width": 360, "height": 780})
    player(page)
    go(page, 50.3)
    page.locator("edu-player").press("o")
    expect(page.locator(SHAPES).first).to_be_visible()
    page.locator("edu-player").press("x")

    badge, picture = page.locator(".view-badge").bounding_box(), page.locator(".player-stage").bounding_box()
    bar = page.locator(".player-controls").bounding_box()
    assert badge is not None
    assert picture is not None
    assert bar is not None
    assert picture["y"] + picture["height"] <= badge["y"] + 0.5
    assert badge["y"] + badge["height"] <= bar["y"] + 0.5


def test_each_layer_has_its_tick_and_what_is_seen_is_said_and_remembered(page: Page):
    player(page)
    go(page, 70)
    page.get_by_role("button", name="Practise").click()
    page.get_by_role("button", name="Layers", exact=True).click()
    panel = page.locator('.practice-panel[data-tool="layers"]')
    expect(panel.get_by_role("checkbox")).to_have_count(8)
    panel.get_by_role("button", name="Show the layers").click()
    expect(panel).to_contain_text("Seen now: Iliac crest, on both sides, in the middle; Sacrum, lower half;")
    expect(panel).to_contain_text("Nodule, right, in the middle.")
    expect(panel).to_contain_text("Schematic")

    panel.get_by_role("checkbox", name="Iliac crest").uncheck()
    expect(page.locator(f'{SHAPES}[data-layer="crest"]')).to_have_count(0)
    expect(panel).not_to_contain_text("Seen now: Iliac crest")
    panel.get_by_role("button", name="Names beside them").click()
    expect(page.locator(".player-layers")).to_contain_text("8 Nodule (right)")

    player(page, f"{FILM}?t=70")
    expect(page.locator(SHAPES).first).to_be_visible()
    page.locator("edu-player").press("o")
    expect(page.locator(".layers-said")).to_have_text("Layers off")
    player(page, f"{FILM}?t=70")
    expect(page.locator(".player-layers")).to_have_count(0)


def test_a_track_without_a_layer_is_said_in_a_line_and_the_film_goes_on(page: Page):
    def broken(route: Route) -> None:
        text = "WEBVTT\n\n00:00.000 --> 01:00.000\nno layer"
        route.fulfill(body=text, content_type="text/vtt")

    page.route("**/metadata.*.vtt", broken)
    player(page)
    page.locator("edu-player").press("o")

    expect(page.locator(".player-notice")).to_contain_text("The layers could not be loaded.")
    page.locator("edu-player").press("k")
    until(page, "document.querySelector('video').currentTime > 0.3")


@pytest.fixture
def signed(page: Page, site: Site) -> Iterator[Page]:
    """A visitor while V3 is told by V1, and is to be downloaded."""
    runtime = build(Settings.read(site.environ))

    def change(slug: str, *, may_download: bool) -> bool:
        now = runtime.clock.now()
        with runtime.db.writing() as session:
            video = videos.named(session, "bilateral")
            before, video.may_download = video.may_download, may_download
            sign_films.choose(session, Viewer(role=Role.ADMINISTRATOR), video, slug, now)
        return before

    before = change("find", may_download=True)
    yield page
    change("", may_download=before)
    runtime.db.dispose()


def only_the_film_is_mirrored(page: Page, window: Locator) -> None:
    """A signer who is mirrored would say something else."""
    page.locator("edu-player").press("x")
    expect(page.locator(".view-badge")).to_be_visible()
    views = page.locator("video").evaluate_all("all => all.map((video) => getComputedStyle(video).transform)")
    assert views == ["matrix(-1, 0, 0, 1, 0, 0)", "none"]
    badge, beside = page.locator(".view-badge").bounding_box(), window.bounding_box()
    assert badge is not None
    assert beside is not None
    assert badge["x"] + badge["width"] <= beside["x"]
    for _ in range(2):
        page.locator("edu-player").press("x")
    expect(page.locator(".view-badge")).to_be_hidden()


def test_the_sign_film_runs_in_step_in_a_window_that_is_moved_by_keys(signed: Page):
    page = signed
    player(page, "/videos/bilateral")
    link = page.get_by_role("link", name="Download the film")
    assert link.get_attribute("download") == "bilateral.mp4"
    page.get_by_role("button", name="Practise").click()
    page.get_by_role("button", name="Sign language", exact=True).click()
    page.get_by_role("button", name="Show the film in sign language").click()
    window = page.get_by_role("group", name="Sign language")
    expect(window).to_be_visible()
    assert window.locator("video").evaluate("video => video.muted")

    only_the_film_is_mirrored(page, window)

    go(page, 20)
    page.locator("edu-player").press("k")
    until(page, "document.querySelector('.sign-window video').currentTime > 20.2")
    films = [f"document.querySelectorAll('video')[{n}]" for n in (0, 1)]
    comes_back(page, *films, by=0.1)
    page.locator("edu-player").press("k")
    until(page, "[...document.querySelectorAll('video')].every((video) => video.paused)")
    until(
        page,
        "((a, b) => Math.abs(a.currentTime - b.currentTime) < 0.02)(...document.querySelectorAll('video'))",
    )

    before = window.bounding_box()
    time = page.evaluate("document.querySelector('video').currentTime")
    window.get_by_role("button", name="Move").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "+"):
        page.keyboard.press(key)
    after = window.bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"] - 20
    assert after["y"] > before["y"]
    assert after["width"] > before["width"]
    assert page.evaluate("document.querySelector('video').currentTime") == time
    kept = window.get_attribute("style")

    player(page, "/videos/bilateral")
    expect(window).to_be_visible()
    expect(window).to_have_attribute("style", kept or "")
    window.hover()
    window.get_by_role("button", name="Close").click()
    expect(window).to_have_count(0)
