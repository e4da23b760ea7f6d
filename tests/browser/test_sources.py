"""A film with AV1 and with a second sound in a real browser: what is taken, what is kept, the way back."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from media import find_ffmpeg
from media.making import hls
from tests.browser.conftest import OpenPage, until
from tests.sites import Site

pytestmark = pytest.mark.browser
FILM = "/videos/bilateral"
VIDEO = "document.querySelector('video')"
VERSION, SECONDS, SIZE = "vsources", 20, (640, 360)
CMAF = "+cmaf+frag_keyframe+delay_moov+global_sidx+skip_trailer"
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
SVT = ["-c:v", "libsvtav1", "-preset", "12", "-crf", "50", "-pix_fmt", "yuv420p", "-svtav1-params", "lp=1"]
FILES = {"360": (X264, 440), "av1-0badcafe": (SVT, 440), "sound-2": (X264, 880)}
ROLES = {"360": "rendition", "av1-0badcafe": "rendition-av1", "sound-2": "rendition-sound"}


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film of twenty seconds in H.264, in AV1, and with another tone; with the playlists of both codecs."""
    folder = tmp_path_factory.mktemp("film")
    variants = {}
    for name, (codec, tone) in FILES.items():
        source = ["-f", "lavfi", "-i", f"testsrc2=s=640x360:r=25:d={SECONDS}"]
        sound = ["-f", "lavfi", "-i", f"sine=f={tone}:d={SECONDS}"]
        coded = [*codec, "-g", "50", "-c:a", "aac", "-movflags", CMAF, str(folder / f"{name}.mp4")]
        start = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-y"]
        subprocess.run([*start, *source, *sound, *coded], check=True, timeout=120, capture_output=True)
        variants[name] = hls.write_variant(folder, name, SIZE, frame_rate=25.0)
    write_master(folder / "master.m3u8", [variants["360"]])
    # alone: Chromium's own HLS ends with an error where a list changes from one codec to the other
    write_master(folder / "master-av1.m3u8", [variants["av1-0badcafe"]])
    (folder / "codecs").write_text(variants["av1-0badcafe"].codecs)
    return folder


def write_master(path: Path, variants: list[hls.Variant]) -> None:
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for variant in variants:
        size = f"{variant.width}x{variant.height}"
        told = f'BANDWIDTH={variant.bandwidth},RESOLUTION={size},CODECS="{variant.codecs}"'
        lines += [f"#EXT-X-STREAM-INF:{told}", variant.playlist]
    path.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="session")
def two_sounds(site: Site, new_site: Callable[..., Site], package: Path) -> Site:
    """A copy of the site, without a worker, whose film of both sides is that package."""
    made = new_site()
    shutil.copytree(site.data, made.data, ignore=shutil.ignore_patterns("tmp", "*-bell"))
    with closing(sqlite3.connect(made.data / "edu.sqlite3")) as database:
        (video,) = database.execute("SELECT id FROM video WHERE slug = 'bilateral'").fetchone()
        folder = made.data / "objects" / "videos" / str(video) / VERSION
        shutil.copytree(package, folder)
        for file in folder.iterdir():
            add_row(database, video, file, (package / "codecs").read_text())
        database.execute("UPDATE video SET version = ?, duration_ms = 20000 WHERE id = ?", (VERSION, video))
        database.commit()
    return made.start("web")


def add_row(database: sqlite3.Connection, video: int, file: Path, codecs: str) -> None:
    role = ROLES.get(file.stem, "playlist") if file.suffix == ".mp4" else "playlist"
    role = file.stem if file.stem in ("master", "master-av1") else role
    detail = {"width": 640, "height": 360, "bandwidth": 400_000}
    more = {"rendition-av1": {"codecs": codecs}, "rendition-sound": {"language": "es", "label": "Español"}}
    kind = "video/mp4" if file.suffix == ".mp4" else "application/vnd.apple.mpegurl"
    key = f"videos/{video}/{VERSION}/{file.name}"
    row = (video, VERSION, file.name, role, key, kind, file.stat().st_size)
    told = json.dumps({**detail, **more.get(role, {})})
    names = "video_id, version, name, role, key, content_type, bytes, detail"
    database.execute(f"INSERT INTO video_file ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, told))


@pytest.fixture
def film(open_page: OpenPage, two_sounds: Site) -> Page:
    """The film's page."""
    page = open_page(two_sounds)
    page.goto(FILM)
    until(page, "document.querySelector('edu-player').hasAttribute('ready')")
    return page


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{VIDEO}.currentTime > 0.3")


def source(page: Page) -> str:
    """The name of what the element plays."""
    return str(page.evaluate(f"{VIDEO}.currentSrc")).rpartition("/")[2]


def take_sound(page: Page, label: str) -> None:
    """Choose in the settings, by keyboard alone."""
    page.locator(".player-button[data-action=settings]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=rate]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-part=sound]")).to_be_focused()
    page.keyboard.type(label[:2])
    page.keyboard.press("Escape")


