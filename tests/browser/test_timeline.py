"""The time line: chapters and cues moved by mouse, touch and keys; what is made of chapters is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.axe import SMALL, faults
from tests.browser.conftest import OpenPage, sign_in, until
from tests.browser.test_studio import is_there, states_until_over, upload
from tests.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATH = "/studio/videos/1/chapters"
LINE = "document.querySelector('#bare')"
# A time line by itself, with the words of the page's own, which notes what it is told to tell.
BARE = """count => {
  const known = document.querySelector('edu-cue-timeline');
  const line = document.createElement('edu-cue-timeline');
  for (const { name, value } of known.attributes) {
    if (name.startsWith('data-text')) line.setAttribute(name, value);
  }
  line.id = 'bare';
  window.told = [];
  for (const name of ['cue-select', 'cue-time', 'cue-new', 'time-seek']) {
    line.addEventListener(name, (event) => window.told.push([name, event.detail]));
  }
  document.querySelector('edu-chapter-editor').replaceWith(line);
  const data = Array.from({ length: 72000 }, (_, n) => (n % 2 ? 1 : -1) * (5 + (n * 7) % 90));
  Object.assign(line, {
    duration: count * 2500, frameMs: 40, speech: [[300, 2200]], cuts: [1000, 6250],
    peaks: { length: 36000, sample_rate: 8000, samples_per_pixel: Math.ceil(count * 2500 * 8 / 36000), data },
    cues: Array.from({ length: count }, (_, n) => ({
      key: `k${n}`, start: n * 2500, end: n * 2500 + 2000, text: `Cue ${n}`,
      severity: ['', 'error', 'warn', 'info'][n % 4],
    })),
  });
}"""


@pytest.fixture(scope="module")
def state(browser: Browser, site: Site) -> StorageState:
    """What the administrator's browser keeps."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, "ada@example.org")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def editor(open_page: OpenPage, state: StorageState) -> Page:
    """The chapters of the first film, whose editor is ready."""
    page = open_page(storage_state=state, reduced_motion="reduce")
    page.goto(PATH)
    page.wait_for_selector("edu-chapter-editor[ready]")
    return page


def bare(page: Page, count: int) -> None:
    page.evaluate(BARE, count)
    page.evaluate("scrollTo(0, 0)")
    until(page, f"{LINE}.querySelector('.timeline-box')")


def box(page: Page, key: str) -> Locator:
    return page.locator(f'.timeline-box[data-key="{key}"]')


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    found = place.bounding_box()
    assert found is not None
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def drag(page: Page, start: tuple[float, float], by: float, *, steps: int = 5) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by, start[1], steps=steps)
    page.mouse.up()


