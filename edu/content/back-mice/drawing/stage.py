"""The stage around every shot: board layers kept as pictures, title strip, corner label, credits."""

import re
from collections.abc import Callable
from functools import cache

import skia

from . import board, ease, palette, pen
from .storyboard import Shot, Storyboard

Scene = Callable[[skia.Canvas, float, float], None]
"""Draws a shot at `t` of `length` seconds."""

CORNER = "Schematic drawing - teaching only"
FADE = 0.45  # seconds in which a shot dissolves into the next


@cache
def layer(name: str, finer: int = 1) -> skia.Image:
    """A still layer of the board, drawn once, `finer` times as fine as the film: "trunk" or "bones"."""
    surface = skia.Surface(1280 * finer, 720 * finer)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    canvas.scale(finer, finer)
    {"trunk": board.trunk, "bones": board.bones, "bare bones": _bare}[name](canvas)
    return surface.makeImageSnapshot()


def _bare(c: skia.Canvas) -> None:
    board.bones(c, names=False)


def lay(c: skia.Canvas, name: str, alpha: float = 1.0) -> None:
    """Put a still layer on the picture; where the picture is enlarged or reduced, from a finer copy."""
    if alpha <= 0:
        return
    if c.getTotalMatrix().isTranslate():
        c.drawImage(layer(name), 0, 0, skia.SamplingOptions(), pen.fill(0, alpha))
    else:
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        c.drawImageRect(layer(name, 2), skia.Rect.MakeWH(1280, 720), sampling, pen.fill(0, alpha))


def back(c: skia.Canvas, *, hem: float | None = -5.4, bones: str = "bones", dots: float = 0.0) -> None:
    """The usual board: trunk, clothing below `hem` (cm), bones, dotted triangles."""
    lay(c, "trunk")
    if hem is not None:
        trousers(c, hem)
    lay(c, bones)
    board.triangle(c, dots)
    board.sides(c)


def trousers(c: skia.Canvas, top: float, alpha: float = 1.0) -> None:
    """Trousers whose waistband is at `top` (cm)."""
    _cloth(
        c,
        [(-19, top + 0.9), (-9, top), (0, top - 0.5), (9, top), (19, top + 0.9), (19, -15), (-19, -15)],
        alpha,
    )
    band = pen.curve(
        board.line(((-19, top + 0.3), (-9, top - 0.6), (0, top - 1.1), (9, top - 0.6), (19, top + 0.3)))
    )
    _within_trunk(c, band, pen.stroke(palette.CLOTH_EDGE, 2, 0.8 * alpha, dash=(6, 5)))


def shirt(c: skia.Canvas, hem: float, alpha: float = 1.0) -> None:
    """A shirt whose lower edge is at `hem` (cm)."""
    _cloth(
        c,
        [(19, hem - 0.6), (9, hem), (0, hem + 0.4), (-9, hem), (-19, hem - 0.6), (-19, 26), (19, 26)],
        alpha,
    )
    for y in (0.7, 1.5, 2.6):
        ends = ((-13, hem + y - 0.5), (-5, hem + y), (4, hem + y - 0.2), (13, hem + y - 0.6))
        fold = pen.curve(board.line(ends))
        _within_trunk(c, fold, pen.stroke(palette.CLOTH_DARK, 5, 0.6 * alpha, blur=2))


def _cloth(c: skia.Canvas, points: list[board.Point], alpha: float) -> None:
    path = pen.curve(board.line(tuple(points)), closed=True)
    shades = (palette.CLOTH_DARK, palette.CLOTH, palette.CLOTH_DARK)
    paints = (
        pen.fill(0x20343C, 0.3 * alpha, blur=8),
        pen.graded(((260.0, 0.0), (1020.0, 0.0)), shades, (alpha,) * 3),
        pen.stroke(palette.CLOTH_EDGE, 2.5, alpha),
    )
    _within_trunk(c, path, *paints)


