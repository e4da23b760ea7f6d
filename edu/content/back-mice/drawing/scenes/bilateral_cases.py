"""Bilateral, chapters 3 to 6: three illustrative cases, palpated one after the other."""

import math
from dataclasses import dataclass

import skia

from drawing import board, ease, hand, inset, marks, palette, pen, stage

from .find_palpate import ROUTE


@dataclass(frozen=True, slots=True)
class Found:
    """A nodule of a case: place (x to the patient's right) and size in centimetres."""

    at: board.Point
    size: board.Point

    @property
    def side(self) -> int:
        """1 on the patient's right, -1 on the left."""
        return 1 if self.at[0] > 0 else -1

    @property
    def outward(self) -> board.Point:
        """The place as on the right side."""
        return abs(self.at[0]), self.at[1]

    @property
    def passed(self) -> float:
        """The fraction of the palpation route at which the fingers come to it."""
        return ease.clamp((self.at[1] - 0.2) / 6.8)


CASE_1 = (Found((-6, 3), (2.0, 1.4)), Found((6, 3), (2.0, 1.4)))
CASE_2 = (Found((-5.6, 3.2), (1.6, 1.1)), Found((6.2, 2.6), (1.6, 1.1)))
CASE_3 = (Found((-5.2, 1.8), (1.2, 0.9)), Found((-6.6, 3.9), (1.2, 0.9)), Found((5.8, 3.0), (1.2, 0.9)))


def case_tag(c: skia.Canvas, number: int, k: float) -> None:
    """Which case this is, in the left panel."""
    if k <= 0:
        return
    c.drawRRect(pen.rounded((14, 100, 150 * ease.clamp(k), 56), 28), pen.fill(palette.TEAL))
    if k > 0.7:
        pen.text(c, f"Case {number}", (89, 138), 28, palette.WHITE, bold=True, align=0.5)


def _pass(c: skia.Canvas, case: tuple[Found, ...], side: int, start: float, t: float, last: float) -> None:
    """The fingers go along one crest; nodules appear as they pass and slip under them."""
    k = ease.clamp((t - start) / last)
    marks.trail(c, ROUTE, max(0.01, k), 8, side=side, alpha=0.55 * ease.clamp((t - start) * 3))
    for found in case:
        if found.side == side:
            when = start + last * found.passed
            slip = 0.5 * ease.bump(t, when + 0.1, 0.9)
            marks.nodule(c, found.outward, found.size, side=side, k=ease.ramp(t, when - 0.2, 0.4), slip=slip)
    seen = ease.window(t, start - 0.3, start + last + 0.5, 0.35)
    if seen > 0:
        x, y = marks.circling(ROUTE, k, 8, side=side)
        hand.fingers(c, (x, y + 6), turn=-18 * side, pressed=0.5, alpha=seen)
    for found in case:
        if found.side == side:
            when = start + last * found.passed
            slip = 0.5 * ease.bump(t, when + 0.1, 0.9)
            shown = ease.ramp(t, when - 0.2, 0.3) * seen
            marks.felt(c, found.outward, found.size, side=side, slip=slip, alpha=shown)


def two_nodules(c: skia.Canvas, t: float, length: float) -> None:
    """Case 1: one on each side, about 6 cm from the midline; they slip."""
    stage.back(c)
    case_tag(c, 1, ease.ramp(t, 0.3))
    for side in (-1, 1):
        marks.ruler(c, 0.6, ease.ramp(t, 5.0, 1.1), side=side, reach=8)
    _pass(c, CASE_1, -1, 0.9, t, 1.9)
    _pass(c, CASE_1, 1, 3.0, t, 1.9)
    read = ease.ramp(t, 6.0)
    for side in (-1, 1):
        x, y = board.px(board.NODULE, side)
        c.drawLine(x, y + 18, x, 452, pen.stroke(palette.STOP, 2.6, read, dash=(5, 5)))
        marks.tag(c, "6 cm", (x - side * 66, 516), alpha=read, size=22)
    _both_slip(c, t)
    inset.note(c, "One on each side, about 6 cm", (1036, 110), 230, ease.ramp(t, 6.2), size=23)


def _both_slip(c: skia.Canvas, t: float) -> None:
    """A finger on each side pushes; the nodule goes up half a centimetre and comes back."""
    if t < 7.2:
        return
    seen = ease.ramp(t, 7.3)
    for side, shift in ((-1, 0.0), (1, 0.65)):
        slip = 0.5 * math.sin(max(0.0, t - 8.0 - shift) * 2.4) ** 2
        x, y = board.px((6, 3 + slip), side)
        base = board.px(board.NODULE, side)
        c.drawOval(
            skia.Rect.MakeLTRB(base[0] - 24, base[1] - 17, base[0] + 24, base[1] + 17), pen.fill(palette.SKIN)
        )
        marks.nodule(c, board.NODULE, side=side, slip=slip)
        push = (x + side * 4, y + 13 - slip * 10)
        hand.finger(c, push, turn=-52 * side, pressed=slip * 2, alpha=seen)
        pen.arrow(c, (x, y - 26), (x, y - 60), palette.INK, 5, ease.clamp(slip * 2.2), seen)


