"""Infiltrate, chapters 9 and 10: re-examine; observe, advise, record."""

import math

import skia

from drawing import board, ease, figures, hand, inset, instruments, palette, pen

SIGNS = (
    "restlessness",
    "ringing ears",
    "numb mouth",
    "metallic taste",
    "blurred vision",
    "drowsiness",
    "twitching",
)
ACTIONS = ("call for help", "airway and oxygen", "toxicity checklist", "lipid emulsion")
RECORD = ("drug", "dose", "batch", "site", "effect", "follow-up")


def re_examine(c: skia.Canvas, t: float, length: float) -> None:
    """After 10 to 15 minutes the point is pressed; the figure sits, stands, bends; the pain is scored."""
    pen.card(c, (30, 66, 300, 330))
    inset.clock(c, (180, 206), 104, ease.mix(0, 0.25, ease.ramp(t, 0.2, 2.2)), wedge=(10 / 60, 15 / 60))
    pen.text(c, "10–15 min", (180, 366), 34, bold=True, align=0.5)
    pen.card(c, (350, 66, 900, 330))
    _rising(c, t)
    pen.card(c, (30, 414, 1220, 222))
    instruments.pain_scale(c, "Pain before", (80, 520), 380, 7, ease.ramp(t, 0.4))
    instruments.pain_scale(c, "Pain after", (690, 520), 380, None, ease.ramp(t, 4.8))
    k = ease.ramp(t, 6.2)
    pen.text(c, "Relief is support, not proof", (640, 610), 27, palette.STOP, bold=True, align=0.5, alpha=k)


def _rising(c: skia.Canvas, t: float) -> None:
    """Lying and pressed, then sitting, standing with a hand at the elbow, bending."""
    floor = 376.0
    sit, stand, bend = ease.ramp(t, 2.3, 1.2), ease.ramp(t, 3.9, 1.1), ease.ramp(t, 5.3, 1.2)
    figures.couch(c, (384, floor - 104), 300, 104)
    pose = figures.between(figures.PRONE, figures.SITTING, sit)
    pose = figures.between(pose, figures.STANDING, stand)
    pose = figures.between(pose, figures.BENDING, bend)
    x = ease.mix(ease.mix(530, 620, sit), 830, stand)
    y = ease.mix(ease.mix(floor - 8, floor - 2, sit), floor, stand)
    size = 244.0
    helper = ease.ramp(t, 3.3)
    lean = ease.ramp(t, 2.0, 0.6)
    if helper > 0:
        elbow = (x + pose.elbow[0] * size / 100, y + pose.elbow[1] * size / 100)
        _helper(c, (ease.mix(500, 722, stand), floor), size * 1.04, elbow, helper)
    figures.person(c, (x, y), size, pose)
    if lean < 1:
        press = ease.window(t, 0.6, 2.2, 0.5)
        c.save()
        at = (x + 12, floor - 152 - 26 * (1 - press))
        c.translate(*at)
        c.scale(0.42, 0.42)
        hand.finger(c, (0, 0), turn=178, pressed=press, skin=hand.GLOVED, alpha=1 - lean)
        c.restore()
    steps = (("press again", 0.7), ("up slowly", 2.6), ("bend", 5.4))
    for i, (word, when) in enumerate(steps):
        k = ease.ramp(t, when)
        here = 1.0 if i == 2 or t < steps[i + 1][1] else 0.55
        c.drawRRect(pen.rounded((1046, 96 + 62 * i, 180, 46), 12), pen.fill(palette.TEAL_PALE, k * here))
        c.drawRRect(pen.rounded((1046, 96 + 62 * i, 180, 46), 12), pen.stroke(palette.TEAL, 2, k * here))
        pen.text(c, word, (1136, 127 + 62 * i), 22, bold=True, align=0.5, alpha=k)


def _helper(c: skia.Canvas, at: board.Point, size: float, elbow: board.Point, alpha: float) -> None:
    """Somebody beside the figure, a hand at its elbow."""
    reach = ((elbow[0] - at[0]) / size * 100, (elbow[1] - at[1]) / size * 100)
    half = (reach[0] * 0.5 + 3, (reach[1] - 77) * 0.5 + 5)
    base = figures.STANDING
    pose = figures.Pose(
        base.head,
        base.shoulder,
        base.hip,
        base.knee,
        base.ankle,
        base.toe,
        half,
        reach,
        base.far_knee,
        base.far_ankle,
    )
    figures.person(c, at, size, pose, bare=False, shirt=palette.GRASS, alpha=alpha)


def observe_and_record(c: skia.Canvas, t: float, length: float) -> None:
    """A bar of time; signs of toxicity and what to do; written advice and the record."""
    _time_bar(c, t)
    pen.card(c, (30, 176, 300, 462))
    pen.text(c, "Watch for", (56, 218), 25, palette.STOP, bold=True)
    inset.bullets(c, SIGNS, (70, 264), 24, 52, [1.2 + 0.36 * i for i in range(7)], t)
    pen.arrow(c, (338, 400), (402, 400), palette.STOP, 9, ease.ramp(t, 4.0, 0.5))
    pen.card(c, (412, 176, 380, 462), alpha=ease.ramp(t, 3.8), rgb=palette.STOP_PALE, edge=palette.STOP)
    inset.stop_sign(c, (602, 266), 78, ease.pop(t, 4.2))
    for i, words in enumerate(ACTIONS):
        k = ease.ramp(t, 4.9 + 0.45 * i)
        y = 400 + 60 * i
        c.drawCircle(452, y - 9, 17, pen.fill(palette.STOP, k))
        pen.text(c, str(i + 1), (452, y - 1), 21, palette.WHITE, bold=True, align=0.5, alpha=k)
        pen.text(c, words, (484, y), 26, bold=True, alpha=k)
    k = ease.ramp(t, 6.6)
    pen.card(c, (812, 176, 438, 168), alpha=k)
    instruments.leaflet(c, (840, 196), k)
    pen.block(c, "Written advice", (1004, 262), 28, 230, palette.TEAL, bold=True, alpha=k)
    rows = [(name, "") for name in RECORD]
    inset.form(c, "Record", rows, (812, 370, 438, 268), 21, [7.4 + 0.17 * i for i in range(6)], t)


def _time_bar(c: skia.Canvas, t: float) -> None:
    pen.card(c, (30, 60, 1220, 98))
    k = ease.clamp((t - 0.3) / 8.2)
    c.drawRRect(pen.rounded((240, 98, 710, 20), 10), pen.fill(palette.TEAL_PALE))
    c.drawRRect(pen.rounded((240, 98, max(20.0, 710 * k), 20), 10), pen.fill(palette.TEAL))
    c.drawRRect(pen.rounded((240, 98, 710, 20), 10), pen.stroke(palette.INK, 2))
    pulse = 2 * math.sin(t * 3)
    c.drawCircle(240 + 710 * k, 108, 17 + pulse, pen.fill(palette.WHITE))
    c.drawCircle(240 + 710 * k, 108, 17 + pulse, pen.stroke(palette.TEAL, 5))
    inset.drop(c, (80, 108), 20)
    pen.text(c, "first drop", (106, 117), 23, bold=True)
    pen.text(c, "end of observation", (1004, 117), 23, bold=True)
