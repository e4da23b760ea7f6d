"""A recording of one's own beside the film: in step, looped, laid over it, recorded, handed in, remarked."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from edu.jobs.hand_in import check_hand_in
from edu.jobs.worker import Worker
from edu.queue import open_engine
from edu.runtime import build
from edu.services.hand_ins.files import CHECK
from edu.settings import Settings
from media import find_ffmpeg
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, Watch, sign_in, sign_up, until
from tests.browser.in_step import PICTURE, comes_back
from tests.sites import Site

pytestmark = pytest.mark.browser
ADDRESS = "/videos/find/compare"
ROOM = "document.querySelector('edu-compare')"
FILM, OWN = f"{ROOM}.player.video", f"{ROOM}.own"
IN_STEP = f"{ROOM}.both && Math.abs({ROOM}.both.drift)"
FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a camera gives without sound, which is how one records unless one wants it: 20 seconds."""
    path = tmp_path_factory.mktemp("own") / "own.mp4"
    source = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=25:d=20"]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"]
    subprocess.run([str(find_ffmpeg()), "-v", "error", *source, *coding, str(path)], check=True, timeout=60)
    return path


def choose(page: Page, path: Path, address: str = ADDRESS) -> None:
    page.goto(address)
    until(page, f"{ROOM}.hasAttribute('ready')")
    page.locator("[data-part=file]").set_input_files(path)
    expect(page.locator("[data-part=own-status]")).to_have_text(f"Kept in this browser as “{path.name}”.")


def test_two_films_are_laid_together_by_a_moment_and_play_and_loop_in_step(page: Page, own: Path) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    choose(page, own)
    expect(page.locator("[data-part=list] input")).to_have_value("own.mp4")

    page.evaluate(f"{FILM}.currentTime = 40")
    page.get_by_role("button", name="Mark this moment of the film").click()
    expect(page.locator("[data-part=status]").first).to_contain_text("Now find the same moment")
    page.evaluate(f"{OWN}.currentTime = 2")
    page.get_by_role("button", name="Mark this moment of the recording").click()
    expect(page.locator("[data-part=marks]")).to_contain_text(
        "your recording at 0:02 shows what the film shows at 0:40"
    )
    page.locator("[data-choice=rate]").select_option("0.5")
    page.get_by_role("button", name="Play both").click()
    until(page, f"{FILM}.currentTime > 40.5 && !{OWN}.paused && {OWN}.currentTime > 2.4")
    assert page.evaluate(
        f"Math.abs({OWN}.playbackRate / {FILM}.playbackRate - 1) < 0.09 && {FILM}.playbackRate === 0.5"
    )
    comes_back(page, FILM, OWN, by=1, offset=2 - 40)

    page.get_by_role("button", name="Pause both").click()
    until(page, f"{OWN}.paused && !{OWN}.seeking && {IN_STEP} < 0.002")
    before = page.evaluate(f"{FILM}.currentTime")
    page.get_by_role("button", name="One picture on", exact=True).click()
    until(page, f"{FILM}.currentTime > {before} + 0.01 && {FILM}.currentTime < {before} + 0.08")
    until(page, f"!{OWN}.seeking && {IN_STEP} < 0.002")

    page.evaluate(f"{FILM}.currentTime = 42")
    page.get_by_role("button", name="Loop from here").click()
    page.evaluate(f"{FILM}.currentTime = 42.6")
    page.get_by_role("button", name="Loop to here").click()
    expect(page.locator("[data-part=status]").first).to_have_text("Looping from 0:42 to 0:42.")
    page.evaluate(f"window.back = 0; {FILM}.addEventListener('seeking', () => {{ window.back += 1; }})")
    page.get_by_role("button", name="Play both").click()
    until(page, "window.back >= 3")
    assert page.evaluate(f"{FILM}.currentTime < 42.7")
    until(page, f"{IN_STEP} < {PICTURE}")
    page.get_by_role("button", name="Pause both").click()

    # another visit finds the recording and how it was laid
    page.reload()
    until(page, f"{ROOM}.both && {ROOM}.marks.offset === -38")


def test_views_and_a_missing_camera_and_what_is_deleted(page: Page, own: Path) -> None:
    choose(page, own)

    page.locator("[data-choice=mirror]").select_option("own")
    assert page.evaluate(f"getComputedStyle({OWN}).transform") == "matrix(-1, 0, 0, 1, 0, 0)"
    assert page.evaluate(f"getComputedStyle({FILM}).transform") == "none"
    page.locator("[data-choice=sound]").select_option("own")
    assert page.evaluate(f"[{FILM}.muted, {OWN}.muted]") == [True, False]
    over = page.get_by_role("button", name="One over the other")
    over.click()
    expect(over).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(f"{ROOM}.player.contains({OWN}) && getComputedStyle({OWN}).opacity") == "0.5"
    over.click()
    assert page.evaluate(f"{ROOM}.player.contains({OWN})") is False

    page.get_by_role("button", name="Record with the camera").click()
    expect(page.locator("[data-part=own-status]")).to_contain_text("or choose a file.")

    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour is on its way
    assert not violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    film, recording = (page.locator(one).bounding_box() for one in ("#compare-film", ".compare-own"))
    assert film is not None
    assert recording is not None
    assert recording["y"] >= film["y"] + film["height"]
    small = """[...document.querySelectorAll('edu-compare :is(.compare-act, .button, select.input, .tick)')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5).length"""
    assert page.evaluate(small) == 0

    page.get_by_role("button", name="Delete: own.mp4").click()
    page.get_by_role("button", name="Really delete?: own.mp4").click()
    expect(page.locator("[data-part=list]")).to_have_text("No recording is kept in this browser.")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()

    # a device that is full: the recording is shown all the same
    full = "throw new DOMException('', 'QuotaExceededError')"
    page.evaluate(f"() => {{ IDBObjectStore.prototype.put = () => {{ {full}; }}; }}")
    page.locator("[data-part=file]").set_input_files(own)
    expect(page.locator("[data-part=own-status]")).to_contain_text("This device is full")
    assert until(page, f"{OWN}.duration") == 20

    a_refused_file_is_forgotten_for_a_good_one(page, own)


