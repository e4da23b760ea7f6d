"""What a good player has and does: descriptions, sizes, keys, previews, and a line for what is not there."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage, until
from tests.browser.firefox import firefox
from tests.browser.test_sources import WITHOUT_HLS
from tests.sites import Site

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
FILM = "/videos/find"
VIDEO = "document.querySelector('video')"
PLAYER = "document.querySelector('edu-player')"
STALLED = "A part of the video does not come. Try again, or go to another place."
SHIFTED = """new Promise(done => {
  let sum = 0;
  const add = list => { for (const each of list) if (!each.hadRecentInput) sum += each.value; };
  const observer = new PerformanceObserver(list => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => { add(observer.takeRecords()); done(sum); }, 300);
})"""
SMALL_TARGETS = f"""[...{PLAYER}.querySelectorAll('button, select, summary, label')]
  .filter(each => each.checkVisibility() && !each.querySelector('select'))
  .map(each => [each.textContent.trim() || each.getAttribute('aria-label'), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
  .map(([name, box]) => `${{name}} ${{box.width}} x ${{box.height}}`)"""
CUT_OFF = f"""[...{PLAYER}.querySelectorAll('.player-row > *')]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().width > 0)
  .filter(each => each.getBoundingClientRect().right > {PLAYER}.getBoundingClientRect().right)
  .map(each => each.getAttribute('data-action'))"""


def ready(page: Page, address: str = LESSON) -> None:
    page.goto(address)
    until(page, f"{PLAYER}.hasAttribute('ready')")


def press_in_player(page: Page, *keys: str) -> None:
    page.locator(".player-button[data-action=play]").focus()
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize(("width", "scale"), [(360, 1), (1280, 1), (640, 2)])
def test_nothing_moves_nothing_plays_by_itself_and_every_target_is_large_enough(
    open_page: OpenPage, width: int, scale: int
):
    page = open_page(viewport={"width": width, "height": 740 // scale}, device_scale_factor=scale)
    ready(page)

    assert float(str(page.evaluate(SHIFTED))) <= 0.01
    assert page.evaluate(f"{VIDEO}.paused && {VIDEO}.currentTime === 0")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []
    page.locator(".player-button[data-action=settings]").click()
    page.get_by_text("Look of the captions").click()
    assert page.evaluate(SMALL_TARGETS) == []
    page.keyboard.press("Escape")
    page.locator(".player-button[data-action=practise]").click()
    for tool in page.locator(".practice-tool[data-panel]").all():
        tool.click()
        assert page.evaluate(SMALL_TARGETS) == [], tool.text_content()
        panel = page.get_by_role("region", name=tool.text_content() or "", exact=True)
        expect(panel).to_be_focused()
        expect(panel).to_be_in_viewport()
    tops = page.locator(".practice-tool").evaluate_all("all => all.map(({ offsetTop }) => offsetTop)")
    assert len(set(tops)) == (2 if width == 1280 else 1), "rows of buttons push what opens out of sight"
    page.set_viewport_size({"width": min(width, 320 * scale), "height": 740 // scale})
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= min(width, 320 * scale)


def test_an_act_gets_another_key_and_what_is_shown_of_keys_is_true(page: Page):
    ready(page)
    said, mute = page.locator("[data-part=keys-said]"), page.locator(".player-button[data-action=mute]")
    press_in_player(page, "?")
    dialog = page.get_by_role("dialog", name="Keys of the player")
    key = dialog.get_by_role("button", name="Sound off and on: m. Choose another key")

    key.click()
    page.keyboard.press("f")
    expect(said).to_have_text("The key f already belongs to “Full screen”. Nothing was changed.")
    key.click()
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    key.click()
    page.keyboard.press("z")

    expect(said).to_have_text("“Sound off and on” now has the key z.")
    expect(dialog.locator("[data-key=m] kbd")).to_have_text("z")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    press_in_player(page, "m")
    assert not page.evaluate(f"{VIDEO}.muted")
    page.reload()
    expect(mute).to_have_attribute("title", "Sound (z)")
    press_in_player(page, "z")
    assert page.evaluate(f"{VIDEO}.muted")
    letters_off(page)


def letters_off(page: Page) -> None:
    """Without letters the other keys are left, and a button of the dialog brings all back."""
    press_in_player(page, "?")
    page.get_by_label("Letters, digits and signs are keys, too").uncheck()
    expect(page.locator("[data-key=c] kbd")).to_have_text("off")
    page.get_by_role("button", name="Close").click()
    press_in_player(page, "z", "ArrowRight")
    until(page, f"{VIDEO}.currentTime >= 5")
    assert page.evaluate(f"{VIDEO}.muted")
    page.locator(".player-button[data-action=settings]").click()
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_role("button", name="Keys as usual").click()
    expect(page.locator("[data-key=m] kbd")).to_have_text("m")
    page.get_by_role("button", name="Close").click()


def test_without_a_voice_descriptions_are_text_for_which_the_film_waits(page: Page):
    ready(page, f"{LESSON}#t=11")
    until(page, f"{VIDEO}.currentTime > 10")
    box = page.locator(".player-described")

    press_in_player(page, "e", "k")

    expect(box).to_contain_text("Side view of a standing figure")
    until(page, f"{VIDEO}.paused")
    assert 11.9 < float(str(page.evaluate(f"{VIDEO}.currentTime"))) < 13
    expect(box).not_to_be_empty()
    page.keyboard.press("k")  # who has read it plays on
    expect(box).to_be_empty()
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > 12.5")
    page.evaluate(f"{VIDEO}.currentTime = 11.5")
    until(page, f"{VIDEO}.paused && {VIDEO}.currentTime < 12.5")
    expect(box).not_to_be_empty()
    page.keyboard.press(".")  # who steps to a picture wants it to stand still
    expect(page.locator(".player-notice")).to_contain_text("Picture")
    until(page, f"!{VIDEO}.seeking")
    expect(box).to_be_empty()
    assert page.evaluate(f"{VIDEO}.paused")
    page.reload()
    page.locator(".player-button[data-action=practise]").click()
    page.get_by_role("button", name="Audio description").click()
    expect(page.get_by_role("button", name="Describe what is seen")).to_have_attribute("aria-pressed", "true")
    press_in_player(page, "e")
    expect(page.locator(".player-notice")).to_have_text("Audio description off")


SPEECH = """
window.said = [];
const fake = new EventTarget();
fake.getVoices = () => [{ name: 'Ada', lang: 'en-GB', localService: true }];
fake.speak = told => {
  window.told = told;
  window.said.push([told.text, told.lang, told.rate, told.voice?.name]);
};
fake.cancel = () => window.said.push('-');
Object.defineProperty(window, 'speechSynthesis', { value: fake });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_description_is_said_aloud_the_film_waits_and_goes_on_when_all_is_said(open_page: OpenPage):
    page = open_page()
    page.add_init_script(SPEECH)
    ready(page, f"{LESSON}#t=38.2")
    until(page, f"{VIDEO}.currentTime > 38")
    page.locator(".player-button[data-action=practise]").click()
    page.get_by_role("button", name="Audio description").click()
    page.get_by_label("Speed of the voice").select_option("1.5")
    page.get_by_role("button", name="Describe what is seen").click()
    expect(page.locator(".player-notice")).to_have_text("Audio description on")

    press_in_player(page, "k")

    until(page, f"said.length === 1 && {VIDEO}.paused")
    assert 38.9 < float(str(page.evaluate(f"{VIDEO}.currentTime"))) < 40
    text = "Fingertips circle along the left iliac crest, from the dimple outward."
    assert page.evaluate("said") == [[text, "en", 1.5, "Ada"]]
    press_in_player(page, "i")  # who writes a note meanwhile hears nothing, and the film waits for that, too
    expect(page.get_by_role("textbox", name="Note at")).to_be_focused()
    page.evaluate("told.onend()")
    assert page.evaluate("[said[1], said.length]") == ["-", 2]
    assert page.evaluate(f"{VIDEO}.paused")
    page.keyboard.press("Escape")
    until(page, f"said.length === 3 && said[2][0] === said[0][0] && {VIDEO}.paused")
    page.evaluate("told.onend()")
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime > 39.3")


@pytest.fixture(scope="module")
def two_sizes(site: Site, new_site: Callable[..., Site]) -> Site:
    """A copy of the site, without a worker, whose film V1 can also be had in a smaller size."""
    made = new_site()
    shutil.copytree(site.data, made.data, ignore=shutil.ignore_patterns("tmp", "*-bell"))
    with closing(sqlite3.connect(made.data / "edu.sqlite3")) as database:
        asked = "SELECT f.* FROM video_file f JOIN video v ON v.id = f.video_id AND v.version = f.version"
        found = database.execute(f"{asked} WHERE v.slug = 'find' AND f.role = 'rendition'")
        row = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
        folder = made.data / "objects" / Path(row["key"]).parent
        shutil.copy(folder / row["name"], folder / "360.mp4")
        key = f"{Path(row['key']).parent}/360.mp4"
        row |= {"name": "360.mp4", "key": key, "detail": '{"height": 360}'}
        del row["id"]
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO video_file ({', '.join(row)}) VALUES ({marks})", (*row.values(),))
        database.commit()
    return made.start("web")


def test_a_size_is_taken_where_the_film_is_and_remembered(open_page: OpenPage, two_sizes: Site):
    page = open_page(two_sizes)
    ready(page, f"{FILM}#t=20")
    until(page, f"{VIDEO}.currentTime > 19")
    press_in_player(page, ">", "k")
    until(page, f"{VIDEO}.currentTime > 20.5")

    page.locator(".player-button[data-action=settings]").click()
    expect(page.get_by_text("Now: 1280 × 720")).to_be_visible()
    sizes = page.locator("select[data-part=quality]")
    sizes.select_option("Least data")

    expect(page.locator(".player-notice")).to_have_text("Picture: Least data")
    until(page, f"{VIDEO}.currentSrc.endsWith('/360.mp4') && {VIDEO}.currentTime > 20.8 && !{VIDEO}.paused")
    assert page.evaluate(f"{VIDEO}.currentTime") < 26
    assert page.evaluate(f"{VIDEO}.playbackRate") == 1.25
    page.reload()
    until(page, f"{VIDEO}.currentSrc.endsWith('/360.mp4') && {VIDEO}.readyState > 0")
    page.locator(".player-button[data-action=settings]").click()
    expect(sizes).to_have_value("least")
    sizes.select_option("Automatic")
    until(page, f"{VIDEO}.currentSrc.endsWith('master.m3u8')")


def test_the_preview_is_shown_to_fingers_and_to_keys(open_page: OpenPage):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    ready(page)
    preview = page.locator(".seek-preview")
    touch = page.context.new_cdp_session(page)
    bar = page.locator(".seek-range").bounding_box()
    assert bar

    for number, kind in enumerate(["touchStart", "touchMove", "touchMove", "touchMove"]):
        place = {"x": bar["x"] + bar["width"] * (0.2 + number / 10), "y": bar["y"] + bar["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})

    expect(preview).to_contain_text("Painful side")
    expect(page.locator(".seek-picture")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(preview).to_be_hidden()
    page.locator(".seek-range").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(preview).to_contain_text("0:05")


@pytest.fixture
def broken(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose console may say what is not there."""
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def missing(route: Route) -> None:
    route.fulfill(status=404, body="")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("**/captions*.vtt", "The captions could not be loaded. The video goes on without them."),
        ("**/poster*.jpg", "The still picture could not be loaded. The video goes on without it."),
        ("**/storyboard.vtt", "The preview pictures could not be loaded. The video goes on without them."),
    ],
)
def test_what_is_missing_is_said_in_one_line_and_the_film_plays(broken: Page, file: str, line: str):
    broken.route(file, missing)
    ready(broken)

    if "storyboard" in file:
        broken.locator(".seek-range").hover()

    expect(broken.locator(".player-notice")).to_have_text(line)
    press_in_player(broken, "k")
    until(broken, f"{VIDEO}.currentTime > 0.2")


def not_behind(most: int) -> Callable[[Route], None]:
    """Answers for a file of which nothing behind so many bytes is there."""

    def answer(route: Route) -> None:
        asked = re.match(r"bytes=(\d+)", route.request.headers.get("range", ""))
        if asked and int(asked[1]) > most:
            missing(route)
        else:
            route.continue_()

    return answer


@pytest.mark.parametrize("way", ["its own HLS", "hls.js"])
def test_a_part_that_does_not_come_is_said_and_tried_again_at_its_place(broken: Page, way: str):
    if way == "hls.js":
        broken.add_init_script(WITHOUT_HLS)
    broken.route("**/720.mp4", not_behind(1_000_000))
    ready(broken, f"{FILM}#t=70")
    until(broken, f"{VIDEO}.currentTime > 69")

    press_in_player(broken, "k")

    expect(broken.locator(".player-notice")).to_contain_text(STALLED, timeout=25_000)
    broken.unroute("**/720.mp4")
    broken.get_by_role("button", name="Try again").click()
    until(broken, f"{VIDEO}.currentTime > 70.2 && !{VIDEO}.paused && {VIDEO}.readyState > 2")
    assert broken.evaluate(f"{VIDEO}.currentTime") < 76
    expect(broken.locator(".player-notice")).to_be_empty()
    expect(broken.get_by_role("button", name="Try again")).to_be_hidden()


def test_when_the_player_cannot_be_made_the_controls_of_the_browser_are_left(broken: Page):
    spoilt = "{ get() { throw new Error('no tracks'); } }"
    broken.add_init_script(f"Object.defineProperty(HTMLMediaElement.prototype, 'textTracks', {spoilt})")
    broken.goto(LESSON)

    until(broken, "customElements.get('edu-player') !== undefined")

    assert broken.evaluate(f"{VIDEO}.controls && !{PLAYER}.hasAttribute('ready')")
    expect(broken.locator(".player-controls")).to_be_hidden()


@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="firefox-esr is not installed")
def test_in_firefox_the_lesson_plays_with_captions_and_tools(site: Site, tmp_path: Path):
    with firefox("firefox-esr", tmp_path) as window:
        window.open(site.url + LESSON)
        window.until(f"{PLAYER}.hasAttribute('ready')")

        window.evaluate("document.querySelector('.player-button[data-action=play]').click()")

        window.until(f"{VIDEO}.currentTime > 0.5 && {VIDEO}.currentSrc.startsWith('blob:')")
        window.until("document.querySelector('.player-captions').textContent.includes('clean hands')")
        window.evaluate(f"{PLAYER}.focus()")
        window.press("n")
        window.until(f"Math.abs({VIDEO}.currentTime - 9) < 2")
        window.press("?")
        window.until("document.querySelector('dialog.player-help').open")
        window.press("\ue00c")
        window.evaluate("document.querySelector('.player-button[data-action=practise]').click()")
        window.until("[...document.querySelectorAll('.practice-tool')].every(each => each.checkVisibility())")
        window.until("document.querySelectorAll('.practice-tool').length > 1")
        assert window.errors == []