def tender_today(c: skia.Canvas, t: float, length: float) -> None:
    """Case 1: both are tender on pressing, although she has no back pain."""
    stage.back(c)
    case_tag(c, 1, 1.0)
    for found in CASE_1:
        marks.nodule(c, found.outward, found.size, side=found.side)
    for side, start in ((-1, 0.6), (1, 1.9)):
        press = ease.bump(t, start + 0.1, 1.2)
        x, y = board.px(board.NODULE, side)
        if press > 0:
            c.drawCircle(x, y, 26 + 26 * press, pen.stroke(palette.STOP, 3, 1 - 0.6 * press))
        seen = ease.window(t, start - 0.3, start + 1.5, 0.35)
        hand.finger(c, (x + side * 4, y + 10 + 26 * (1 - press)), turn=-18 * side, pressed=press, alpha=seen)
        marks.star(c, board.NODULE, "tender", ease.pop(t, start + 0.7), side=side)
    words = "It hurts when you press; otherwise no pain."
    pen.bubble(c, words, (14, 190, 232), (330, 60), k=ease.pop(t, 3.2), size=22)
    inset.note(c, "Tender on pressing, no back pain", (1036, 190), 230, ease.ramp(t, 4.6), size=24)


def silent_nodules(c: skia.Canvas, t: float, length: float) -> None:
    """Case 2: one on each side, neither tender; in past episodes the right was worst."""
    stage.back(c)
    case_tag(c, 2, ease.ramp(t, 0.3))
    _pass(c, CASE_2, -1, 0.9, t, 1.9)
    _pass(c, CASE_2, 1, 3.0, t, 1.9)
    _not_tender(c, CASE_2, t, 5.3)
    _episodes(c, t, 7.4, "right side", mark_right=True)


def uneven_number(c: skia.Canvas, t: float, length: float) -> None:
    """Case 3: two on the left, one on the right, none tender; no side is marked."""
    stage.back(c)
    case_tag(c, 3, ease.ramp(t, 0.3))
    _pass(c, CASE_3, -1, 0.9, t, 2.4)
    _pass(c, CASE_3, 1, 3.6, t, 2.0)
    for word, side, when in (("2", -1, 3.2), ("1", 1, 5.2)):
        at = board.px((9.6, 2.2), side)
        k = ease.pop(t, when)
        if k > 0:
            c.drawCircle(*at, 24 * k, pen.fill(palette.STRIP))
            pen.text(c, word, (at[0], at[1] + 11), 30 * k, palette.WHITE, bold=True, align=0.5)
    _not_tender(c, CASE_3, t, 6.4)
    _episodes(c, t, 8.0, "one side more", mark_right=False)


def _not_tender(c: skia.Canvas, case: tuple[Found, ...], t: float, start: float) -> None:
    """Each is pressed once more and is not tender."""
    for i, found in enumerate(case):
        begin = start + 0.55 * i
        x, y = board.px(found.outward, found.side)
        press = ease.bump(t, begin, 0.7)
        seen = ease.window(t, begin - 0.25, begin + 0.95, 0.25)
        if seen > 0:
            hand.finger(
                c,
                (x + found.side * 3, y + 10 + 20 * (1 - press)),
                turn=-18 * found.side,
                pressed=press,
                alpha=seen,
            )
    for side in (-1, 1):
        marks.tag(c, "not tender", board.px((7.2, -1.4), side), alpha=ease.ramp(t, start + 0.9), size=23)


def _episodes(c: skia.Canvas, t: float, start: float, word: str, *, mark_right: bool) -> None:
    """The calendar of past episodes, with a small back beside it."""
    k = ease.clamp((t - start) / 2.0)
    if k <= 0:
        return
    shown = ease.clamp(k * 4)
    inset.calendar(c, (1036, 110, 230, 160), (3, 4, 11, 16, 22, 23), k)
    pen.card(c, (1036, 286, 230, 220), alpha=shown)
    c.save()
    c.clipRRect(pen.rounded((1037, 287, 228, 218), 14), True)
    c.translate(1151 - 640 * 0.24, 392 - 440 * 0.24)
    c.scale(0.24, 0.24)
    stage.lay(c, "trunk", shown)
    stage.lay(c, "bare bones", shown)
    if mark_right:
        marked = ease.ramp(t, start + 1.2)
        x, y = board.px((6.2, 2.6))
        c.drawCircle(x, y, 92, pen.stroke(palette.STOP, 13, marked, dash=(40, 26)))
    c.restore()
    for letter, x in (("L", 1060), ("R", 1242)):
        pen.text(c, letter, (x, 322), 22, bold=True, align=0.5, alpha=shown)
    marks.tag(c, word, (1151, 536), alpha=ease.ramp(t, start + 1.3), size=24)