def _within_trunk(c: skia.Canvas, path: skia.Path, *paints: skia.Paint) -> None:
    c.save()
    c.clipPath(board.trunk_path(), skia.ClipOp.kIntersect, True)
    for paint in paints:
        c.drawPath(path, paint)
    c.restore()


def strip(c: skia.Canvas, story: Storyboard, shot: Shot, t: float) -> None:
    """The title strip: the number and name of the step and its words on screen."""
    number = story.shots.index(shot) + 1
    c.drawRect(skia.Rect.MakeLTRB(0, 0, 1280, 38), pen.fill(palette.STRIP))
    done = (number - 1 + t / shot.seconds) / len(story.shots)
    c.drawRect(skia.Rect.MakeLTRB(0, 38, 1280 * done, 41), pen.fill(0x7FD1DA))
    c.drawCircle(26, 19, 14, pen.fill(palette.WHITE))
    pen.text(c, str(number), (26, 25), 17, palette.STRIP, bold=True, align=0.5)
    pen.text(c, shot.title, (50, 26), 20, palette.WHITE, bold=True)
    k = ease.ramp(t, 0.1, 0.5)
    pen.text(c, on_screen(shot), (1262, 26), 18, palette.STRIP_SOFT, align=1.0, alpha=k)


def on_screen(shot: Shot) -> str:
    """The shot's words, with true arrows, dashes and signs instead of the keyboard's."""
    words = re.sub(r"(\d)-(\d)", r"\1–\2", shot.on_screen)
    return words.replace("->", "→").replace(" - ", " – ").replace(" x ", " × ")


def corner(c: skia.Canvas) -> None:
    """The label that stands on every frame."""
    c.drawRRect(pen.rounded((8, 684, pen.width_of(CORNER, 16) + 24, 30), 8), pen.fill(palette.WHITE, 0.86))
    pen.text(c, CORNER, (20, 705), 16)


def frame(c: skia.Canvas, story: Storyboard, scenes: dict[str, Scene], ms: int) -> None:
    """Draw the picture of a moment: the shot, the dissolve from the one before, the strip and the label."""
    shot = story.shot_at(ms)
    board.paper(c)
    if shot is None:
        closing(c, story, (ms - story.teaching_ms) / 1000)
    else:
        t = (ms - shot.start) / 1000
        scenes[shot.id](c, t, shot.seconds)
        before = story.shot_at(shot.start - 1)
        if before and t < FADE:
            c.saveLayerAlpha(None, round(255 * (1 - ease.smooth(t / FADE))))
            board.paper(c)
            scenes[before.id](c, before.seconds, before.seconds)
            c.restore()
        strip(c, story, shot, t)
    corner(c)


def closing(c: skia.Canvas, story: Storyboard, t: float) -> None:
    """Who made it, what it rests on, and that no clinician has reviewed it yet."""
    k = ease.ramp(t, 0, 0.5)
    pen.card(c, (150, 70, 980, 560), alpha=k)
    pen.text(c, story.title, (200, 130), 30, palette.STRIP, bold=True, alpha=k)
    rows = (
        ("Author", "edu project (drawing, words, synthetic narration)"),
        ("Reviewer", "not yet reviewed by a clinician"),
        ("Date of review", "none yet"),
        ("Conflict of interest", "not yet stated"),
        ("Sources", "facts from backmice.info (M. Cañis Parera) and the references of the course"),
        ("Voice", "synthetic: Festival, cmu_us_slt_arctic_hts"),
        ("Licence", "Creative Commons Attribution 4.0 (CC BY 4.0)"),
    )
    for i, (name, value) in enumerate(rows):
        part = ease.ramp(t, 0.15 + 0.12 * i, 0.5)
        y = 198 + 58 * i + 8 * (1 - part)
        pen.text(c, name, (200, y), 21, palette.TEAL, bold=True, alpha=part)
        pen.block(c, value, (440, y), 21, 650, alpha=part)
