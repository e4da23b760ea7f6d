"""Two learners who answer any question of the bank in a browser: one by touch, one by the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from playwright.sync_api import ElementHandle, Locator, Page, expect

import quizzes
from quizzes import Item
from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.moment import Window
from quizzes.kinds.order import Order
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.truth import Truth

COURSE = Path(__file__).parents[2] / "edu" / "content" / "back-mice"
MOST_TABS = 400


def bank() -> dict[str, Item]:
    """The questions of the course by their id."""
    files = sorted((COURSE / "questions").glob("*.toml"))
    return {item.id: item for path in files for item in quizzes.read_bank(path.read_bytes())}


def plain(words: str) -> str:
    """Words of a page as their author wrote them: a page keeps numbers and units together."""
    return words.replace("\xa0", " ").replace("\u202f", " ").strip()


def seen(texts: Locator) -> list[str]:
    """The words of each."""
    return [plain(words) for words in texts.all_inner_texts()]


class Learner:
    """Answers questions; `press`, `tick` and the rest are the ways of a hand, in the subclasses."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        """Press a button or tick a box."""
        raise NotImplementedError

    def choose(self, box: Locator, words: str) -> None:
        """Choose from a list."""
        raise NotImplementedError

    def write(self, box: Locator, words: str) -> None:
        """Write in a field."""
        raise NotImplementedError

    def point(self, asked: Locator, x: float, y: float) -> None:
        """Place a point of a picture, given as fractions of it."""
        raise NotImplementedError

    def stop_at(self, asked: Locator, seconds: float) -> None:
        """Bring the film to a time and mark it."""
        raise NotImplementedError

    def radio(self, asked: Locator, label: str) -> None:
        """Choose one of several."""
        raise NotImplementedError

    def lift(self, row: ElementHandle, steps: int) -> None:
        """Move a row of an order up."""
        raise NotImplementedError

    def answer(self, asked: Locator, item: Item) -> None:
        """Give the right answer."""
        getattr(self, f"_{item.kind.value}")(asked, item)

    def _labels(self, item: Item) -> dict[str, str]:
        return {option.id: option.text for option in item.options}

    def _single(self, asked: Locator, item: Item) -> None:
        self.radio(asked, self._labels(item)[cast(Choice, item.key).option])

    def _truefalse(self, asked: Locator, item: Item) -> None:
        self.radio(asked, "True" if cast(Truth, item.key).value else "False")

    def _multiple(self, asked: Locator, item: Item) -> None:
        self._tick(asked, item, cast(Choices, item.key).options)

    def _keyfeature(self, asked: Locator, item: Item) -> None:
        self._tick(asked, item, tuple(option for option, _ in cast(Actions, item.key).weights))
        expect(asked.locator("[data-part=count]")).to_contain_text(f"{item.limit} of at most {item.limit}")

    def _tick(self, asked: Locator, item: Item, wanted: tuple[str, ...]) -> None:
        texts = {self._labels(item)[option] for option in wanted}
        choices = asked.locator(".choices").first.locator("label.choice")
        for index, words in enumerate(seen(choices)):
            if words in texts:
                self.press(choices.nth(index).locator("input"))

    def _matching(self, asked: Locator, item: Item) -> None:
        right = dict(cast(Pairs, item.key).pairs)
        boxes = asked.locator("select")
        for index, prompt in enumerate(item.prompts):
            self.choose(boxes.nth(index), self._labels(item)[right[prompt.id]])

    _emq = _matching

    def _numeric(self, asked: Locator, item: Item) -> None:
        self.write(asked.get_by_label("Your answer"), f"{cast(Quantity, item.key).value:g}".replace(".", ","))

    def _ordering(self, asked: Locator, item: Item) -> None:
        """Bring each to its place, from the first on."""
        wanted = [self._labels(item)[option] for option in cast(Order, item.key).options]
        shown = seen(asked.locator(".ordering-words"))
        for place, words in enumerate(wanted):
            at = shown.index(words)
            row = asked.locator(".ordering-item").nth(at).element_handle()
            self.lift(row, at - place)
            shown.insert(place, shown.pop(at))
        keep = asked.locator("[data-part=keep]")
        if keep.is_visible():
            self.press(keep)
        last = len(wanted)
        said = asked.locator("[data-part=said]").inner_text()
        assert f"of {last}" in said or "your answer" in said

    def _hotspot(self, asked: Locator, item: Item) -> None:
        left, top, right, bottom = cast(Zones, item.key).zones[0].box()
        self.point(asked, (left + right) / 2 / 1280, (top + bottom) / 2 / 720)

    def _moment(self, asked: Locator, item: Item) -> None:
        window = cast(Window, item.key)
        self.stop_at(asked, (window.start + window.end) / 2000)


class Toucher(Learner):
    """A thumb on a phone."""

    def press(self, control: Locator) -> None:
        """Tap it."""
        control.tap()

    def choose(self, box: Locator, words: str) -> None:
        """The phone's own list."""
        box.select_option(index=seen(box.locator("option")).index(words))

    def write(self, box: Locator, words: str) -> None:
        """Tap, then write with the phone's keyboard."""
        box.tap()
        box.fill(words)

    def radio(self, asked: Locator, label: str) -> None:
        """Tap the words."""
        choices = asked.locator(".choices").first.locator("label.choice")
        choices.nth(seen(choices).index(label)).tap()

    def lift(self, row: ElementHandle, steps: int) -> None:
        """Tap the arrow, which goes along."""
        arrow = row.query_selector('[data-way="-1"]')
        assert arrow
        for _ in range(steps):
            arrow.tap()

    def point(self, asked: Locator, x: float, y: float) -> None:
        """Enlarge until the zone is as large as a finger, then tap; a tap beside it first is moved."""
        pad = asked.locator("[data-part=pad]")
        for _ in range(3):
            asked.get_by_role("button", name="Larger").tap()
        box = pad.bounding_box()
        assert box
        assert box["width"] * 44 / 1280 >= 24
        self._scroll_to(asked, x, y)
        pad.tap(position={"x": x * box["width"], "y": y * box["height"]})

    def _scroll_to(self, asked: Locator, x: float, y: float) -> None:
        asked.locator("[data-part=frame]").evaluate(
            "(frame, [x, y]) => frame.scrollTo("
            "x * frame.scrollWidth - frame.clientWidth / 2, y * frame.scrollHeight - frame.clientHeight / 2)",
            [x, y],
        )

    def stop_at(self, asked: Locator, seconds: float) -> None:
        """Pull the bar of the film, then press the button."""
        asked.locator(".seek-range").fill(f"{seconds:.1f}")
        asked.get_by_role("button", name="Mark now").tap()


