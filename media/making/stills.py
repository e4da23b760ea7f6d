"""Poster, poster candidates and storyboard, from key frames of a file that we wrote ourselves.

Only our own CMAF files are read here: they are upright, bounded, and have a key frame at the start of each
fragment, so that at most a hundred pictures are decoded however long the recording is.
"""

import functools
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from media.errors import UnreadableMedia
from media.making import graph
from media.reading.boxes import Fragment, fragments, initialisation_size
from media.running.limits import STILLS
from media.running.process import Ticker, run
from media.running.sandbox import View
from media.running.tools import Ffmpeg, Tools

SHEET, CUES, POSTER = "storyboard.jpg", "storyboard.vtt", "poster.jpg"
MOST_TILES = 100
COLUMNS = 10
TILE_SIDE = 160
CANDIDATES = 6
POSTER_SIDE = 1280
DARK, BRIGHT = 40.0, 215.0
"""Mean brightness (0 to 255) outside of which a picture makes no poster."""
BLOCK = 1 << 20

BRIGHTNESS = re.compile(r"lavfi\.signalstats\.YAVG=([\d.]+)")
DARKEST = re.compile(r"lavfi\.signalstats\.YMIN=([\d.]+)")
BRIGHTEST = re.compile(r"lavfi\.signalstats\.YMAX=([\d.]+)")
ENTROPY = re.compile(r"lavfi\.entropy\.normalized_entropy\.normal\.Y=([\d.]+)")


