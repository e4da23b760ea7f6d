"""Hands seen from their back: three fingertips, one finger or a thumb, bare or gloved, and what they feel."""

from dataclasses import dataclass

import skia

from . import board, palette, pen

WIDE = 0.8 * board.SCALE  # half of a fingertip's 1.6 cm


@dataclass(frozen=True, slots=True)
class Skin:
    """The colours of a hand; a glove has no nails."""

    light: int
    base: int
    edge: int
    nails: bool


BARE = Skin(palette.HAND_LIGHT, palette.HAND, palette.HAND_EDGE, True)
GLOVED = Skin(palette.GLOVE_LIGHT, palette.GLOVE, palette.GLOVE_EDGE, False)


def fingers(
    c: skia.Canvas,
    tip: board.Point,
    *,
    turn: float = 0.0,
    pressed: float = 0.0,
    skin: Skin = BARE,
    alpha: float = 1.0,
    size: float = 1.0,
) -> None:
    """Three flat fingertips whose middle tip is at `tip` (pixels); `turn` in degrees, 0 points up."""
    with _Placed(c, tip, turn, size * (1 - 0.035 * pressed), alpha):
        _shadow(c, 62, pressed)
        _back_of_hand(c, skin)
        for x, y, length, lean in ((-47, 26, 118, -5), (47, 30, 112, 5), (0, 0, 150, 0)):
            c.save()
            c.translate(x, y)
            c.rotate(lean)
            _finger(c, length, skin, pressed)
            c.restore()


def finger(
    c: skia.Canvas,
    tip: board.Point,
    *,
    turn: float = 0.0,
    pressed: float = 0.0,
    skin: Skin = BARE,
    alpha: float = 1.0,
) -> None:
    """One pressing finger of a half-closed hand."""
    with _Placed(c, tip, turn, 1 - 0.035 * pressed, alpha):
        _shadow(c, 26, pressed)
        _fist(c, skin, 118)
        _finger(c, 150, skin, pressed)


def thumb(
    c: skia.Canvas,
    tip: board.Point,
    *,
    turn: float = 0.0,
    pressed: float = 0.0,
    skin: Skin = BARE,
    alpha: float = 1.0,
) -> None:
    """A thumb, broader than a finger, of a half-closed hand."""
    with _Placed(c, tip, turn, 1 - 0.05 * pressed, alpha):
        _shadow(c, 30, pressed)
        _fist(c, skin, 96)
        c.save()
        c.scale(1.18, 1.05)
        _finger(c, 120, skin, pressed)
        c.restore()


def flat_hand(
    c: skia.Canvas, at: board.Point, *, turn: float = 0.0, skin: Skin = BARE, alpha: float = 1.0
) -> None:
    """A whole hand resting flat, the tip of its middle finger at `at`."""
    with _Placed(c, at, turn, 0.9, alpha):
        _shadow(c, 80, 0.2)
        c.save()
        c.translate(84, 118)
        c.rotate(34)
        _finger(c, 90, skin, 0)
        c.restore()
        _back_of_hand(c, skin)
        for x, y, length, lean in ((-62, 46, 96, -9), (-22, 8, 136, -3), (21, 0, 144, 2), (60, 22, 118, 7)):
            c.save()
            c.translate(x, y)
            c.rotate(lean)
            _finger(c, length, skin, 0)
            c.restore()


class _Placed:
    """A drawing place at a point, turned and scaled, with one opacity for all that is drawn in it."""

    def __init__(self, c: skia.Canvas, at: board.Point, turn: float, size: float, alpha: float) -> None:
        self._c, self._at, self._turn, self._size, self._alpha = c, at, turn, size, alpha

    def __enter__(self) -> None:
        if self._alpha < 1:
            self._c.saveLayerAlpha(None, max(0, round(self._alpha * 255)))
        self._c.save()
        self._c.translate(*self._at)
        self._c.rotate(self._turn)
        self._c.scale(self._size, self._size)

    def __exit__(self, *_: object) -> None:
        self._c.restore()
        if self._alpha < 1:
            self._c.restore()


def _shadow(c: skia.Canvas, half: float, pressed: float) -> None:
    box = skia.Rect.MakeLTRB(-half + 8, 12, half + 12, 210)
    c.drawRoundRect(box, 26, 26, pen.fill(0x3A1E10, 0.28 + 0.15 * pressed, blur=9 - 4 * pressed))


def _finger(c: skia.Canvas, length: float, skin: Skin, pressed: float) -> None:
    path = pen.capsule((0, WIDE), (0, length), WIDE, WIDE + 3)
    c.drawPath(path, pen.graded(((-WIDE, 0), (WIDE + 2, 0)), (skin.base, skin.light, skin.light, skin.base)))
    outline = skia.Path()
    outline.moveTo(-WIDE - 3, length + 2)
    outline.lineTo(-WIDE, WIDE)
    outline.arcTo(skia.Rect.MakeLTRB(-WIDE, 0, WIDE, 2 * WIDE), 180, 180, False)
    outline.lineTo(WIDE + 3, length + 2)
    c.drawPath(outline, pen.stroke(skin.edge, 2.2))
    for y in (length * 0.42, length * 0.46):
        c.drawArc(skia.Rect.MakeLTRB(-10, y - 5, 10, y + 5), 20, 140, False, pen.stroke(skin.edge, 1.5, 0.55))
    if skin.nails:
        nail = pen.rounded((-9, 4, 18, 21), 8)
        c.drawRRect(nail, pen.fill(palette.NAIL if pressed < 0.5 else 0xF6E3D6))
        c.drawRRect(nail, pen.stroke(skin.edge, 1.3, 0.7))
        c.drawLine(-4, 9, -4, 18, pen.stroke(palette.WHITE, 2, 0.6))
    else:
        c.drawLine(-6, 8, -6, length * 0.35, pen.stroke(palette.WHITE, 3, 0.45))


def _back_of_hand(c: skia.Canvas, skin: Skin) -> None:
    """The back of the hand and the wrist, which fades away out of the picture."""
    path = pen.curve(
        [
            (-62, 118),
            (0, 104),
            (62, 120),
            (72, 190),
            (54, 262),
            (44, 360),
            (-44, 360),
            (-54, 262),
            (-70, 190),
        ],
        closed=True,
    )
    c.drawPath(path, _fading(skin.light, 150, 330))
    edge = _fading(skin.edge, 150, 330)
    edge.setStyle(skia.Paint.kStroke_Style)
    edge.setStrokeWidth(2.2)
    c.drawPath(path, edge)
    for x in (-40, 0, 40):
        c.drawLine(x, 132, x * 0.82, 188, pen.stroke(skin.base, 7, 0.5, blur=3))


def _fist(c: skia.Canvas, skin: Skin, top: float) -> None:
    """The rest of a half-closed hand, beside the finger that works."""
    _back_of_hand_at(c, skin, top)
    for x in (34, 66):
        knuckle = pen.capsule((x, top + 4), (x - 4, top + 62), 18, 17)
        c.drawPath(knuckle, pen.graded(((x - 18, 0), (x + 18, 0)), (skin.base, skin.light, skin.base)))
        c.drawPath(knuckle, pen.stroke(skin.edge, 2))


def _back_of_hand_at(c: skia.Canvas, skin: Skin, top: float) -> None:
    c.save()
    c.translate(26, top - 96)
    c.scale(0.92, 1)
    _back_of_hand(c, skin)
    c.restore()


def _fading(rgb: int, start: float, end: float) -> skia.Paint:
    return pen.graded(((0, start), (0, end)), (rgb, rgb), (1.0, 0.0))
