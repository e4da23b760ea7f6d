"""Questions in a browser: kinds that the bank has not, axe, no network, another device, the loop, time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from quizzes import Kind, Mode
from tests.browser.answering import Typist, seen
from tests.browser.axe import SMALL, faults
from tests.browser.conftest import OpenPage, until
from tests.browser.publishing import add_quiz
from tests.question_kinds import DOCUMENT, POSITION
from tests.quizzing import items
from tests.sites import Site, rows

pytestmark = pytest.mark.browser
SHEETS = "[...document.styleSheets].map(({ href }) => href.split('/').at(-1).replace('.css', ''))"
SAVED = "All answers saved"
# the planted questions over a film and a reference that the bundled course has
HERE = DOCUMENT.replace('"V9"', '"V1"').replace("V9-c05", "V1-c05").replace('"PLANTED2001"', '"curtis1993"')


@pytest.fixture(scope="module")
def every_kind(site: Site) -> Site:
    """The site with a quiz of every kind, for practice and as a test of a moment."""
    found = items(HERE)
    add_quiz(site, "every-kind", found)
    add_quiz(site, "short-test", found[:1], mode=Mode.TEST, time_limit_ms=3000)
    more = items(HERE.replace('id = "K-', 'id = "MORE-'))
    add_quiz(site, "more-words", [one for one in more if one.kind is Kind.SHORT])
    return site


@pytest.fixture
def page(every_kind: Site, open_page: OpenPage) -> Page:
    """A visitor in the quiz of every kind."""
    return begun(open_page(every_kind), "every-kind")


@pytest.fixture
def troubled(every_kind: Site, browser: Browser) -> Iterator[Page]:
    """The same, where the console may tell of what goes wrong on purpose."""
    context = browser.new_context(base_url=every_kind.url, viewport={"width": 1280, "height": 800})
    yield begun(context.new_page(), "every-kind")
    context.close()


def begun(page: Page, slug: str) -> Page:
    """The attempt."""
    page.goto(f"/quizzes/{slug}")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".question").first).to_be_visible()
    return page


def question(page: Page, kind: str) -> Locator:
    """The question of that kind."""
    return page.locator(f"#s{POSITION[kind]}")


def state(page: Page) -> Locator:
    """What is said of the answers."""
    return page.locator("[data-part=saved]")


def test_the_kinds_that_the_bank_has_not_are_answered_by_the_keyboard_alone(page: Page) -> None:
    hand = Typist(page)
    gaps = question(page, "cloze").locator("select, input[type=text]")
    hand.choose(gaps.nth(0), "lightly")
    hand.write(gaps.nth(1), "iliac crest")
    hand.write(gaps.nth(2), "2,25 cm")
    hand.write(question(page, "short").get_by_label("Your answer"), "A dimple")
    labels = question(page, "draglabels")
    for label, place in (("Crest", 0), ("Dimple", 1)):
        hand.press(labels.get_by_role("button", name=label, exact=True))
        expect(labels.locator("[data-part=said]")).to_contain_text(f"{label}: picked")
        hand.press(labels.locator(".label-place").nth(place))
    expect(labels.locator("[data-part=said]")).to_have_text("Dimple: put at place 2")
    for part, time in (("start", "0:31.125"), ("end", "0:39.875")):
        hand.write(question(page, "interval").locator(f'input[name$=".{part}"]'), time)
    hand.radio(question(page, "concordance"), "Much less likely")

    hand.press(page.get_by_role("button", name="Hand in"))
    hand.press(page.get_by_role("button", name="Hand in anyway"))

    for kind in ("cloze", "short", "draglabels", "interval", "concordance"):
        expect(question(page, kind).locator(".outcome")).to_contain_text("Right")
        expect(question(page, kind)).to_have_class("question question-right")


def test_labels_and_steps_can_be_pulled_to_their_places(page: Page) -> None:
    labels, order = question(page, "draglabels"), question(page, "ordering")
    chip, place = labels.get_by_role("button", name="Hip", exact=True), labels.locator(".label-place").first

    pull(page, chip, place)

    expect(labels.locator("select").first.locator("option:checked")).to_have_text("Hip")
    before = seen(order.locator(".ordering-words"))
    handles = order.locator(".ordering-handle")
    pull(page, handles.nth(0), handles.nth(2))
    after = seen(order.locator(".ordering-words"))
    assert after != before
    assert after.index(before[0]) == 2
    expect(order.locator("[data-part=said]")).to_contain_text("place 3 of 4")
    expect(state(page)).to_have_text(SAVED)


def pull(page: Page, what: Locator, where: Locator) -> None:
    """Pull one thing onto another with the mouse."""
    what.scroll_into_view_if_needed()
    ends = [what.bounding_box(), where.bounding_box()]
    (x0, y0), (x1, y1) = [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2 + 4) for b in ends if b]
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=5)
    page.mouse.move(x1, y1, steps=5)
    page.mouse.up()


def test_axe_finds_nothing_in_questions_of_every_kind_nor_in_their_results(
    every_kind: Site, open_page: OpenPage
) -> None:
    page = begun(open_page(every_kind, viewport=SMALL, reduced_motion="reduce"), "every-kind")

    assert faults(page) == []
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Hand in anyway").click()
    expect(page.locator(".quiz-result")).to_be_visible()
    assert faults(page) == []


def test_answers_given_without_a_network_are_kept_and_sent_when_it_is_back(troubled: Page) -> None:
    page = troubled
    page.context.set_offline(True)
    question(page, "single").get_by_text("Two").click()
    expect(state(page)).to_have_text(
        "No network. Your answers are kept in this browser and sent when it is back."
    )
    question(page, "single").get_by_role("button", name="Check this answer").click()
    expect(state(page)).to_contain_text("this has to wait")

    page.context.set_offline(False)

    expect(state(page)).to_have_text(SAVED)
    page.reload()
    expect(question(page, "single").get_by_label("Two")).to_be_checked()


def test_an_answer_that_cannot_be_read_is_told_at_its_question_and_the_others_are_saved(
    troubled: Page,
) -> None:
    page = troubled
    field = question(page, "numeric").get_by_label("Your answer")
    field.fill("about six")
    question(page, "moment").get_by_label("Time (minutes:seconds)").fill("later")
    question(page, "single").get_by_text("Two").click()

    error = question(page, "numeric").locator("[data-part=error]")
    expect(error).to_have_text("Write a number, such as 12 or 1.5")
    expect(question(page, "moment").locator("[data-part=error]")).to_contain_text("such as 0:41.5")
    expect(state(page)).to_contain_text("All others are saved")
    question(page, "numeric").get_by_role("button", name="Check this answer").click()
    page.wait_for_load_state()
    expect(error).to_have_text("Write a number, such as 12 or 1.5")
    expect(field).to_have_value("about six")
    field.fill("6,1")
    field.press("Enter")

    expect(error).to_be_empty()
    expect(page.locator("[data-part=answered]")).to_have_text("2 of 15 answered")


def test_a_point_that_was_placed_on_another_device_is_shown_here_too(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    place(other, 0.25, 0.5)
    expect(state(other)).to_have_text(SAVED)

    place(page, 0.75, 0.5)

    expect(state(page)).to_contain_text("Answered later in another window")
    chosen = question(page, "hotspot").locator("label.choice:has(:checked)")
    expect(chosen).to_contain_text("Your point: 25 % from the left")
    expect(question(page, "hotspot").locator("[data-part=marks] .picture-mark")).to_have_count(1)
    notice = question(page, "hotspot").get_by_role("alert").filter(has_text="in another window as well")
    notice.get_by_role("button", name="Take my answer from this window instead").click()
    expect(state(page)).to_have_text(SAVED)
    expect(chosen).to_contain_text("Your point: 75 % from the left")
    expect(notice).to_have_count(0)
    expect(question(page, "hotspot")).to_be_focused()


def test_steps_to_be_ordered_stay_on_the_page_of_a_phone_and_have_its_width(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})

    item = question(page, "ordering").locator(".ordering-item").first

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    sizes = item.evaluate(
        "row => [row, row.querySelector('.ordering-words')].map(one => one.getBoundingClientRect().width)"
    )
    assert sizes[1] > 0.85 * sizes[0]


def place(page: Page, x: float, y: float) -> None:
    """Place a point with the mouse."""
    pad = question(page, "hotspot").locator("[data-part=pad]")
    box = pad.bounding_box()
    assert box
    pad.click(position={"x": x * box["width"], "y": y * box["height"]})


def test_two_fingers_enlarge_the_picture_and_not_the_page(every_kind: Site, open_page: OpenPage) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page = begun(open_page(every_kind, **phone), "every-kind")
    frame = question(page, "hotspot").locator("[data-part=frame]")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = page.context.new_cdp_session(page)
    for kind, spread in (("touchStart", 20), ("touchMove", 40), ("touchMove", 60), ("touchEnd", 0)):
        points = [{"x": x - spread, "y": y}, {"x": x + spread, "y": y}] if spread else []
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    widths = frame.evaluate("one => [one.clientWidth, one.scrollWidth]")

    assert widths[1] / widths[0] == pytest.approx(3, abs=0.1)
    assert page.evaluate("visualViewport.scale") == 1
    assert question(page, "hotspot").locator(":checked").count() == 0


def test_a_wrong_answer_leads_to_its_step_to_a_similar_question_and_back(
    every_kind: Site, page: Page
) -> None:
    question(page, "short").get_by_label("Your answer").fill("a lump")
    question(page, "short").get_by_role("button", name="Check this answer").click()
    answered = question(page, "short")
    expect(answered).to_contain_text("Not right")

    answered.get_by_role("link", name="Watch this step").click()
    dialog = page.get_by_role("dialog")
    film = "document.querySelector('dialog[open] video')"
    until(page, f"{film} && {film}.currentTime > 36.6")
    names = [name for sheet in page.evaluate(SHEETS) for name in sheet.split("+")]
    assert len(names) == len(set(names)), "a sheet that comes twice would win over those behind it"
    assert "player" in names
    with page.expect_response("**/clips") as noted:
        dialog.get_by_role("button", name="Back to the question").click()
    assert noted.value.status == 200
    assert rows(every_kind, "SELECT watched_ms FROM clip_watch WHERE step = 'V1-c05'")[0][0] > 200
    expect(answered.get_by_role("link", name="Watch this step")).to_be_focused()

    answered.get_by_role("button", name="Try a similar question").click()

    similar = page.locator(".sibling fieldset.question")
    expect(similar).to_be_in_viewport()
    expect(similar).to_contain_text("Similar to question 12, without marks")
    expect(page.locator("[data-part=answered]")).to_have_text("1 of 15 answered")


def test_when_the_time_is_over_what_was_answered_is_handed_in(every_kind: Site, open_page: OpenPage) -> None:
    page = begun(open_page(every_kind), "short-test")
    expect(page.locator("edu-countdown [data-part=words]")).to_contain_text("left")
    question(page, "single").get_by_text("Two").click()

    expect(page.locator(".quiz-score strong")).to_have_text("100 %", timeout=10_000)