@dataclass(frozen=True, slots=True)
class KeyPicture:
    """A key frame at `seconds`, its mean `brightness` (0 to 255), the `detail` in it (0 to 1), and the
    `contrast` between its darkest and brightest point (0 to 255).
    """

    seconds: float
    brightness: float
    detail: float
    contrast: float = 255.0

    @property
    def worth(self) -> float:
        """The higher, the better as a poster."""
        return self.detail - (0.5 if not DARK <= self.brightness <= BRIGHT else 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that may become the poster: its file name and its time in milliseconds."""

    name: str
    time: int


@dataclass(frozen=True, slots=True)
class Stills:
    """What was made: candidates in order of time, and what the key frames look like."""

    candidates: tuple[Candidate, ...]
    pictures: tuple[KeyPicture, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the tiles of a storyboard lie: `tile` in pixels, `grid` in columns and rows."""

    tile: tuple[int, int]
    grid: tuple[int, int]

    def place(self, number: int) -> str:
        """The rectangle of a tile as a media fragment (W3C Media Fragments 4.2.2)."""
        row, column = divmod(number, self.grid[0])
        return f"xywh={column * self.tile[0]},{row * self.tile[1]},{self.tile[0]},{self.tile[1]}"


def make_stills(
    found: Ffmpeg,
    small: Path,
    large: Path,
    size: tuple[int, int],
    folder: Path,
    *,
    work: Path,
    tiles: int = MOST_TILES,
    choices: int = CANDIDATES,
    tick: Ticker | None = None,
    cancelled: Callable[[], bool] | None = None,
    tools: Tools | None = None,
) -> Stills:
    """Write storyboard.jpg, storyboard.vtt, poster.jpg and poster-1.jpg… into `folder`.

    The storyboard of at most `tiles` comes from the file `small`, the posters (`choices` of them) from
    `large`, whose key frames are at the same times; `size` is the upright size of either. `work` is a folder
    for what is thrown away; `tools` says how ffmpeg is shut in and gives way. Raises UnreadableMedia when no
    poster came out, or as `process.run` does.
    """
    tools = tools or Tools()
    pieces = fragments(small)
    chosen = spread(pieces, tiles)
    sheet = layout(len(chosen), size)
    thin = work / "key-frames.mp4"
    _write_thin(small, chosen, thin)
    argv = graph.tile_pictures(found, thin, folder / SHEET, tile=sheet.tile, grid=sheet.grid)
    drawing = functools.partial(
        run,
        limits=STILLS,
        view=View((thin,), (folder,), tools.sandbox),
        tick=tick,
        cancelled=cancelled,
        give_way=tools.give_way,
        folder=work,
    )
    printed = drawing(argv).output
    (folder / CUES).write_text(storyboard_cues(chosen, pieces, sheet), encoding="utf-8")
    pictures = _pictures(printed.decode("utf-8", "replace"), chosen)
    best = candidates(pictures, choices)
    _write_thin(large, tuple(_at(fragments(large), picture.seconds) for picture in best), thin)
    argv = graph.single_pictures(found, thin, folder / "poster-%d.jpg", longest=POSTER_SIDE)
    drawing(argv)
    return Stills(_name_posters(best, folder), pictures)


def spread(pieces: tuple[Fragment, ...], most: int) -> tuple[Fragment, ...]:
    """At most `most` of the fragments, evenly from the first on."""
    count = min(len(pieces), most)
    return tuple(pieces[number * len(pieces) // count] for number in range(count))


def layout(count: int, size: tuple[int, int]) -> Sheet:
    """A sheet for `count` tiles of pictures of `size`, the longer side of a tile 160 pixels."""
    scale = TILE_SIDE / max(size)
    tile = (max(2, round(size[0] * scale / 2) * 2), max(2, round(size[1] * scale / 2) * 2))
    columns = min(COLUMNS, count)
    return Sheet(tile, (columns, -(-count // columns)))


def storyboard_cues(chosen: tuple[Fragment, ...], pieces: tuple[Fragment, ...], sheet: Sheet) -> str:
    """A WebVTT file whose cues name the rectangle of the sheet that shows their time."""
    end = pieces[-1].start_seconds + pieces[-1].seconds
    times = [piece.start_seconds for piece in chosen] + [end]
    blocks = ["WEBVTT"]
    for number in range(len(chosen)):
        span = f"{_timestamp(times[number])} --> {_timestamp(times[number + 1])}"
        blocks.append(f"{span}\n{SHEET}#{sheet.place(number)}")
    return "\n\n".join(blocks) + "\n"


def candidates(pictures: tuple[KeyPicture, ...], most: int = CANDIDATES) -> tuple[KeyPicture, ...]:
    """The best picture of each of `most` equal parts of the recording, in order of time."""
    count = min(most, len(pictures))
    bounds = [number * len(pictures) // count for number in range(count + 1)]
    parts = (pictures[start:end] for start, end in pairwise(bounds))
    return tuple(max(part, key=lambda picture: picture.worth) for part in parts)


def _name_posters(best: tuple[KeyPicture, ...], folder: Path) -> tuple[Candidate, ...]:
    """Take the worthiest as the poster; a candidate that did not come out is left away."""
    made = [(picture, folder / f"poster-{number}.jpg") for number, picture in enumerate(best, 1)]
    made = [(picture, path) for picture, path in made if path.is_file()]
    if not made:
        raise UnreadableMedia("no-frames")
    shutil.copyfile(max(made, key=lambda one: one[0].worth)[1], folder / POSTER)
    return tuple(Candidate(path.name, round(picture.seconds * 1000)) for picture, path in made)


def _at(pieces: tuple[Fragment, ...], seconds: float) -> Fragment:
    return min(pieces, key=lambda piece: abs(piece.start_seconds - seconds))


def _write_thin(source: Path, chosen: tuple[Fragment, ...], target: Path) -> None:
    """Copy the head of the file and the chosen fragments: a valid file with few key frames in it."""
    with source.open("rb") as given, target.open("wb") as taken:
        taken.write(given.read(initialisation_size(source)))
        for piece in chosen:
            given.seek(piece.offset)
            left = piece.size
            while left and (block := given.read(min(left, BLOCK))):
                taken.write(block)
                left -= len(block)


def _pictures(printed: str, chosen: tuple[Fragment, ...]) -> tuple[KeyPicture, ...]:
    patterns = (BRIGHTNESS, ENTROPY, DARKEST, BRIGHTEST)
    facts = zip(*(map(float, pattern.findall(printed)) for pattern in patterns), strict=False)
    found = tuple(
        KeyPicture(piece.start_seconds, y, detail, high - low)
        for piece, (y, detail, low, high) in zip(chosen, facts, strict=False)
    )
    return found or (KeyPicture(0.0, 128.0, 0.0),)


def _timestamp(seconds: float) -> str:
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