class Typist(Learner):
    """Somebody who has a keyboard and nothing else: everything is reached by Tab."""

    def press(self, control: Locator) -> None:
        """Go there, then the space bar."""
        self._go(control)
        self.page.keyboard.press("Space")

    def choose(self, box: Locator, words: str) -> None:
        """Go there, then write the beginning of the entry."""
        self._go(box)
        self.page.keyboard.type(words)
        assert seen(box.locator("option:checked")) == [words]

    def lift(self, row: ElementHandle, steps: int) -> None:
        """Go to the arrow once; it keeps the focus while the row moves."""
        arrow = row.query_selector('[data-way="-1"]')
        assert arrow
        if steps:
            self._go(arrow)
        for _ in range(steps):
            self.page.keyboard.press("Enter")

    def write(self, box: Locator, words: str) -> None:
        """Go there and write; Enter keeps it and hands nothing in."""
        self._go(box)
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def radio(self, asked: Locator, label: str) -> None:
        """Go to the group, then down to the words."""
        choices = asked.locator(".choices").first.locator("label.choice")
        at = seen(choices).index(label)
        self._go(choices.first.locator("input"))
        self.page.keyboard.press("Space")
        for _ in range(at):
            self.page.keyboard.press("ArrowDown")
        expect(choices.nth(at).locator("input")).to_be_checked()

    def point(self, asked: Locator, x: float, y: float) -> None:
        """Move the cross from the middle, in large steps and in small ones."""
        self._go(asked.locator("[data-part=pad]"))
        for way, keys in ((x - 0.5, ("ArrowLeft", "ArrowRight")), (y - 0.5, ("ArrowUp", "ArrowDown"))):
            key, steps = keys[way > 0], round(abs(way) * 100)
            for _ in range(steps // 5):
                self.page.keyboard.press(f"Shift+{key}")
            for _ in range(steps % 5):
                self.page.keyboard.press(key)
        self.page.keyboard.press("Enter")
        expect(asked.locator("[data-part=said]")).to_contain_text("Point placed")

    def stop_at(self, asked: Locator, seconds: float) -> None:
        """Half by the keys of the film, the other half of the bank by writing the time."""
        if asked.get_attribute("data-item") in ("s17", "s22"):
            self.write(asked.get_by_label("Time (minutes:seconds)"), f"0:{seconds:04.1f}")
            return
        self._go(asked.locator(".seek-range"))
        for _ in range(round(seconds / 5)):
            self.page.keyboard.press("ArrowRight")
        self.press(asked.get_by_role("button", name="Mark now"))

    def _go(self, control: Locator | ElementHandle) -> None:
        """Tab until the control has the focus; back first, for what lies behind."""
        handle = control.element_handle() if isinstance(control, Locator) else control
        is_behind = handle.evaluate(
            "one => !!(document.activeElement.compareDocumentPosition(one) & 2)"  # it precedes
        )
        for _ in range(MOST_TABS):
            if handle.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Shift+Tab" if is_behind else "Tab")
        raise AssertionError("Tab does not lead there")


def take(learner: Learner, slug: str, items: dict[str, Item]) -> None:
    """Take a quiz from its page to a full mark."""
    page, by_stem = learner.page, {plain(item.stem): item for item in items.values()}
    page.goto(f"/quizzes/{slug}")
    learner.press(page.get_by_role("button", name="Begin"))
    asked = page.locator("fieldset.question")
    expect(asked.first).to_be_visible()
    stems = seen(asked.locator(".question-stem"))
    for index, stem in enumerate(stems):
        learner.answer(asked.nth(index), by_stem[stem])
    count = len(stems)
    expect(page.locator("[data-part=answered]")).to_have_text(f"{count} of {count} answered")
    learner.press(page.get_by_role("button", name="Hand in"))
    expect(page.locator(".quiz-score strong")).to_have_text("100 %")
    assert page.locator(".question-right").count() == count