def told(page: Page, name: str) -> list[dict[str, object]]:
    """What was told under a name so far, once a picture was drawn."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[dict[str, object]] = page.evaluate(
        "name => window.told.filter(([one]) => one === name).map(([, detail]) => detail)", name
    )
    return found


def start_of(page: Page, row: int) -> str:
    return page.locator(f"#field-start-{row}").input_value()


# -- chapters ------------------------------------------------------------------------------------------------


def test_an_edge_that_is_dragged_moves_both_chapters_and_can_be_taken_back(editor: Page):
    box(editor, "1").click()
    expect(editor.locator(".chapter-row").nth(1)).to_have_class(re.compile("current"))
    before = start_of(editor, 1)

    drag(editor, middle(box(editor, "1").locator("[data-edge=start]")), 40)
    after = start_of(editor, 1)
    editor.get_by_role("button", name="Undo").click()

    assert after != before
    assert editor.locator("#field-end-0").input_value() == ""
    assert start_of(editor, 1) == before


def test_chapters_are_moved_made_and_removed_by_keys_alone(editor: Page):
    box(editor, "1").focus()
    editor.keyboard.press("[")
    editor.keyboard.press("ArrowRight")
    editor.keyboard.press("Control+ArrowRight")
    expect(box(editor, "1")).to_have_attribute("aria-valuetext", re.compile("the start is moved$"))
    expect(editor.locator(".timeline-said")).to_have_text(re.compile(r"Start 0:1\d\.\d"))
    assert start_of(editor, 1) == "0:10.1"

    editor.keyboard.press("ArrowDown")
    expect(box(editor, "2")).to_be_focused()
    editor.keyboard.press("Enter")
    editor.get_by_role("button", name="Remove the chosen one").press("Enter")
    leaves = editor.locator(".chapter-row").nth(2).locator(".chapter-leaves")
    expect(leaves).to_contain_text("V1-c03 retires when you save")
    expect(leaves).to_contain_text("things point to it")

    editor.evaluate("document.querySelector('#player').store.seek(30)")
    until(editor, "Math.abs(document.querySelector('edu-cue-timeline').time - 30000) < 50")
    editor.get_by_role("button", name="A chapter begins here").press("Enter")
    editor.keyboard.type("A step of my own")
    row = editor.locator(".chapter-row").filter(has=editor.locator("input:focus"))
    expect(row.locator("input[name^=start]")).to_have_value("0:30")
    expect(editor.locator(".timeline-box", has_text="A step of my own")).to_be_visible()


def test_the_page_has_no_fault_on_a_narrow_screen_in_light_and_dark(editor: Page):
    editor.set_viewport_size(SMALL)
    box(editor, "1").click()
    editor.locator("input[name=remove-2]").check()
    editor.get_by_text("Keys of the time line").click()

    assert faults(editor) == []
    for width in (768, 1280):
        editor.set_viewport_size({"width": width, "height": 800})
        assert editor.evaluate("document.documentElement.scrollWidth") <= width


def test_a_checklist_is_made_by_one_press_and_printed_on_one_sheet(editor: Page):
    editor.get_by_role("button", name=re.compile("^(Make a|Bring the) checklist")).click()

    expect(editor.get_by_role("heading", level=1)).to_contain_text("Checklist:")
    assert editor.locator("tbody tr").count() == 10
    # as long as the longest technique of the course: 25 steps
    editor.evaluate(
        """() => {
          const body = document.querySelector('tbody'), rows = [...body.rows];
          for (const row of [...rows, ...rows.slice(5)]) body.append(row.cloneNode(true));
        }"""
    )
    assert editor.locator("tbody tr").count() == 25
    sheets = editor.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    editor.set_viewport_size(SMALL)
    assert faults(editor) == []
    editor.get_by_role("link", name="Midline").first.click()
    until(editor, "document.querySelector('#player').store?.time > 20")


def test_chapters_are_saved_from_the_time_line_and_keep_their_ids(
    instructor: Page, clip: Callable[..., Path]
):
    upload(instructor, clip("chapters.mp4"), "To be parted")
    is_there(instructor)
    assert states_until_over(instructor)[-1] == "ready"
    instructor.get_by_role("link", name="Edit the chapters on the time line").click()
    instructor.wait_for_selector("edu-chapter-editor[ready]")
    for seconds, title in ((0, "First"), (2, "Second")):
        instructor.evaluate(f"document.querySelector('#player').store.seek({seconds})")
        until(instructor, f"Math.abs(document.querySelector('edu-cue-timeline').time - {seconds}000) < 50")
        instructor.get_by_role("button", name="A chapter begins here").click()
        instructor.keyboard.type(title)
    instructor.get_by_role("button", name="Save the chapters").click()
    expect(instructor.get_by_role("status").filter(has_text="The chapters are saved.")).to_be_visible()
    ids = instructor.locator(".chapter-id code").all_inner_texts()[:2]

    box(instructor, "1").focus()
    for key in ("[", "Control+ArrowLeft"):
        instructor.keyboard.press(key)
    instructor.locator("#field-title-1").fill("Second, with another name")
    instructor.get_by_role("button", name="Save the chapters").click()

    expect(instructor.locator("#field-title-1")).to_have_value("Second, with another name")
    assert instructor.locator(".chapter-id code").all_inner_texts()[:2] == ids
    assert start_of(instructor, 1) == "0:01"


# -- cues ----------------------------------------------------------------------------------------------------


def test_two_thousand_cues_are_drawn_within_four_milliseconds_at_any_zoom(editor: Page):
    bare(editor, 2000)

    taken = editor.evaluate(
        f"""async () => {{
          const line = {LINE}, found = [];
          for (let closer = 1; closer < 4000; closer *= 4) {{
            line.zoom(0);
            if (closer > 1) line.zoom(closer, 2500000);
            const times = [];
            for (let n = 0; n < 9; n += 1) {{
              line.cuts = [...line.cuts];
              await new Promise(requestAnimationFrame);
              line.draw();
              times.push(line.drawn);
            }}
            const boxes = line.querySelectorAll('.timeline-box').length;
            found.push([Math.min(...times), boxes]);  // the machine has other work
          }}
          return found;
        }}"""
    )

    assert max(time for time, _ in taken) <= 4, taken
    assert max(boxes for _, boxes in taken) <= 160


def test_a_dragged_edge_is_held_by_a_cut_with_a_line_and_free_with_alt(editor: Page):
    bare(editor, 12)
    box(editor, "k2").click()
    handle = box(editor, "k2").locator("[data-edge=end]")
    scale = editor.evaluate(f"{LINE}.view.scale")

    x, y = middle(handle)
    editor.mouse.move(x, y)
    editor.mouse.down()
    editor.mouse.move(x - 720 * scale, y, steps=6)
    expect(editor.locator(".timeline-guide")).to_be_visible()
    editor.mouse.up()

    changes = told(editor, "cue-time")
    assert [change["phase"] for change in changes].count("done") == 1
    assert changes[-1] == {"key": "k2", "start": 5000, "end": 6250, "phase": "done", "also": []}
    expect(editor.locator(".timeline-said")).to_contain_text("at a cut")
    editor.keyboard.down("Alt")
    drag(editor, middle(handle), 6)
    editor.keyboard.up("Alt")
    assert told(editor, "cue-time")[-1]["end"] != 6250


def test_escape_gives_a_drag_up_and_everything_is_as_before(editor: Page):
    bare(editor, 12)
    x, y = middle(box(editor, "k2"))
    editor.mouse.move(x, y)
    editor.mouse.down()
    editor.mouse.move(x + 60, y, steps=4)

    editor.keyboard.press("Escape")
    editor.mouse.up()

    assert told(editor, "cue-time")[-1] == {
        "key": "k2",
        "start": 5000,
        "end": 7000,
        "phase": "move",
        "also": [],
    }
    assert editor.evaluate(f"{LINE}.cues[2].start") == 5000


def test_a_new_cue_is_drawn_in_a_gap_or_made_by_a_double_click_and_the_ruler_seeks(editor: Page):
    bare(editor, 4)
    stage = editor.locator(".timeline-stage").bounding_box()
    assert stage is not None
    scale = editor.evaluate(f"{LINE}.view.scale")
    left, top = stage["x"], stage["y"]

    drag(editor, (left + 2100 * scale, top + 60), 300 * scale)
    editor.mouse.dblclick(left + 4600 * scale, top + 60)
    editor.mouse.click(left + 9000 * scale, top + 10)

    drawn, doubled = told(editor, "cue-new")
    assert drawn["start"] == pytest.approx(2100, abs=15)
    assert drawn["end"] == pytest.approx(2400, abs=15)
    assert (doubled["start"], doubled["end"]) == (pytest.approx(4600, abs=15), 5000)
    assert told(editor, "time-seek")[-1]["time"] == pytest.approx(9000, abs=15)


def test_the_wheel_goes_closer_with_ctrl_and_along_with_shift_and_leaves_the_page_alone(editor: Page):
    bare(editor, 200)
    editor.mouse.move(*middle(editor.locator(".timeline-stage")))
    view = f"(({{ start, scale }}) => [start, scale])({LINE}.view)"
    _, wide = editor.evaluate(view)

    editor.keyboard.down("Control")
    editor.mouse.wheel(0, -400)
    editor.keyboard.up("Control")
    until(editor, f"{LINE}.view.scale > {wide} * 2")
    start, _ = editor.evaluate(view)
    editor.keyboard.down("Shift")
    editor.mouse.wheel(0, 300)
    editor.keyboard.up("Shift")
    until(editor, f"{LINE}.view.start > {start}")


def test_a_finger_pans_taps_to_choose_and_drags_a_handle_large_enough_for_it(
    open_page: OpenPage, state: StorageState
):
    page = open_page(storage_state=state, has_touch=True, viewport={"width": 360, "height": 740})
    page.goto(PATH)
    page.wait_for_selector("edu-chapter-editor[ready]")
    bare(page, 40)
    page.evaluate(f"{LINE}.zoom(10, 10000)")
    finger = Finger(page)

    finger.drag(middle(page.locator(".timeline-stage")), -80)
    assert told(page, "cue-time") == []
    x, y = middle(box(page, "k6"))
    page.touchscreen.tap(x, y)
    expect(box(page, "k6")).to_have_class(re.compile("selected"))
    handle = box(page, "k6").locator("[data-edge=end]")
    size = handle.bounding_box()
    assert size is not None
    assert (size["width"] >= 24, size["height"] >= 44) == (True, True)
    finger.drag(middle(handle), 25)

    assert told(page, "cue-time")[-1]["phase"] == "done"
    assert told(page, "cue-time")[-1]["key"] == "k6"


class Finger:
    """A finger on the screen, as the browser's own protocol has it."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def drag(self, start: tuple[float, float], by: float) -> None:
        """Press, move in five steps, let go."""
        self._send("touchStart", start)
        for step in range(1, 6):
            self._send("touchMove", (start[0] + by * step / 5, start[1]))
        self._send("touchEnd")


