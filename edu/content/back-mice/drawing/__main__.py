"""Render the bundled videos: `python -m drawing ../videos find infiltrate bilateral`, or one still."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import skia

from . import film, sound, stage, storyboard, tracks, voice
from .scenes import SCENES

CREDITS_MS = 4_000
VIDEOS = ("find", "infiltrate", "bilateral")


def main() -> int:
    """Read the command line and render."""
    parser = argparse.ArgumentParser(prog="drawing", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the films or stills go")
    parser.add_argument("videos", nargs="+", choices=VIDEOS)
    parser.add_argument(
        "--still",
        type=float,
        nargs="*",
        help="write PNG pictures of these seconds instead; without seconds, the last frame of each shot",
    )
    parser.add_argument("--texts", action="store_true", help="write the tracks only, not the film")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    for slug in asked.videos:
        story = storyboard.load(slug)
        if asked.still is not None:
            for seconds in asked.still:
                _still(story, asked.folder, round(seconds * 1000), f"{slug}-{seconds:05.2f}")
            for shot in () if asked.still else story.shots:
                _still(story, asked.folder, shot.end - 1000 // film.RATE, f"{slug}-{shot.id[3:]}")
        else:
            _film(story, asked.folder, texts_only=asked.texts)
    return 0


def _film(story: storyboard.Storyboard, folder: Path, *, texts_only: bool) -> None:
    duration = story.teaching_ms + CREDITS_MS
    samples, words = voice.narrate(story, duration / 1000)
    tracks.write(story, words, folder, duration)
    if texts_only:
        return
    with TemporaryDirectory() as scratch:
        narration = sound.master(samples, Path(scratch))
        target = folder / f"{story.slug}.mp4"
        film.encode(_frames(story, duration), narration, target, title=story.title)
    sys.stderr.write(f"\r{story.slug}.mp4: {target.stat().st_size / 1e6:.2f} MB        \n")


def _frames(story: storyboard.Storyboard, duration_ms: int) -> Iterator[bytes]:
    """Every frame as BGRA bytes; a line on the screen says how far it is."""
    pixels = np.zeros((film.HEIGHT, film.WIDTH, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType)
    count = duration_ms * film.RATE // 1000
    for number in range(count):
        stage.frame(surface.getCanvas(), story, SCENES[story.slug], number * 1000 // film.RATE)
        if number % film.RATE == 0:
            sys.stderr.write(f"\r{story.slug} {number // film.RATE} of {count // film.RATE} s ")
        yield pixels.tobytes()


def _still(story: storyboard.Storyboard, folder: Path, ms: int, name: str) -> None:
    surface = skia.Surface(film.WIDTH, film.HEIGHT)
    stage.frame(surface.getCanvas(), story, SCENES[story.slug], ms)
    surface.makeImageSnapshot().save(str(folder / f"{name}.png"), skia.kPNG)


if __name__ == "__main__":
    sys.exit(main())