def a_refused_file_is_forgotten_for_a_good_one(page: Page, own: Path) -> None:
    file, said = page.locator("[data-part=file]"), page.locator("[data-part=status]").first
    file.set_input_files({"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"no film at all"})
    expect(said).to_contain_text("cannot play that file")
    file.set_input_files(own)
    until(page, f"{OWN}.duration === 20")
    expect(said).not_to_contain_text("cannot play that file")


@pytest.fixture
def with_camera(launched: Callable[..., Browser], site: Site) -> Iterator[Page]:
    """A page in a browser of its own, which has a camera."""
    started = launched("chromium", more=FAKE)
    context = started.new_context(base_url=site.url)
    watch = Watch(context, site)
    yield context.new_page()
    started.close()
    watch.assert_clean()


def test_what_the_camera_records_beside_the_playing_film_is_laid_beside_it(with_camera: Page) -> None:
    page = with_camera
    page.goto(f"{ADDRESS}?step=V1-c05")
    until(page, f"{ROOM}.hasAttribute('ready')")
    page.get_by_role("button", name="Record with the camera").click()
    expect(page.locator("[data-part=own-status]")).to_have_text("The camera is on. Nothing is recorded yet.")
    page.get_by_label("Preview as in a mirror").check()
    expect(page.locator(".compare-preview")).to_have_class("compare-preview compare-mirrored")
    page.get_by_label("Play the film meanwhile").check()

    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-part=count]")).to_have_text("3")
    expect(page.locator("[data-part=clock]")).to_contain_text("Recording: 0:01 of 5:00")
    page.get_by_role("button", name="Stop and keep").click()

    expect(page.locator("[data-part=own-status]")).to_contain_text("Kept in this browser")
    length, offset = page.evaluate(f"[{OWN}.duration, {ROOM}.marks.offset]")
    start = page.evaluate(f"{ROOM}.store.chapters.find(({{ id }}) => id === 'V1-c05').start")
    assert 1 <= length < 30
    assert -start - 1 <= offset <= -start
    page.get_by_role("button", name="Switch the camera off").click()
    assert page.evaluate("document.querySelector('[data-part=preview]').srcObject") is None


def make_ready(site: Site) -> None:
    """Does the work on what was handed in, and no other."""
    runtime = build(Settings.read(site.environ))
    worker = Worker(runtime, open_engine(runtime), {CHECK: check_hand_in})
    assert worker.run_one()
    worker.close()
    runtime.db.dispose()


def test_a_recording_is_handed_in_remarked_and_withdrawn(open_page: OpenPage, site: Site, own: Path) -> None:
    learner = open_page()
    sign_up(learner, "Bo", "bo-hands-in@example.org")
    choose(learner, own, f"{ADDRESS}?step=V1-c05")
    learner.get_by_label("Only my own hands and a practice model are seen and heard.").check()
    learner.get_by_label("No patient is seen or heard in it.").check()
    learner.get_by_role("button", name="Hand in", exact=True).click()
    expect(learner.get_by_text("waits for its turn")).to_be_visible()
    make_ready(site)
    expect(learner.locator("edu-compare[ready]")).to_be_attached()  # the page loads again by itself
    until(learner, f"!!{ROOM}.both")
    assert learner.evaluate(f"{ROOM}.marks.offset") < -10  # it began with the step

    teacher = open_page()
    sign_in(teacher, "ada@example.org")
    teacher.goto("/studio/hand-ins")
    teacher.get_by_role("link", name="Bo").first.click()
    expect(teacher.locator("edu-compare[ready]")).to_be_attached()
    teacher.evaluate(f"{ROOM}.goTo(7.5)")
    until(teacher, f"Math.abs({OWN}.currentTime - 7.5) < 0.05 && !{OWN}.seeking")
    teacher.get_by_label("Remark").focus()
    expect(teacher.get_by_label("At", exact=True)).to_have_value("0:07.5")
    teacher.get_by_label("Remark").fill("Softer here.")
    teacher.get_by_role("button", name="Say it to the learner").click()
    expect(teacher.get_by_text("Softer here.")).to_be_visible()

    learner.reload()
    expect(learner.locator("edu-compare[ready]")).to_be_attached()
    learner.get_by_role("button", name="0:07").click()
    until(learner, f"Math.abs({OWN}.currentTime - 7.5) < 0.05 && Math.abs({ROOM}.both.drift) < 0.01")
    assert not violations(learner)
    folder = site.data / "objects" / "hand-ins" / learner.url.rpartition("/")[2]
    assert len(list(folder.iterdir())) == 1
    learner.get_by_role("link", name="Withdraw the recording …").click()
    assert len(list(folder.iterdir())) == 1  # it is asked first
    learner.get_by_role("button", name="Withdraw the recording").click()
    expect(learner.get_by_text("It is withdrawn.")).to_be_visible()
    assert not folder.is_dir() or not list(folder.iterdir())