def test_time_runs_from_left_to_right_on_a_page_that_is_read_the_other_way(editor: Page):
    editor.evaluate("document.documentElement.dir = 'rtl'")
    bare(editor, 4)

    places = [middle(box(editor, f"k{n}"))[0] for n in range(4)]

    assert places == sorted(places)
    assert editor.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_boxes_that_keys_come_to_tell_their_words_times_and_faults(editor: Page):
    bare(editor, 300)
    editor.locator(".timeline-box[tabindex='0']").focus()
    editor.keyboard.press("End")

    last = box(editor, "k299")
    expect(last).to_be_focused()
    expect(last).to_have_accessible_name("Cue 299 (hint)")
    expect(last).to_have_attribute("aria-valuetext", "12:27.5 to 12:29.5")
    assert editor.evaluate(f"{LINE}.view.start + {LINE}.view.width / {LINE}.view.scale") >= 749_500
    assert editor.locator("[tabindex='0'].timeline-box").count() == 1
    editor.keyboard.press("Enter")
    assert told(editor, "cue-select")[-1] == {"key": "k299"}


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_view_goes_with_the_film_while_it_plays(open_page: OpenPage, state: StorageState, motion: str):
    page = open_page(storage_state=state, reduced_motion=motion)
    page.goto(PATH)
    page.wait_for_selector("edu-chapter-editor[ready]")
    line = "document.querySelector('edu-cue-timeline')"
    page.evaluate(f"document.querySelector('#player').store.seek(8); {line}.zoom(40, 8000)")
    until(page, f"Math.abs({line}.time - 8000) < 60")
    start = page.evaluate(f"{line}.view.start")

    page.evaluate(
        "(s => { s.setMuted(true); s.setRate(2); void s.play(); })(document.querySelector('#player').store)"
    )
    until(page, f"{line}.view.start > {start}")
    page.evaluate("document.querySelector('#player').store.pause()")

    seen = page.evaluate(f"(l => [l.view.start, l.time, l.view.start + l.view.width / l.view.scale])({line})")
    assert seen[0] <= seen[1] <= seen[2]