def test_av1_is_taken_before_the_first_play(film: Page):
    assert source(film) == "master.m3u8"

    play(film)

    assert source(film) == "master-av1.m3u8"
    expect(film.locator(".player-notice")).to_be_empty()


def test_when_av1_cannot_be_decoded_any_further_the_usual_film_plays_on_from_there(
    open_page: OpenPage, two_sounds: Site, package: Path
):
    whole = (package / "av1-0badcafe.mp4").read_bytes()
    spoiled = whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2)
    page = open_page(two_sounds)
    page.route("**/av1-0badcafe.mp4", lambda route: give_part(route, spoiled))
    page.goto(f"{FILM}#t=15")
    until(page, f"{VIDEO}.currentTime > 14.9")

    play(page)

    until(page, f"{VIDEO}.currentTime > 15.3 && !{VIDEO}.paused && {VIDEO}.readyState > 2")
    assert source(page) == "master.m3u8"
    expect(page.locator(".player-notice")).to_be_empty()


def give_part(route: Route, data: bytes) -> None:
    """Answer a request for a part as the site would, with other bytes."""
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", route.request.headers.get("range", "bytes=0-"))
    assert asked
    start, end = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
    place = {"Content-Range": f"bytes {start}-{end}/{len(data)}", "Accept-Ranges": "bytes"}
    route.fulfill(status=206, content_type="video/mp4", headers=place, body=data[start : end + 1])


WITHOUT_HLS = """
const plays = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes('mpegurl') ? '' : plays.call(this, type);
};
"""


def test_where_the_browser_has_no_hls_the_script_feeds_it_av1(open_page: OpenPage, two_sounds: Site):
    page = open_page(two_sounds)
    page.add_init_script(WITHOUT_HLS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(FILM)

    play(page)

    assert str(page.evaluate(f"{VIDEO}.currentSrc")).startswith("blob:")
    assert "av1-0badcafe.mp4" in asked


def test_another_sound_goes_on_at_the_same_time_and_speed_and_is_said(film: Page):
    play(film)
    film.evaluate(f"{VIDEO}.currentTime = 8; {VIDEO}.playbackRate = 1.25; {VIDEO}.defaultPlaybackRate = 1.25")
    until(film, f"{VIDEO}.currentTime > 8.2")

    take_sound(film, "Español")

    expect(film.locator(".player-notice")).to_have_text("Sound: Español")
    until(film, f"{VIDEO}.readyState > 2 && {VIDEO}.currentTime > 8.2 && !{VIDEO}.paused")
    assert source(film) == "sound-2.mp4"
    assert 8.2 < float(film.evaluate(f"{VIDEO}.currentTime")) < 14
    assert film.evaluate(f"{VIDEO}.playbackRate") == 1.25


def test_the_language_is_remembered_and_the_first_sound_comes_back(film: Page):
    take_sound(film, "Español")
    film.reload()
    until(film, f"{VIDEO}.currentSrc.endsWith('sound-2.mp4')")
    play(film)
    assert source(film) == "sound-2.mp4"

    take_sound(film, "English")

    until(film, f"{VIDEO}.currentSrc.endsWith('master-av1.m3u8') && !{VIDEO}.paused")


def test_without_script_the_other_sound_is_a_link_under_the_film(open_page: OpenPage, two_sounds: Site):
    page = open_page(two_sounds, java_script_enabled=False)
    page.goto(FILM)

    link = page.get_by_role("main").get_by_role("link", name="Español")

    expect(link).to_be_visible()
    answer = page.request.get(two_sounds.url + str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "video/mp4")


def test_with_script_the_link_makes_room_for_the_settings(film: Page):
    expect(film.locator(".player-sounds")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (360, 740), (740, 360)])
def test_every_setting_can_be_reached_in_a_small_player(
    open_page: OpenPage, two_sounds: Site, width: int, height: int
):
    page = open_page(two_sounds, viewport={"width": width, "height": height})
    page.goto(FILM)
    until(page, "document.querySelector('edu-player').hasAttribute('ready')")

    page.locator(".player-button[data-action=settings]").click()

    top = "document.querySelector('{}').getBoundingClientRect().top"
    assert page.evaluate(f"{top.format('.player-settings')} >= {top.format('edu-player')}")
    page.get_by_text("Look of the captions").click()
    for name in ("part=rate", "part=sound", "part=language", "look=size", "look=place"):
        page.locator(f"[data-{name}]").scroll_into_view_if_needed()
        expect(page.locator(f"[data-{name}]")).to_be_in_viewport()
